"""The command: reads what is asked, runs it, and turns every end into an exit code.

Whatever needs NumPy, Rich or Textual is loaded where it is used, so that help, version, shell
completion and refusals answer at once.
"""

import errno
import json
import math
import os
import sys
import traceback
import warnings
from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tui.options import dashboard_options, option_groups, shortened, training_config

if TYPE_CHECKING:
    from engine.config import TrainingConfig
    from engine.report import RunReport

NAME = "moonwalk"
COMPLETION_VARIABLE = "_MOONWALK_COMPLETE"

DONE, FAULT, USAGE, DIVERGED = 0, 1, 2, 3
BY_SIGNAL = 128
"""To which the shell's convention adds the number of the signal that ended a command."""
INTERRUPTED, BROKEN_PIPE = BY_SIGNAL + 2, BY_SIGNAL + 13

INTRODUCTION = """Watch a neural network learn, live, in a terminal.

A small network, written with NumPy alone, learns to tell two interleaved half moons of points apart
(make_moons of scikit-learn). You see its loss fall, which class it gives to each point and to the
plane around them, and every weight; and you can pause it, go step by step, and change the learning
rate on its way."""

SECTIONS = {
    "Keys in the dashboard": [
        ("space pause   . step   up/down learning rate   < > pace   [ ] layer", ""),
        ("l log scale   m maximize   r restart   ? all keys   q quit and report", ""),
    ],
    "Examples": [
        ("moonwalk", "watch the article's network learn"),
        ("moonwalk --rule article", "the same as the article's code does it"),
        ("moonwalk --layers 2 --noise 0.1", "how few nodes are enough?"),
        ("moonwalk --alpha 20 --pace 1", "too large a learning rate, in slow motion"),
        ("moonwalk --headless --json", "the figures alone, for a script"),
    ],
    "Exit codes": [
        ("0", "done, also when you quit early"),
        ("1", "a fault of moonwalk or the machine"),
        ("2", "an option or a value that is not allowed"),
        ("3", "the run diverged"),
        ("130, 143", "ended early by Ctrl+C or SIGTERM; the report comes all the same"),
    ],
    "Completion with the tab key, switched on by this line": [
        ("in ~/.bashrc", f'eval "$({COMPLETION_VARIABLE}=bash_source {NAME})"'),
        ("in ~/.zshrc", f'eval "$({COMPLETION_VARIABLE}=zsh_source {NAME})"'),
        ("in config.fish", f"{COMPLETION_VARIABLE}=fish_source {NAME} | source"),
    ],
}
"""What --help says after the options."""


class MoonwalkCommand(click.Command):
    """Lists its options under headings, and says in the help what else there is to know."""

    def __init__(self) -> None:
        self.groups = option_groups()
        super().__init__(
            NAME,
            params=[option for group in self.groups.values() for option in group],
            callback=click.pass_context(moonwalk),
            help=INTRODUCTION,
            add_help_option=False,  # it is among the others
            # arguments that there are not are refused by `moonwalk`, in one line
            context_settings={"max_content_width": 80, "allow_extra_args": True},
        )

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options, then what else there is."""
        for heading, group in self.groups.items():
            rows = [option.get_help_record(ctx) for option in group]
            with formatter.section(heading):
                formatter.write_dl([row for row in rows if row])
        for heading, lines in SECTIONS.items():
            with formatter.section(heading):
                formatter.write_dl(lines, col_max=34)


def main(args: Sequence[str] | None = None) -> int:
    """Run the command with `args`, or those of the process; returns the exit code.

    Every error ends as one line on stderr, and none as a traceback.
    """
    open_closed_streams()
    set_defaults()
    try:
        code = run_command(sys.argv[1:] if args is None else list(args))
        sys.stdout.flush()
    except click.UsageError as error:
        code = complain(usage_line(error), USAGE)
    except (click.Abort, KeyboardInterrupt):
        code = complain("interrupted", INTERRUPTED)
    except BrokenPipeError:
        code = BROKEN_PIPE
    except Exception as error:
        full = isinstance(error, OSError) and error.errno == errno.ENOSPC
        code = complain("no space left for the output" if full else fault_line(error), FAULT)
    release_broken_streams()
    return code


def run_command(args: list[str]) -> int:
    """What click's `main` does, but that it makes a broken pipe and an end of file errors of its
    own, even when told to leave errors alone.
    """
    command = MoonwalkCommand()
    instruction = os.environ.get(COMPLETION_VARIABLE)
    if instruction:
        from click.shell_completion import shell_complete

        if shell_complete(command, {}, NAME, COMPLETION_VARIABLE, instruction) == 0:
            return DONE
        problem = f"{shortened(instruction)} is not one of bash_source, zsh_source, fish_source"
        return complain(f"{COMPLETION_VARIABLE}: {problem}", USAGE)
    try:
        with command.make_context(NAME, args) as context:
            code: int = command.invoke(context)
            return code
    except click.exceptions.Exit as leave:  # --help and --version
        return leave.exit_code


def moonwalk(context: click.Context, **values: Any) -> int:
    """Train as `values` say; returns the exit code."""
    from engine.errors import ConfigError, HostLostError

    try:
        config = training_config(values)
        if context.args:
            problem = f"no such argument; every setting has an option, see {NAME} --help"
            return complain(f"{shortened(context.args[0])}: {problem}", USAGE)
        return run(config, values)
    except ConfigError as error:
        return complain(str(error), USAGE)
    except HostLostError as error:
        return complain(str(error), FAULT)
    except MemoryError:
        problem = "not enough memory for this network and these points; take fewer of either"
        return complain(f"layers, samples: {problem}", USAGE)


def run(config: "TrainingConfig", values: dict[str, Any]) -> int:
    """Show the run, or only make it; then report on it."""
    from tui.terminal import interactive, needs_ascii

    ascii_only = needs_ascii(values["ascii"])
    interrupted_by: int | None = None
    if values["headless"] or not interactive():
        from tui.headless import run_headless

        report, interrupted_by = run_headless(config, ascii_only=ascii_only)
    else:
        from tui.launch import run_dashboard

        last_report, interrupted_by = run_dashboard(
            config, dashboard_options(values, ascii_only=ascii_only), log_path=log_file()
        )
        if last_report is None:
            code = DONE if interrupted_by is None else BY_SIGNAL + interrupted_by
            return complain("left before the first step", code)
        report = last_report
    if interrupted_by is not None:
        complain(f"interrupted at step {report.steps:,} of {report.total_steps:,}", INTERRUPTED)
    return deliver(report, interrupted_by, values["json"], ascii_only)


def deliver(
    report: "RunReport", interrupted_by: int | None, as_json: bool, ascii_only: bool
) -> int:
    """Print `report` on stdout; returns the exit code that it calls for."""
    try:
        if as_json:
            click.echo(json_object(report.figures()))
        else:
            from tui.report import print_report

            print_report(report, ascii_only=ascii_only)
        sys.stdout.flush()
    except SystemExit:  # what Rich makes of a broken pipe
        raise BrokenPipeError from None
    if report.divergence is not None:
        return complain(f"diverged: {report.divergence}; take a smaller --alpha", DIVERGED)
    return DONE if interrupted_by is None else BY_SIGNAL + interrupted_by


def json_object(figures: dict[str, Any]) -> str:
    """`figures` as JSON, in which there is no NaN and no infinity: null stands for them."""
    return json.dumps(finite(figures), allow_nan=False)


def finite(value: Any) -> Any:
    """`value` with None for every number in it that is not finite."""
    if isinstance(value, dict):
        return {key: finite(item) for key, item in value.items()}
    if isinstance(value, list):
        return [finite(item) for item in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value


def complain(text: str, code: int) -> int:
    """Say `text` in one line on stderr, if anybody is there to read it; returns `code`."""
    line = "".join(c if c.isprintable() else "?" for c in " ".join(text.split()))
    with suppress(OSError, ValueError):
        click.echo(f"{NAME}: {line}", err=True)
    return code


def usage_line(error: click.UsageError) -> str:
    """What was wrong with the options, begun with the one that it was."""
    match error:
        case click.NoSuchOption(option_name=name, possibilities=alike):
            hint = f"did you mean {alike[0]}?" if alike else f"see {NAME} --help"
            return f"{shortened(name)}: no such option; {hint}"
        case click.BadParameter(param=click.Option() as option):
            return f"{option.opts[0].lstrip('-')}: {error.message}"
        case click.BadOptionUsage(option_name=name):
            return f"{name.lstrip('-')}: {error.message.rstrip('.')}"
    return error.format_message()


def fault_line(error: Exception) -> str:
    """What went wrong, and where its traceback was written to."""
    log = log_fault(error)
    where = f"; the details are in {log}" if log else ""
    return f"internal fault: {type(error).__name__}: {str(error)[:300]}{where}"


def log_fault(error: Exception) -> Path | None:
    """Append the traceback to the log; returns its path, or None if it cannot be written."""
    try:
        log = log_file()
        log.parent.mkdir(parents=True, exist_ok=True)
        with log.open("a", encoding="utf-8", errors="backslashreplace") as file:
            file.write(f"{datetime.now().isoformat(timespec='seconds')} {sys.argv}\n")
            traceback.print_exception(error, file=file)
    except Exception:  # whatever it is, the fault itself is what must be told
        return None
    return log


def log_file() -> Path:
    """Where the details of faults go, the host's as well."""
    from platformdirs import user_log_path

    return user_log_path(NAME, appauthor=False) / f"{NAME}.log"


def set_defaults() -> None:
    """What has to be settled before NumPy and Textual are loaded; what is set already stays."""
    # The products of these networks are too small to share between threads; the second core
    # belongs to the interface; and the number of threads can change the last bit of a sum.
    for library in ("OPENBLAS", "OMP", "MKL"):
        os.environ.setdefault(f"{library}_NUM_THREADS", "1")
    os.environ.setdefault("TEXTUAL_ANIMATIONS", "none")
    # how often Textual looks whether there is something to repaint, at most: 4 ms after a key
    os.environ.setdefault("TEXTUAL_FPS", "240")
    # a library's warning on stderr would be drawn into the dashboard, which is there as well
    if not sys.warnoptions:
        warnings.simplefilter("ignore")


def open_closed_streams() -> None:
    """Put the null device where a standard stream was closed (`<&-`, `>&-`): Python has None for
    these, and the next file or socket to be opened would take their number.
    """
    for descriptor, name in enumerate(("stdin", "stdout", "stderr")):
        if getattr(sys, name) is None:
            null = os.open(os.devnull, os.O_RDWR)
            if null == descriptor:
                os.set_inheritable(null, True)
            else:
                os.dup2(null, descriptor)
                os.close(null)
            mode = "w" if descriptor else "r"
            setattr(sys, name, os.fdopen(descriptor, mode, encoding="utf-8", closefd=False))


def release_broken_streams() -> None:
    """Let what a stream still holds go to the null device if nobody takes it, or Python would
    complain of it when it leaves.
    """
    for descriptor, stream in ((1, sys.stdout), (2, sys.stderr)):
        try:
            stream.flush()
        except OSError:
            null = os.open(os.devnull, os.O_WRONLY)
            os.dup2(null, descriptor)
            os.close(null)
        except ValueError:  # closed: it holds nothing
            continue


if __name__ == "__main__":
    sys.exit(main())
