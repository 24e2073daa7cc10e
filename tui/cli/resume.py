"""`moonwalk resume` and `moonwalk replay`: runs that come from a file."""

from contextlib import suppress
from pathlib import Path
from typing import Any

import click

from engine.config.training_config import TrainingConfig
from tui.cli.locations import NO_HOME, runs_folder, socket_folder
from tui.cli.options import (
    KEPT,
    PLAIN,
    SHOWN,
    CommandOptions,
    help_option,
    option_named,
    options_under,
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
            option_named(TrainingConfig, "steps", without_default="what the run had"),
            option_named(CommandOptions, "pace", without_default="what the run had"),
            *options_under(SHOWN, KEPT, PLAIN, leaving_out="pace"),
            help_option(),
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
            option_named(CommandOptions, "pace"),
            *options_under(SHOWN, PLAIN, leaving_out="pace"),
            help_option(),
        ],
        add_help_option=False,
        context_settings={"max_content_width": 80},
    )


def resume(file: str | None, steps: Any, pace: int | None, **values: Any) -> int:
    """Go on with the run saved in `file`; returns the exit code."""
    from engine.messages.run_request import Resumed
    from engine.storage.open_run import check_request
    from tui.cli.new_run import carry_out

    path = Path(file) if file else latest()
    check_request(Resumed(str(path), pace, steps))  # what is wrong is told before a dashboard opens
    return carry_out(Resumed(str(path.absolute()), pace, steps), values)


def replay(file: str, pace: int, **values: Any) -> int:
    """Make the run recorded in `file` again; returns the exit code."""
    from engine.messages.run_request import Replayed
    from engine.storage.open_run import check_request
    from tui.cli.new_run import carry_out

    check_request(Replayed(file, pace))
    return carry_out(Replayed(str(Path(file).absolute()), pace), values)


def latest() -> Path:
    """The checkpoint of the run that saved itself last; FileError if there is none, or the run goes
    on.
    """
    import asyncio

    from engine.client.discovery import names, runs
    from engine.errors import FileError
    from engine.storage.file_lock import is_being_written

    folder = runs_folder()
    if folder is None:
        raise FileError(f"{NO_HOME}; or name a file")
    newest = max(folder.glob("*.npz"), key=lambda path: path.stat().st_mtime, default=None)
    if newest is None:
        raise FileError(f"no run has been saved in {folder} yet; name a file")
    with suppress(FileError):  # if the sockets' folder is another's, no run of this user is there
        asyncio.run(runs(socket_folder()))  # deletes the sockets of hosts that were killed
    if newest.stem in names(socket_folder()) or is_being_written(newest):
        raise FileError(
            f"the last run, {newest.stem}, goes on: moonwalk attach {newest.stem};"
            f" or name its file, {newest}, to begin another from its last save"
        )
    return newest
