"""The end of a run on stdout: the report, or one JSON object."""

import json
import math
import sys
from typing import TYPE_CHECKING, Any

import click

from tui.cli.exit_codes import BY_SIGNAL, DIVERGED, DONE, FAULT, complain

if TYPE_CHECKING:
    from engine.messages.report import RunReport

OTHER_PARAMETERS = (
    "replay: it came to other parameters than the recorded run: made with other versions of the"
    " libraries, on another machine, or edited since"
)


def deliver(
    report: "RunReport", interrupted_by: int | None, as_json: bool, ascii_only: bool
) -> int:
    """Print `report` on stdout; returns the exit code that it calls for."""
    try:
        if as_json:
            click.echo(json_text(report.figures()))
        else:
            from tui.headless.print_report import print_report

            print_report(report, ascii_only=ascii_only)
        sys.stdout.flush()
    except SystemExit:  # what Rich makes of a broken pipe
        raise BrokenPipeError from None
    if report.divergence is not None:
        return complain(f"diverged: {report.divergence}; take a smaller --alpha", DIVERGED)
    if report.matches is False:
        return complain(OTHER_PARAMETERS, FAULT)
    return DONE if interrupted_by is None else BY_SIGNAL + interrupted_by


def json_text(figures: Any) -> str:
    """`figures` as JSON, in which there is no NaN and no infinity: null stands for them."""
    return json.dumps(finite(figures), allow_nan=False)


def finite(value: Any) -> Any:
    """`value` with None for every number in it that is not finite."""
    if isinstance(value, dict):
        return {key: finite(item) for key, item in value.items()}
    if isinstance(value, list):
        return [finite(item) for item in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value
