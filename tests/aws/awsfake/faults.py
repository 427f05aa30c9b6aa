"""The rules by which calls go wrong: which call is hit, and how often."""

import re
import time

FIELDS = {
    "op",
    "target",
    "skip",
    "left",
    "do",
    "code",
    "message",
    "status",
    "ms",
    "call",
    "when",
    "region",
    "rate",
    "burst",
}
KINDS = {
    "error",  # refused, not applied
    "lost",  # applied, then an error
    "drop",  # the connection ends, not applied
    "drop_after",  # applied, then the connection ends
    "garbage",  # applied, half an answer
    "delay",
    "writer",  # somebody else's call before or after
    "stale",  # a read of what was there some time ago
    "batch_error",  # some names of a batch fail
    "empty_page",  # no entries, and a token for the rest
    "replica_failed",
}


class Rule:
    def __init__(self, fields):
        unknown = set(fields) - FIELDS
        if unknown:
            raise ValueError(f"a rule has no {', '.join(sorted(unknown))}")
        if "rate" not in fields and fields.get("do") not in KINDS:
            raise ValueError(f"`do` is one of {', '.join(sorted(KINDS))}, not {fields.get('do')}")
        self.fields = fields
        self.op = re.compile(fields.get("op", ".*"))
        self.target = re.compile(fields.get("target", ""))
        self.left = fields.get("left")
        self.seen = self.hits = 0
        self.tokens, self.refilled = fields.get("burst", fields.get("rate")), time.monotonic()

    @property
    def do(self):
        return self.fields.get("do")

    def get(self, name, otherwise=None):
        return self.fields.get(name, otherwise)

    def told(self):
        return {**self.fields, "left": self.left, "seen": self.seen, "hits": self.hits}

    def matches(self, request):
        if self.left == 0 or not self.op.fullmatch(f"{request.service}:{request.op}"):
            return False
        if self.do == "batch_error" and not request.ids:  # by filter: the names are not known yet
            return True
        return any(self.target.search(name) for name in request.ids or [request.target])

    def above_rate(self):
        """Takes a token out of the bucket; true when there is none."""
        now, rate = time.monotonic(), self.fields["rate"]
        self.tokens = min(self.fields.get("burst", rate), self.tokens + (now - self.refilled) * rate)
        self.refilled = now
        if self.tokens < 1:
            return True
        self.tokens -= 1
        return False


THROTTLED = Rule({"do": "error", "code": "ThrottlingException", "message": "Rate exceeded", "status": 400})


def pick(rules, request):
    """The first rule that hits the call, counted; none if it passes."""
    for rule in rules:
        if not rule.matches(request):
            continue
        rule.seen += 1
        if rule.seen <= rule.get("skip", 0):
            continue
        if "rate" in rule.fields:
            if not rule.above_rate():
                continue
            rule.hits += 1
            return THROTTLED
        if rule.left is not None:
            rule.left -= 1
        rule.hits += 1
        return rule
    return None
