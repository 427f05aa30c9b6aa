"""What systemd reads as EnvironmentFile=, by the functions of its own library that the service manager calls."""

import ctypes
import json
import os
import sys
import tempfile

library = ctypes.CDLL(sys.argv[1])
Strings = ctypes.POINTER(ctypes.c_char_p)
library.load_env_file.argtypes = [ctypes.c_void_p, ctypes.c_char_p, ctypes.POINTER(Strings)]
library.strv_env_clean_with_callback.argtypes = [Strings, ctypes.c_void_p, ctypes.c_void_p]
library.strv_env_clean_with_callback.restype = Strings
library.log_set_max_level(0)


def read(path, text):
    with open(path, "wb") as file:
        file.write(text.encode())
    found = Strings()
    error = library.load_env_file(None, os.fsencode(path), ctypes.byref(found))
    if error < 0:
        return {"error": os.strerror(-error)}
    values = {}
    if found:
        found = library.strv_env_clean_with_callback(found, None, None)
        index = 0
        while found[index] is not None:
            name, _, value = found[index].decode().partition("=")
            values[name] = value
            index += 1
    return {"values": values}


with tempfile.TemporaryDirectory() as folder:
    path = os.path.join(folder, "read.env")
    json.dump([read(path, text) for text in json.load(sys.stdin)], sys.stdout)
