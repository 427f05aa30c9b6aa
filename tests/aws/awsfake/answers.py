"""Answers, and refusals in the form of each protocol."""

import json
import re
import uuid
from dataclasses import dataclass


class Refuse(Exception):
    """The call is refused as AWS would refuse it."""

    def __init__(self, code, message, status=400):
        super().__init__(code)
        self.code, self.message, self.status = code, message, status


@dataclass
class Answer:
    status: int
    headers: list
    body: bytes

    @property
    def code(self):
        """The code of an error; none of a success."""
        if self.status < 400:
            return None
        for name, value in self.headers:
            if name.lower() == "x-amzn-errortype":
                return value
        found = re.search(rb'"__type"\s*:\s*"([^"]+)"|<Code>([^<]+)</Code>', self.body)
        return (found.group(1) or found.group(2)).decode() if found else None

    def json(self):
        return json.loads(self.body)

    def replace(self, value):
        self.body = json.dumps(value).encode()


def success(value):
    headers = [("Content-Type", "application/x-amz-json-1.1"), ("x-amzn-RequestId", str(uuid.uuid4()))]
    return Answer(200, headers, json.dumps(value).encode())


def refusal(request, code, message, status):
    """An error in the form that the request's protocol has."""
    id = str(uuid.uuid4())
    if request.json_protocol:
        kind = request.environ.get("CONTENT_TYPE") or "application/x-amz-json-1.1"
        headers = [("Content-Type", kind), ("x-amzn-RequestId", id), ("x-amzn-ErrorType", code)]
        return Answer(status, headers, json.dumps({"__type": code, "message": message, "Message": message}).encode())
    told = f"<Code>{code}</Code><Message>{message}</Message>"
    if request.service == "s3":
        text = f"<Error>{told}<RequestId>{id}</RequestId></Error>"
    else:
        text = f"<ErrorResponse><Error><Type>Sender</Type>{told}</Error><RequestId>{id}</RequestId></ErrorResponse>"
    return Answer(status, [("Content-Type", "text/xml"), ("x-amzn-RequestId", id)], text.encode())
