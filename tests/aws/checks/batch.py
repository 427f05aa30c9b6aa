"""`BatchGetSecretValue`: values with labels, an error for each name without one, pages."""

from .kit import code, ok


def run(aws):
    aws.admin("reset", {})
    sm = aws.client("secretsmanager")
    for name in ("b/one", "b/two", "b/gone"):
        sm.create_secret(Name=name, SecretString=name)
    sm.create_secret(Name="b/binary", SecretBinary=b"\0bytes")
    sm.create_secret(Name="b/empty")
    sm.delete_secret(SecretId="b/gone", RecoveryWindowInDays=7)
    errors(sm)
    filters(sm)
    faults(aws, sm)
    empty_pages(aws, sm)


def told(answer):
    values = [entry["Name"] for entry in answer["SecretValues"]]
    return values, {entry["SecretId"]: entry["ErrorCode"] for entry in answer["Errors"]}


def errors(sm):
    names = ["b/one", "b/never", "b/gone", "b/empty", "b/binary"]
    answer = sm.batch_get_secret_value(SecretIdList=names)
    wanted = {
        "b/never": "ResourceNotFoundException",
        "b/gone": "InvalidRequestException",
        "b/empty": "ResourceNotFoundException",
    }
    ok("a batch tells an error for each name without a value", told(answer) == (["b/one", "b/binary"], wanted), answer)
    stages = [entry["VersionStages"] for entry in answer["SecretValues"]]
    ok("each value of a batch has its labels", stages == [["AWSCURRENT"]] * 2, stages)
    ok("a batch gives bytes as bytes", answer["SecretValues"][1]["SecretBinary"] == b"\0bytes", answer)
    ok("the last page of a batch has no token", "NextToken" not in answer, answer)


def filters(sm):
    mine = [{"Key": "name", "Values": ["b/"]}]
    first = sm.batch_get_secret_value(Filters=mine, MaxResults=2)
    second = sm.batch_get_secret_value(Filters=mine, MaxResults=2, NextToken=first["NextToken"])
    seen = told(first), told(second)
    wanted = (["b/one", "b/two"], {}), (["b/binary"], {"b/empty": "ResourceNotFoundException"})
    ok("a batch by filter has pages, without what is scheduled for deletion", seen == wanted, seen)
    refused = {
        code(sm.batch_get_secret_value),
        code(sm.batch_get_secret_value, SecretIdList=["b/one"], Filters=mine),
        code(sm.batch_get_secret_value, SecretIdList=["b/one"], MaxResults=2),
    }
    ok(
        "neither or both of names and filters, and a size without filters",
        refused == {"InvalidParameterException"},
        refused,
    )


def faults(aws, sm):
    rule = {"op": "secretsmanager:BatchGetSecretValue", "do": "batch_error", "left": 1}
    denied = {**rule, "target": "^b/two$", "code": "AccessDeniedException"}
    aws.admin("faults", [denied])
    seen = told(sm.batch_get_secret_value(SecretIdList=["b/one", "b/two"]))
    ok("by fault: one name of a batch is denied", seen == (["b/one"], {"b/two": "AccessDeniedException"}), seen)
    aws.admin("faults", [{**denied, "code": "DecryptionFailure"}])
    seen = told(sm.batch_get_secret_value(Filters=[{"Key": "name", "Values": ["b/one", "b/two"]}]))
    ok("by fault: the same in a batch by filter", seen == (["b/one"], {"b/two": "DecryptionFailure"}), seen)
    aws.admin("faults", [denied])
    seen = told(sm.batch_get_secret_value(SecretIdList=["b/one"]))
    ok("by fault: a batch without that name is whole", seen == (["b/one"], {}), seen)


def empty_pages(aws, sm):
    for op, ask, field in (
        (
            "BatchGetSecretValue",
            lambda **more: sm.batch_get_secret_value(SecretIdList=["b/one"], **more),
            "SecretValues",
        ),
        ("ListSecrets", lambda **more: sm.list_secrets(**more), "SecretList"),
    ):
        aws.admin("faults", [{"op": f"secretsmanager:{op}", "do": "empty_page", "left": 2}])
        first = ask()
        second = ask(NextToken=first["NextToken"])
        third = ask(NextToken=second["NextToken"])
        sizes = [len(page[field]) for page in (first, second, third)]
        right = sizes[:2] == [0, 0] and sizes[2] > 0 and "NextToken" not in third
        ok(f"by fault: {op} gives empty pages before the full one", right, sizes)
    aws.admin("faults", [])
