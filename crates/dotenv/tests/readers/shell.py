"""A shell that reads each text with `.`, in an empty folder and without programs: `python3 shell.py PROGRAM`."""

import json
import os
import resource
import subprocess
import sys
import tempfile

program = sys.argv[1]
# Names that the shells set themselves.
OWN = {"PWD", "OLDPWD", "SHLVL", "_", "PATH"}


def limit():
    resource.setrlimit(resource.RLIMIT_CPU, (5, 5))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


def ask(folder, text):
    path = os.path.join(folder, "read.env")
    with open(path, "w", newline="") as file:
        file.write(text)
    # What is printed by the file itself goes elsewhere; the variables are those of the process that `env` is.
    script = "set -a; . ./read.env >/dev/null 2>&1 </dev/null; exec /usr/bin/env -0"
    work = os.path.join(folder, "work")
    os.makedirs(work, exist_ok=True)
    os.replace(path, os.path.join(work, "read.env"))
    done = subprocess.run(
        [program, "-c", script], cwd=work, env={"PATH": "/nonexistent"}, stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, preexec_fn=limit,
    )
    if done.returncode != 0:
        return {"error": f"exit code {done.returncode}"}
    pairs = [line.split("=", 1) for line in done.stdout.decode(errors="replace").split("\0") if "=" in line]
    return {"values": {name: value for name, value in pairs if name not in OWN}}


with tempfile.TemporaryDirectory() as folder:
    json.dump([ask(folder, text) for text in json.load(sys.stdin)], sys.stdout)
