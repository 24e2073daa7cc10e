"""The options of the command, made from tables of settings.

What a run is told to do stands in `engine.config.settings`; how it is shown and kept, below. Nothing
here loads NumPy, so that `--help` and shell completion answer at once.
"""

import os
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Annotated, Any

import click
import msgspec

from engine.config.checks import FULL_SPEED
from engine.config.kinds import Between, Choice, FileName, Flag, Pace
from engine.config.setting import Entry, Setting, entries_of, entry_named, filled
from engine.config.settings import LEARNED, LEARNS, STOPS
from engine.config.training_config import TrainingConfig

if TYPE_CHECKING:
    from tui.app.dashboard_options import DashboardOptions

THEMES = ("dark", "light")

MIN_FPS, MAX_FPS = 1.0, 60.0
FPS_HERE, FPS_OVER_SSH = 20.0, 10.0

SHOWN, KEPT, PLAIN, OTHER = (
    "How it is shown",
    "How it is kept",
    "Without the dashboard",
    "Other",
)

TRAINING = TrainingConfig
"""The table of what decides a run."""


class CommandOptions(msgspec.Struct, frozen=True):
    """The table of how a run is shown and kept: nothing of it decides its parameters."""

    pace: Annotated[
        int,
        Setting(
            Pace(),
            SHOWN,
            "Updates from one frame to the next; max for as many as there is time for.",
            live=True,
        ),
    ] = 50
    fps: Annotated[
        float | None,
        Setting(
            Between(MIN_FPS, MAX_FPS),
            SHOWN,
            f"Frames a second, {MIN_FPS:g} to {MAX_FPS:g}. Fewer spare a slow line.",
            usual_text=f"{FPS_HERE:g}, or {FPS_OVER_SSH:g} over SSH",
        ),
    ] = None
    theme: Annotated[
        str, Setting(Choice(THEMES), SHOWN, "Colours for a terminal of this kind.")
    ] = "dark"
    ascii: Annotated[
        bool,
        Setting(
            Flag(),
            SHOWN,
            "Draw with ASCII only. Goes without saying if the locale is not UTF-8.",
        ),
    ] = False
    stats: Annotated[
        bool,
        Setting(
            Flag(),
            SHOWN,
            "Show what the picture costs: frames and bytes a second, time of a frame.",
        ),
    ] = False
    no_mouse: Annotated[
        bool, Setting(Flag(), SHOWN, "Leave the mouse to the terminal, to select text with it.")
    ] = False
    save: Annotated[
        str | None,
        Setting(FileName(), KEPT, "Save the run in this file: at its end, and when you press s."),
    ] = None
    record: Annotated[
        str | None,
        Setting(FileName(), KEPT, "Record in this file what you do and when, as lines of JSON."),
    ] = None
    headless: Annotated[
        bool,
        Setting(
            Flag(),
            PLAIN,
            "Train as fast as it goes, with a bar or a few lines of progress, and print a"
            " report. Goes without saying where there is no terminal.",
        ),
    ] = False
    json: Annotated[
        bool,
        Setting(Flag(), PLAIN, "Print one JSON object at the end instead of the report."),
    ] = False


class AttachOptions(msgspec.Struct, frozen=True):
    """The table of what only `moonwalk attach` knows."""

    watch: Annotated[bool, Setting(Flag(), SHOWN, "Look on only; your keys do not steer.")] = False


def option_groups() -> dict[str, list[click.Option]]:
    """Every option of a new run, under the headings and in the order of the help text."""
    groups: dict[str, list[click.Option]] = {
        heading: [] for heading in (LEARNED, LEARNS, STOPS, SHOWN, KEPT, PLAIN)
    }
    for entry in entries_of(TRAINING):
        groups[entry.setting.heading].append(option(entry, checks=False))
    for entry in entries_of(CommandOptions):
        groups[entry.setting.heading].append(option(entry))
    groups[OTHER] = [version_option(), help_option()]
    return groups


def options_under(*headings: str, leaving_out: str = "") -> list[click.Option]:
    """The options of CommandOptions under these headings, but for the field left out."""
    return [
        option(entry)
        for heading in headings
        for entry in entries_of(CommandOptions)
        if entry.setting.heading == heading and entry.field != leaving_out
    ]


def option_named(
    table: type[msgspec.Struct], field: str, *, without_default: str = ""
) -> click.Option:
    """The option of one field; `without_default` is what the help says where it has none."""
    entry = entry_named(table, field)
    if without_default:
        setting = msgspec.structs.replace(entry.setting, usual=None, usual_text=without_default)
        entry = Entry(field, None, setting)
    return option(entry)


def option(entry: Entry, *, checks: bool = True) -> click.Option:
    """The option of a setting. Without `checks`, a value that is not allowed is refused
    later, together with the other values.
    """
    setting = entry.setting
    if isinstance(setting.kind, Flag):
        return click.Option([f"--{entry.name}", entry.field], is_flag=True, help=setting.help)

    def read(text: str) -> Any:
        value = entry.parse(text)
        if checks:
            entry.check(value)
        return value

    def complete(_: click.Context, __: click.Parameter, incomplete: str) -> Any:
        return [word for word in setting.kind.offered if word.startswith(incomplete)]

    depends = setting.usual is not None or entry.default is None
    return click.Option(
        [f"--{entry.name}", entry.field],
        metavar=setting.kind.metavar,
        type=read,
        default=None if depends else entry.default_text,
        show_default=setting.usual_text or not depends,
        help=setting.help,
        shell_complete=complete,
    )


def version_option() -> click.Option:
    """Prints which moonwalk this is, and does nothing else."""
    return _leaving("--version", "Say which moonwalk this is.", _show_version)


def help_option() -> click.Option:
    """Prints the help text, and does nothing else."""
    return _leaving("--help", "Say all this.", lambda context: click.echo(context.get_help()))


def _leaving(name: str, text: str, action: Callable[[click.Context], None]) -> click.Option:
    """An option that does `action` and nothing else, whatever other options say."""

    def act(context: click.Context, _: click.Parameter, asked: bool) -> None:
        if asked and not context.resilient_parsing:
            action(context)
            context.exit()

    return click.Option(
        [name], is_flag=True, is_eager=True, expose_value=False, callback=act, help=text
    )


def _show_version(_: click.Context) -> None:
    from importlib.metadata import version

    click.echo(f"moonwalk {version('moonwalk')}")


def training_config(values: Mapping[str, Any]) -> TrainingConfig:
    """What `values` say about the run; ConfigError if that is not allowed."""
    return TRAINING(**filled(TRAINING, values))


def dashboard_options(values: Mapping[str, Any], *, ascii_only: bool) -> "DashboardOptions":
    """What `values` say about how it is shown."""
    from tui.app.dashboard_options import DashboardOptions

    usual = FPS_OVER_SSH if os.environ.get("SSH_CONNECTION") else FPS_HERE
    return DashboardOptions(
        pace=values.get("pace") or FULL_SPEED,
        fps=usual if values["fps"] is None else values["fps"],
        ascii_only=ascii_only,
        mouse=not values["no_mouse"],
        theme=values["theme"],
        stats=values["stats"],
        watches=values.get("watch", False),
    )
