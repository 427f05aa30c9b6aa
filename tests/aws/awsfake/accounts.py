"""What each account has of its own beside moto's state: its faults, its journal, its canaries."""

import base64
from collections import Counter, defaultdict
from urllib.parse import quote

# The fields that may carry a secret.
SECRET_FIELDS = {"SecretString", "SecretBinary", "Value"}


class Account:
    def __init__(self):
        self.faults, self.journal, self.canaries, self.calls = [], [], [], 0
        self.history = None
        self.task_end = dict(TASK_END)

    def clear_journal(self):
        self.journal, self.calls = [], 0

    def record(self, request, answer, rule, milliseconds):
        """A line about a call. It never holds a value."""
        params = request.params
        stages = params.get("VersionStages") or params.get("VersionStage") or []
        self.calls += 1
        self.journal.append(
            {
                "n": self.calls,
                "service": request.service,
                "op": request.op,
                "region": request.region,
                "target": request.target,
                "ids": len(request.ids),
                "status": answer.status if answer else None,
                "code": answer.code if answer else None,
                "fault": rule.do if rule else None,
                "token": params.get("ClientRequestToken"),
                "from": params.get("RemoveFromVersionId"),
                "to": params.get("MoveToVersionId"),
                "stages": [stages] if isinstance(stages, str) else stages,
                "leaks": leaks(request, self.canaries),
                "ms": milliseconds,
            }
        )

    def counts(self):
        return dict(Counter(f"{call['service']}:{call['op']}" for call in self.journal))


TASK_END = {
    "exitCode": 0,
    "stoppedReason": "Essential container in task exited",
    "stopCode": "EssentialContainerExited",
}
ACCOUNTS = defaultdict(Account)


def leaks(request, canaries):
    """The places outside the fields for secrets that hold a canary, as it is or encoded."""
    if not canaries:
        return []
    places = {f"header {name[5:].lower()}": text for name, text in request.environ.items() if name.startswith("HTTP_")}
    places["query"] = request.environ.get("QUERY_STRING", "")
    places["path"] = request.environ.get("PATH_INFO", "")
    _texts(request.params, "body", places)
    needles = [form for canary in canaries for form in _forms(canary)]
    return [place for place, text in places.items() if any(needle in text for needle in needles)]


def _texts(value, path, places):
    if isinstance(value, dict):
        for name, inner in value.items():
            if name not in SECRET_FIELDS or "Tags" in path:
                _texts(inner, f"{path}.{name}", places)
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            _texts(inner, f"{path}[{index}]", places)
    elif isinstance(value, str):
        places[path] = value


def _forms(canary):
    """The text, percent-encoded, and in base64 wherever it starts among other bytes."""
    yield canary
    yield quote(canary, safe="")
    raw = canary.encode()
    for before in range(3):
        encoded = base64.b64encode(b"\0" * before + raw).decode()
        core = encoded[-(-before * 8 // 6) : (before + len(raw)) * 8 // 6]
        yield core
        yield core.replace("+", "-").replace("/", "_")
