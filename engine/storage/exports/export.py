"""Exports a run as it stands: what is taken of it at once, and what is left for a thread."""

from collections.abc import Callable
from pathlib import Path

from engine.errors import ConfigError
from engine.run.run import Run
from engine.storage.exports.kinds import EXPORTS
from engine.storage.exports.new_file import write_new


def written_in(kind: str, path: Path) -> str:
    """The news that an export of that kind is in the file `path`."""
    return f"{kind} exported to {path}"


def begin_export(run: Run, kind: str, path: str) -> Callable[[], Path]:
    """Take what is to be exported of `run` now. What comes back writes it into a new file, `path` or one
    called alike, and returns that; it may be called in a thread, and raises FileError.

    ConfigError if there is no such `kind`, or `path` is no file, or depends on where a process
    stands.
    """
    found = EXPORTS.get(kind)
    if found is None:
        raise ConfigError("export", f"there is no {kind[:20]!r}, but {', '.join(EXPORTS)}")
    if not Path(path).is_absolute() or "\0" in path:
        raise ConfigError("export", f"{path[:60]!r} is no absolute path")
    if not Path(path).name:
        raise ConfigError("export", f"{path[:60]!r} is no file")
    encode = found.begin(run)
    return lambda: write_new(Path(path), encode())
