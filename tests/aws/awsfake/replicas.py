"""Replicas of a secret that fail."""

import re

from . import emulator

OPERATIONS = ("CreateSecret", "ReplicateSecretToRegions", "DescribeSecret")
MESSAGE = "Replication failed: Access to KMS is not allowed"


def forget_failed(secret, regions):
    """Replicating again to a region where it failed is another try."""
    secret.replicas = [one for one in secret.replicas if one.status != "Failed" or one.region not in regions]


def fail(request, rule, secret, answer):
    """The replicas fail, and stay so; the answer tells it."""
    if request.op not in OPERATIONS:
        raise ValueError(f"{request.op} tells of no replicas; those that do: {', '.join(OPERATIONS)}")
    for replica in secret.replicas:
        if not re.search(rule.get("region", ""), replica.region):
            continue
        store = emulator.backend("secretsmanager", request.account, replica.region).secrets
        if replica.has_replica:
            dict.pop(store, replica.arn, None)
        replica.status, replica.message, replica.has_replica = "Failed", rule.get("message", MESSAGE), False
        replica.config.update(Status=replica.status, StatusMessage=replica.message)
    told = answer.json()
    if "ReplicationStatus" in told:
        answer.replace({**told, "ReplicationStatus": [replica.config for replica in secret.replicas]})
