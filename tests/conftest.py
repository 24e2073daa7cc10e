"""What is settled before any test loads NumPy."""

import os

from engine.config.threads import fix_threads

# the tests compute as the program does: what they save is gone on with in hosts of its own
fix_threads(os.environ)
