"""What the stand-in promises, asked through the SDK of Python. `check.py` beside this folder runs all of it."""
