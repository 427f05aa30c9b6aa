"""From the network to the answer: the fault that hits a call, the call, the journal."""

import json
import socket
import time

from . import admin, calls, faults, pages, request as requests
from .accounts import ACCOUNTS
from .answers import refusal
from .emulator import LOCK


def app(environ, start):
    """The WSGI application."""
    chunked = environ.get("wsgi.input_terminated")
    body = environ["wsgi.input"].read(*([] if chunked else [int(environ.get("CONTENT_LENGTH") or 0)]))
    path = environ.get("PATH_INFO", "")
    if path.startswith("/_fake/"):
        status, told = admin.handle(path, environ["REQUEST_METHOD"], body)
        return send(start, status, [("Content-Type", "application/json")], json.dumps(told).encode())
    request = requests.read(environ, body)
    answer, cut = handle(request)
    if cut:
        try:
            environ["werkzeug.socket"].shutdown(socket.SHUT_RDWR)
        except OSError:
            pass
        return send(start, "500 -", [], b"")
    return send(start, f"{answer.status} -", answer.headers, answer.body)


def send(start, status, headers, body):
    start(status, [*headers, ("Content-Length", str(len(body)))])
    return [body]


def handle(request):
    """The answer, and whether the connection ends without it. The journal has the call."""
    began = time.monotonic()
    account = ACCOUNTS[request.account]
    with LOCK:
        rule = faults.pick(account.faults, request)
    kind = rule.do if rule else None
    if rule and kind != "stale":
        time.sleep(rule.get("ms", 0) / 1000)
    try:
        answer = faulty(request, rule, kind)
    except Exception as error:  # a rule for a call that cannot go wrong that way
        answer = refusal(request, "StandInError", repr(error), 500)
    if kind == "garbage":
        answer.body = answer.body[: max(1, len(answer.body) // 2)]
    with LOCK:
        account.record(request, answer, rule, round((time.monotonic() - began) * 1000))
    return answer, kind in ("drop", "drop_after")


def faulty(request, rule, kind):
    if kind == "error":
        return refusal(request, *told(rule, "injected"))
    if kind == "drop":
        return None
    if kind == "empty_page":
        return pages.empty(request)
    with LOCK:
        if kind == "writer" and rule.get("when", "before") == "before":
            calls.write(request, rule)
        answer = calls.apply(request, rule)
        if kind == "writer" and rule.get("when") == "after":
            calls.write(request, rule)
    return refusal(request, *told(rule, "injected: applied, answer lost")) if kind == "lost" else answer


def told(rule, message):
    return rule.get("code", "InternalServiceError"), rule.get("message", message), rule.get("status", 500)
