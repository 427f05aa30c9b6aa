#!/usr/bin/env bash
# A hash of everything that envctl is built from: the key of the cache.
set -euo pipefail

cd "$GITHUB_ACTION_PATH"
hash=$(find Cargo.toml Cargo.lock crates schema/json -type f -print0 | LC_ALL=C sort -z |
    xargs -0 cat | openssl dgst -sha256 -r | cut -d ' ' -f 1)
echo "hash=$hash" >>"$GITHUB_OUTPUT"
