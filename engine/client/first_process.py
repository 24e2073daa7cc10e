"""Whether everything ends with this process, as in a container whose first process it is."""

import os
from pathlib import Path

PROCESSES = Path("/proc")

SMALL_INITS = frozenset({"tini", "docker-init", "dumb-init", "catatonit", "podman-init"})
"""First processes of a container that end when the one that they have started does."""

SHELLS = frozenset({"sh", "ash", "bash", "dash", "zsh", "ksh", "busybox"})


def all_ends_with(pid: int, processes: Path = PROCESSES) -> bool:
    """Whether the end of process `pid` ends the first process, too, and so all others: it is that
    one, or each of those that wait for it does no more than that. `processes` is where the system
    shows them.
    """
    while pid > 1:
        parent = _parent_of(pid, processes)
        if parent is None or not _waits_only(parent, processes):
            return False
        pid = parent
    return pid == 1


def ends_with_this_process() -> bool:
    """Whether a process that this one has started is ended with it."""
    return all_ends_with(os.getpid())


def _parent_of(pid: int, processes: Path) -> int | None:
    try:
        stat = (processes / str(pid) / "stat").read_text()
        return int(stat.rpartition(")")[2].split()[1])
    except (OSError, ValueError, IndexError):
        return None


def _waits_only(pid: int, processes: Path) -> bool:
    """Whether the process ends once what it was started for has: a small init, or `sh -c`."""
    try:
        words = (processes / str(pid) / "cmdline").read_bytes().decode(errors="replace").split("\0")
    except OSError:
        return False
    program = Path(words[0]).name.lstrip("-")
    return program in SMALL_INITS or (program in SHELLS and "-c" in words[1:3])
