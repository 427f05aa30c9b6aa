"""Secrets that rotate or that another service owns. Tests seed them: nobody could create them by a call alone."""

import time

from . import emulator
from .answers import Refuse

FIELDS = {"name", "value", "rotation", "owning_service", "region"}
DAY = 86400
OWNER_TAG = "aws:secretsmanager:owningService"
# What only the owning service may do.
GUARDED = ("PutSecretValue", "UpdateSecret", "UpdateSecretVersionStage", "DeleteSecret")


def seed(account, wanted, default_region):
    """Makes the secret if there is none, and marks it."""
    unknown = set(wanted) - FIELDS
    if unknown:
        raise ValueError(f"a secret has no {', '.join(sorted(unknown))}")
    region, name, owner = wanted.get("region", default_region), wanted["name"], wanted.get("owning_service")
    backend = emulator.backend("secretsmanager", account, region)
    secret = backend.secrets.get(name)
    if secret is None:
        secret, _ = backend._add_secret(name, secret_string=wanted.get("value", "seeded"))
    if owner:
        secret.tags = [tag for tag in secret.tags or [] if tag["Key"] != OWNER_TAG]
        secret.tags.append({"Key": OWNER_TAG, "Value": owner})
    if wanted.get("rotation"):
        now = int(time.time())
        secret.rotation_requested = secret.rotation_enabled = True
        secret.auto_rotate_after_days = 30
        secret.last_rotation_date, secret.next_rotation_date = now, now + 30 * DAY
        if not owner:
            secret.rotation_lambda_arn = f"arn:aws:lambda:{region}:{account}:function:rotate"
    return {"ARN": secret.arn, "Name": secret.name}


def guard(request, secret):
    if request.op in GUARDED and secret.owning_service:
        told = "The secret is managed by another service, and you must use that service to update it."
        raise Refuse("InvalidRequestException", told)


def tell(told):
    """Managed rotation has no function of the account's own, so none is told."""
    for entry in [told, *told.get("SecretList", [])]:
        if entry.get("RotationLambdaARN") == "":
            del entry["RotationLambdaARN"]
    return told
