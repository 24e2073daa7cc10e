"""`moonwalk list`, `attach` and `stop`: runs that go on without the dashboard they began in."""

import math
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from click.shell_completion import CompletionItem

from engine.config.setting import json_fields
from tui.cli.exit_codes import DONE, FAULT, complain
from tui.cli.locations import log_file, socket_folder
from tui.cli.options import (
    SHOWN,
    AttachOptions,
    CommandOptions,
    help_option,
    option_named,
    options_under,
)
from tui.terminal import capabilities as terminal

if TYPE_CHECKING:
    from engine.client.discovery import Found, Unanswered
    from engine.messages.status import Status

SETTINGS = {"max_content_width": 80}


def list_command() -> click.Command:
    """Show the runs that go on."""
    return click.Command(
        "list",
        callback=list_runs,
        help="Show your runs that go on, the newest first.",
        params=[option_named(CommandOptions, "json"), help_option()],
        add_help_option=False,
        context_settings=SETTINGS,
    )


def attach_command() -> click.Command:
    """Open a dashboard on a run."""
    return click.Command(
        "attach",
        callback=attach,
        short_help="Open a dashboard on a run that goes on.",
        help="Open a dashboard on a run that goes on: that called RUN, or without a name the newest."
        " As many as you like can be open on one run; q leaves it running, Q ends it for all.",
        params=[
            click.Argument(["run"], required=False, type=str, shell_complete=completed_run),
            option_named(AttachOptions, "watch"),
            *options_under(SHOWN, leaving_out="pace"),
            option_named(CommandOptions, "json"),
            help_option(),
        ],
        add_help_option=False,
        context_settings=SETTINGS,
    )


def stop_command() -> click.Command:
    """Save and end a run."""
    return click.Command(
        "stop",
        callback=stop,
        help="Save the run called RUN and end it.",
        params=[click.Argument(["run"], type=str, shell_complete=completed_run), help_option()],
        add_help_option=False,
        context_settings=SETTINGS,
    )


def list_runs(*, json: bool) -> int:
    """Print the runs that go on; returns the exit code."""
    answered, unanswered = _found()
    if json:
        from tui.cli.output import json_text

        figures = [_figures(one) for one in answered]
        click.echo(json_text(figures + [_no_figures(one) for one in unanswered]))
    elif answered or unanswered:
        rows = [HEADINGS, *(_row(one) for one in answered)]
        rows += [(one.name, NO_ANSWER) + ("-",) * (len(HEADINGS) - 2) for one in unanswered]
        widths = [max(len(row[column]) for row in rows) for column in range(len(HEADINGS))]
        for row in rows:
            cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
            click.echo("  ".join(cells).rstrip())
        for one in unanswered:
            complain(f"{one.name} {one.line}", DONE)
    else:
        return complain(NOTHING_GOES_ON, DONE)
    return DONE


NOTHING_GOES_ON = "no run goes on; moonwalk resume takes up the last saved one"

NO_ANSWER = "no answer"
"""The state of a run that goes on and did not answer."""

HEADINGS = ("RUN", "STATE", "STEP", "OF", "LOSS", "ALPHA", "DASHBOARDS", "SINCE")


def _row(status: "Status") -> tuple[str, ...]:
    return (
        status.name,
        status.state.value,
        f"{status.step:,}",
        f"{status.total_steps:,}",
        "-" if math.isnan(status.train_loss) else f"{status.train_loss:.4f}",
        f"{status.alpha:g}",
        str(status.watchers),
        time.strftime("%Y-%m-%d %H:%M", time.localtime(status.began)),
    )


def _figures(status: "Status") -> dict[str, Any]:
    return {
        "run": status.name,
        "pid": status.pid,
        "state": status.state.value,
        "step": status.step,
        "steps": status.total_steps,
        "train_loss": status.train_loss,
        "alpha": status.alpha,
        **json_fields(status.config),
        "dashboards": status.watchers,
        "began": status.began,
        "saves_to": status.saves_to,
    }


def _no_figures(one: "Unanswered") -> dict[str, Any]:
    """What is known of a run that did not answer; the fields of others are null."""
    names = ("step", "steps", "train_loss", "alpha", "dashboards", "began", "saves_to")
    known = {"run": one.name, "pid": one.pid, "state": NO_ANSWER}
    return known | dict.fromkeys(names) | {"problem": one.line}


def attach(run: str | None, **values: Any) -> int:
    """Open a dashboard on the run called `run`; returns the exit code."""
    from engine.errors import ConfigError
    from tui.app.launch import attach_dashboard
    from tui.cli.new_run import after_dashboard, run_places
    from tui.cli.options import dashboard_options

    name = _wanted(run)
    if not terminal.interactive():
        raise ConfigError("attach", "a dashboard needs a terminal; moonwalk list shows the runs")
    ascii_only = terminal.needs_ascii(values["ascii"])
    options = dashboard_options(values, ascii_only=ascii_only)
    outcome = attach_dashboard(name, options, run_places({}), log_file())
    return after_dashboard(outcome, values, ascii_only)


def stop(run: str) -> int:
    """Save and end the run called `run`; returns the exit code."""
    import asyncio

    from engine.client.attached import AttachedSession
    from engine.client.discovery import NoAnswerError
    from engine.errors import HostLostError, RunEndedError

    name = _wanted(run, silent_too=True)

    async def end() -> int:
        session = AttachedSession(socket_folder(), name)
        try:
            await session.start(stops=True)
        except NoAnswerError as error:
            if not error.told:
                raise
            # what was sent is carried out, whoever waits for it
            raise HostLostError(f"{error}; it is saved and ended once it reads that") from error
        await session.close()
        status = session.status
        assert status is not None
        if not isinstance(session.lost, RunEndedError):
            raise HostLostError(f"the run {name} has not ended yet; it does after a long update")
        there = status.saves_to is not None and Path(status.saves_to).exists()
        saved = f"; its last save is {status.saves_to}" if there else ""
        text = str(session.lost).replace("the run", f"the run {name}", 1)
        return complain(text + saved, DONE if session.lost.saved else FAULT)

    return asyncio.run(end())


def _wanted(run: str | None, *, silent_too: bool = False) -> str:
    """The name of the run that is meant. FileError, with those that there are, if there is none;
    HostLostError if it does not answer, unless those are wanted, too.
    """
    from engine.errors import FileError, HostLostError

    answered, unanswered = _found()
    names = [*(one.name for one in answered), *(one.name for one in unanswered)]
    if not names:
        raise FileError(NOTHING_GOES_ON)
    if run is not None and run not in names:
        raise FileError(f"no run is called {run[:20]!r}; there is {', '.join(names)}")
    name = run or names[0]
    silent = next((one for one in unanswered if one.name == name), None)
    if silent is not None and not silent_too:
        raise HostLostError(f"the run {name} {silent.line}")
    return name


def status_of(run: str | None) -> "Status":
    """How the run called `run`, or the newest, stands; FileError or HostLostError as for `attach`."""
    name = _wanted(run)
    return next(one for one in _found().answered if one.name == name)


def _found(patience: float | None = None) -> "Found":
    import asyncio

    from engine.client.discovery import found

    return asyncio.run(found(socket_folder(), patience))


COMPLETION_SECONDS = 0.5
"""How long the tab key waits for a run that does not answer."""


def completed_run(_: click.Context, __: click.Parameter, incomplete: str) -> Any:
    """The runs that go on, each with its state."""
    from engine.errors import FileError

    try:
        answered, unanswered = _found(COMPLETION_SECONDS)
    except FileError:
        return []
    states = {one.name: one.state.value for one in answered}
    states |= {one.name: NO_ANSWER for one in unanswered}
    return [
        CompletionItem(name, help=state)
        for name, state in states.items()
        if name.startswith(incomplete)
    ]
