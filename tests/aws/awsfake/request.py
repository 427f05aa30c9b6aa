"""What a call asks, and in whose account."""

import gzip
import json
import re
import uuid
from dataclasses import dataclass
from urllib.parse import parse_qs

import botocore.loaders
from moto.iam.models import get_account_id_from
from werkzeug.test import EnvironBuilder

LOADER = botocore.loaders.Loader()
DEFAULT_ACCOUNT = "123456789012"
DEFAULT_REGION = "us-east-1"
# Calls that the SDKs give a token of their own.
TOKENS = ("CreateSecret", "PutSecretValue", "UpdateSecret")


def account_of(access_key):
    """An access key of twelve digits is an account of its own; otherwise moto knows whose it is."""
    if re.fullmatch(r"\d{12}", access_key):
        return access_key
    return get_account_id_from(access_key) if access_key else DEFAULT_ACCOUNT


@dataclass
class Request:
    environ: dict
    body: bytes
    account: str
    region: str
    service: str
    op: str
    params: dict

    @property
    def json_protocol(self):
        return bool(self.environ.get("HTTP_X_AMZ_TARGET"))

    @property
    def ids(self):
        """The names that a call for several asks for."""
        return self.params.get("SecretIdList") or self.params.get("Names") or []

    @property
    def target(self):
        found = self.params.get("SecretId") or self.params.get("Name") or self.params.get("ResourceId")
        return str(found or "")


def read(environ, body):
    """The request that came over the network."""
    authorization = environ.get("HTTP_AUTHORIZATION", "")
    scope = re.search(r"Credential=([^/]+)/\d+/([^/]+)/([^/]+)/", authorization)
    access_key, region, service = scope.groups() if scope else ("", DEFAULT_REGION, "")
    target, params = environ.get("HTTP_X_AMZ_TARGET", ""), {}
    form = "urlencoded" in environ.get("CONTENT_TYPE", "")
    if (target or form) and environ.get("HTTP_CONTENT_ENCODING") == "gzip":
        body = gzip.decompress(body)
        environ = {name: value for name, value in environ.items() if name != "HTTP_CONTENT_ENCODING"}
    if target:
        op = target.rsplit(".", 1)[-1]
        try:
            params = json.loads(body or b"{}")
        except ValueError:
            pass
    elif form:
        params = {name: values[0] for name, values in parse_qs(body.decode("utf-8", "replace")).items()}
        op = params.get("Action", "?")
    else:
        query = environ.get("QUERY_STRING")
        op = f"{environ['REQUEST_METHOD']} {environ.get('PATH_INFO', '')}" + (f"?{query}" if query else "")
    return Request(
        environ, body, account_of(access_key), region, service, op, params if isinstance(params, dict) else {}
    )


def make(account, region, service, op, params):
    """A request of somebody else in the account, for a service that speaks JSON."""
    if service == "secretsmanager" and op in TOKENS:
        params = {"ClientRequestToken": str(uuid.uuid4()), **params}
    prefix = LOADER.load_service_model(service, "service-2")["metadata"]["targetPrefix"]
    scope = f"Credential={account}/20260101/{region}/{service}/aws4_request"
    body = json.dumps(params).encode()
    headers = {
        "X-Amz-Target": f"{prefix}.{op}",
        "Content-Type": "application/x-amz-json-1.1",
        "Authorization": f"AWS4-HMAC-SHA256 {scope}, SignedHeaders=host, Signature=0",
    }
    environ = EnvironBuilder(method="POST", base_url="http://127.0.0.1", data=body, headers=headers).get_environ()
    return Request(environ, body, account, region, service, op, params)
