"""The command: reads what is asked, has it carried out, and turns every end into an exit code.

Whatever needs NumPy, Rich or Textual is loaded where it is used, so that help, version, shell
completion and refusals answer at once.
"""

import errno
import os
import sys
from collections.abc import Sequence
from typing import Any

import click
from click.shell_completion import CompletionItem

from engine.config.checks import shown
from engine.config.presets import PRESETS
from engine.errors import ConfigError, FileError, MoonwalkError
from tui import NAME
from tui.cli.attach import attach_command, list_command, stop_command
from tui.cli.data import data_command
from tui.cli.exit_codes import (
    BROKEN_PIPE,
    DONE,
    FAULT,
    INTERRUPTED,
    USAGE,
    complain,
    fault_line,
)
from tui.cli.options import option_groups, run_options, training_config
from tui.cli.resume import replay_command, resume_command
from tui.cli.setup import setup_command
from tui.cli.setup_words import Known, spelled_out
from tui.cli.streams import open_closed_streams, release_broken_streams, set_defaults
from tui.cli.usage_errors import usage_line
from tui.screens.key_line import key_lines
from tui.terminal import capabilities

COMPLETION_VARIABLE = "_MOONWALK_COMPLETE"

INTRODUCTION = """Watch a neural network learn, live, in a terminal.

A small network, written with NumPy alone, learns any small problem: to begin with, to tell two
interleaved half moons of points apart; other shapes, real measurements, or a table of your own. You
see its loss fall, what it makes of each point and of the plane around them, and every weight; and you
can pause it, go step by step, and change the learning rate on its way."""

OPTION_COLUMNS = 24
"""For the name of an option, before what it does stands on a line of its own."""

KEY_COLUMNS = 74
"""Of the lines of keys in the help."""

SECTIONS = {
    "Presets": [(preset.name, preset.help) for preset in PRESETS.values()],
    "Keys in the dashboard": [(line, "") for line in key_lines(KEY_COLUMNS)],
    "Examples": [
        ("moonwalk", "watch the article's network learn"),
        ("moonwalk --rule article", "the same as the article's code does it"),
        ("moonwalk --layers 2 --noise 0.1", "how few nodes are enough?"),
        ("moonwalk --data spiral:3", "three arms, three classes"),
        ("moonwalk --data FILE.csv", "a table of your own"),
        ("moonwalk playground", "a preset: as another playground starts"),
        ("moonwalk '--data circles --layers 8,4'", "a set-up as somebody sent it"),
        ("moonwalk --alpha 20 --pace 1", "too large an alpha, in slow motion"),
        ("moonwalk --headless --json", "the figures alone, for a script"),
    ],
    "Exit codes": [
        ("0", "done, also when you quit early"),
        ("1", "a fault of moonwalk or the machine"),
        ("2", "an option or a value that is not allowed"),
        ("3", "the run diverged"),
        ("130, 143", "ended early by Ctrl+C or SIGTERM; the report comes all the same"),
        ("128 + N", "ended early by signal N, such as 129 by a hang-up; the same"),
    ],
    "Environment": [
        ("MOONWALK_SOCKETS", "the folder where runs are found, yours alone; else in /tmp"),
        ("XDG_STATE_HOME", "the folder where runs save themselves; else ~/.local/state"),
    ],
    "Completion with the tab key, switched on by this line": [
        ("in ~/.bashrc", f'eval "$({COMPLETION_VARIABLE}=bash_source {NAME})"'),
        ("in ~/.zshrc", f'eval "$({COMPLETION_VARIABLE}=zsh_source {NAME})"'),
        ("in config.fish", f"{COMPLETION_VARIABLE}=fish_source {NAME} | source"),
    ],
}
"""What --help says after the options."""


class MoonwalkCommand(click.Group):
    """Lists its options under headings, and says in the help what else there is to know."""

    def __init__(self) -> None:
        self.groups = option_groups()
        super().__init__(
            NAME,
            params=[option for group in self.groups.values() for option in group],
            callback=click.pass_context(new_run),
            help=INTRODUCTION,
            add_help_option=False,  # it is among the others
            invoke_without_command=True,
            subcommand_metavar="[PRESET|'SETUP'|COMMAND]",
            context_settings={"max_content_width": 80},
        )
        for command in (
            *(resume_command(), replay_command(), setup_command(run_options(self.groups))),
            *(list_command(), attach_command(), stop_command()),
            data_command(),
        ):
            self.add_command(command)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Click's, once set-ups are spelled out as options."""
        return super().parse_args(ctx, spelled_out(args, Known.of(self)))

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """Click's, which are the commands, and the presets."""
        presets = [
            CompletionItem(preset.name, help=preset.help)
            for preset in PRESETS.values()
            if preset.name.startswith(incomplete)
        ]
        return [*presets, *super().shell_complete(ctx, incomplete)]

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the commands, the options, then what else there is."""
        with formatter.section("Commands, each with a --help of its own"):
            formatter.write_dl(
                [
                    (usage_of(command), command.get_short_help_str(80))
                    for command in self.commands.values()
                ]
            )
        for heading, group in self.groups.items():
            rows = [option.get_help_record(ctx) for option in group]
            with formatter.section(heading):
                formatter.write_dl([row for row in rows if row], col_max=OPTION_COLUMNS)
        for heading, lines in SECTIONS.items():
            with formatter.section(heading):
                formatter.write_dl(lines, col_max=34)


def usage_of(command: click.Command) -> str:
    """`command` with what it takes, as one may type it."""
    arguments = [p for p in command.params if isinstance(p, click.Argument)]
    return " ".join(
        [str(command.name), *(a.make_metavar(click.Context(command)) for a in arguments)]
    )


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
        code = complain(usage_line(error, MoonwalkCommand()), USAGE)
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
    own, even when told to leave errors alone. What is raised on purpose is told in one line.
    """
    command = MoonwalkCommand()
    instruction = os.environ.get(COMPLETION_VARIABLE)
    if instruction:
        return complete(command, instruction)
    try:
        with command.make_context(NAME, args) as context:
            code: int = command.invoke(context)
            return code
    except click.exceptions.Exit as leave:  # --help and --version
        return leave.exit_code
    except (ConfigError, FileError) as error:
        return complain(str(error), USAGE)
    except MoonwalkError as error:
        return complain(str(error), FAULT)
    except MemoryError:
        problem = "not enough memory for this network and these points; take fewer of either"
        return complain(f"layers, samples: {problem}", USAGE)


def complete(command: click.Command, instruction: str) -> int:
    """Answer the shell's question for completion; returns the exit code."""
    from click.shell_completion import shell_complete

    if shell_complete(command, {}, NAME, COMPLETION_VARIABLE, instruction) == 0:
        return DONE
    problem = f"{shown(instruction)} is not one of bash_source, zsh_source, fish_source"
    return complain(f"{COMPLETION_VARIABLE}: {problem}", USAGE)


def new_run(context: click.Context, **values: Any) -> int:
    """Train as `values` say, unless another command follows; returns the exit code."""
    if context.invoked_subcommand is not None:
        refuse_options(context)
        return DONE
    config = training_config(values)
    from engine.messages.run_request import Fresh
    from tui.cli.data_source import readable_data
    from tui.cli.new_run import carry_out

    opens_dashboard = not values["headless"] and capabilities.can_redraw(sys.stderr)
    config = readable_data(config, opens_dashboard=opens_dashboard)
    return carry_out(Fresh(config, values["pace"]), values)


def refuse_options(context: click.Context) -> None:
    """ConfigError if an option of a new run stands before another command."""
    for option in context.command.params:
        given = context.get_parameter_source(str(option.name))
        if given is click.core.ParameterSource.COMMANDLINE:
            command = context.invoked_subcommand
            raise ConfigError(
                option.opts[0].lstrip("-"),
                f"before {command}, it is for a new run; see {NAME} {command} --help",
            )


if __name__ == "__main__":
    sys.exit(main())
