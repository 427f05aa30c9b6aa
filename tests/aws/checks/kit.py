"""What the checks share: a stand-in of their own, clients, and the verdicts."""

import hashlib
import json
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
import uuid
from pathlib import Path

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

HERE = Path(__file__).resolve().parent.parent
FAILED = []


class StandIn:
    """Started at its making, ended by `close`."""

    def __init__(self):
        ready = Path(tempfile.mkdtemp()) / "ready"
        command = [sys.executable, "-m", "awsfake", "--until-stdin-closes", "--ready-file", str(ready)]
        self.process = subprocess.Popen(command, cwd=HERE, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL)
        began = time.monotonic()
        while not ready.exists():
            time.sleep(0.02)
            assert self.process.poll() is None and time.monotonic() - began < 60, "the stand-in did not start"
        self.endpoint = json.loads(ready.read_text())["endpoint"]

    def close(self):
        """It ends because its standard input does."""
        self.process.stdin.close()
        return self.process.wait(10)

    def client(self, service, retries=0, access_key="test", region="us-east-1"):
        config = Config(
            retries={"max_attempts": retries, "mode": "standard"},
            parameter_validation=False,
            max_pool_connections=50,
        )
        keys = {"aws_access_key_id": access_key, "aws_secret_access_key": "test"}
        return boto3.client(service, region_name=region, endpoint_url=self.endpoint, config=config, **keys)

    def admin(self, path, data=None, method=None):
        body = None if data is None else json.dumps(data).encode()
        method = method or ("GET" if data is None else "POST")
        asked = urllib.request.Request(f"{self.endpoint}/_fake/{path}", data=body, method=method)
        try:
            return json.load(urllib.request.urlopen(asked))
        except urllib.error.HTTPError as error:
            return json.load(error)

    def current(self, name):
        found = self.client("secretsmanager").get_secret_value(SecretId=name)
        return found["SecretString"], found["VersionId"]


def ok(name, holds, seen=""):
    print(("ok   " if holds else "FAIL ") + name + ("" if holds else f"   saw: {str(seen)[:300]}"))
    if not holds:
        FAILED.append(name)


def code(function, **arguments):
    """The code of the refusal, or the name of what went wrong on the way; none if nothing did."""
    try:
        function(**arguments)
        return None
    except ClientError as error:
        return error.response["Error"]["Code"]
    except Exception as error:
        return type(error).__name__


def token():
    return str(uuid.uuid4())


def swap(client, name, value, parent):
    """The write of a sync: staged under a token that follows from parent and value, then a compare-and-swap."""
    version = hashlib.sha256(f"{name}\0{parent}\0{value}".encode()).hexdigest()[:64]
    client.put_secret_value(
        SecretId=name, SecretString=value, ClientRequestToken=version, VersionStages=["ENVCTL_STAGED"]
    )
    client.update_secret_version_stage(
        SecretId=name, VersionStage="AWSCURRENT", MoveToVersionId=version, RemoveFromVersionId=parent
    )
    return version
