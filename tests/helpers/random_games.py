"""Games for the dashboard: all that a person may press, type, click, wait for and drag."""

from dataclasses import dataclass

from hypothesis import strategies as st

from engine.config.training_config import TrainingConfig
from helpers.apps import NARROW, WIDE

MOST_ACTIONS = 50

STEERING = (
    *("space", "full_stop", "up", "down", "plus", "minus", "equals_sign", "f", "r", "n", "u"),
    *("less_than_sign", "greater_than_sign", "comma"),
)
LOOKING = (
    *("left_square_bracket", "right_square_bracket", "l", "m", "tab", "shift+tab", "left", "right"),
    *("escape", "escape", "escape", "c", "b", "enter", "g", "t", "v", "i", "home", "end"),
)
EDITING = ("p", "0", "1", "7", "x", "N", "W", "delete", "backspace", "shift+left", "c", "g")
"""What these do depends on the focused pane, and on what is done in it."""
OPENING = ("a", "e", "question_mark", "ctrl+p", "s", "ctrl+c", "y", "E", "w")
UNBOUND = (
    *("z", "Q", "D", "R", "pageup", "pagedown", "f1", "f5", "f12"),
    *("ctrl+a", "ctrl+l", "ctrl+x", "ctrl+right", "alt+a", "insert"),
    *("é", "α", "漢", "exclamation_mark", "slash", "backslash"),
)
CHARACTERS = {"space": " ", "full_stop": ".", "plus": "+", "minus": "-", "comma": ","}
"""Of those keys that a prompt could take; a character is its own."""

KEYS = st.sampled_from(STEERING * 5 + LOOKING * 3 + EDITING * 3 + OPENING + UNBOUND)
ALPHAS = st.sampled_from(
    [
        *("0.25", "3", "50", "1e6", "1e300", "1e-300", "5e-324", ".1", "0.123456789", "1_0"),
        *(
            "",
            "0",
            "-1",
            "nan",
            "inf",
            "1e999",
            "viel",
            "0x1p3",
            "1.",
            "٣",
            "1 2",
            "[b]1[/b]",
            "\\",
        ),
    ]
)


@dataclass(frozen=True)
class Press:
    """Keys, one after the other: quicker than the dashboard answers, if there are several."""

    keys: tuple[str, ...]


@dataclass(frozen=True)
class Rush:
    """Keys that come all at once, as over a slow line."""

    keys: tuple[str, ...]


@dataclass(frozen=True)
class Tick:
    frames: int


@dataclass(frozen=True)
class Click:
    """At a share of the terminal's width and height."""

    across: float
    down: float


@dataclass(frozen=True)
class Resize:
    columns: int
    rows: int


@dataclass(frozen=True)
class Wait:
    """For what Textual does by the clock, such as filling its palette."""

    seconds: float


Action = Press | Rush | Tick | Click | Resize | Wait


def typed(text: str, end: str) -> Press:
    """An alpha, typed in place of what the prompt holds."""
    return Press(("a", "ctrl+u", *text, end))


SIZES = st.one_of(
    st.builds(Resize, st.integers(1, 250), st.integers(1, 80)),
    st.builds(Resize, st.integers(55, 125), st.integers(15, 42)),
    st.sampled_from([Resize(*WIDE), Resize(*NARROW), Resize(60, 18), Resize(1, 1)]),
)
SHARES = st.integers(0, 99).map(lambda hundredths: hundredths / 100)
ONE_KEY = KEYS.map(lambda key: Press((key,)))
TICKS = st.builds(Tick, st.integers(1, 5))
MANY_KEYS = st.lists(KEYS, min_size=2, max_size=30).map(tuple)
VERY_MANY_KEYS = st.lists(KEYS, min_size=20, max_size=120).map(tuple)
BURSTS = st.one_of(st.builds(Press, MANY_KEYS), st.builds(Rush, VERY_MANY_KEYS))
CLICKS = st.builds(Click, SHARES, st.one_of(SHARES, st.just(1.0)))
PROMPTS = st.builds(typed, ALPHAS, st.sampled_from(["enter", "enter", "escape"]))
ACTIONS = st.one_of(*[ONE_KEY] * 3, *[TICKS] * 3, *[BURSTS] * 5, PROMPTS, CLICKS, SIZES)

CONFIGS = st.builds(
    TrainingConfig,
    steps=st.integers(60, 400),
    alpha=st.sampled_from([0.25, 50.0, 1e6]),
    layers=st.lists(st.integers(1, 6), min_size=1, max_size=3).map(tuple),
    samples=st.integers(26, 40),  # fewer, and some seed leaves a class out of the test points
    seed=st.integers(0, 3),
    rule=st.sampled_from(["exact", "article"]),
)


@st.composite
def games(draw: st.DrawFn) -> list[Action]:
    """Long ones, that shrink to short ones: lists of Hypothesis are either short, or stay long."""
    return [draw(ACTIONS) for _ in range(draw(st.integers(0, MOST_ACTIONS)))]
