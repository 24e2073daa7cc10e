"""What is said of a command line that click cannot read: one line, begun with what it was about."""

import difflib

import click

from engine.config.checks import shown
from engine.config.data_sets import data_set_named
from engine.config.presets import PRESETS
from tui import NAME


def usage_line(error: click.UsageError, command: click.Group) -> str:
    """What was wrong, and what is allowed; `command` is the one with all options and subcommands."""
    context = error.ctx
    see = f"see {context.command_path if context else NAME} --help"
    match error:
        case click.NoSuchOption(option_name=name, possibilities=alike):
            if _option(command, name) is not None:
                return f"{name.lstrip('-')}: it is for a new run only; {see}"
            hint = f"did you mean {alike[0]}?" if alike else see
            return f"{shown(name)}: no such option; {hint}"
        case click.MissingParameter(param=click.Argument() as argument):
            return f"{str(argument.name).upper()} is missing; {see}"
        case click.BadParameter(param=click.Option() as option) if not isinstance(
            error, click.MissingParameter
        ):
            return f"{option.opts[0].lstrip('-')}: {error.message}"
        case click.BadOptionUsage(option_name=name):
            found = _option(context.command if context else command, name)
            needed = "no value" if found is None or found.is_flag else f"a value, {found.metavar}"
            return f"{name.lstrip('-')}: it takes {needed}"
    message = error.format_message()
    if message.startswith("No such command"):
        quoted = message.removeprefix("No such command ")
        return _no_command(quoted[1 : quoted.find(quoted[0], 1)], command, see)
    return f"{message.rstrip('.')}; {see}"


def _option(command: click.Command, name: str) -> click.Option | None:
    options = (one for one in command.params if isinstance(one, click.Option))
    return next((one for one in options if name in one.opts), None)


def _no_command(word: str, command: click.Group, see: str) -> str:
    known = [*command.commands, *PRESETS]
    alike = difflib.get_close_matches(word, known, n=1)
    if alike:
        see = f"did you mean {alike[0]}?"
    if data_set_named(word) is not None or "." in word:
        see = f"did you mean --data {word[:40]}?"
    commands, presets = ", ".join(command.commands), ", ".join(PRESETS)
    return f"{shown(word)}: neither a command ({commands}) nor a preset ({presets}); {see}"
