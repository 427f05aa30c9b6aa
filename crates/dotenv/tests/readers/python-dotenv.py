"""What python-dotenv sees in each text of a JSON array."""

import json
import logging
import pathlib
import sys
import tempfile

from dotenv import dotenv_values

logging.disable(logging.CRITICAL)
sights = []
with tempfile.TemporaryDirectory() as folder:
    file = pathlib.Path(folder, "read.env")
    for text in json.load(sys.stdin):
        file.write_bytes(text.encode())
        values = dotenv_values(file)
        sights.append({"values": {name: value for name, value in values.items() if value is not None}})
json.dump(sights, sys.stdout)
