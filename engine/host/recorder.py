"""Records what is done to a run in a file, line by line as it is done."""

import contextlib
import errno
import itertools
import os
from collections.abc import Callable
from pathlib import Path
from typing import IO

from engine.errors import FileError
from engine.run.run import Run
from engine.storage import recording
from engine.storage.output_file import OutputFile
from engine.storage.recording import is_recording


class Recorder:
    """Keeps one recording up to date. When that fails it says so once, and tries again."""

    def __init__(self, run: Run, output: OutputFile | None, tell: Callable[[str], None]) -> None:
        """Without `output`, nothing is recorded. `tell` is called with what went wrong."""
        self._run = run
        self._output = output
        self._tell = tell
        self._told = False
        self._file: IO[bytes] | None = None
        self._size = 0
        """Of the file, as this recorder has left it."""
        self._open()
        self._recorded = len(run.commands)

    @property
    def path(self) -> Path | None:
        """The file that it is recorded in now."""
        return None if self._output is None else self._output.path

    def record(self) -> None:
        """Bring the recording up to date."""
        new = self._run.commands[self._recorded :]
        if new:
            self._bring(recording.encoded(new))
        self._recorded = len(self._run.commands)

    def finish(self) -> str | None:
        """Write the end of the run; returns what could not be done."""
        self.record()
        self._bring(b"")
        self._append(recording.ending(self._run.end))
        if self._output is None:
            return None
        self._output.release()
        if self._file is None:
            return f"not recorded in {self._output.path}"
        with contextlib.suppress(OSError):
            self._file.close()
        return None

    def _bring(self, data: bytes) -> None:
        """Add `data`, or begin anew where the file is not as it was left: no command may be missing."""
        if self._file is None:
            self._open()
            return
        change = self._change(self._file)
        if change is None:
            self._append(data)
        else:
            self._file.close()
            self._file = None
            self._open(change)

    def _change(self, file: IO[bytes]) -> str | None:
        """What has become of the recording, if it is not as this recorder has left it."""
        assert self._output is not None
        try:
            there = self._output.path.stat()
        except OSError:
            return "was removed"
        if not os.path.samestat(there, os.fstat(file.fileno())):
            return "was replaced"
        return None if there.st_size == self._size else "was changed"

    def _open(self, change: str | None = None) -> None:
        """Begin the file with all there is so far: in the place of the last one, or beside it where
        something else stands there now.
        """
        if self._output is None:
            return
        moved = None if change is None else f"{self._output.path} {change}"
        try:
            self._output.check()
        except FileError as error:
            moved = moved or str(error)
            self._output.release()
            self._output = _beside(self._output.path)
        run, output = self._run, self._output
        data = recording.header(run.config, run.libraries) + recording.encoded(run.commands)
        try:
            output.target.parent.mkdir(parents=True, exist_ok=True)
            output.write(data)
            self._file = output.target.open("ab", buffering=0)
        except (OSError, FileError) as error:
            self._tell_once(error)
            return
        self._size, self._told = len(data), False
        if moved is not None:
            self._tell(f"the recording {moved}; it goes on, whole, in {output.path}")

    def _append(self, data: bytes) -> None:
        if self._file is None or self._output is None:
            return
        try:
            if self._file.write(data) != len(data):
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        except OSError as error:
            self._leave(self._file)
            self._file = None
            self._tell_once(error)
        else:
            self._size += len(data)

    def _leave(self, file: IO[bytes]) -> None:
        """Close the file, with a part of a line at its end: it is this run's all the same."""
        assert self._output is not None
        with contextlib.suppress(OSError):
            self._output.know(os.fstat(file.fileno()))
        file.close()

    def _tell_once(self, error: OSError | FileError) -> None:
        if self._told or self._output is None:
            return
        self._told = True
        problem = str(error)
        if isinstance(error, OSError):
            problem = f"{self._output.path}: {error.strerror or error}"
        self._tell(f"not recorded: {problem}; training goes on")


def _beside(path: Path) -> OutputFile:
    """A file beside `path` that is not there yet."""
    for number in itertools.count(2):
        candidate = path.with_name(f"{path.stem}-{number}{path.suffix}")
        if not os.path.lexists(candidate):
            output = OutputFile(candidate, is_recording)
            if output.is_held:
                return output
    raise AssertionError("there is always another number")
