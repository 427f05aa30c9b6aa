"""moto: calls into it, its state, and its reset."""

import io
import json
import os
import threading

os.environ.setdefault("MOTO_ACM_VALIDATION_WAIT", "2")

from moto.core.base_backend import BackendDict
from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app
from moto.backends import get_backend
from moto.moto_api import state_manager
from werkzeug.test import EnvironBuilder, run_wsgi_app

from .answers import Answer

# Each call holds it, so that a compare-and-swap is a real one.
LOCK = threading.RLock()
APP = DomainDispatcherApplication(create_backend_app)
APP.debug = False


def backend(service, account, region):
    return get_backend(service)[account][region]


def dispatch(request, params=None):
    """moto's answer, in the account of the request; `params` stand for those that came."""
    body = request.body if params is None else json.dumps(params).encode()
    return _run({**request.environ, "HTTP_X_MOTO_ACCOUNT_ID": request.account}, body)


def _run(environ, body):
    environ = {**environ, "wsgi.input": io.BytesIO(body), "CONTENT_LENGTH": str(len(body))}
    chunks, status, headers = run_wsgi_app(APP, environ)
    headers = [(name, value) for name, value in headers if name.lower() != "content-length"]
    return Answer(int(status.split()[0]), headers, b"".join(chunks))


def reset_all():
    _run(EnvironBuilder(method="POST", path="/moto-api/reset", base_url="http://127.0.0.1").get_environ(), b"")
    step_tasks()


def reset_account(account):
    for service in list(BackendDict._instances):
        if account in list(service.keys()):
            service[account].reset()
            del service[account]


def step_tasks():
    """ECS tasks go one step further at each look at them."""
    state_manager.set_transition("ecs::task", {"progression": "manual", "times": 1})
