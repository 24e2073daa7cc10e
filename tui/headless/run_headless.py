"""A run without a dashboard: trained in this process, with its progress on stderr."""

from pathlib import Path

from engine.host.run_to_end import FinishedRun, HeadlessRun
from engine.messages.run_request import RunRequest
from tui.headless.interruption import interruption
from tui.headless.progress import progress_on_stderr


def run_headless(
    request: RunRequest,
    *,
    ascii_only: bool,
    save_file: Path | None = None,
    record_file: Path | None = None,
) -> tuple[FinishedRun, int | None]:
    """Train to the end, to divergence, or to SIGINT or SIGTERM; returns what the run came to, and
    the signal that ended it early. ConfigError or FileError if it cannot be run.
    """
    run = HeadlessRun.opened(request, save_file, record_file)
    with (
        interruption() as interrupted,
        progress_on_stderr(run.step, run.total, ascii_only) as progress,
    ):
        run.train(progress.show, lambda: interrupted.by is not None)
    # signals count as an early end only while it trains
    return run.finish(), interrupted.by
