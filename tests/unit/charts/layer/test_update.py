"""The next update of one parameter as it is written out and drawn."""

import msgspec
import numpy as np
import pytest

from engine.config.training_config import TrainingConfig
from engine.messages.layer_view import LayerView, UpdateView
from engine.messages.run_state import State
from engine.messages.view import Window
from tui.charts.layer.names import NO_NAMES, LayerNames
from tui.charts.layer.update import Part, draw_update, parts_shown
from tui.charts.layer.update_words import UpdateContext
from tui.drawing.glyphs import ASCII, UNICODE, Glyphs
from tui.drawing.palette import Palette
from tui.drawing.picture import Picture
from tui.themes import NIGHT

COLORED, TEXTURED = (Palette.from_variables(NIGHT.variables, textured=t) for t in (False, True))

PLAIN = UpdateView(0, 0, 0.1257, 0.0512, 0.25, 0.0512, 0.1129)
BIAS = 2
"""The input that is the bias of the layer below."""


def layer_with(update: UpdateView, off: tuple[int, ...] = ()) -> LayerView:
    return LayerView(
        window=Window(0, 0, 1, 0, 3), num_nodes=4, num_inputs=2, activation="relu",
        parameters=np.zeros((1, 3)), gradient=np.zeros((1, 3)), largest=1.0, mean=0.0, std=0.0,
        least=0.0, greatest=0.0, gradient_norm=0.0, idle_nodes=0, idle_word="dead", off=list(off),
        update=update,
    )  # fmt: skip


def drawn(
    update: UpdateView, rows: int, columns: int, *, state: State = State.RUNNING,
    names: LayerNames = NO_NAMES, glyphs: Glyphs = ASCII, axis: float = 0.2,
    off: tuple[int, ...] = (), **settings: object,
) -> list[str]:  # fmt: skip
    config = TrainingConfig(**settings)  # type: ignore[arg-type] # given by name
    parts = parts_shown(rows, columns, config)
    picture = Picture.blank(len(parts), columns, TEXTURED.base)
    context = UpdateContext(config, state, axis)
    layer = layer_with(update, off)
    draw_update(picture, parts, layer, update, context, TEXTURED, glyphs, names)
    return [line.rstrip() for line in picture.lines()]


def changed(**fields: object) -> UpdateView:
    return msgspec.structs.replace(PLAIN, **fields)


def test_given_room_when_an_update_is_drawn_then_it_is_written_out_drawn_and_explained() -> None:
    assert drawn(PLAIN, 4, 38) == [
        "in 1 to node 1    w - alpha x gradient",
        "+0.1257 - 0.25 x +0.0512 = +0.1129",
        "-0.2 -------------0------<*------ +0.2",
        "more w means more loss: w goes down",
    ]


def test_given_unicode_when_an_update_is_drawn_then_it_has_lines_and_arrow_heads() -> None:
    assert drawn(changed(alpha=1.0, updated=0.0745), 4, 38, glyphs=UNICODE)[1:3] == [
        "+0.1257 - 1 × +0.0512 = +0.0745",
        "-0.2 ─────────────0────◂━━*────── +0.2",
    ]


def test_given_little_room_when_an_update_is_drawn_then_the_step_stays_longest() -> None:
    everything = drawn(PLAIN, 6, 25)
    assert everything == [
        "1>1  w - alpha x gradient",
        "+0.1257 - 0.25 x +0.0512",
        "= +0.1129",
        "-0.2 -------0--<*--- +0.2",
        "w goes down: less loss",
    ]
    assert drawn(PLAIN, 3, 25) == [everything[0], everything[1], everything[3]]
    assert drawn(PLAIN, 2, 25) == everything[:2]
    assert drawn(PLAIN, 2, 38) == drawn(PLAIN, 4, 38)[:2]


def test_given_a_bias_and_names_when_an_update_is_drawn_then_it_says_what_they_are() -> None:
    names = LayerNames(("height", "width"), ("yes",))
    assert drawn(PLAIN, 2, 38, names=names)[0] == "height to yes     w - alpha x gradient"
    bias = drawn(changed(input=BIAS, gradient=-0.0512, direction=-0.0512, updated=0.1385), 4, 38)
    assert bias[0] == "bias to node 1    b - alpha x gradient"
    assert bias[3] == "more b means less loss: b goes up"


@pytest.mark.parametrize(
    ("settings", "parts", "direction", "lines"),
    [
        (
            {"momentum": 0.9},
            [("gradient", 0.0512), ("momentum", 0.2)],
            0.2512,
            [
                "in 1 to node 1    w - alpha x momentum",
                "+0.1257 - 0.25 x +0.2512 = +0.0629",
                "gradient +0.0512  momentum +0.2000",
            ],
        ),
        (
            {"l2": 0.01},
            [("gradient", 0.0512), ("l2 w", 0.0013)],
            0.0525,
            [
                "1>1      w - alpha x (gradient + l2 w)",
                "+0.1257 - 0.25 x +0.0525 = +0.1126",
                "gradient +0.0512  l2 w +0.0013",
            ],
        ),
        (
            {"optimizer": "adam"},
            [("mean m", 0.01), ("root v", 0.05)],
            0.2,
            [
                "in 1 to node 1  w - alpha x m / root v",
                "+0.1257 - 0.25 x +0.2000 = +0.0757",
                "mean m +0.0100  root v +0.0500",
            ],
        ),
        (
            {"optimizer": "adamw", "l2": 0.1},
            [("mean m", 0.01), ("root v", 0.05), ("l2 w", 0.0126)],
            0.2126,
            [
                "1>1    w - alpha x (m / root v + l2 w)",
                "+0.1257 - 0.25 x +0.2126 = +0.0726",
                "m +0.0100 root v +0.0500 l2 w +0.0126",
            ],
        ),
        (
            {"optimizer": "rmsprop"},
            [("gradient", 0.0512), ("root v", 0.05)],
            1.024,
            [
                "1>1      w - alpha x gradient / root v",
                "+0.1257 - 0.25 x +1.0240 = -0.1303",
                "gradient +0.0512  root v +0.0500",
            ],
        ),
        (
            {"l1": 0.01},
            [("l1", 0.0025)],
            0.0512,
            [
                "1>1      w - alpha x gradient, then l1",
                "+0.1257 - 0.25 x +0.0512 = +0.1129",
                "then l1 +0.0025",
            ],
        ),
    ],
)
def test_given_an_optimizer_or_a_penalty_when_an_update_is_drawn_then_the_true_terms_are_named(
    settings: dict[str, object],
    parts: list[tuple[str, float]],
    direction: float,
    lines: list[str],
) -> None:
    updated = 0.1257 - 0.25 * direction - dict(parts).get("l1", 0.0)
    found = drawn(changed(direction=direction, updated=updated, parts=parts), 5, 38, **settings)
    assert [found[0], found[1], found[3]] == lines


def test_given_l1_when_there_is_room_then_what_it_takes_is_in_the_step() -> None:
    update = changed(updated=0.1104, parts=[("l1", 0.0025)])
    assert drawn(update, 5, 60, l1=0.01)[1] == "+0.1257 - 0.25 x +0.0512 - l1 +0.0025 = +0.1104"
    assert drawn(update, 5, 25, l1=0.01)[2] == "- l1 +0.0025 = +0.1104"


@pytest.mark.parametrize(
    ("fields", "settings", "told"),
    [
        ({"gradient": 1.0}, {}, "gradient clipped to 1: w goes down"),
        ({"gradient": 0.0, "updated": 0.1257}, {}, "w does not change the loss: it stays"),
        ({"updated": 0.1257}, {}, "too small a step to change w"),
        (
            {"updated": 0.2, "parts": [("gradient", 0.0512), ("momentum", -0.5)]},
            {"momentum": 0.9},
            "momentum rolls on: w goes up",
        ),
        (
            {"updated": 0.2, "parts": [("mean m", -0.1), ("root v", 0.1)]},
            {"optimizer": "adam"},
            "the mean m leads: w goes up",
        ),
        (
            {"gradient": -0.001, "parts": [("gradient", -0.001), ("l2 w", 0.05)]},
            {"l2": 0.1},
            "l2 pulls it in: w goes down",
        ),
        (
            {"value": 0.0, "updated": 0.0, "parts": [("l1", 0.01)]},
            {"l1": 0.1},
            "l1 holds w where it is",
        ),
    ],
)
def test_given_a_step_when_it_is_explained_then_what_decides_it_is_named(
    fields: dict[str, object], settings: dict[str, object], told: str
) -> None:
    assert drawn(changed(**fields), 5, 38, **settings)[-1] == told


def test_given_a_wide_pane_when_momentum_wins_then_the_whole_reason_is_told() -> None:
    update = changed(updated=0.2, parts=[("gradient", 0.0512), ("momentum", -0.5)])
    told = "more w means more loss, but momentum rolls on: w goes up"
    assert drawn(update, 5, 60, momentum=0.9)[-1] == told


@pytest.mark.parametrize(
    ("fields", "more", "told"),
    [
        ({"frozen": "parameter"}, {}, "weight frozen"),
        ({"frozen": "parameter", "input": BIAS}, {}, "bias frozen"),
        ({"frozen": "node"}, {}, "node frozen"),
        ({"frozen": "layer"}, {}, "layer frozen"),
        ({}, {"off": (0,)}, "node off: it learns nothing"),
        ({}, {"state": State.DIVERGED}, "diverged: no next update"),
        ({"updated": float("nan")}, {}, "no number comes out of it"),
    ],
)
def test_given_no_update_to_come_when_drawn_then_that_is_said_in_place_of_the_arrow(
    fields: dict[str, object], more: dict[str, object], told: str
) -> None:
    lines = drawn(changed(**fields), 4, 38, **more)  # type: ignore[arg-type] # given by name
    assert lines[1:3] == ["+0.1257 stays", told]


def test_given_a_schedule_when_alpha_changes_then_its_length_does_not() -> None:
    found = [
        drawn(changed(alpha=alpha), 2, 38, schedule="cosine")[1] for alpha in (0.25, 0.2, 0.1234)
    ]
    assert [line[:16] for line in found] == [
        "+0.1257 - 0.250 ",
        "+0.1257 - 0.200 ",
        "+0.1257 - 0.123 ",
    ]


# ---- the arrow


def test_given_rows_when_parts_are_chosen_then_the_least_important_go_first() -> None:
    plain, rich = TrainingConfig(), TrainingConfig(momentum=0.9)
    every = [Part.NAME, Part.STEP, Part.ARROW, Part.TERMS, Part.SENTENCE]
    assert parts_shown(8, 38, rich) == every
    assert parts_shown(4, 38, rich) == every[:4]
    assert parts_shown(8, 38, plain) == [*every[:3], Part.SENTENCE]
    assert parts_shown(1, 38, plain) == [Part.STEP]
