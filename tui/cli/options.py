"""The options of the command, made from tables of settings.

What a run is told to do stands in `engine.config.settings`; how it is shown and kept, below. Nothing
here loads NumPy, so that `--help` and shell completion answer at once.
"""

import os
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Annotated, Any

import click
import msgspec

from engine.config.checks import FULL_SPEED
from engine.config.kinds import Between, Choice, FileName, Flag, Pace
from engine.config.more_kinds import Maybe
from engine.config.presets import PRESETS, with_preset
from engine.config.setting import Entry, Setting, entries_of, entry_named, filled
from engine.config.settings import LEARNED, LEARNS, NETWORK, STOPS
from engine.config.training_config import TrainingConfig

if TYPE_CHECKING:
    from tui.app.dashboard_options import DashboardOptions

THEMES = ("dark", "light")

MIN_FPS, MAX_FPS = 1.0, 60.0
FPS_HERE, FPS_OVER_SSH = 20.0, 10.0

BEGINS, SHOWN, KEPT, PLAIN, OTHER = (
    "Where to begin",
    "How it is shown",
    "How it is kept",
    "Without the dashboard",
    "Other",
)

TRAINING = TrainingConfig
"""The table of what decides a run."""


class BeginOptions(msgspec.Struct, frozen=True):
    """The table of what stands for many settings at once."""

    preset: Annotated[
        str | None,
        Setting(
            Choice(tuple(PRESETS), "NAME"),
            BEGINS,
            "Begin with the settings of a preset; options that are given with it win.",
        ),
    ] = None


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
        Setting(Flag(), PLAIN, "Print JSON for a script instead: of a run, one object at its end."),
    ] = False


class AttachOptions(msgspec.Struct, frozen=True):
    """The table of what only `moonwalk attach` knows."""

    watch: Annotated[bool, Setting(Flag(), SHOWN, "Look on only; your keys do not steer.")] = False


def option_groups() -> dict[str, list[click.Option]]:
    """Every option of a new run, under the headings and in the order of the help text."""
    groups: dict[str, list[click.Option]] = {
        heading: [] for heading in (BEGINS, LEARNED, NETWORK, LEARNS, STOPS, SHOWN, KEPT, PLAIN)
    }
    for entry in (*entries_of(BeginOptions), *entries_of(TRAINING)):
        groups[entry.setting.heading].append(SettingOption(entry, decides_run=True))
    for entry in entries_of(CommandOptions):
        groups[entry.setting.heading].append(SettingOption(entry))
    groups[OTHER] = [version_option(), help_option()]
    return groups


def run_options(groups: Mapping[str, Sequence[click.Option]]) -> list[click.Option]:
    """Those options that decide what a run comes to."""
    return [
        option
        for heading in (BEGINS, LEARNED, NETWORK, LEARNS, STOPS)
        for option in groups[heading]
    ]


def options_under(*headings: str, leaving_out: str = "") -> list[click.Option]:
    """The options of CommandOptions under these headings, but for the field left out."""
    return [
        SettingOption(entry)
        for heading in headings
        for entry in entries_of(CommandOptions)
        if entry.setting.heading == heading and entry.field != leaving_out
    ]


def option_named(
    table: type[msgspec.Struct], field: str, *, without_default: str = ""
) -> click.Option:
    """The option of one field; `without_default` is what the help says where it has none."""
    return SettingOption(entry_named(table, field), without_default=without_default)


class SettingOption(click.Option):
    """The option of a setting."""

    def __init__(
        self, entry: Entry, *, decides_run: bool = False, without_default: str = ""
    ) -> None:
        """The value of one that `decides_run` is among the parameters only if it was given, as others
        depend on that, and what is not allowed is refused later, together with the others.
        `without_default` is what the help says of an option that has none.
        """
        kind = entry.setting.kind
        self._entry = entry
        self._decides_run = decides_run
        self.default_text = without_default or entry.setting.usual_text or _default_text(entry)
        is_flag = isinstance(kind, Flag)
        has_default = not (is_flag or decides_run or without_default or entry.default is None)
        super().__init__(
            [f"--{entry.name}", entry.field],
            is_flag=is_flag,
            metavar=kind.metavar or None,
            type=None if is_flag else self._read,
            default=False if is_flag else entry.default_text if has_default else None,
            help=entry.setting.help,
            shell_complete=self._complete,
        )

    def _read(self, text: str) -> Any:
        value = self._entry.parse(text)
        if not self._decides_run:
            self._entry.check(value)
        return value

    def _complete(self, _: click.Context, __: click.Parameter, incomplete: str) -> Any:
        return [word for word in self._entry.setting.kind.offered if word.startswith(incomplete)]

    def get_help_extra(self, ctx: click.Context) -> click.types.OptionHelpExtra:
        """Click's, with the default as a person would type it."""
        return {"default": self.default_text} if self.default_text else {}

    def handle_parse_result(
        self, ctx: click.Context, opts: Mapping[str, Any], args: list[str]
    ) -> tuple[Any, list[str]]:
        """Click's; what was not given and decides the run is left out of the parameters."""
        found = super().handle_parse_result(ctx, opts, args)
        given = ctx.get_parameter_source(self._entry.field)
        if self._decides_run and given is not click.core.ParameterSource.COMMANDLINE:
            ctx.params.pop(self._entry.field, None)
        return found


def _default_text(entry: Entry) -> str:
    kind = entry.setting.kind
    shows_none = entry.default is not None or isinstance(kind, Maybe)
    return entry.default_text if shows_none and not isinstance(kind, Flag) else ""


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
    """What `values`, those that were given, say about the run; ConfigError if that is not allowed."""
    return TRAINING(**filled(TRAINING, with_preset(values.get("preset"), values)))


def dashboard_options(
    values: Mapping[str, Any], *, ascii_only: bool, warnings: Sequence[str] = ()
) -> "DashboardOptions":
    """What `values` say about how it is shown, with `warnings` at the start."""
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
        warnings=tuple(warnings),
    )
