"""The crosshair of the loss chart, and what is said of the step under it."""

from dataclasses import replace

import msgspec
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.messages.snapshot import Ghost, LossCurves
from helpers.loss_charts import PALETTE, chart_of, draw
from tui.charts.loss.chart import LossChart
from tui.charts.loss.draw import draw_loss, legend
from tui.charts.loss.reading import reading_at, reading_words
from tui.drawing.frame import width_of
from tui.drawing.glyphs import ASCII, UNICODE, Glyphs
from tui.drawing.number_format import fixed
from tui.drawing.palette import Palette

TEXTURED = replace(PALETTE, textured=True)

CHART = LossChart(
    curves=LossCurves(
        train_steps=np.array([0.0, 100, 200, 300]),
        train_low=np.array([0.5, 0.25, 0.125, 0.0625]),
        train_high=np.array([0.75, 0.5, 0.25, 0.0625]),
        test_steps=np.array([0.0, 50, 250]),
        test_low=np.array([0.8, 0.6, 0.3]),
        test_high=np.array([0.8, 0.6, 0.35]),
        epochs=np.array([0.0, 10, 20, 30]),
        alphas=np.array([0.25, 0.25, 0.125, 0.0625]),
    ),
    step=360,
    total_steps=20_000,
    train_loss=0.06,
    test_loss=0.29,
    alpha_changes=[],
    logarithmic=False,
    epochs=36.0,
    alpha=0.25,
    alpha_now=0.03125,
)

BEFORE = Ghost(msgspec.structs.replace(CHART.curves), 350, 0.5)


@pytest.mark.parametrize(
    ("step", "epochs", "train", "test_step", "test", "alpha"),
    [
        (0, 0.0, (0.5, 0.75), 0, (0.8, 0.8), 0.25),
        (40, 4.0, (0.5, 0.75), 50, (0.6, 0.6), 0.25),
        (199, 19.9, (0.25, 0.5), 250, (0.3, 0.35), 0.25),
        (200, 20.0, (0.125, 0.25), 250, (0.3, 0.35), 0.125),
        (304, 30.4, (0.0625, 0.0625), 250, (0.3, 0.35), 0.0625),
        (305, 30.5, (0.0625, 0.0625), 360, (0.29, 0.29), 0.0625),
        (360, 36.0, (0.06, 0.06), 360, (0.29, 0.29), 0.03125),
    ],
)
def test_given_a_step_when_read_then_it_is_what_was_there(
    step: int,
    epochs: float,
    train: tuple[float, float],
    test_step: int,
    test: tuple[float, float],
    alpha: float,
) -> None:
    """The test loss is that measured nearest to it; the present one counts."""
    at = reading_at(CHART, step)

    assert (at.step, at.train, at.test_step, at.test) == (step, train, test_step, test)
    assert (at.epochs, at.alpha, at.ghost) == (pytest.approx(epochs), alpha, None)


@pytest.mark.parametrize(
    ("step", "loss"), [(99, (0.5, 0.75)), (349, (0.0625, 0.0625)), (350, None)]
)
def test_given_a_course_before_when_read_then_its_loss_at_that_step_is_there(
    step: int, loss: tuple[float, float] | None
) -> None:
    assert reading_at(replace(CHART, ghost=BEFORE), step).ghost == loss


def test_given_a_run_that_has_not_begun_when_read_then_it_is_what_is_known() -> None:
    empty = LossCurves(*[np.empty(0)] * 6)
    at = reading_at(replace(CHART, curves=empty, step=0, epochs=0.0), 0)
    assert (at.train, at.test, at.epochs, at.alpha) == ((0.06, 0.06), (0.29, 0.29), 0.0, 0.03125)


def said(
    chart: LossChart, step: int, room: int, palette: Palette = PALETTE, glyphs: Glyphs = UNICODE
) -> str:
    def number(loss: float) -> str:
        return fixed(loss, 6, 4)

    words = reading_words(chart, step, room, number, palette, legend(palette, glyphs))
    while width_of(words) > room:  # as a frame does
        words = words[:-1]
    return "".join(text for figure in words for text, _ in figure)


@pytest.mark.parametrize(
    ("room", "words"),
    [
        (
            120,
            "step    199   train 0.2500-0.5000   test 0.3000-0.3500 at 250      alpha 0.25      epoch 19.9"
            "   before 0.5000",
        ),
        (
            100,
            "step    199   train 0.2500-0.5000   test 0.3000-0.3500 at 250      alpha 0.25      epoch 19.9",
        ),
        (90, "step    199   train 0.5000   test 0.3500 at 250      alpha 0.25      epoch 19.9"),
        (75, "step    199   train 0.5000   test 0.3500 at 250      alpha 0.25    "),
        (60, "step    199   train 0.5000   test 0.3500 at 250   "),
        (40, "   199 0.5000 0.3500 at 250   "),
        (24, "   199 0.5000 0.3500"),
        (10, "   199"),
        (5, ""),
    ],
)
def test_given_less_room_when_said_then_what_matters_most_stays(room: int, words: str) -> None:
    assert said(replace(CHART, ghost=BEFORE), 199, room) == words


@pytest.mark.parametrize(
    ("palette", "glyphs", "words"),
    [
        (TEXTURED, UNICODE, "   300 ⠒ 0.0625 + 0.3500 at 250   "),
        (TEXTURED, ASCII, "   300 * 0.0625 + 0.3500 at 250   "),
        (PALETTE, ASCII, "   300 * 0.0625 + 0.3500 at 250   "),
    ],
)
def test_given_no_colours_when_said_in_short_then_marks_tell_the_losses_apart(
    palette: Palette, glyphs: Glyphs, words: str
) -> None:
    assert said(CHART, 300, 40, palette, glyphs) == words


@given(st.integers(0, 360), st.integers(0, 360), st.integers(0, 130), st.booleans())
def test_given_any_two_steps_when_said_then_nothing_moves(
    one: int, other: int, room: int, has_ghost: bool
) -> None:
    """As many columns, and every word at the same place."""
    chart = replace(CHART, ghost=BEFORE if has_ghost else None)
    first, second = said(chart, one, room), said(chart, other, room)
    assert len(first) == len(second) <= max(room, 0)
    for word in ("step", "train", "test", "alpha", "epoch", "before"):
        assert first.find(word) == second.find(word)


@pytest.mark.parametrize(("glyphs", "line"), [(UNICODE, "│"), (ASCII, "|")])
@pytest.mark.parametrize("step", [0, 7, 20])
def test_given_a_crosshair_when_drawn_then_it_is_a_line_that_hides_no_loss(
    glyphs: Glyphs, line: str, step: int
) -> None:
    chart = chart_of([0.9 * 0.8**k for k in range(20)], test_losses=[0.5] * 8, changes=[(7, 0.1)])
    plain = draw(replace(chart, alpha_changes=[]), 10, 60, glyphs)
    drawn = draw_loss(replace(chart, crosshair=step), 10, 60, PALETTE, glyphs)

    column = 7 + round(step / 20 * 52)
    here, before = drawn.picture.chars[:8, column], plain.chars[:8, column]
    assert set(here[before == " "].tolist()) == {line}
    assert (here[before != " "] == before[before != " "]).all()
    assert drawn.scale is not None
    assert drawn.scale.column_of(step) == column


def test_given_a_crosshair_beyond_the_axis_when_drawn_then_there_is_none() -> None:
    chart = chart_of([0.5] * 20)
    assert draw(replace(chart, crosshair=21)).lines() == draw(chart).lines()


@given(st.integers(0, 5_000), st.integers(20, 200))
def test_given_any_column_when_its_step_is_looked_up_then_it_lies_in_that_column(
    step: int, columns: int
) -> None:
    """Where there are fewer steps than columns, in the nearest one that has a step."""
    scale = draw_loss(chart_of([0.5], steps_a_point=step or 1), 8, columns, PALETTE, UNICODE).scale
    assert scale is not None
    for column in range(scale.left, scale.right):
        found = scale.column_of(scale.step_at(column))
        steps_a_column = scale.x.high / max(scale.right - scale.left - 1, 1)
        assert abs(found - column) <= (0 if steps_a_column >= 1 else 0.5 / steps_a_column + 1)
