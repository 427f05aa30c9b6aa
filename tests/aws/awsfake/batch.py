"""`BatchGetSecretValue`: values with their labels, and an entry in `Errors` for each name that has none."""

from . import labels
from .answers import Refuse, success

PAGE = 20
DELETED = "You can't perform this operation on the secret because it was marked for deletion."
MISSING = "Secrets Manager can't find the specified secret."
EMPTY = "Secrets Manager can't find the specified secret value for staging label: AWSCURRENT"


def answer(request, backend, rule):
    params = request.params
    names, token = params.get("SecretIdList"), None
    if bool(names) == bool(params.get("Filters")):
        raise Refuse("InvalidParameterException", "Either 'SecretIdList' or 'Filters' must be provided, but not both.")
    if names and "MaxResults" in params:
        raise Refuse("InvalidParameterException", "'Filters' must be specified when 'MaxResults' is provided.")
    if not names:
        size = params.get("MaxResults", PAGE)
        found, token = backend.list_secrets(params["Filters"], size, params.get("NextToken"))
        names = [secret["Name"] for secret in found]
    values, errors = [], []
    for name in names:
        try:
            if rule and rule.target.search(name):
                raise Refuse(rule.get("code", "InternalServiceError"), rule.get("message", "injected"))
            values.append(value(backend, name))
        except Refuse as refused:
            errors.append({"SecretId": name, "ErrorCode": refused.code, "Message": refused.message})
    told = {"SecretValues": values, "Errors": errors}
    return success({**told, "NextToken": token} if token else told)


def value(backend, name):
    """One entry of `SecretValues`."""
    secret = backend.secrets.get(name)
    if secret is None:
        raise Refuse("ResourceNotFoundException", MISSING)
    if secret.is_deleted():
        raise Refuse("InvalidRequestException", DELETED)
    id = labels.holder(secret, "AWSCURRENT")
    if id is None:
        raise Refuse("ResourceNotFoundException", EMPTY)
    version = secret.versions[id]
    told = {
        "ARN": secret.arn,
        "Name": secret.name,
        "VersionId": id,
        "VersionStages": version["version_stages"],
        "CreatedDate": version["createdate"],
    }
    for ours, theirs in (("secret_string", "SecretString"), ("secret_binary", "SecretBinary")):
        if version.get(ours) is not None:
            told[theirs] = version[ours]
    return told
