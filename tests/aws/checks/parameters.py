"""Parameter Store."""

from .kit import code, ok


def run(aws):
    ssm = aws.client("ssm")
    put = lambda name, value, **more: code(ssm.put_parameter, Name=name, Value=value, Type="String", **more)
    seen = put("/c/a", "1"), put("/c/a", "2")
    ok("overwrite=false is create-if-absent", seen == (None, "ParameterAlreadyExists"), seen)
    refused = [put("/c/z", value) for value in ("", "{{x}}", "x" * 4097)]
    ok("empty, {{x}} and 4,097 bytes in the standard tier are refused", all(refused), refused)
    tier = ssm.put_parameter(Name="/c/i", Value="x" * 5000, Type="String", Tier="Intelligent-Tiering")["Tier"]
    down = put("/c/i", "x", Tier="Standard", Overwrite=True)
    right = (tier, down) == ("Advanced", "ValidationException")
    ok("intelligent tiering picks advanced; there is no way down", right, (tier, down))
    write = lambda: ssm.put_parameter(Name="/c/a", Value="2", Type="String", Overwrite=True)["Version"]
    versions = write(), write()
    ok("the returned version shows a lost race: one more than what was seen is expected", versions == (2, 3), versions)
