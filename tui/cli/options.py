"""The options of the command: how their text becomes values, and what they mean for a learner.

Nothing here loads NumPy, so that `--help` and shell completion answer at once. The defaults are
those of the engine's TrainingConfig, which a test holds them to.
"""

import math
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from engine.config.training_config import TrainingConfig

RULES = ("exact", "article")
INITIALIZATIONS = ("he", "article")
THEMES = ("dark", "light")

AS_FAST_AS_IT_GOES = 0
MAX_PACE = 1_000_000
MIN_FPS, MAX_FPS = 1.0, 60.0
FPS_HERE, FPS_OVER_SSH = 20.0, 10.0

MEANINGS = {
    "--samples": "Points, half of them on either moon; for training and test together.",
    "--noise": "How far the points stray from their moon (standard deviation). With more, the"
    " classes overlap and no border is right everywhere.",
    "--test-size": "Share of the points that the network never learns from. They show whether it"
    " understood the shape or only learned the other points by heart.",
    "--seed": "Decides the points, the split and the first weights. The same seed gives the same"
    " run, bit for bit.",
    "--layers": "Nodes of each hidden layer. More can draw a more winding border.",
    "--alpha": "Learning rate: how far an update goes down the gradient. Too small learns slowly,"
    " too large jumps about or diverges.",
    "--steps": "Updates, each on all the training points.",
    "--rule": "How gradients are taken. exact: by the chain rule. article: as the code of the"
    " article does, which is not quite the chain rule. Try both.",
    "--initialization": "How the first weights are drawn. he: around 0, scaled to the layer."
    " article: around -1, as the article's code does. Give one of them to both rules, and they"
    " start alike.",
    "--pace": "Updates from one frame to the next; max for as many as there is time for.",
    "--fps": f"Frames a second, {MIN_FPS:g} to {MAX_FPS:g}. Fewer spare a slow line.",
    "--theme": "Colours for a terminal of this kind.",
    "--ascii": "Draw with ASCII only. Goes without saying if the locale is not UTF-8.",
    "--stats": "Show what the picture costs: frames and bytes a second, time of a frame.",
    "--no-mouse": "Leave the mouse to the terminal, to select text with it.",
    "--save": "Save the run in this file: at its end, and when you press s.",
    "--record": "Record in this file what you do and when, as lines of JSON.",
    "--watch": "Look on only; your keys do not steer.",
    "--headless": "Train as fast as it goes, with a bar or a few lines of progress, and print a"
    " report. Goes without saying where there is no terminal.",
    "--json": "Print one JSON object at the end instead of the report.",
    "--version": "Say which moonwalk this is.",
    "--help": "Say all this.",
}
"""What each option means to a learner."""


@dataclass(frozen=True, slots=True)
class DashboardOptions:
    """How a run is shown."""

    pace: int
    """Updates a frame; 0 for as many as it can."""
    fps: float
    """Frames a second."""
    ascii_only: bool
    mouse: bool
    theme: str
    """`dark` or `light`."""
    stats: bool = False
    """Whether to show what the picture costs."""
    watches: bool = False
    """Whether it is only looked at, and not steered."""


def whole(text: str) -> int | str:
    """The whole number that `text` spells.

    Text that spells none, or has too many digits for one, is given back: the engine refuses it,
    and knows the range that its message has to name.
    """
    try:
        return int(text)
    except ValueError:
        return text


def real(text: str) -> float | str:
    """The finite number that `text` spells, or `text`, for the engine to refuse."""
    try:
        number = float(text)
    except ValueError:
        return text
    return number if math.isfinite(number) else text


def layers(text: str) -> tuple[int, ...]:
    """The whole numbers that `text` lists with commas between."""
    sizes = [whole(part) for part in text.split(",")]
    numbers = tuple(size for size in sizes if isinstance(size, int))
    if len(numbers) < len(sizes):
        raise click.BadParameter(
            f"{shortened(text)} is not a list of whole numbers with commas between, as 16,16"
        )
    return numbers


def pace(text: str) -> int:
    """Updates a frame; AS_FAST_AS_IT_GOES for `max`."""
    number = AS_FAST_AS_IT_GOES if text == "max" else whole(text)
    if not isinstance(number, int) or not (text == "max" or 1 <= number <= MAX_PACE):
        raise click.BadParameter(
            f"{shortened(text)} is not a whole number from 1 to {MAX_PACE}, or max"
        )
    return number


def frames(text: str) -> float:
    """Frames a second, within what a terminal can take."""
    number = real(text)
    if not isinstance(number, float) or not MIN_FPS <= number <= MAX_FPS:
        raise click.BadParameter(
            f"{shortened(text)} is not a number from {MIN_FPS:g} to {MAX_FPS:g}"
        )
    return number


def theme(text: str) -> str:
    """The name of a theme that there is."""
    if text not in THEMES:
        raise click.BadParameter(f"{shortened(text)} is not one of {', '.join(THEMES)}")
    return text


def shortened(text: Any) -> str:
    """`text` as a one-line message can hold it."""
    quoted = repr(str(text))
    return quoted if len(quoted) <= 40 else quoted[:37] + "..."


def option_groups() -> dict[str, list[click.Option]]:
    """Every option of a new run, under the headings and in the order of the help text."""
    return {
        "What is learned": [
            setting("--samples", "N", whole, "200"),
            setting("--noise", "X", real, "0.2"),
            setting("--test-size", "SHARE", real, "0.25"),
            setting("--seed", "N", whole, "0"),
        ],
        "How it learns": [
            setting("--layers", "N,N,...", layers, "16,16"),
            setting("--alpha", "X", real, "0.25"),
            setting("--steps", "N", whole, "20000"),
            setting("--rule", "|".join(RULES), str, "exact", RULES),
            setting(
                "--initialization",
                "|".join(INITIALIZATIONS),
                str,
                None,
                INITIALIZATIONS,
                shown="the rule's own: he for exact, article for article",
            ),
        ],
        "How it is shown": [pace_option("50"), *shown_options()],
        "How it is kept": kept_options(),
        "Without the dashboard": plain_options(),
        "Other": [leaving_flag("--version", show_version), leaving_flag("--help", show_help)],
    }


def pace_option(default: str | None) -> click.Option:
    """How fast it goes in the dashboard."""
    return setting("--pace", "N|max", pace, default, ("max",))


def shown_options() -> list[click.Option]:
    """How a dashboard looks, whatever it shows."""
    return [
        setting("--fps", "N", frames, None, shown=f"{FPS_HERE:g}, or {FPS_OVER_SSH:g} over SSH"),
        setting("--theme", "|".join(THEMES), theme, "dark", THEMES),
        flag("--ascii"),
        flag("--stats"),
        flag("--no-mouse"),
    ]


def kept_options() -> list[click.Option]:
    """Where a run leaves files."""
    return [setting("--save", "FILE", str, None), setting("--record", "FILE", str, None)]


def plain_options() -> list[click.Option]:
    """For a run without a dashboard."""
    return [flag("--headless"), flag("--json")]


def setting(
    name: str,
    metavar: str,
    kind: Callable[[str], Any],
    default: str | None,
    values: tuple[str, ...] = (),
    shown: str | bool = True,
) -> click.Option:
    """An option with a value that `kind` reads; `values` are offered to shell completion, and
    `shown` is what the help says of the default.
    """

    def complete(_: click.Context, __: click.Parameter, incomplete: str) -> Any:
        return [value for value in values if value.startswith(incomplete)]

    return click.Option(
        [name],
        metavar=metavar,
        type=kind,
        default=default,
        show_default=shown,
        help=MEANINGS[name],
        shell_complete=complete,
    )


def flag(name: str) -> click.Option:
    """An option without a value."""
    return click.Option([name], is_flag=True, help=MEANINGS[name])


def leaving_flag(name: str, action: Callable[[click.Context], None]) -> click.Option:
    """An option that does `action` and nothing else, whatever other options say."""

    def act(context: click.Context, _: click.Parameter, asked: bool) -> None:
        if asked and not context.resilient_parsing:
            action(context)
            context.exit()

    return click.Option(
        [name], is_flag=True, is_eager=True, expose_value=False, callback=act, help=MEANINGS[name]
    )


def show_version(_: click.Context) -> None:
    """Print which moonwalk this is."""
    from importlib.metadata import version

    click.echo(f"moonwalk {version('moonwalk')}")


def show_help(context: click.Context) -> None:
    """Print the help text."""
    click.echo(context.get_help())


def training_config(values: Mapping[str, Any]) -> "TrainingConfig":
    """What `values` say about the run; ConfigError if that is not allowed."""
    from engine.config.training_config import TrainingConfig

    fields = {field: values[field] for field in TrainingConfig.__struct_fields__}
    if fields["initialization"] is None:
        # the article's rule hardly learns from any start but the article's
        fields["initialization"] = "article" if fields["rule"] == "article" else "he"
    return TrainingConfig(**fields)


def dashboard_options(values: Mapping[str, Any], *, ascii_only: bool) -> DashboardOptions:
    """What `values` say about how it is shown."""
    usual = FPS_OVER_SSH if os.environ.get("SSH_CONNECTION") else FPS_HERE
    return DashboardOptions(
        pace=values.get("pace") or AS_FAST_AS_IT_GOES,
        fps=usual if values["fps"] is None else values["fps"],
        ascii_only=ascii_only,
        mouse=not values["no_mouse"],
        theme=values["theme"],
        stats=values["stats"],
        watches=values.get("watch", False),
    )
