"""The loss chart: what is seen of long runs, and where marks stand."""

import math
from dataclasses import replace

import msgspec
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.messages.snapshot import LossCurves
from engine.training.history import LossHistory
from helpers.loss_charts import PALETTE, chart_of, draw
from tui.charts.loss.chart import LossChart
from tui.charts.loss.draw import MIN_COLUMNS, MIN_ROWS, Legend, draw_loss, legend
from tui.drawing.glyphs import ASCII, UNICODE, Glyphs
from tui.drawing.palette import Palette
from tui.drawing.picture import Picture

TEXTURED = replace(PALETTE, textured=True)
EMPTY = np.empty(0)

untimed = settings(deadline=None, max_examples=80, suppress_health_check=[HealthCheck.too_slow])


FALLING = [0.9 * 0.8**k for k in range(20)]


def test_given_a_linear_scale_when_drawn_then_the_chart_is_this() -> None:
    assert draw(chart_of([1.0, 0.5, 0.25, 0.0]), 8, 30).lines() == [
        "   1.0┤⠑⢄                     ",
        "      │  ⠑⢄                   ",
        "   0.5┤    ⠑⢄                 ",
        "      │      ⠉⠒⠤⣀             ",
        "      │          ⠉⠒⢄⡀         ",
        "   0.0┤             ⠈⠑⠢⢄⣀⣀⣀⣀⣀⣀",
        "      └┬──────────┬──────────┬",
        "       0          2          4",
    ]


@pytest.mark.parametrize("logarithmic", [False, True])
def test_given_one_spike_in_100000_steps_when_drawn_then_it_is_seen(logarithmic: bool) -> None:
    """Given one bad step among 100,000, then dots rise at its column only."""
    steps, spike = 100_000, 43_210
    losses = np.full(steps, 0.01)
    losses[spike] = 30.0
    history = LossHistory()
    history.append(losses)
    train = history.reduced(140)
    chart = LossChart(
        curves=LossCurves(train.steps, train.low, train.high, *np.array([[0.0], [0.01], [0.01]])),
        step=steps,
        total_steps=steps,
        train_loss=0.01,
        test_loss=0.01,
        alpha_changes=[],
        logarithmic=logarithmic,
    )
    lines = draw(chart, 10, 80).lines()
    canvas = [line[7:] for line in lines[:8]]
    column = int(spike / steps * len(canvas[0]))
    for line in canvas[1:-1]:
        marks = [place for place, char in enumerate(line) if char != " "]
        assert marks
        assert all(abs(mark - column) <= 1 for mark in marks)


def pens_of(picture: Picture, row: int) -> str:
    """A row of the canvas: `r` where the training loss is, `e` the test loss, `b` both."""
    names = {PALETTE.accent: "r", PALETTE.test: "e", PALETTE.both_losses: "b"}
    return "".join(names.get(pen, ".") for pen in picture.pens[row, 7:].tolist())


def test_given_both_losses_when_drawn_then_the_test_loss_is_points_where_it_was_measured() -> None:
    """Given eight test losses above the training loss, then eight points, and the present one."""
    picture = draw(chart_of([0.1] * 8, test_losses=[0.9] * 8))
    assert pens_of(picture, 0) == "e...e...e...e...e...e...e...e...e"
    assert picture.lines()[0] == "   1.0┤⣀   ⣀   ⣀   ⣀   ⣀   ⣀   ⣀   ⣀   ⣀"
    assert pens_of(picture, 6) == "r" * 33


def test_given_points_on_the_line_when_drawn_then_neither_hides_the_other() -> None:
    """Given the same loss of both, then every cell of the line in which a point lies says so."""
    apart = draw(chart_of([0.9] * 8, test_losses=[0.9] * 8))
    assert pens_of(apart, 0) == "brrrbrrrbrrrbrrrbrrrbrrrbrrrbrrrb"
    everywhere = draw(chart_of([0.9] * 64, test_losses=[0.9] * 64))
    assert pens_of(everywhere, 0) == "b" * 33


@pytest.mark.parametrize(
    ("palette", "glyphs", "line"),
    [
        (TEXTURED, UNICODE, "#⠉⠉⠉#⠉⠉⠉#⠉⠉⠉#⠉⠉⠉#⠉⠉⠉#⠉⠉⠉#⠉⠉⠉#⠉⠉⠉#"),
        (TEXTURED, ASCII, "#***#***#***#***#***#***#***#***#"),
        (PALETTE, ASCII, "#***#***#***#***#***#***#***#***#"),
    ],
)
def test_given_points_on_the_line_when_colour_does_not_tell_then_a_mark_of_their_own_does(
    palette: Palette, glyphs: Glyphs, line: str
) -> None:
    chart = chart_of([1.0] * 8, test_losses=[1.0] * 8)
    assert draw_loss(chart, 9, 40, palette, glyphs).picture.lines()[0][7:] == line


@pytest.mark.parametrize(("logarithmic", "rows"), [(False, [6, 0]), (True, [5, 1])])
def test_given_a_jump_since_the_last_measurement_when_drawn_then_the_present_loss_is_a_point(
    logarithmic: bool, rows: list[int]
) -> None:
    """Given a test loss of 0.6 at step 0 and 6.2 at step 7, then both are there and nothing between."""
    losses = [0.7, 6.2, 6.0, 5.8, 6.1, 6.0, 6.1]
    chart = replace(chart_of(losses, test_losses=[0.6], logarithmic=logarithmic), test_loss=6.2)
    down, across = np.nonzero(np.isin(draw(chart).pens, [PALETTE.test, PALETTE.both_losses]))
    assert sorted(zip(across.tolist(), down.tolist(), strict=True)) == [(7, rows[0]), (39, rows[1])]


def test_given_several_measurements_in_one_place_when_drawn_then_the_greatest_is_seen() -> None:
    """Given a point of losses from 0.1 to 0.9, then both ends are drawn."""
    chart = chart_of([0.5] * 8)
    step, low, high = np.array([[4.0], [0.1], [0.9]])
    curves = msgspec.structs.replace(chart.curves, test_steps=step, test_low=low, test_high=high)
    picture = draw(replace(chart, curves=curves, test_loss=0.5))
    assert np.flatnonzero(picture.pens[:, 23] == PALETTE.test).tolist() == [0, 6]


def test_given_two_losses_when_the_legend_is_written_then_it_says_what_colour_does_not() -> None:
    """Given marks of different characters, then the legend has each; of the same, nothing."""
    assert legend(PALETTE, UNICODE) == Legend("", "", "", "")
    assert legend(PALETTE, ASCII) == Legend("* ", "+ ", "# ", ". ")
    assert legend(TEXTURED, UNICODE) == Legend("⠒ ", "+ ", "# ", "· ")
    assert legend(TEXTURED, ASCII) == Legend("* ", "+ ", "# ", ". ")


def test_given_a_logarithmic_scale_when_drawn_then_it_has_decades() -> None:
    """Given losses that fall by ten each time, then they fall by as many rows each time."""
    chart = chart_of([1.0, 0.1, 0.01, 0.001], logarithmic=True)
    lines = draw(chart, 12, 40).lines()
    assert [line[:6].strip() for line in lines if line[6] == "┤"] == ["1", "0.1", "0.01", "0.001"]


def test_given_losses_too_small_for_the_scale_when_drawn_then_they_lie_at_its_foot() -> None:
    """Given a loss of 0 on a logarithmic scale, then it is drawn at the lowest decade."""
    lines = draw(chart_of([1.0, 0.0], logarithmic=True), 12, 40).lines()
    assert lines[9].startswith("  1e-8┤")
    assert lines[9][-1] != " "


MARKED = [(10, 0.5), (100, 1.0), (150, 0.001)]


@pytest.mark.parametrize("logarithmic", [False, True])
@pytest.mark.parametrize(("glyphs", "mark"), [(UNICODE, "┊"), (ASCII, ":")])
def test_given_changes_of_alpha_when_drawn_then_marks_stand_at_their_steps(
    logarithmic: bool, glyphs: Glyphs, mark: str
) -> None:
    chart = chart_of([0.01] * 200, changes=MARKED, logarithmic=logarithmic)
    picture = draw(chart, 12, 80, glyphs)
    line = picture.lines()[3]
    marks = [place for place, char in enumerate(line) if char == mark]
    left = line.index("│" if glyphs is UNICODE else "|") + 1
    assert marks == [left + round(step / 200 * (80 - left - 1)) for step, _ in MARKED]
    assert (picture.pens[3, marks] == PALETTE.frame).all()


@pytest.mark.parametrize("glyphs", [UNICODE, ASCII])
def test_given_room_when_marks_are_drawn_then_they_are_labelled(glyphs: Glyphs) -> None:
    chart = chart_of([0.1] * 200, changes=MARKED, test_losses=[0.11])
    top = draw(replace(chart, step=190, total_steps=200), 12, 80, glyphs).lines()[0]
    mark = glyphs.mark
    assert f"{mark} alpha 0.5 " in top
    assert f"{mark} alpha 1 " in top
    assert f"{mark} alpha 0.001" in top


def test_given_room_for_one_label_when_marks_are_drawn_then_it_is_that_of_the_last_change() -> None:
    top = draw(chart_of([0.06] * 200, changes=[(100, 0.1), (102, 0.2), (104, 0.3)])).lines()[0]
    assert "alpha 0.3" in top
    assert "0.1" not in top
    assert "0.2" not in top


def test_given_changes_in_one_column_when_drawn_then_the_later_ones_mark_is_there() -> None:
    line = draw(chart_of([0.06] * 200, changes=[(100, 0.1), (100, 0.7)])).lines()[0]
    assert line.count("┊") == 1
    assert "alpha 0.7" in line


def test_given_a_mark_on_the_line_when_drawn_then_it_does_not_cover_it() -> None:
    chart = chart_of(FALLING, changes=[(k, 0.1) for k in range(20)])
    plain = draw(replace(chart, alpha_changes=[]))
    marked = draw(chart)
    line = plain.chars != " "
    assert (marked.chars[line] == plain.chars[line]).all()


@given(st.integers(1, 300), st.integers(1, 100), st.booleans(), st.sampled_from([UNICODE, ASCII]))
@untimed
def test_given_any_size_when_drawn_then_it_is_exact_and_in_fit_characters(
    columns: int, rows: int, logarithmic: bool, glyphs: Glyphs
) -> None:
    chart = chart_of(FALLING, test_losses=FALLING, changes=[(3, 0.5)], logarithmic=logarithmic)
    picture = draw(chart, rows, columns, glyphs)
    assert (picture.rows, picture.columns) == (rows, columns)
    drawn = any(line.strip() for line in picture.lines())
    assert drawn == (rows >= MIN_ROWS and columns >= MIN_COLUMNS)
    if glyphs.ascii_only:
        assert all(line.isascii() for line in picture.lines())


@pytest.mark.parametrize("size", [(1, 1), (3, 300), (100, 19), (4, 20), (100, 300)])
@pytest.mark.parametrize("logarithmic", [False, True])
@pytest.mark.parametrize("losses", [[], [0.7], [0.0], [math.inf, 0.1], [1e-300, 1e300]])
def test_given_odd_losses_when_drawn_at_any_size_then_there_is_a_chart(
    size: tuple[int, int], logarithmic: bool, losses: list[float]
) -> None:
    """Given no loss at all, one, none above 0, or some that no scale holds, then a chart."""
    picture = draw(chart_of(losses, logarithmic=logarithmic), *size)
    assert (picture.rows, picture.columns) == size
