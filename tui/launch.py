"""Starts the dashboard: first the process that trains, which takes longest, then the interface."""

import asyncio
import signal
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING

from engine.attached import AttachedSession
from engine.errors import HostLostError
from engine.process import ProcessSession
from engine.protocol import Fresh, Home, Replayed, Resumed
from engine.remote import RemoteSession
from engine.report import RunReport
from tui.options import DashboardOptions

if TYPE_CHECKING:
    from tui.app import MoonwalkApp

Revive = Callable[[str], RemoteSession]
"""Makes a session that goes on from the checkpoint in a file."""

ENDING_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


@dataclass(frozen=True)
class Outcome:
    """How a dashboard was left."""

    report: RunReport | None
    """The last one; None if there was nothing to report on yet, or the run goes on."""
    ended_by: int | None
    """The signal that ended it, if one did."""
    goes_on: str | None
    """The name of the run, if it goes on without the dashboard."""
    ended_elsewhere: bool
    """Whether somebody else has ended the run."""
    troubles: list[str]
    """Bad news of the run, one line each."""


def run_dashboard(
    task: Fresh | Resumed | Replayed,
    options: DashboardOptions,
    home: Home,
    log_path: Path | None = None,
) -> Outcome:
    """Show the run `task` until a person leaves, or a signal ends the dashboard.

    What goes wrong in the host is appended to `log_path`. Raises what went wrong here: ConfigError,
    HostLostError, or an internal fault.
    """
    session = ProcessSession(task, options.fps, home, log_path)
    return asyncio.run(_run(session, options, _reviver(options, home, log_path)))


def attach_dashboard(
    name: str, options: DashboardOptions, home: Home, log_path: Path | None = None
) -> Outcome:
    """Show the run `name`, found in the socket folder of `home`, until a person leaves."""
    session = AttachedSession(Path(home.socket_folder or ""), name, watches=options.watches)
    revive = None if options.watches else _reviver(options, home, log_path)
    return asyncio.run(_run(session, options, revive))


def _reviver(options: DashboardOptions, home: Home, log_path: Path | None) -> Revive:
    """Makes a run once more, from its last save."""
    return lambda checkpoint: ProcessSession(Resumed(checkpoint), options.fps, home, log_path)


async def _run(session: RemoteSession, options: DashboardOptions, revive: Revive | None) -> Outcome:
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
    if isinstance(app.fault, HostLostError) and app.last_save is not None:
        raise HostLostError(f"{app.fault}; moonwalk resume goes on from its last save")
    if app.fault is not None:
        raise app.fault
    return Outcome(
        report,
        app.ended_by,
        app.session.name if app.goes_on else None,
        app.ended_elsewhere,
        app.troubles,
    )


def _app(session: RemoteSession, options: DashboardOptions, revive: Revive | None) -> "MoonwalkApp":
    # Textual takes a third of a second to load, in which the host is loading scikit-learn
    from tui.app import MoonwalkApp
    from tui.output.driver import CellDriver

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
