"""Writes bundles to Secrets Manager as chamber does: for each key it reads the secret, describes it, and puts the whole.

Standard input has the bundles, each with its name and the keys to write: [{"name": "...", "keys": {"KEY": "value"}}]
"""

import json
import sys

import boto3

client = boto3.client("secretsmanager")


def write(name, key, value):
    try:
        held = json.loads(client.get_secret_value(SecretId=name)["SecretString"])
    except client.exceptions.ResourceNotFoundException:
        client.create_secret(Name=name, SecretString=json.dumps({key: value}))
        return
    if client.describe_secret(SecretId=name).get("RotationEnabled"):
        sys.exit(f"{name} rotates")
    client.put_secret_value(SecretId=name, SecretString=json.dumps({**held, key: value}))


for bundle in json.load(sys.stdin):
    for key, value in bundle["keys"].items():
        write(bundle["name"], key, value)
