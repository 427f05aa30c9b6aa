#!/usr/bin/env bash
# Judges the environment: annotations for the lines, a summary for the step, and the exit code of `envctl validate`.
# No form of a report holds a secret.
set -euo pipefail

options=(--project "$ACTION_PROJECT")
if [ -n "$ACTION_ENVIRONMENT" ]; then options+=(--environment "$ACTION_ENVIRONMENT"); fi
if [ -n "$ACTION_TARGET" ]; then options+=(--target "$ACTION_TARGET"); fi
if [ -n "$ACTION_PROFILE" ]; then options+=(--profile "$ACTION_PROFILE"); fi
read -r -d '' -a more <<<"$ACTION_ARGS" || true
options+=(${more[@]+"${more[@]}"})

status=0
"$ACTION_BINARY" validate "${options[@]}" --format github || status=$?
# Beyond 1 there is no answer to be summed up.
if [ "$status" -le 1 ]; then
    "$ACTION_BINARY" validate "${options[@]}" --format markdown >>"$GITHUB_STEP_SUMMARY" || true
fi
if [ "$status" -eq 0 ]; then echo valid=true; else echo valid=false; fi >>"$GITHUB_OUTPUT"
exit "$status"
