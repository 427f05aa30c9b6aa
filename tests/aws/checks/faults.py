"""Calls that go wrong as a rule says, and what a client makes of it."""

import json
import time

from .kit import code, ok, swap, token

NO_ANSWER = ("ConnectionClosedError", "EndpointConnectionError", "ReadTimeoutError", "ResponseParserError")


def run(aws):
    aws.admin("reset", {})
    sm = aws.client("secretsmanager")
    sm.create_secret(Name="f/a", SecretString="0")
    lost_answers(aws, sm)
    errors(aws, sm)
    rates(aws)
    stale(aws, sm)
    canaries(aws, sm)
    mistakes(aws, sm)


def rule(aws, op, do, **more):
    return aws.admin("faults", [{"op": f"secretsmanager:{op}", "do": do, **more}])


def lost_answers(aws, sm):
    rule(aws, "PutSecretValue", "error", code="ThrottlingException", status=400, left=2)
    patient = aws.client("secretsmanager", retries=4)
    seen = code(patient.put_secret_value, SecretId="f/a", SecretString="1", ClientRequestToken=token())
    calls = len(aws.admin("journal"))
    ok("throttled twice, then through, with a retrying client", (seen, calls) == (None, 4), (seen, calls))
    patient = aws.client("secretsmanager", retries=3)
    rule(aws, "PutSecretValue", "lost", left=1)
    swap(patient, "f/a", "2", aws.current("f/a")[1])
    versions = len(sm.list_secret_version_ids(SecretId="f/a", IncludeDeprecated=True)["Versions"])
    right = aws.current("f/a")[0] == "2" and versions == 3
    ok("answer lost after the put was applied: the retry is idempotent, one version", right, versions)
    rule(aws, "UpdateSecretVersionStage", "lost", left=1)
    seen = code(swap, client=patient, name="f/a", value="3", parent=aws.current("f/a")[1])
    right = seen == "InvalidParameterException" and aws.current("f/a")[0] == "3"
    ok("answer lost after the swap: the blind retry is refused, a read shows we won", right, seen)
    theirs = ["secretsmanager", "PutSecretValue", {"SecretId": "f/a", "SecretString": "theirs"}]
    parent = aws.current("f/a")[1]
    rule(aws, "UpdateSecretVersionStage", "writer", call=theirs, left=1)
    seen = code(swap, client=sm, name="f/a", value="4", parent=parent)
    right = seen == "InvalidParameterException" and aws.current("f/a")[0] == "theirs"
    ok("a writer slips in between stage and swap: refused, their value stands", right, seen)
    for kind in ("drop", "drop_after"):
        rule(aws, "GetSecretValue", kind, left=1)
        seen = code(sm.get_secret_value, SecretId="f/a")
        ok(f"{kind}: no whole answer is a transport error", seen in NO_ANSWER, seen)
    rule(aws, "GetSecretValue", "garbage", left=1)
    seen = sm.get_secret_value(SecretId="f/a")  # this SDK passes over what it cannot parse
    ok("half an answer holds no value", "SecretString" not in seen, seen)


def errors(aws, sm):
    rule(aws, ".*", "error", target="^f/a$", code="AccessDeniedException", status=400)
    seen = code(sm.get_secret_value, SecretId="f/a"), code(sm.create_secret, Name="f/b", SecretString="1")
    ok("access denied on one target only", seen == ("AccessDeniedException", None), seen)
    for wanted in ("ExpiredTokenException", "DecryptionFailure", "EncryptionFailure"):
        rule(aws, ".*", "error", code=wanted, status=400)
        seen = code(sm.get_secret_value, SecretId="f/a"), aws.admin("journal")[-1]["code"]
        ok(f"{wanted} reaches the client and the journal", seen == (wanted, wanted), seen)
    aws.admin("faults", [{"do": "error", "code": "ExpiredToken", "status": 403}])
    seen = code(aws.client("sts").get_caller_identity)
    ok("credentials that expired, in the form of a service that speaks XML", seen == "ExpiredToken", seen)


def rates(aws):
    aws.admin("faults", [{"op": "ssm:PutParameter", "rate": 3, "burst": 3}])
    put = aws.client("ssm").put_parameter
    seen = [code(put, Name=f"/r/{i}", Value="x", Type="String") for i in range(10)]
    right = seen[:3] == [None] * 3 and seen.count("ThrottlingException") >= 5
    ok("rate limit: the burst passes, the rest ThrottlingException", right, seen)


def stale(aws, sm):
    names = lambda: {entry["Name"] for entry in sm.list_secrets()["SecretList"]}
    aws.admin("faults", [])
    before = names()
    rule(aws, "ListSecrets", "stale")
    sm.create_secret(Name="f/new", SecretString="1", ClientRequestToken=token())
    sm.tag_resource(SecretId="f/a", Tags=[{"Key": "new", "Value": "1"}])
    found = sm.list_secrets(Filters=[{"Key": "tag-key", "Values": ["new"]}])["SecretList"]
    ok("a stale list knows neither a new secret nor a new tag", names() == before and not found, (names(), found))
    seen = sm.describe_secret(SecretId="f/a")["Tags"]
    ok("what is no list is up to date meanwhile", [tag["Key"] for tag in seen] == ["new"], seen)
    rule(aws, "ListSecrets", "stale", ms=300)
    sm.create_secret(Name="f/newer", SecretString="1")
    early = "f/newer" in names()
    time.sleep(0.35)
    late = "f/newer" in names()
    ok("a list that lags shows a new secret later", (early, late) == (False, True), (early, late))
    aws.admin("faults", [])


def canaries(aws, sm):
    secret = "CANARY/123+45"
    aws.admin("canaries", [secret])
    leaks = lambda: aws.admin("journal")[-1]["leaks"]
    sm.create_secret(Name="f/leak", SecretString=secret, Description=f"holds {secret}")
    ok("a secret in a description is a leak, in SecretString it is not", leaks() == ["body.Description"], leaks())
    encoded = "aXQgQ0FOQVJZLzEyMys0NSE="  # it CANARY/123+45!
    sm.create_secret(Name="f/leak2", SecretString="1", Tags=[{"Key": "k", "Value": encoded}])
    ok("a secret in base64 in a tag is a leak", leaks() == ["body.Tags[0].Value"], leaks())
    ok("the journal holds no value", secret not in json.dumps(aws.admin("journal")))


def mistakes(aws, sm):
    seen = [rule(aws, ".*", "errror"), rule(aws, ".*", "error", kode="x"), rule(aws, "(", "error")]
    ok("a rule with a mistake is refused", all("error" in answer for answer in seen), seen)
    rule(aws, "PutSecretValue", "empty_page")
    seen = code(sm.put_secret_value, SecretId="f/a", SecretString="x")
    ok("a rule for a call that cannot go wrong that way is an error of the stand-in", seen == "StandInError", seen)
    aws.admin("faults", [])
