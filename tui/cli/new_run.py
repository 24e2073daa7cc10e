"""A new run, a saved one or a recorded one: in the dashboard or without, and what comes of it."""

import errno
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tui.cli.exit_codes import BY_SIGNAL, DONE, FAULT, INTERRUPTED, complain
from tui.cli.locations import NO_HOME, log_file, runs_folder, socket_folder
from tui.cli.options import dashboard_options
from tui.cli.output import deliver
from tui.terminal import capabilities

if TYPE_CHECKING:
    from engine.messages.report import RunReport
    from engine.messages.run_request import RunPlaces, RunRequest
    from tui.app.launch import DashboardResult


def carry_out(request: "RunRequest", values: Mapping[str, Any]) -> int:
    """Make the run that is asked for, as the options `values` say; returns the exit code."""
    from engine.config.config_warnings import warnings_of
    from engine.messages.run_request import Fresh, Replayed
    from engine.storage.check_output import check_different, check_writable

    ascii_only = capabilities.needs_ascii(values["ascii"])
    check_writable("save", values.get("save"))
    check_writable("record", values.get("record"))
    check_different(values.get("save"), values.get("record"))
    warnings = warnings_of(request.config) if isinstance(request, Fresh) else []
    if values["headless"] or not capabilities.interactive():
        return _without_dashboard(request, values, ascii_only, warnings)
    from tui.app.launch import run_dashboard

    options = dashboard_options(values, ascii_only=ascii_only, warnings=warnings)
    places = run_places(values, keeps=not isinstance(request, Replayed))
    result = run_dashboard(request, options, places, log_file())
    return after_dashboard(result, values, ascii_only)


def _without_dashboard(
    request: "RunRequest", values: Mapping[str, Any], ascii_only: bool, warnings: Sequence[str]
) -> int:
    from tui.headless.interruption import interruption
    from tui.headless.run_headless import run_headless

    save_file, record_file = (
        Path(values[name]) if values.get(name) else None for name in ("save", "record")
    )
    with interruption() as interrupted:
        finished, interrupted_by = run_headless(
            request,
            interrupted,
            ascii_only=ascii_only,
            warnings=warnings,
            save_file=save_file,
            record_file=record_file,
            rescue_folder=runs_folder(),
        )
        _say_if_interrupted(finished.report, interrupted_by)
        code = DONE
        for problem in finished.problems:
            code = complain(problem, FAULT)
        try:
            delivered = deliver(finished.report, interrupted_by, values["json"], ascii_only)
        except OSError as error:
            if interrupted_by is None or error.errno != errno.EIO:
                raise
            delivered = BY_SIGNAL + interrupted_by  # its terminal is gone
    return code or delivered


def after_dashboard(result: "DashboardResult", values: Mapping[str, Any], ascii_only: bool) -> int:
    """Say what a dashboard that was left leaves behind; returns the exit code."""
    for trouble in result.troubles:
        complain(trouble, FAULT)
    ended_by = result.ended_by
    code = DONE if ended_by is None else BY_SIGNAL + ended_by
    if result.goes_on:
        name = result.goes_on
        return complain(f"the run {name} goes on; moonwalk attach {name} comes back to it", code)
    if result.report is not None:
        if not values.get("watch"):
            _say_if_interrupted(result.report, ended_by)
        delivered = deliver(result.report, ended_by, values["json"], ascii_only)
        # that its own folder takes no saves was told; a file that was asked for is another matter
        asked_for = values.get("save") or values.get("record")
        return delivered or (FAULT if result.unsaved and asked_for else DONE)
    if result.ended is not None:
        return complain(result.ended, code or (FAULT if result.unsaved else DONE))
    return complain("left before the first step", code)


def _say_if_interrupted(report: "RunReport", interrupted_by: int | None) -> None:
    if interrupted_by is not None:
        complain(f"interrupted at step {report.steps:,} of {report.total_steps:,}", INTERRUPTED)


def run_places(values: Mapping[str, Any], *, keeps: bool = True) -> "RunPlaces":
    """The folders and files of a run; a replay, which is not saved, `keeps` no state."""
    from engine.messages.run_request import RunPlaces

    folder = runs_folder() if keeps else None
    return RunPlaces(
        state_folder=None if folder is None else str(folder),
        state_problem=NO_HOME if keeps and folder is None else "",
        socket_folder=str(socket_folder()),
        save_file=_absolute(values.get("save")),
        record_file=_absolute(values.get("record")),
    )


def _absolute(path: str | None) -> str | None:
    return None if path is None else str(Path(path).absolute())
