#!/usr/bin/env bash
# A hash of everything that envctl is built from, and of the system that it is built on: the key of the cache. A
# program that was linked with a newer C library does not start with an older one.
set -euo pipefail

cd "$GITHUB_ACTION_PATH"
files() { find Cargo.toml Cargo.lock crates schema/json -type f -print0 | LC_ALL=C sort -z | xargs -0 cat; }
system() { echo "${ImageOS:-} $(getconf GNU_LIBC_VERSION 2>/dev/null || true)"; }
hash=$({ files; system; } | openssl dgst -sha256 -r | cut -d ' ' -f 1)
echo "hash=$hash" >>"$GITHUB_OUTPUT"
