"""The files of one run, under a name that no other run has."""

import contextlib
from collections.abc import Set
from pathlib import Path

from engine.host.run_names import new_name
from engine.messages.run_request import RunPlaces
from engine.storage.output_file import OutputFile
from engine.storage.recording import is_recording
from engine.storage.run_folder import BEFORE_RESTART, delete_old, saved_in


class RunFiles:
    """What a run is saved and recorded in. Nobody else writes these files until `release`."""

    def __init__(self, places: RunPlaces, taken: Set[str]) -> None:
        """Finds a name besides those `taken`. ConfigError if another run writes a file that a person
        has asked for.
        """
        self._folder = None if places.state_folder is None else Path(places.state_folder)
        self.save = self.record = None
        try:
            if places.save_file:
                self.save = OutputFile.claimed("save", Path(places.save_file))
            if places.record_file:
                record = Path(places.record_file)
                self.record = OutputFile.claimed("record", record, is_recording)
        except BaseException:
            self._release()
            raise
        self.name, self.state = self._named(set(taken))
        if self.record is None and self._folder is not None:
            self.record = OutputFile(self._folder / f"{self.name}.jsonl", is_recording)

    def _named(self, taken: set[str]) -> tuple[str, OutputFile | None]:
        """A name, and the file for the saves of a run of that name."""
        if self._folder is None:
            return new_name(taken), None
        with contextlib.suppress(OSError):
            self._folder.mkdir(parents=True, exist_ok=True)
            taken |= {path.name.strip(".").partition(".")[0] for path in self._folder.iterdir()}
        with contextlib.suppress(OSError):
            given_up = (self._folder / BEFORE_RESTART).iterdir()
            taken |= {path.name.partition("-")[0] for path in given_up}
        while True:
            name = new_name(taken)
            file = OutputFile(saved_in(self._folder, name))
            if file.is_held:
                return name, file
            taken.add(name)

    def release(self) -> None:
        """Let others write these files; this run is then one of those that are over."""
        self._release()
        if self.state is not None:
            self.state.release()
        if self._folder is not None:
            delete_old(self._folder)

    def _release(self) -> None:
        for file in (self.save, self.record):
            if file is not None:
                file.release()


NO_FILES = RunFiles(RunPlaces(), set())
"""Of a run that is neither saved nor recorded."""
