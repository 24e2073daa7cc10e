"""Processes that run now, found by what stands in their environment."""

from contextlib import suppress
from pathlib import Path
from typing import NamedTuple


class Process(NamedTuple):
    """One that runs."""

    pid: int
    parent: int
    command: str


def processes_with(setting: str) -> list[Process]:
    """Those with `setting`, NAME=value, in their environment, also where their parents are gone.
    Without the copies that a process makes of itself for a moment, to have a file written.
    """
    found: dict[int, Process] = {}
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            if setting.encode() in (folder / "environ").read_bytes().split(b"\0"):
                command = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode()
                parent = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
                pid = int(folder.name)
                found[pid] = Process(pid, parent, command.strip())
    return [
        each
        for each in found.values()
        if each.parent not in found or found[each.parent].command != each.command
    ]
