"""Access keys of twelve digits are accounts of their own, with faults, journal and canaries."""

from .kit import code, ok


def run(aws):
    aws.admin("reset", {})
    one, two = (aws.client("secretsmanager", access_key=key) for key in ("000000000001", "000000000002"))
    one.create_secret(Name="a/x", SecretString="one")
    two.create_secret(Name="a/x", SecretString="two")
    seen = [client.get_secret_value(SecretId="a/x")["SecretString"] for client in (one, two)]
    ok("two accounts have secrets of the same name", seen == ["one", "two"], seen)
    arn = one.describe_secret(SecretId="a/x")["ARN"]
    identity = aws.client("sts", access_key="000000000001").get_caller_identity()["Account"]
    ok("the account is in the ARN and in the identity", ":000000000001:" in arn and identity == "000000000001", arn)
    aws.admin("000000000001/faults", [{"do": "error", "code": "AccessDeniedException", "status": 400}])
    aws.admin("000000000001/canaries", ["canary-of-one"])
    seen = [code(client.describe_secret, SecretId="a/x") for client in (one, two)]
    ok("a fault hits its account only", seen == ["AccessDeniedException", None], seen)
    two.tag_resource(SecretId="a/x", Tags=[{"Key": "k", "Value": "canary-of-one"}])
    lengths = len(aws.admin("000000000001/journal")), len(aws.admin("000000000002/journal")), len(aws.admin("journal"))
    ok("each has a journal", lengths == (5, 4, 0), lengths)
    ok("a canary counts in its account only", not aws.admin("000000000002/journal")[-1]["leaks"])
    call = {"service": "secretsmanager", "op": "PutSecretValue", "params": {"SecretId": "a/x", "SecretString": "1b"}}
    aws.admin("000000000001/call", call)
    aws.admin("000000000001/faults", [])
    seen = one.get_secret_value(SecretId="a/x")["SecretString"], len(aws.admin("000000000001/journal"))
    ok("a call of somebody else meets no fault and is in no journal", seen == ("1b", 6), seen)
    aws.admin("000000000001/reset", {})
    seen = [len(client.list_secrets()["SecretList"]) for client in (one, two)]
    ok("resetting one leaves the other", seen == [0, 1], seen)
