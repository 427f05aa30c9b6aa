"""Secrets Manager: tokens, labels, limits, deletion, and compare-and-swap under concurrency."""

import concurrent.futures
import math
import time

from botocore.exceptions import ClientError

from .kit import code, ok, swap, token


def run(aws):
    sm = aws.client("secretsmanager")
    tokens(aws, sm)
    labels(aws, sm)
    limits(sm)
    deletion(aws, sm)
    concurrency(aws, sm)
    counts(aws, sm)


def stages(sm, name):
    return sm.describe_secret(SecretId=name)["VersionIdsToStages"]


def tokens(aws, sm):
    a, b = token(), token()
    sm.create_secret(Name="c/a", SecretString="A", ClientRequestToken=a)
    again = code(sm.create_secret, Name="c/a", SecretString="A", ClientRequestToken=a)
    ok("create twice, same token and value: accepted", again is None, again)
    other = code(sm.create_secret, Name="c/a", SecretString="B", ClientRequestToken=a)
    ok("create twice, same token, other value: ResourceExistsException", other == "ResourceExistsException", other)
    sm.put_secret_value(SecretId="c/a", SecretString="B", ClientRequestToken=b)
    again = code(sm.put_secret_value, SecretId="c/a", SecretString="B", ClientRequestToken=b)
    ok("put again, same token and value: no new version", again is None and len(stages(sm, "c/a")) == 2, again)
    other = code(sm.put_secret_value, SecretId="c/a", SecretString="C", ClientRequestToken=b)
    ok("put again, same token, other value: ResourceExistsException", other == "ResourceExistsException", other)
    sm.put_secret_value(SecretId="c/a", SecretString="A", ClientRequestToken=a)
    seen = aws.current("c/a")
    ok("trap: putting the PREVIOUS version's token succeeds and moves nothing", seen[0] == "B", seen)
    parent = seen[1]
    v = swap(sm, "c/a", "C", parent)
    batch = sm.batch_get_secret_value(SecretIdList=["c/a"])["SecretValues"][0]["VersionId"]
    agree = aws.current("c/a") == ("C", v) and batch == v and "AWSPREVIOUS" in stages(sm, "c/a")[parent]
    ok("compare-and-swap write lands; plain read, batch read and AWSPREVIOUS agree", agree)
    lost = code(swap, client=sm, name="c/a", value="D", parent=parent)
    kept = lost == "InvalidParameterException" and aws.current("c/a")[0] == "C"
    ok("compare-and-swap from a stale parent is refused and changes nothing", kept, lost)
    w = swap(sm, "c/a", "B", v)
    fresh = aws.current("c/a")[0] == "B" and w not in (a, b, v)
    ok("going back to an older value works with a parent-derived token", fresh)


def labels(aws, sm):
    listed = sm.list_secret_version_ids(SecretId="c/a", IncludeDeprecated=True)["Versions"]
    made = {one["VersionId"]: one["CreatedDate"] for one in listed}
    read = {id: sm.get_secret_value(SecretId="c/a", VersionId=id)["CreatedDate"] for id in made}
    ok("the list of versions tells when each was made", made == read, (made, read))
    now = aws.current("c/a")[1]
    move = {"SecretId": "c/a", "VersionStage": "AWSCURRENT", "RemoveFromVersionId": now}
    missing = code(sm.update_secret_version_stage, MoveToVersionId=token(), **move)
    ok("a move to a version that does not exist changes nothing", missing and aws.current("c/a")[1] == now, missing)
    removed = code(sm.update_secret_version_stage, **move)
    ok("AWSCURRENT cannot be removed outright", removed == "InvalidParameterException", removed)
    sm.create_secret(Name="c/lab", SecretString="0")
    put = lambda i: code(
        sm.put_secret_value, SecretId="c/lab", SecretString=str(i), VersionStages=["AWSCURRENT", f"L{i}"]
    )
    seen = [put(i) for i in range(20)]
    ok("21st staging label: LimitExceededException", seen[-1] == "LimitExceededException", seen)


def limits(sm):
    big = "x" * 65536
    fits = code(sm.create_secret, Name="c/big", SecretString=big) is None
    more = code(sm.create_secret, Name="c/b2", SecretString=big + "x")
    wide = code(sm.create_secret, Name="c/b3", SecretString="é" * 40000)
    bytes_count = fits and more == wide == "ValidationException"
    ok("65,536 bytes fit, one more does not, and bytes count, not characters", bytes_count, (fits, more, wide))
    tags = [{"Key": f"k{i}", "Value": "v"} for i in range(51)]
    refused = [
        code(sm.create_secret, Name="c/e", SecretString=""),
        code(sm.create_secret, Name="c b!", SecretString="x"),
        code(sm.create_secret, Name="c/t", SecretString="x", ClientRequestToken="t"),
        code(sm.create_secret, Name="c/g", SecretString="x", Tags=tags),
        code(sm.batch_get_secret_value, SecretIdList=[f"n{i}" for i in range(21)]),
        code(sm.list_secrets, MaxResults=101),
    ]
    ok("empty value, bad name, short token, 51 tags, 21 batch ids, page of 101: refused", all(refused), refused)
    bad = code(sm.list_secrets, NextToken="nonsense")
    ok("a token of nobody: InvalidNextTokenException", bad == "InvalidNextTokenException", bad)


def deletion(aws, sm):
    sm.create_secret(Name="c/del", SecretString="x")
    sm.delete_secret(SecretId="c/del", RecoveryWindowInDays=7)
    refused = {
        code(sm.create_secret, Name="c/del", SecretString="y"),
        code(sm.put_secret_value, SecretId="c/del", SecretString="y"),
        code(sm.get_secret_value, SecretId="c/del"),
        code(sm.tag_resource, SecretId="c/del", Tags=[{"Key": "a", "Value": "b"}]),
    }
    hidden = not sm.list_secrets(Filters=[{"Key": "name", "Values": ["c/del"]}])["SecretList"]
    back = code(sm.restore_secret, SecretId="c/del") is None and aws.current("c/del")[0] == "x"
    ok("scheduled for deletion: create, put, get, tag refused", refused == {"InvalidRequestException"}, refused)
    ok("scheduled for deletion: hidden from the list; restoring brings it back", hidden and back, (hidden, back))


def concurrency(aws, sm):
    sm.create_secret(Name="c/ctr", SecretString="0", ClientRequestToken=token())

    def bump(_):
        for _try in range(200):
            found = sm.get_secret_value(SecretId="c/ctr")
            try:
                swap(sm, "c/ctr", str(int(found["SecretString"]) + 1), found["VersionId"])
                return True
            except ClientError:
                time.sleep(0.001)
        return False

    with concurrent.futures.ThreadPoolExecutor(12) as pool:
        done = sum(pool.map(bump, range(24)))
    seen = aws.current("c/ctr")[0]
    ok("24 increments by 12 concurrent compare-and-swap writers: none lost", (done, seen) == (24, "24"), (done, seen))


def counts(aws, sm):
    aws.admin("reset", {})
    number = 45
    for i in range(number):
        sm.create_secret(Name=f"n/{i:02d}", SecretString=f"v{i}")
    aws.admin("journal", method="DELETE")
    state = {}
    for start in range(0, number, 20):
        names = [f"n/{i:02d}" for i in range(start, min(number, start + 20))]
        for entry in sm.batch_get_secret_value(SecretIdList=names)["SecretValues"]:
            state[entry["Name"]] = entry["VersionId"]
    reads = {"secretsmanager:BatchGetSecretValue": math.ceil(number / 20)}
    seen = aws.admin("counts")
    ok("nothing changed: ceil(N/20) reads, 0 writes", seen == reads and len(state) == number, seen)
    sizes = [call["ids"] for call in aws.admin("journal")]
    ok("the journal tells how many a batch asked for", sizes == [20, 20, 5], sizes)
    for name in list(state)[:3]:
        swap(sm, name, "changed", state[name])
    writes = {"secretsmanager:PutSecretValue": 3, "secretsmanager:UpdateSecretVersionStage": 3}
    seen = aws.admin("counts")
    ok("3 changed: 2 writes each", seen == {**reads, **writes}, seen)
