"""Where a run comes from: a configuration, a checkpoint or a recording."""

from pathlib import Path

from engine.config.checks import MAX_STEPS, check_whole
from engine.errors import ConfigError
from engine.messages.commands import Extend, SetPace
from engine.messages.run_request import Fresh, Replayed, Resumed, RunRequest
from engine.run.replay import Replay
from engine.run.run import Run
from engine.storage import checkpoint, recording


def open_run(request: RunRequest) -> Run:
    """The run that `request` asks for; ConfigError or FileError if it cannot be."""
    match request:
        case Fresh(config, pace):
            return Run(config, pace)
        case Resumed(path, pace, steps):
            return resumed(Path(path), pace, steps)
        case Replayed(path, pace):
            return Replay(recording.load(Path(path)), pace)


def check_request(request: RunRequest) -> None:
    """ConfigError or FileError if `request` cannot be run, without loading any data set."""
    match request:
        case Resumed(path, _, steps):
            if steps is not None:
                check_whole("steps", steps, 1, MAX_STEPS)
            _check_steps(steps, checkpoint.load(Path(path)).trainer.total_steps)
        case Replayed(path, _):
            recording.load(Path(path))


def resumed(path: Path, pace: int | None = None, steps: int | None = None) -> Run:
    """The run saved in the file `path`, to go on at another `pace` and until another of its
    `steps`, where these are given.
    """
    run = checkpoint.load(path)
    done = run.trainer.total_steps
    _check_steps(steps, done)
    if steps is not None and steps > done:
        run.apply(Extend(steps - done))
    if pace is not None:
        run.apply(SetPace(pace))
    return run


def _check_steps(steps: int | None, total: int) -> None:
    """ConfigError if a run that was to make `total` updates is to make fewer."""
    if steps is not None and steps < total:
        raise ConfigError("steps", f"{steps} are fewer than the {total} that the run was to make")
