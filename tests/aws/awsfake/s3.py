"""S3: a new bucket has SSE-S3 and all four public access blocks, as since 2023."""

from moto.s3.models import PublicAccessBlock

from . import emulator


def after(request):
    name = request.environ.get("PATH_INFO", "").strip("/")
    made = request.environ["REQUEST_METHOD"] == "PUT" and name and "/" not in name
    if not made or request.environ.get("QUERY_STRING"):
        return
    bucket = emulator.backend("s3", request.account, "aws").buckets[name]
    if bucket.encryption is None:
        default = {"ApplyServerSideEncryptionByDefault": {"SSEAlgorithm": "AES256"}, "BucketKeyEnabled": "false"}
        bucket.encryption = {"Rule": default}
    if bucket.public_access_block is None:
        bucket.public_access_block = PublicAccessBlock("true", "true", "true", "true")
