"""Requests against botocore's own models of the services: required members, lengths, ranges, enumerations, patterns."""

import base64
import re

from .answers import Refuse
from .request import LOADER

SERVICES = {service: LOADER.load_service_model(service, "service-2") for service in ("secretsmanager", "ssm")}


def check(request):
    model = SERVICES[request.service]
    operation = model["operations"].get(request.op)
    if not operation:
        raise Refuse("UnknownOperationException", request.op)
    problems = []
    if "input" in operation:
        _walk(model["shapes"], operation["input"]["shape"], request.params, "", problems)
    if problems:
        plural = "s" if len(problems) > 1 else ""
        told = f"{len(problems)} validation error{plural} detected: " + "; ".join(problems)
        raise Refuse("ValidationException", told)


def _walk(shapes, name, value, path, problems):
    shape = shapes[name]
    kind = shape["type"]
    if kind == "structure":
        _structure(shapes, shape, value, path, problems)
    elif kind in ("list", "string", "blob", "integer", "long"):
        _limits(shape, kind, value, path, problems)
        if kind == "list":
            for index, member in enumerate(value):
                _walk(shapes, shape["member"]["shape"], member, f"{path}.{index + 1}.member.", problems)


def _structure(shapes, shape, value, path, problems):
    if not isinstance(value, dict):
        return
    for required in shape.get("required", []):
        if required not in value:
            where = path + _lower(required)
            problems.append(f"Value null at '{where}' failed to satisfy constraint: Member must not be null")
    for name, member in value.items():
        if name in shape["members"] and member is not None:
            inner = shape["members"][name]["shape"]
            dot = "." if shapes[inner]["type"] == "structure" else ""
            _walk(shapes, inner, member, path + _lower(name) + dot, problems)


def _limits(shape, kind, value, path, problems):
    def problem(told):
        problems.append(f"Value at '{path}' failed to satisfy constraint: Member must {told}")

    if kind in ("integer", "long"):
        size, what = value, "value"
    else:
        size, what = len(base64.b64decode(value or "") if kind == "blob" else value), "length"
    if "min" in shape and size < shape["min"]:
        problem(f"have {what} greater than or equal to {shape['min']}")
    if "max" in shape and size > shape["max"]:
        problem(f"have {what} less than or equal to {shape['max']}")
    if kind == "string" and "enum" in shape and value not in shape["enum"]:
        problem(f"satisfy enum value set: {shape['enum']}")
    if kind == "string" and "pattern" in shape and not _matches(shape["pattern"], value):
        problem(f"satisfy regular expression pattern: {shape['pattern']}")


def _matches(pattern, value):
    try:
        return re.search(pattern, value) is not None
    except re.error:  # classes of Java alone, such as \p{L}, are not checked
        return True


def _lower(name):
    return name[0].lower() + name[1:]
