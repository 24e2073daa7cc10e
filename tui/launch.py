"""Starts the dashboard: first the process that trains, which takes longest, then the interface."""

import asyncio
import signal
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING

from engine.config import TrainingConfig
from engine.process import ProcessSession
from engine.report import RunReport
from tui.options import DashboardOptions

if TYPE_CHECKING:
    from tui.app import MoonwalkApp

ENDING_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def run_dashboard(
    config: TrainingConfig, options: DashboardOptions, log_path: Path | None = None
) -> tuple[RunReport | None, int | None]:
    """Show the dashboard until a person leaves, or a signal ends it; gives back the last report,
    None if it was left before there was anything to report on, and the signal.

    What goes wrong in the host is appended to `log_path`. Raises what went wrong here: ConfigError,
    HostLostError, or an internal fault.
    """
    return asyncio.run(_run(config, options, log_path))


async def _run(
    config: TrainingConfig, options: DashboardOptions, log_path: Path | None
) -> tuple[RunReport | None, int | None]:
    session = ProcessSession(config, options.pace, options.fps, log_path)
    try:
        await session.spawn()
        # Textual takes a third of a second to load, in which the host is loading scikit-learn
        from tui.app import MoonwalkApp
        from tui.output.driver import CellDriver

        app = MoonwalkApp(session, options, CellDriver)
        _leave_on_signals(app)
        report = await app.run_async(mouse=options.mouse)
    finally:
        await session.close()
    if app.fault is not None:
        raise app.fault
    return report, app.ended_by


def _leave_on_signals(app: "MoonwalkApp") -> None:
    """Textual handles none of these, and would leave the terminal as it is in the dashboard."""
    loop = asyncio.get_running_loop()

    def leave(number: int, _: FrameType | None) -> None:
        loop.call_soon_threadsafe(app.leave_because_of, number)

    for number in ENDING_SIGNALS:
        signal.signal(number, leave)
