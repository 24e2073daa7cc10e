"""The course before, faint behind the present one."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.messages.snapshot import Ghost
from helpers.loss_charts import PALETTE, chart_of, draw
from helpers.trainings import as_many
from tui.charts.loss.chart import LossChart
from tui.charts.loss.draw import draw_loss
from tui.drawing.glyphs import ASCII, UNICODE, Glyphs
from tui.drawing.palette import Palette

TEXTURED = replace(PALETTE, textured=True)


def with_ghost(chart: LossChart, losses: list[float], steps_a_point: int = 1) -> LossChart:
    before = chart_of(losses, steps_a_point=steps_a_point)
    return replace(chart, ghost=Ghost(before.curves, before.step, 0.25))


FALLING = with_ghost(chart_of([1.0, 0.5, 0.25, 0.0]), [1.0, 0.75, 0.5, 0.25, 0.25, 0.25])


@pytest.mark.parametrize(
    ("palette", "glyphs", "lines"),
    [
        (
            PALETTE,
            UNICODE,
            [
                "   1.0┤⠑⢄⣀                    ",
                "      │  ⠑⢄⠒⠤⣀                ",
                "   0.5┤    ⠑⢄ ⠉⠒⠢⢄⣀           ",
                "      │      ⠉⠒⠤⣀  ⠑⠢⢄⡀       ",
                "      │          ⠉⠒⢄⡀ ⠈⠑⠒⠒⠒⠒⠒⠒",
                "   0.0┤             ⠈⠑⠢⢄⣀⣀⣀⣀⣀⣀",
            ],
        ),
        (
            TEXTURED,
            UNICODE,
            [
                "   1.0┤⠑⢄                     ",
                "      │ ·⠑⢄···                ",
                "   0.5┤    ⠑⢄ ·····           ",
                "      │      ⠉⠒⠤⣀  ···        ",
                "      │          ⠉⠒⢄⡀ ········",
                "   0.0┤             ⠈⠑⠢⢄⣀⣀⣀⣀⣀⣀",
            ],
        ),
        (
            PALETTE,
            ASCII,
            [
                "   1.0+*                      ",
                "      | ***...                ",
                "   0.5+    ***.....           ",
                "      |       **   ...        ",
                "      |         ***   ........",
                "   0.0+            ***********",
            ],
        ),
    ],
)
def test_given_a_course_before_when_drawn_then_it_lies_behind_the_present_one(
    palette: Palette, glyphs: Glyphs, lines: list[str]
) -> None:
    """Given one that was twice as slow and twice as long, then it is cut off where the steps end."""
    picture = draw_loss(FALLING, 8, 30, palette, glyphs).picture

    assert picture.lines()[:6] == lines
    ghost = picture.pens == palette.ghost
    train = picture.pens == palette.accent
    plain = draw_loss(replace(FALLING, ghost=None), 8, 30, palette, glyphs).picture
    assert ghost.any()
    assert (picture.chars[train] == plain.chars[train]).all()
    assert (train == (plain.pens == palette.accent)).all()


@pytest.mark.parametrize("logarithmic", [False, True])
def test_given_a_course_that_learned_faster_when_drawn_then_there_is_room_for_it(
    logarithmic: bool,
) -> None:
    """Given losses a half as large, then it is nowhere at the edge of the chart."""
    chart = with_ghost(chart_of([0.9] * 20, logarithmic=logarithmic), [0.4] * 20)
    down = np.nonzero(draw(chart, 12, 60).pens == PALETTE.ghost)[0]
    assert set(down.tolist()) <= set(range(1, 9))
    assert down.size > 40


@pytest.mark.parametrize("logarithmic", [False, True])
def test_given_a_course_that_diverged_when_drawn_then_the_present_one_keeps_its_scale(
    logarithmic: bool,
) -> None:
    """Given losses a billion times as large, then no more than a few times its own range is shown."""
    chart = with_ghost(chart_of([0.9] * 20, logarithmic=logarithmic), [0.9, 1e9] * 10)
    labels = [line[:6].strip() for line in draw(chart, 12, 60).lines()]
    assert max(float(label) for label in labels if label) <= 10.0


def test_given_a_course_shorter_than_the_present_when_drawn_then_it_ends_there() -> None:
    chart = with_ghost(chart_of([0.9] * 20), [0.2] * 10)
    across = np.nonzero(draw(chart, 12, 67).pens == PALETTE.ghost)[1]
    assert (across.min(), across.max()) == (7, 7 + round(59 * 9 / 20))


losses = st.lists(
    st.floats(0, 100) | st.sampled_from([np.inf, np.nan, 1e300]), min_size=1, max_size=30
)


@as_many(60)
@given(
    losses, losses, st.sampled_from([1, 3, 50]), st.booleans(), st.sampled_from([UNICODE, ASCII])
)
def test_given_any_course_before_when_drawn_then_it_changes_no_cell_of_the_losses(
    now: list[float], before: list[float], length: int, logarithmic: bool, glyphs: Glyphs
) -> None:
    """On axes that have room for both, every cell of the present losses is as it is without it."""
    chart = with_ghost(chart_of(now, test_losses=now[:5], logarithmic=logarithmic), before, length)
    losses = (PALETTE.accent, PALETTE.test, PALETTE.both_losses)
    seen, plain = draw(chart, glyphs=glyphs), draw(replace(chart, ghost=None), glyphs=glyphs)
    if [line[:7] for line in seen.lines()] != [line[:7] for line in plain.lines()]:
        return  # another scale
    there = np.isin(plain.pens, losses)
    assert (np.isin(seen.pens, losses) == there).all()
    assert (seen.chars[there] == plain.chars[there]).all()
