"""Secrets that rotate, that another service owns, or that have replicas."""

from .kit import code, ok, token


def run(aws):
    aws.admin("reset", {})
    sm = aws.client("secretsmanager")
    rotation(aws, sm)
    owned(aws, sm)
    replicas(aws, sm)


def listed(sm, name):
    return next(entry for entry in sm.list_secrets()["SecretList"] if entry["Name"] == name)


def rotation(aws, sm):
    aws.admin("secret", {"name": "o/rotates", "rotation": True})
    seen = [sm.describe_secret(SecretId="o/rotates"), listed(sm, "o/rotates")]
    right = all(one["RotationEnabled"] and "function:rotate" in one["RotationLambdaARN"] for one in seen)
    ok("a seeded secret rotates, by its description and in the list", right, seen)
    write = code(sm.put_secret_value, SecretId="o/rotates", SecretString="x", ClientRequestToken=token())
    ok("a secret that rotates can be written", write is None, write)
    aws.admin("secret", {"name": "o/plain", "value": "v"})
    seen = sm.describe_secret(SecretId="o/plain").get("RotationEnabled"), aws.current("o/plain")[0]
    ok("a secret that never rotated tells nothing of it", seen == (None, "v"), seen)


def owned(aws, sm):
    aws.admin("secret", {"name": "rds!db-1", "owning_service": "rds", "rotation": True, "value": "v"})
    seen = [sm.describe_secret(SecretId="rds!db-1"), listed(sm, "rds!db-1")]
    right = all(one["OwningService"] == "rds" and "RotationLambdaARN" not in one for one in seen)
    ok("a secret of another service tells whose it is, and no function of ours", right, seen)
    now = aws.current("rds!db-1")[1]
    refused = {
        code(sm.put_secret_value, SecretId="rds!db-1", SecretString="x"),
        code(sm.update_secret, SecretId="rds!db-1", Description="x"),
        code(sm.update_secret_version_stage, SecretId="rds!db-1", VersionStage="OURS", MoveToVersionId=now),
        code(sm.delete_secret, SecretId="rds!db-1"),
    }
    ok("only its service writes it", refused == {"InvalidRequestException"}, refused)
    found = sm.list_secrets(Filters=[{"Key": "owning-service", "Values": ["rds"]}])["SecretList"]
    ok("the filter by owner finds it", [one["Name"] for one in found] == ["rds!db-1"], found)


def replicas(aws, sm):
    there = aws.client("secretsmanager", region="eu-west-1")
    to = [{"Region": "eu-west-1"}]
    sm.create_secret(Name="r/good", SecretString="1", AddReplicaRegions=to)
    seen = there.get_secret_value(SecretId="r/good")["SecretString"]
    ok("a replica is read in its region", seen == "1", seen)
    rule = {"op": "secretsmanager:(CreateSecret|ReplicateSecretToRegions)", "do": "replica_failed", "message": "no key"}
    aws.admin("faults", [rule])
    told = sm.create_secret(Name="r/bad", SecretString="1", AddReplicaRegions=to)
    sm.create_secret(Name="r/late", SecretString="1")
    late = sm.replicate_secret_to_regions(SecretId="r/late", AddReplicaRegions=to)
    aws.admin("faults", [])
    answers = [told, late, sm.describe_secret(SecretId="r/bad"), sm.describe_secret(SecretId="r/late")]
    states = [(one["Status"], one["StatusMessage"]) for answer in answers for one in answer["ReplicationStatus"]]
    ok("by fault: a replica fails, says why, and stays so", states == [("Failed", "no key")] * 4, states)
    absent = code(there.get_secret_value, SecretId="r/bad")
    ok("a replica that failed is not there", absent == "ResourceNotFoundException", absent)
    again = sm.replicate_secret_to_regions(SecretId="r/bad", AddReplicaRegions=to)["ReplicationStatus"]
    right = [one["Status"] for one in again] == ["InSync"] and there.get_secret_value(SecretId="r/bad")
    ok("another try makes it", right, again)
    aws.admin("faults", [{"op": "secretsmanager:DescribeSecret", "do": "replica_failed", "region": "^eu-"}])
    state = sm.describe_secret(SecretId="r/good")["ReplicationStatus"][0]["Status"]
    ok("by fault: a replica that was in sync fails later", state == "Failed", state)
    aws.admin("faults", [])
