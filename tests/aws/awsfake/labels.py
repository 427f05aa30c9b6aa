"""Staging labels. moto reads "the current value" from a pointer of its own, which moves of labels leave behind."""

import json

HIDING = ("DescribeSecret", "ListSecrets", "ListSecretVersionIds")


def holder(secret, label):
    """The version that has a label."""
    for id, version in secret.versions.items():
        if label in version["version_stages"]:
            return id
    return None


def held(secret):
    """Each label with its version."""
    if secret is None:
        return {}
    return {label: id for id, version in secret.versions.items() for label in version["version_stages"]}


def repair(request, secret, before):
    """A plain read gives the version with AWSCURRENT, which is one; labels of one's own outlive a new version."""
    if request.op in ("PutSecretValue", "UpdateSecret"):
        moved = request.params.get("VersionStages") or []
        for label, id in before.items():
            kept = not label.startswith("AWS") and label not in moved and id in secret.versions
            if kept and holder(secret, label) is None:
                secret.versions[id]["version_stages"].append(label)
    current = holder(secret, "AWSCURRENT")
    if current:
        secret.set_default_version_id(current)
        for version in secret.versions.values():
            if version["version_id"] != current and "AWSCURRENT" in version["version_stages"]:
                version["version_stages"].remove("AWSCURRENT")


def tell_when_made(secret, answer):
    """The list of versions tells when each was made; moto tells when it was asked."""
    told = answer.json()
    for version in told.get("Versions", []):
        version["CreatedDate"] = secret.versions[version["VersionId"]]["createdate"]
    answer.body = json.dumps(told).encode()


def hide_unlabelled(request, answer):
    """Versions without labels are deprecated: told only where they are asked for. The list of versions has pages."""
    if request.op not in HIDING:
        return
    told = answer.json()
    for entry in [told, *told.get("SecretList", [])]:
        for field in ("VersionIdsToStages", "SecretVersionsToStages"):
            if isinstance(entry.get(field), dict):
                entry[field] = {id: labels for id, labels in entry[field].items() if labels}
    if request.op == "ListSecretVersionIds":
        every = request.params.get("IncludeDeprecated")
        versions = [version for version in told.get("Versions", []) if version.get("VersionStages") or every]
        start, size = int(request.params.get("NextToken") or 0), request.params.get("MaxResults") or 100
        told["Versions"] = versions[start : start + size]
        told.pop("NextToken", None)
        if len(versions) > start + size:
            told["NextToken"] = str(start + size)
    answer.body = json.dumps(told).encode()
