"""`moonwalk resume` and `moonwalk replay`: runs that come from a file."""

import asyncio
from pathlib import Path
from typing import Any

import click

from tui.cli.exit_codes import runs_folder
from tui.cli.options import (
    kept_options,
    leaving_flag,
    pace_option,
    plain_options,
    setting,
    show_help,
    shown_options,
    whole,
)


def resume_command() -> click.Command:
    """Go on from a checkpoint."""
    return click.Command(
        "resume",
        callback=resume,
        short_help="Go on with a saved run: that in FILE, or the last one.",
        help="Go on with a saved run: that in FILE, or without one the last that saved itself, as"
        " every run in a dashboard does on its way and at its end. On the same machine, with the"
        " same versions of the libraries, it comes to the same parameters, bit for bit, as if it had"
        " never stopped.",
        params=[
            click.Argument(["file"], required=False, type=str),
            setting("--steps", "N", whole, None, shown="what the run had"),
            pace_option(None),
            *shown_options(),
            *kept_options(),
            *plain_options(),
            leaving_flag("--help", show_help),
        ],
        add_help_option=False,
        context_settings={"max_content_width": 80},
    )


def replay_command() -> click.Command:
    """Make a run again from its recording."""
    return click.Command(
        "replay",
        callback=replay,
        short_help="Make a recorded run again, with all that was done to it.",
        help="Make a recorded run again, with all that was done to it, to the same parameters. In"
        " the dashboard you can pause it and change its pace, not its course.",
        params=[
            click.Argument(["file"], required=True, type=str),
            pace_option("50"),
            *shown_options(),
            *plain_options(),
            leaving_flag("--help", show_help),
        ],
        add_help_option=False,
        context_settings={"max_content_width": 80},
    )


def resume(file: str | None, steps: Any, pace: int | None, **values: Any) -> int:
    """Go on with the run saved in `file`; returns the exit code."""
    from engine.config.training_config import MAX_STEPS, check_whole
    from engine.errors import ConfigError
    from engine.storage import checkpoint
    from engine.wire.protocol import Resumed
    from tui.cli.new_run import carry_out

    path = Path(file) if file else latest()
    if steps is not None:
        check_whole("steps", steps, 1, MAX_STEPS)
    saved = checkpoint.load(path)  # so that what is wrong is told before a dashboard opens
    if steps is not None and steps < saved.trainer.total_steps:
        total = saved.trainer.total_steps
        raise ConfigError("steps", f"{steps} are fewer than the {total} that the run has already")
    return carry_out(Resumed(str(path.absolute()), pace, steps), values)


def replay(file: str, pace: int, **values: Any) -> int:
    """Make the run recorded in `file` again; returns the exit code."""
    from engine.storage import recording
    from engine.wire.protocol import Replayed
    from tui.cli.new_run import carry_out

    path = Path(file)
    recording.load(path)
    return carry_out(Replayed(str(path.absolute()), pace), values)


def latest() -> Path:
    """The checkpoint of the run that saved itself last; FileError if there is none, or the run goes
    on.
    """
    from engine.client.attached import runs
    from engine.errors import FileError
    from engine.wire.sockets import names_in, socket_folder

    folder = runs_folder()
    newest = max(folder.glob("*.npz"), key=lambda path: path.stat().st_mtime, default=None)
    if newest is None:
        raise FileError(f"no run has been saved in {folder} yet; name a file")
    asyncio.run(runs(socket_folder()))  # takes away what dead ones have left
    if newest.stem in names_in(socket_folder()):
        raise FileError(
            f"the last run, {newest.stem}, goes on: moonwalk attach {newest.stem};"
            f" or name its file, {newest}, to begin another from its last save"
        )
    return newest
