"""Saves the course that a reset gave up in a file of its own, which no other save overwrites."""

import asyncio
from collections.abc import Callable
from pathlib import Path

import msgspec

from engine.host.autosave import finished
from engine.run.kept_course import KeptCourse
from engine.run.run import Run
from engine.storage import checkpoint
from engine.storage.atomic_file import write_whole
from engine.storage.run_folder import BEFORE_RESTART, delete_old


class KeptSaves:
    """Watches one run. A course is worth a file after long training, or with others watching."""

    def __init__(
        self,
        run: Run,
        state_file: Path | None,
        dashboards: Callable[[], int],
        tell: Callable[[str, bool], None],
    ) -> None:
        """`state_file` is where the run saves itself, if it does. `tell` is called with where a course
        was saved, or with why not, and whether that is bad news.
        """
        self._run = run
        self._state_file = state_file
        self._dashboards = dashboards
        self._tell = tell
        self._seen = run.given_up
        self._saving: set[asyncio.Task[None]] = set()

    def save_new(self) -> None:
        """Begin to save the course that was given up, if there is a new one."""
        kept = self._run.given_up
        if kept is self._seen:
            return
        self._seen = kept
        if kept is None or self._state_file is None:
            return
        if kept.is_long or self._dashboards() > 1:
            name = f"{self._state_file.stem}-{kept.number}.npz"
            path = self._state_file.parent / BEFORE_RESTART / name
            back = "; u brings it back" if kept is self._run.kept else ""
            task = asyncio.create_task(self._save(path, self._encoded(kept), back))
            self._saving.add(task)
            task.add_done_callback(self._saving.discard)

    async def finish(self) -> None:
        """Wait until what has been begun is saved."""
        if self._saving:
            await asyncio.wait(self._saving)

    def _encoded(self, kept: KeptCourse) -> bytes:
        """The run as it stood before the reset."""
        now = self._run.state_for_saving()
        before = msgspec.structs.replace(
            now,
            commands=now.commands[: kept.commands],
            trainer=kept.trainer,
            number=kept.number,
            trained_seconds=kept.trained_seconds,
            kept=None,
        )
        return checkpoint.encode_state(before, kept.dataset)

    async def _save(self, path: Path, data: bytes, back: str) -> None:
        try:
            await finished(asyncio.to_thread(_write_file, path, data))
        except (OSError, RuntimeError) as error:  # no room on the disk, or for a thread
            why = f"{path}: {getattr(error, 'strerror', None) or error}"
            self._tell(f"the run before has no file of its own: {why}{back}", True)
        else:
            self._tell(f"the run before is saved in {path}{back}", False)


def _write_file(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    write_whole(path, data)
    delete_old(path.parent)
