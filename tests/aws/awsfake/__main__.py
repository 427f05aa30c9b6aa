"""`python -m awsfake`: serves on 127.0.0.1, and prints {"pid","endpoint"} when it is ready."""

import argparse
import json
import logging
import os
import sys
import threading

from werkzeug.serving import make_server
from moto.moto_server.werkzeug_app import MotoRequestHandler

from . import ecs, emulator, front, ssm


def main():
    parser = argparse.ArgumentParser(prog="awsfake")
    parser.add_argument("--port", type=int, default=0, help="any free one if absent")
    parser.add_argument("--ready-file", help="written when calls are answered")
    parser.add_argument(
        "--until-stdin-closes", action="store_true", help="end with the process that holds the other end"
    )
    options = parser.parse_args()
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    ecs.repair()
    ssm.repair()
    emulator.step_tasks()
    server = make_server("127.0.0.1", options.port, front.app, threaded=True, request_handler=MotoRequestHandler)
    os.environ["MOTO_PORT"] = str(server.server_port)
    if options.until_stdin_closes:
        threading.Thread(target=end_with_stdin, daemon=True).start()
    announce(server.server_port, options.ready_file)
    server.serve_forever()


def end_with_stdin():
    sys.stdin.buffer.read()
    os._exit(0)


def announce(port, file):
    """The socket listens already: what connects now is answered."""
    told = json.dumps({"pid": os.getpid(), "endpoint": f"http://127.0.0.1:{port}"})
    print(told, flush=True)
    if file:
        with open(file + ".tmp", "w") as out:
            out.write(told)
        os.replace(file + ".tmp", file)


main()
