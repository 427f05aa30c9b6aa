"""What an account's secrets were some time ago: reads of Secrets Manager are eventually consistent."""

import copy
import time
from contextlib import contextmanager

from moto.backends import get_backend
from moto.secretsmanager.models import SecretsStore

from . import emulator

READS = ("ListSecrets", "DescribeSecret", "GetSecretValue", "BatchGetSecretValue", "ListSecretVersionIds")


class History:
    """The secrets of every region, at the start and after each write."""

    def __init__(self, account):
        self.account, self.moments = account, []
        self.remember()

    def remember(self):
        regions = get_backend("secretsmanager")[self.account]
        # Region by region: a replica is copied with its source.
        stores = {region: copy.deepcopy(backend.secrets) for region, backend in regions.items()}
        self.moments.append((time.monotonic(), stores))

    def stores(self, milliseconds):
        """As it was so long ago; at the start, where nothing earlier is known or no time is given."""
        found = self.moments[0][1]
        if milliseconds is not None:
            until = time.monotonic() - milliseconds / 1000
            for moment, stores in self.moments:
                if moment <= until:
                    found = stores
        return found

    @contextmanager
    def read(self, request, milliseconds):
        """Inside, moto reads the past."""
        if request.op not in READS:
            raise ValueError(f"{request.op} is no read; those that can be stale: {', '.join(READS)}")
        backend = emulator.backend("secretsmanager", request.account, request.region)
        present = backend.secrets
        backend.secrets = self.stores(milliseconds).get(request.region, SecretsStore())
        try:
            yield
        finally:
            backend.secrets = present
