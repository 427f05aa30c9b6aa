"""Secrets Manager: documented limits and states that moto does not hold, around moto's own answer."""

import re
from contextlib import nullcontext

from moto.secretsmanager.models import FakeSecret

from . import batch, emulator, history, labels, managed, replicas
from .answers import Refuse

VALUE_BYTES = 65536
TAGS = 50
LABELS = 20
NAME = re.compile(r"[A-Za-z0-9/_+=.@\-]+")
REFUSED_WHEN_DELETED = (
    "PutSecretValue",
    "UpdateSecret",
    "UpdateSecretVersionStage",
    "TagResource",
    "UntagResource",
    "RotateSecret",
    "GetSecretValue",
    "ReplicateSecretToRegions",
    "PutResourcePolicy",
)


def apply(request, rule, past):
    """The answer; `past` is the account's history, if a rule asks for one."""
    backend = emulator.backend("secretsmanager", request.account, request.region)
    kind = rule.do if rule else None
    with past.read(request, rule.get("ms")) if kind == "stale" else nullcontext():
        check(request, backend)
        if request.op == "BatchGetSecretValue":
            return batch.answer(request, backend, rule if kind == "batch_error" else None)
        found = primary(request, backend)
        before = labels.held(found)
        if request.op == "ReplicateSecretToRegions" and found is not None:
            replicas.forget_failed(found, [one.get("Region") for one in request.params["AddReplicaRegions"]])
        answer = emulator.dispatch(request, moto_params(request))
        if answer.status != 200:
            return answer
        labels.hide_unlabelled(request, answer)
        if request.op in ("DescribeSecret", "ListSecrets"):
            answer.replace(managed.tell(answer.json()))
        secret = primary(request, backend)
        if secret is not None and request.op == "ListSecretVersionIds":
            labels.tell_when_made(secret, answer)
        if secret is not None and request.op in ("PutSecretValue", "UpdateSecret", "UpdateSecretVersionStage"):
            labels.repair(request, secret, before)
        if secret is not None and kind == "replica_failed":
            replicas.fail(request, rule, secret, answer)
    if past and request.op not in history.READS:
        past.remember()
    return answer


def moto_params(request):
    """The front makes the pages of versions, so moto has to give all of them."""
    if request.op == "ListSecretVersionIds":
        return {"SecretId": request.params.get("SecretId"), "IncludeDeprecated": True}
    return request.params


def primary(request, backend):
    """The secret that is meant, if it is here and no replica."""
    secret = backend.secrets.get(request.target) if request.target else None
    return secret if isinstance(secret, FakeSecret) else None


def check(request, backend):
    params = request.params
    if len((params.get("SecretString") or "").encode()) > VALUE_BYTES:
        raise Refuse("ValidationException", f"Secret value exceeds the quota of {VALUE_BYTES} bytes")
    secret = primary(request, backend)
    if request.op == "CreateSecret":
        check_new(params, secret)
    if secret is None or request.op == "CreateSecret":
        return
    if request.op in REFUSED_WHEN_DELETED and secret.is_deleted():
        raise Refuse("InvalidRequestException", batch.DELETED)
    managed.guard(request, secret)
    if request.op == "TagResource":
        check_tags(secret.tags, params.get("Tags"))
    if request.op == "UpdateSecret":
        check_update(params, secret)
    if request.op == "PutSecretValue":
        check_labels(params, secret)
    if request.op == "UpdateSecretVersionStage":
        check_move(params, secret)


def check_new(params, existing):
    if not NAME.fullmatch(params.get("Name", "")):
        told = (
            "Invalid name. Must be a valid name containing alphanumeric characters, or any of the following: -/_+=.@!"
        )
        raise Refuse("ValidationException", told)
    check_tags([], params.get("Tags"))
    if existing is not None and existing.is_deleted():
        told = "You can't create this secret because a secret with this name is already scheduled for deletion."
        raise Refuse("InvalidRequestException", told)


def check_tags(existing, new):
    for tag in new or []:
        if tag.get("Key", "").lower().startswith("aws:"):
            raise Refuse("InvalidParameterException", "Tag keys starting with aws: are reserved for system use")
    if len({tag["Key"] for tag in existing or []} | {tag.get("Key") for tag in new or []}) > TAGS:
        raise Refuse("InvalidParameterException", f"Too many tags: the quota is {TAGS}")


def check_update(params, secret):
    token = params.get("ClientRequestToken")
    if ("SecretString" in params or "SecretBinary" in params) and token in secret.versions:
        told = f"You can't use ClientRequestToken {token} because that value is already in use for a version of secret"
        raise Refuse("ResourceExistsException", f"{told} {secret.arn}.")


def check_labels(params, secret):
    attached = set(labels.held(secret)) | set(params.get("VersionStages") or []) | {"AWSCURRENT"}
    if len(attached) > LABELS:
        told = f"You have reached the quota of {LABELS} staging labels attached across all versions of the secret."
        raise Refuse("LimitExceededException", told)


def check_move(params, secret):
    """A move is checked whole before anything changes."""
    label, to, source = params.get("VersionStage"), params.get("MoveToVersionId"), params.get("RemoveFromVersionId")
    for version in (to, source):
        if version and version not in secret.versions:
            code = "InvalidParameterException" if version == source else "ResourceNotFoundException"
            raise Refuse(code, f"Secrets Manager can't find the specified secret version: {version}.")
    has = labels.holder(secret, label)
    if label == "AWSCURRENT" and not to:
        told = (
            "You can only move staging label AWSCURRENT to a different secret version. It can't be completely removed."
        )
        raise Refuse("InvalidParameterException", told)
    if has and has != to and not source:
        told = (
            f"The parameter RemoveFromVersionId can't be empty. Staging label {label} is currently attached to version"
        )
        tail = "so you must explicitly reference that version in RemoveFromVersionId."
        raise Refuse("InvalidParameterException", f"{told} {has}, {tail}")
    if source and has != source:
        told = f"When you move staging label {label}, if you specify RemoveFromVersionId, it must be set to the version"
        raise Refuse("InvalidParameterException", f"{told} that currently has the staging label {label}.")
