"""A run without a dashboard: trained in this process, with its progress on stderr."""

from collections.abc import Sequence
from pathlib import Path

from engine.host.run_to_end import FinishedRun, HeadlessRun
from engine.messages.run_request import RunRequest
from tui.charts.data.not_learned import not_learned
from tui.headless.interruption import Interruption
from tui.headless.progress import progress_on_stderr


def run_headless(
    request: RunRequest,
    interrupted: Interruption,
    *,
    ascii_only: bool,
    warnings: Sequence[str] = (),
    save_file: Path | None = None,
    record_file: Path | None = None,
    rescue_folder: Path | None = None,
) -> tuple[FinishedRun, int | None]:
    """Train to the end, to divergence, or until `interrupted`; returns what the run came to, and
    the signal that ended it early. `warnings` are told once it is sure that it can be run.
    ConfigError or FileError if it cannot.
    """
    run = HeadlessRun.opened(request, save_file, record_file, rescue_folder)
    with progress_on_stderr(run.step, run.total, ascii_only) as progress:
        for warning in warnings:
            progress.say(f"warning: {warning}")
        for line in not_learned(*run.not_learned):
            progress.say(line)
        if run.made_elsewhere is not None:
            progress.say(run.made_elsewhere)
        run.train(progress.show, lambda: interrupted.by is not None, progress.say)
    # signals count as an early end only while it trains
    ended_by = interrupted.by
    finished = run.finish()
    interrupted.is_saved()
    return finished, ended_by
