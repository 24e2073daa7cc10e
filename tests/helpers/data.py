"""Where the files are that tests read: recordings of runs, and numbers of other implementations."""

from pathlib import Path

DATA_FOLDER = Path(__file__).parent.parent / "data"
