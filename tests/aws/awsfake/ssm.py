"""Parameter Store: sizes by tier, nesting, depth, types; and the pages of `DescribeParameters`."""

import re

from moto.core.responses import ActionResult
from moto.ssm.responses import SimpleSystemManagerResponse

from . import emulator
from .answers import Refuse

STANDARD_BYTES = 4096
ADVANCED_BYTES = 8192
DEPTH = 15


def check(request):
    if request.op != "PutParameter":
        return
    params = request.params
    name, value, tier = params.get("Name", ""), params.get("Value", ""), params.get("Tier")
    if value == "":
        told = "1 validation error detected: Value '' at 'value' failed to satisfy constraint: Member must have length"
        raise Refuse("ValidationException", f"{told} greater than or equal to 1.")
    if re.search(r"\{\{.*\}\}", value):
        told = 'Parameter value can\'t nest another parameter. Do not use "{{}}" in the value.'
        raise Refuse("ValidationException", told)
    if name.strip("/").count("/") + 1 > DEPTH:
        told = "Parameter hierarchies are limited to a maximum depth of fifteen levels."
        raise Refuse("HierarchyLevelLimitExceededException", told)
    parameters = emulator.backend("ssm", request.account, request.region)._parameters
    old = (parameters.get(name) or [None])[-1]  # get: an index would make the entry
    tier = check_tier(params, tier, getattr(old, "tier", None), len(value.encode()))
    if old is not None and params.get("Overwrite") and params.get("Type") and params["Type"] != old.parameter_type:
        told = f"The parameter type can't be changed from {old.parameter_type} to {params['Type']}."
        raise Refuse("HierarchyTypeMismatchException", told)


def check_tier(params, tier, old, size):
    """Chooses the tier where it is left to AWS, and writes it into the request."""
    if tier == "Intelligent-Tiering":
        tier = params["Tier"] = "Advanced" if size > STANDARD_BYTES or old == "Advanced" else "Standard"
    if tier is None and old == "Advanced":
        tier = params["Tier"] = "Advanced"
    if tier == "Standard" and old == "Advanced":
        told = "This parameter uses the advanced-parameter tier. You can't downgrade a parameter from the"
        raise Refuse("ValidationException", f"{told} advanced-parameter tier to the standard-parameter tier.")
    if size > ADVANCED_BYTES:
        told = f"Advanced tier parameters support a maximum parameter value of {ADVANCED_BYTES} characters."
        raise Refuse("ValidationException", told)
    if size > STANDARD_BYTES and tier != "Advanced":
        told = f"Standard tier parameters support a maximum parameter value of {STANDARD_BYTES} characters."
        tail = "To create a larger parameter value, upgrade the parameter to use the advanced-parameter tier."
        raise Refuse("ValidationException", f"{told} {tail}")
    return tier


def repair():
    """moto pages by ten whatever `MaxResults` says."""

    def describe_parameters(self):
        wanted = self._get_param("Filters"), self._get_param("ParameterFilters")
        found = list(self.ssm_backend.describe_parameters(*wanted))
        start, size = int((self._get_param("NextToken") or "0").strip()), int(self._get_param("MaxResults", 10))
        told = {"Parameters": [one.describe_response_object(False) for one in found[start : start + size]]}
        if len(found) > start + size:
            told["NextToken"] = str(start + size)
        return ActionResult(told)

    SimpleSystemManagerResponse.describe_parameters = describe_parameters
