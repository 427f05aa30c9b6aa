"""One call: checked by the rules of its service, answered by moto, repaired."""

from . import ecs, emulator, model, pages, request as requests, s3, secretsmanager, ssm
from .accounts import ACCOUNTS
from .answers import Refuse, refusal
from .emulator import LOCK


def write(request, rule):
    """Somebody else writes in the same account."""
    answer = apply(requests.make(request.account, request.region, *rule.get("call")))
    if answer.status != 200:
        raise ValueError(f"the writer was refused: {answer.code}")


def apply(request, rule=None):
    """Checked, done by moto, repaired."""
    account = ACCOUNTS[request.account]
    with LOCK:
        try:
            if request.service not in model.SERVICES or not request.json_protocol:
                return other(request, account)
            pages.follow(request)
            model.check(request)
            if request.service == "secretsmanager":
                answer = secretsmanager.apply(request, rule, account.history)
            else:
                ssm.check(request)
                answer = emulator.dispatch(request, request.params)
            if answer.status == 404:  # these services answer 400
                answer.status = 400
            return answer
        except Refuse as refused:
            return refusal(request, refused.code, refused.message, refused.status)


def other(request, account):
    if request.service != "ecs":
        answer = emulator.dispatch(request)
        if request.service == "s3" and answer.status == 200:
            s3.after(request)
        return answer
    answer = emulator.dispatch(request, ecs.params(request))
    if answer.status == 200 and request.op in ("RunTask", "DescribeTasks"):
        ecs.tell_ends(answer, account.task_end)
    return answer
