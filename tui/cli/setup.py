"""`moonwalk setup`: the set-up of a run as the shortest command line that makes it again."""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from engine.config.setup_string import in_force, setup_line
from engine.config.training_config import TrainingConfig
from tui import NAME
from tui.cli.attach import SETTINGS, completed_run, status_of
from tui.cli.exit_codes import DONE, complain
from tui.cli.locations import socket_folder
from tui.cli.options import help_option, training_config

NOT_IN_IT = "what was done to the run on its way is not in it"


class SetupCommand(click.Command):
    """Takes every option that decides a run, and lists none of them: the help of a new run does."""

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the option that is not one of a new run."""
        with formatter.section("Options"):
            formatter.write_dl(
                [
                    ("options of a new run", f"as in {NAME} --help; not how it is shown and kept"),
                    ("--help", "Say all this."),
                ]
            )


def setup_command(run_options: Sequence[click.Option]) -> click.Command:
    """Say how a run is made again; `run_options` are those that decide a new one."""
    return SetupCommand(
        "setup",
        callback=setup,
        short_help="Print the shortest command line that makes a run again.",
        help="Print the shortest command line that makes a run again: the run saved or recorded in a"
        " file, or the run of that name that goes on; with options of a new run, the run that they"
        " make; with nothing, the newest that goes on.",
        params=[
            click.Argument(
                ["run"], required=False, metavar="[FILE|RUN]", shell_complete=completed_run
            ),
            *run_options,
            help_option(),
        ],
        add_help_option=False,
        context_settings=SETTINGS,
    )


def setup(run: str | None, **values: Any) -> int:
    """Print the command line; returns the exit code."""
    from engine.errors import ConfigError

    if values and run is not None:
        raise ConfigError("setup", f"give options of a new run, or {run[:40]!r}, and not both")
    if values:
        _print(training_config(values))
        return DONE
    if run is not None and _is_file(run):
        return _print_of_file(Path(run))
    status = status_of(run)
    _print(in_force(status.config, status.alpha, status.total_steps))
    return DONE


def _is_file(run: str) -> bool:
    """Whether it names a file and not a run that goes on; so does what cannot be the name of one."""
    from engine.client.discovery import names

    return run not in names(socket_folder()) and (Path(run).exists() or not run.isalpha())


def _print_of_file(path: Path) -> int:
    from engine.storage import checkpoint, recording

    if checkpoint.is_checkpoint(path):
        saved = checkpoint.load(path)
        trainer, commands = saved.trainer, saved.commands
        config = in_force(trainer.config, trainer.alpha, trainer.total_steps)
    else:
        recorded = recording.load(path)
        config, commands = recorded.config, recorded.commands
    _print(config)
    steered = any(one.command.changes_course for one in commands)
    return complain(NOT_IN_IT, DONE) if steered else DONE


def _print(config: TrainingConfig) -> None:
    # bytes, as a file's name need not fit what stdout is encoded in
    click.echo(os.fsencode(setup_line(NAME, config)))
