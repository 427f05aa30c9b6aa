"""The requests under /_fake/, by which a test sets up an account and looks at it."""

import json
import re

from . import calls, emulator, managed, request as requests
from .accounts import ACCOUNTS, TASK_END
from .emulator import LOCK
from .faults import Rule
from .history import History


def handle(path, method, body):
    """`/_fake/THING` for the default account, `/_fake/ACCOUNT/THING` for another. Gives the status and the answer."""
    id, thing = re.fullmatch(r"/_fake/(?:(\d{12})/)?(.*)", path).groups()
    action = ACTIONS.get((method, thing))
    if action is None:
        return "404 Not Found", {"error": f"there is no {method} {path}"}
    try:
        with LOCK:
            return "200 OK", action(id, json.loads(body) if body else None)
    except Exception as error:
        return "400 Bad Request", {"error": repr(error)}


def of(id):
    return ACCOUNTS[id or requests.DEFAULT_ACCOUNT]


def set_faults(id, rules):
    account = of(id)
    account.faults = [Rule(rule) for rule in rules]
    stale = any(rule.do == "stale" for rule in account.faults)
    account.history = History(id or requests.DEFAULT_ACCOUNT) if stale else None
    return {}


def clear_journal(id, _):
    of(id).clear_journal()
    return {}


def set_canaries(id, values):
    if not all(isinstance(value, str) and len(value) >= 8 for value in values):
        raise ValueError("a canary of less than 8 characters would be found everywhere")
    of(id).canaries = values
    return {}


def end_tasks(id, end):
    of(id).task_end.update({**TASK_END, **end})
    return {}


def call(id, wanted):
    """A call of somebody else: all rules of AWS hold, no fault meets it, no journal has it."""
    account, region = id or requests.DEFAULT_ACCOUNT, wanted.get("region", requests.DEFAULT_REGION)
    request = requests.make(account, region, wanted["service"], wanted["op"], wanted.get("params", {}))
    answer = calls.apply(request)
    if answer.status == 200:
        return {"answer": answer.json() if answer.body else {}}
    return {"code": answer.code, "message": answer.body.decode("utf-8", "replace")}


def reset(id, _):
    """One account, or everything."""
    if id:
        emulator.reset_account(id)
        ACCOUNTS.pop(id, None)
    else:
        emulator.reset_all()
        ACCOUNTS.clear()
    return {}


ACTIONS = {
    ("GET", "health"): lambda id, _: {},
    ("GET", "faults"): lambda id, _: [rule.told() for rule in of(id).faults],
    ("POST", "faults"): set_faults,
    ("GET", "journal"): lambda id, _: of(id).journal,
    ("DELETE", "journal"): clear_journal,
    ("GET", "counts"): lambda id, _: of(id).counts(),
    ("GET", "canaries"): lambda id, _: len(of(id).canaries),
    ("POST", "canaries"): set_canaries,
    ("POST", "secret"): lambda id, secret: managed.seed(
        id or requests.DEFAULT_ACCOUNT, secret, requests.DEFAULT_REGION
    ),
    ("POST", "ecs"): end_tasks,
    ("POST", "call"): call,
    ("POST", "reset"): reset,
}
