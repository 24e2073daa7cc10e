"""Which saves are kept: those of every run that lives, and the newest of those that are over."""

import os
from pathlib import Path

from engine.storage.file_lock import FileLock
from engine.storage.run_folder import delete_old, saved_in


def saves(folder: Path) -> list[str]:
    return sorted(path.stem for path in folder.glob("*.npz"))


def save(folder: Path, name: str, age: int) -> Path:
    """A save and a recording of a run; returns the save."""
    path = saved_in(folder, name)
    for file in (path, path.with_suffix(".jsonl")):
        file.touch()
        os.utime(file, (10**9 - age, 10**9 - age))
    return path


def test_given_twelve_runs_that_live_when_others_are_newer_then_none_of_them_is_deleted(
    tmp_path: Path,
) -> None:
    living = [f"paused{number:02}" for number in range(12)]
    locks = [FileLock(save(tmp_path, name, age=1_000)) for name in living]
    over = [f"over{number:02}" for number in range(15)]
    for age, name in enumerate(over):
        save(tmp_path, name, age)

    delete_old(tmp_path)

    assert saves(tmp_path) == sorted([*over[:10], *living])
    assert sorted(path.stem for path in tmp_path.glob("*.jsonl")) == sorted([*over[:10], *living])
    for lock in locks:
        lock.release()
    delete_old(tmp_path)
    assert saves(tmp_path) == over[:10]
