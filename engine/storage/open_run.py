"""Where a run comes from: a configuration, a checkpoint or a recording."""

from pathlib import Path

from engine.errors import ConfigError
from engine.messages.commands import Extend, SetPace
from engine.run.replay import Replay
from engine.run.run import Run
from engine.storage import checkpoint, recording
from engine.wire.protocol import Fresh, Replayed, Resumed


def run_of(task: Fresh | Resumed | Replayed) -> Run:
    """The run that `task` asks for; ConfigError or FileError if it cannot be."""
    match task:
        case Fresh(config, pace):
            return Run(config, pace)
        case Resumed(path, pace, steps):
            return resumed(Path(path), pace, steps)
        case Replayed(path, pace):
            return Replay(recording.load(Path(path)), pace)


def resumed(path: Path, pace: int | None = None, steps: int | None = None) -> Run:
    """The run saved in the file `path`, to go on at another `pace` and until another of its
    `steps`, where these are given.
    """
    run = checkpoint.load(path)
    done = run.trainer.total_steps
    if steps is not None and steps < done:
        raise ConfigError("steps", f"{steps} are less than the {done} that the run has already")
    if steps is not None and steps > done:
        run.apply(Extend(steps - done))
    if pace is not None:
        run.apply(SetPace(pace))
    return run
