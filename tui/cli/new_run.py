"""Makes a run as it was asked for, in the dashboard or without, and delivers what comes of it."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from engine.errors import ConfigError, FileError
from engine.storage import recording
from engine.storage.atomic_file import write_whole
from tui.cli.exit_codes import BY_SIGNAL, DONE, FAULT, INTERRUPTED, complain, log_file, runs_folder
from tui.cli.options import dashboard_options
from tui.cli.output import deliver
from tui.terminal import capabilities as terminal

if TYPE_CHECKING:
    from engine.probes.report import RunReport
    from engine.run.run import Run
    from engine.wire.protocol import Fresh, Home, Replayed, Resumed
    from tui.app.launch import Outcome


LONGEST_NAME = 240
"""Bytes in a file's name: most systems allow 255, of which a file that is being written needs some."""


def carry_out(task: "Fresh | Resumed | Replayed", values: Mapping[str, Any]) -> int:
    """Make the run `task`, as the options `values` say; returns the exit code."""
    ascii_only = terminal.needs_ascii(values["ascii"])
    check_writable("save", values.get("save"))
    check_writable("record", values.get("record"))
    check_different(values.get("save"), values.get("record"))
    if values["headless"] or not terminal.interactive():
        return _without_dashboard(task, values, ascii_only)
    from engine.wire.protocol import Replayed
    from tui.app.launch import run_dashboard

    options = dashboard_options(values, ascii_only=ascii_only)
    at = home(values, keeps=not isinstance(task, Replayed))
    outcome = run_dashboard(task, options, at, log_file())
    return after_dashboard(outcome, values, ascii_only)


def _without_dashboard(
    task: "Fresh | Resumed | Replayed", values: Mapping[str, Any], ascii_only: bool
) -> int:
    from engine.storage.open_run import run_of
    from tui.headless.progress import run_headless

    save_file = Path(values["save"]) if values.get("save") else None
    run = run_of(task)
    run.paused = False
    report, interrupted_by = run_headless(run, ascii_only=ascii_only, save_file=save_file)
    _say_if_interrupted(report, interrupted_by)
    # first of all: nobody may be there to read the rest
    kept = _keep(run, save_file, values.get("record"))
    code = deliver(report, interrupted_by, values["json"], ascii_only)
    return kept or code


def after_dashboard(outcome: "Outcome", values: Mapping[str, Any], ascii_only: bool) -> int:
    """Say what a dashboard that was left leaves behind; returns the exit code."""
    for trouble in outcome.troubles:
        complain(trouble, FAULT)
    ended_by = outcome.ended_by
    code = DONE if ended_by is None else BY_SIGNAL + ended_by
    if outcome.goes_on:
        name = outcome.goes_on
        return complain(f"the run {name} goes on; moonwalk attach {name} comes back to it", code)
    if outcome.report is not None:
        if not values.get("watch"):
            _say_if_interrupted(outcome.report, ended_by)
        delivered = deliver(outcome.report, ended_by, values["json"], ascii_only)
        # that its own folder takes no saves was told; a file that was asked for is another matter
        return delivered or (FAULT if outcome.unsaved and values.get("save") else DONE)
    if outcome.ended is not None:
        return complain(outcome.ended, code or (FAULT if outcome.unsaved else DONE))
    return complain("left before the first step", code)


def _say_if_interrupted(report: "RunReport", interrupted_by: int | None) -> None:
    if interrupted_by is not None:
        complain(f"interrupted at step {report.steps:,} of {report.total_steps:,}", INTERRUPTED)


def home(values: Mapping[str, Any], *, keeps: bool = True) -> "Home":
    """Where a run leaves its traces; one that is not one to go on from does not keep itself."""
    from engine.wire.protocol import Home
    from engine.wire.sockets import socket_folder

    return Home(
        state_folder=str(runs_folder()) if keeps else None,
        socket_folder=str(socket_folder()),
        save_file=_absolute(values.get("save")),
        record_file=_absolute(values.get("record")),
    )


def _absolute(path: str | None) -> str | None:
    return None if path is None else str(Path(path).absolute())


def check_different(save: str | None, record: str | None) -> None:
    """ConfigError if one file is to hold both."""
    if (
        save is not None
        and record is not None
        and os.path.realpath(save) == os.path.realpath(record)
    ):
        raise ConfigError("record", f"{record} is to hold the saved run already; name another file")


def check_writable(setting: str, path: str | None) -> None:
    """ConfigError unless `path` can be written, and does not hold something that is not ours."""
    from engine.storage.checkpoint import is_checkpoint

    if path is None:
        return
    if not path.isprintable() or path != path.encode(errors="replace").decode():
        raise ConfigError(setting, f"{path!a} is no name for a file")
    file = Path(path)
    if len(os.fsencode(file.name)) > LONGEST_NAME:
        raise ConfigError(setting, f"{file.name[:20]}... is longer than {LONGEST_NAME} bytes")
    if file.is_dir():
        raise ConfigError(setting, f"{path} is a folder; name a file")
    if file.exists() and not file.is_file():
        raise ConfigError(setting, f"{path} is no file that could be replaced")
    if not os.access(file.parent, os.W_OK | os.X_OK):
        raise ConfigError(setting, f"{file.parent} is not a folder that can be written to")
    ours = is_checkpoint if setting == "save" else recording.is_recording
    if file.exists() and file.stat().st_size and not ours(file):
        raise ConfigError(setting, f"{path} holds something else, which is not overwritten")


def _keep(run: "Run", save_file: Path | None, record: str | None) -> int:
    """Save and record `run` where that is asked for; returns the exit code if that fails."""
    from engine.storage import checkpoint

    code = DONE
    if save_file is not None:
        try:
            checkpoint.save(run, save_file)
        except FileError as error:
            code = complain(f"not saved: {error}", FAULT)
    if record is not None:
        try:
            write_whole(Path(record), recording.whole(run.config, run.commands, run.end))
        except OSError as error:
            code = complain(f"not recorded: {record}: {error.strerror or error}", FAULT)
    return code
