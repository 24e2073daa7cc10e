"""Records what is done to a run in a file, line by line as it is done."""

import contextlib
import errno
import os
from collections.abc import Callable
from pathlib import Path
from typing import IO

from engine.run.run import Run
from engine.storage import recording
from engine.storage.atomic_file import write_whole


class Recorder:
    """Keeps one recording up to date. When that fails it says so once, and tries again."""

    def __init__(self, run: Run, path: Path | None, tell: Callable[[str], None]) -> None:
        """Without `path`, nothing is recorded. `tell` is called with what went wrong."""
        self._run = run
        self._path = path
        self._tell = tell
        self._told = False
        self._file: IO[bytes] | None = None
        self._open()
        self._recorded = len(run.commands)

    def record(self) -> None:
        """Bring the recording up to date."""
        new = self._run.commands[self._recorded :]
        if new and self._file is None:
            self._open()  # once more, from the start: no command may be missing
        elif new:
            self._append(recording.encoded(new))
        self._recorded = len(self._run.commands)

    def finish(self) -> None:
        """Write the end of the run."""
        self.record()
        if self._file is None:
            self._open()
        self._append(recording.ending(self._run.end))
        if self._file is not None:
            with contextlib.suppress(OSError):
                self._file.close()

    def _open(self) -> None:
        path, run = self._path, self._run
        if path is None:
            return
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            write_whole(path, recording.header(run.config) + recording.encoded(run.commands))
            self._file = path.open("ab", buffering=0)
        except OSError as error:
            self._tell_once(error)
        else:
            self._told = False

    def _append(self, data: bytes) -> None:
        if self._file is None:
            return
        try:
            if self._file.write(data) != len(data):
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        except OSError as error:
            self._file.close()
            self._file = None
            self._tell_once(error)

    def _tell_once(self, error: OSError) -> None:
        if not self._told:
            self._told = True
            problem = error.strerror or error
            self._tell(f"not recorded: {self._path}: {problem}; training goes on")
