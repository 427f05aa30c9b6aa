#!/usr/bin/env bash
# Finds the given envctl, or builds the one of this action unless the cache has it.
set -euo pipefail

if [ -n "$ACTION_BINARY" ]; then
    if [ ! -x "$ACTION_BINARY" ]; then
        echo "::error::the input \`binary\` names no program: $ACTION_BINARY"
        exit 2
    fi
    binary="$(cd "$(dirname "$ACTION_BINARY")" && pwd)/$(basename "$ACTION_BINARY")"
else
    binary="$RUNNER_TEMP/envctl/bin/envctl"
    if [ ! -x "$binary" ]; then
        # From here, so that a toolchain that the caller's repository names does not count.
        (cd "$GITHUB_ACTION_PATH" && cargo install --locked --path crates/cli --root "$RUNNER_TEMP/envctl")
    fi
fi

version=$("$binary" --version)
if [ -n "$ACTION_VERSION" ] && [ "$version" != "envctl $ACTION_VERSION" ]; then
    echo "::error::this is $version, and the input \`version\` asks for $ACTION_VERSION"
    exit 2
fi
echo "$version"
echo "binary=$binary" >>"$GITHUB_OUTPUT"
dirname "$binary" >>"$GITHUB_PATH"
