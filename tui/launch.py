"""Starts the dashboard: first the process that trains, which takes longest, then the interface."""

import asyncio
from pathlib import Path

from engine.config import TrainingConfig
from engine.errors import HostLostError
from engine.remote import ProcessSession
from engine.report import RunReport
from tui.options import DashboardOptions


def run_dashboard(
    config: TrainingConfig, options: DashboardOptions, log_path: Path | None = None
) -> RunReport:
    """Show the dashboard until a person leaves; gives back the last report.

    What goes wrong in the host is appended to `log_path`. Raises what went wrong here: ConfigError,
    HostLostError, or an internal fault.
    """
    return asyncio.run(_run(config, options, log_path))


async def _run(
    config: TrainingConfig, options: DashboardOptions, log_path: Path | None
) -> RunReport:
    session = ProcessSession(config, options.pace, options.fps, log_path)
    try:
        await session.spawn()
        # Textual takes a third of a second to load, in which the host is loading scikit-learn
        from tui.app import MoonwalkApp
        from tui.output.driver import CellDriver

        app = MoonwalkApp(session, options, CellDriver)
        report = await app.run_async(mouse=options.mouse)
    finally:
        await session.close()
    if report is None:
        raise app.fault or HostLostError("the dashboard ended without a report")
    return report
