"""Starts the dashboard: first the process that trains, which takes longest, then the interface."""

import asyncio
import signal
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING

import msgspec

from engine.client.attached import AttachedSession
from engine.client.process import ProcessSession
from engine.client.remote import RemoteSession
from engine.errors import HostLostError
from engine.messages.report import RunReport
from engine.messages.run_request import Fresh, Replayed, Resumed, RunPlaces
from engine.messages.status import Status
from tui.app.dashboard_options import DashboardOptions

if TYPE_CHECKING:
    from tui.app.app import MoonwalkApp

Revive = Callable[[Status], RemoteSession]
"""Makes a session that goes on from the last save of a run that was lost."""

ENDING_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


@dataclass(frozen=True)
class DashboardResult:
    """How a dashboard was left."""

    report: RunReport | None
    """The last one; None if there was nothing to report on yet, or the run goes on."""
    ended_by: int | None
    """The signal that ended it, if one did."""
    goes_on: str | None
    """The name of the run, if it goes on without the dashboard."""
    ended: str | None
    """How the run has ended, where there is no report of that."""
    unsaved: bool
    """Whether the run has ended without being saved as it should have been."""
    troubles: list[str]
    """Bad news of the run, one line each."""


def run_dashboard(
    task: Fresh | Resumed | Replayed,
    options: DashboardOptions,
    home: RunPlaces,
    log_path: Path | None = None,
) -> DashboardResult:
    """Show the run `task` until a person leaves, or a signal ends the dashboard.

    What goes wrong in the host is appended to `log_path`. Raises what went wrong here: ConfigError,
    HostLostError, or an internal fault.
    """
    session = ProcessSession(task, options.fps, home, log_path)
    return asyncio.run(_run(session, options, _reviver(options, home, log_path)))


def attach_dashboard(
    name: str, options: DashboardOptions, home: RunPlaces, log_path: Path | None = None
) -> DashboardResult:
    """Show the run `name`, found in the socket folder of `home`, until a person leaves."""
    session = AttachedSession(Path(home.socket_folder or ""), name, watches=options.watches)
    revive = None if options.watches else _reviver(options, home, log_path)
    return asyncio.run(_run(session, options, revive))


def _reviver(options: DashboardOptions, home: RunPlaces, log_path: Path | None) -> Revive:
    """Makes a run once more, from its last save, to be kept in the same files."""

    def revive(status: Status) -> RemoteSession:
        kept = msgspec.structs.replace(
            home, save_file=status.save_file, record_file=status.record_file
        )
        return ProcessSession(Resumed(status.saves_to or ""), options.fps, kept, log_path)

    return revive


async def _run(
    session: RemoteSession, options: DashboardOptions, revive: Revive | None
) -> DashboardResult:
    try:
        await session.spawn()
        app = _app(session, options, revive)
    except BaseException:
        await session.close()
        raise
    try:
        report = await app.run_async(mouse=options.mouse)
    finally:
        # whatever the app came to, no process may be left that nobody knows of
        await (app.session.leave() if app.goes_on else app.session.close())
    fault = app.fault
    if isinstance(fault, HostLostError) and app.last_save is not None:
        fault = HostLostError(
            f"{fault}; moonwalk resume {app.last_save} goes on from its last save"
        )
    if fault is not None and not (isinstance(fault, HostLostError) and app.ended_by):
        raise fault
    return DashboardResult(
        report,
        app.ended_by,
        app.session.name if app.goes_on else None,
        app.ended if fault is None else str(fault),
        app.unsaved,
        app.troubles,
    )


def _app(session: RemoteSession, options: DashboardOptions, revive: Revive | None) -> "MoonwalkApp":
    # Textual takes a third of a second to load, in which the host is loading scikit-learn
    from tui.app.app import MoonwalkApp
    from tui.terminal.driver import CellDriver

    app = MoonwalkApp(session, options, CellDriver, revive)
    _leave_on_signals(app)
    return app


def _leave_on_signals(app: "MoonwalkApp") -> None:
    """Textual handles none of these, and would leave the terminal as it is in the dashboard."""
    loop = asyncio.get_running_loop()

    def leave(number: int, _: FrameType | None) -> None:
        loop.call_soon_threadsafe(app.leave_because_of, number)

    for number in ENDING_SIGNALS:
        signal.signal(number, leave)
