"""Pages without entries, which AWS may give before the list ends."""

import re

from .answers import Refuse, success

EMPTY = {
    "BatchGetSecretValue": {"SecretValues": [], "Errors": []},
    "ListSecrets": {"SecretList": []},
    "DescribeParameters": {"Parameters": []},
    "GetParametersByPath": {"Parameters": []},
}
MARK = "empty-page."


def empty(request):
    """No entries, and a token that leads to what was asked for."""
    if request.op not in EMPTY:
        raise ValueError(f"{request.op} has no empty pages; those that have: {', '.join(EMPTY)}")
    return success({**EMPTY[request.op], "NextToken": MARK + request.params.get("NextToken", "").removeprefix(MARK)})


def follow(request):
    """Takes the mark of an empty page off the token."""
    token = request.params.get("NextToken")
    if isinstance(token, str) and token.startswith(MARK):
        token = token.removeprefix(MARK)
        if token:
            request.params["NextToken"] = token
        else:
            del request.params["NextToken"]
    if token and request.service == "secretsmanager" and not re.fullmatch(r"\d+", token):
        raise Refuse("InvalidNextTokenException", "The NextToken value is invalid.")
