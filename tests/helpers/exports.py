"""What a run exports."""

from engine.run.run import Run
from engine.storage.exports.kinds import EXPORTS


def exported(run: Run, kind: str) -> bytes:
    """The file of that kind."""
    return EXPORTS[kind].begin(run)()
