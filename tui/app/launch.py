"""Starts the dashboard: first the process that trains, which takes longest, then the interface."""

import asyncio
import signal
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
    from tui.app.run_link import Recover

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
    """Show the run `task` until the user leaves, or a signal ends the dashboard.

    What goes wrong in the host is appended to `log_path`. Raises what went wrong here: ConfigError,
    HostLostError, or an internal fault.
    """
    session = ProcessSession(task, options.fps, home, log_path)
    return asyncio.run(_run(session, options, _recovery(options, home, log_path)))


def attach_dashboard(
    name: str, options: DashboardOptions, home: RunPlaces, log_path: Path | None = None
) -> DashboardResult:
    """Show the run `name`, found in the socket folder of `home`, until the user leaves."""
    session = AttachedSession(Path(home.socket_folder or ""), name, watches=options.watches)
    recover = None if options.watches else _recovery(options, home, log_path)
    return asyncio.run(_run(session, options, recover))


def _recovery(options: DashboardOptions, home: RunPlaces, log_path: Path | None) -> "Recover":
    """Makes sessions that go on from a run's last save, and keep it in the same files."""

    def recover(status: Status) -> RemoteSession:
        kept = msgspec.structs.replace(
            home, save_file=status.save_file, record_file=status.record_file
        )
        return ProcessSession(Resumed(status.saves_to or ""), options.fps, kept, log_path)

    return recover


async def _run(
    session: RemoteSession, options: DashboardOptions, recover: "Recover | None"
) -> DashboardResult:
    try:
        await session.spawn()
        app = _app(session, options, recover)
    except BaseException:
        await session.close()
        raise
    try:
        report = await app.run_async(mouse=options.mouse)
    finally:
        # however the app ended, no process may be left behind that was not meant to go on
        last = app.link.session
        await (last.leave() if app.shutdown.leaves_run else last.close())
    return _result_of(app, report)


def _result_of(app: "MoonwalkApp", report: RunReport | None) -> DashboardResult:
    """What `app` leaves behind; raises its fault, unless a signal has ended it along with the run."""
    left, link = app.shutdown, app.link
    fault = left.fault
    if isinstance(fault, HostLostError) and link.last_save is not None:
        fault = HostLostError(
            f"{fault}; moonwalk resume {link.last_save} goes on from its last save"
        )
    if fault is not None and not (isinstance(fault, HostLostError) and left.ended_by):
        raise fault
    return DashboardResult(
        report,
        left.ended_by,
        link.session.name if left.goes_on else None,
        left.ended if fault is None else str(fault),
        left.unsaved,
        link.troubles,
    )


def _app(
    session: RemoteSession, options: DashboardOptions, recover: "Recover | None"
) -> "MoonwalkApp":
    # Textual takes a third of a second to load, in which the host is loading scikit-learn
    from tui.app.app import MoonwalkApp
    from tui.terminal.driver import CellDriver

    app = MoonwalkApp(session, options, CellDriver, recover)
    _leave_on_signals(app)
    return app


def _leave_on_signals(app: "MoonwalkApp") -> None:
    """Textual handles none of these, and would leave the terminal as it is in the dashboard."""
    loop = asyncio.get_running_loop()

    def leave(number: int, _: FrameType | None) -> None:
        # in the app's own task: timers that are set elsewhere do not find their app
        loop.call_soon_threadsafe(app.call_later, app.shutdown.leave_because_of, number)

    for number in ENDING_SIGNALS:
        signal.signal(number, leave)
