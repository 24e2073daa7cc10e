"""Whatever a run sends, it can be drawn: in any size, with any number of classes, with NaN and infinity."""

from typing import Any

import msgspec
import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from engine.config.task import MAX_CLASSES, Task
from engine.messages.snapshot import Bounds, ClassField, Figures, Labels, ValueField
from helpers.snapshots import PROBLEMS, VALUES, Problem
from tui.charts.bars import draw_header, draw_status
from tui.charts.plane.cells import Side
from tui.charts.plane.class_counts import class_counts, class_legend
from tui.charts.plane.foot import points_foot
from tui.charts.plane.scatter import draw_predicted, draw_real
from tui.charts.plane.value_scale import ValueScale, legend_of
from tui.charts.plane.words import plane_words
from tui.charts.report.against_real import draw_against_real
from tui.charts.report.narrow_summary import draw_narrow_summary
from tui.charts.report.summary import draw_summary, summary_rows
from tui.drawing.glyphs import ASCII, UNICODE, Glyphs
from tui.drawing.palette import PRINTED, Palette
from tui.drawing.picture import Picture
from tui.headless.print_report import draw_report
from tui.themes import DAY, NIGHT

untimed = settings(deadline=None, suppress_health_check=list(HealthCheck))

palettes = st.sampled_from(
    [
        PRINTED,
        *(
            Palette.from_variables(theme.variables, textured=textured)
            for theme in (NIGHT, DAY)
            for textured in (False, True)
        ),
    ]
)
glyph_sets = st.sampled_from([UNICODE, ASCII])
sizes = st.tuples(st.integers(0, 12), st.integers(0, 40))
any_float = st.floats(width=64)
bounds = st.builds(Bounds, any_float, any_float, any_float, any_float)


@st.composite
def class_sides(draw: st.DrawFn) -> tuple[Side, Labels, ClassField]:
    """Points and a field of any number of classes and inputs."""
    classes, inputs = draw(st.integers(2, MAX_CLASSES)), draw(st.integers(1, 4))
    names = tuple(f"input {number}" for number in range(inputs))
    task = Task("classification", names, names, tuple(map(str, range(classes))))
    points = draw(st.integers(0, 8))
    numbers = st.integers(0, classes - 1)
    real, guesses = (draw(arrays.arrays(np.uint8, points, elements=numbers)) for _ in range(2))
    shape = (draw(st.integers(0, 9)), draw(st.integers(0, 9)))
    field = ClassField(
        draw(arrays.arrays(np.uint8, shape, elements=numbers)),
        draw(arrays.arrays(np.uint8, shape)),
    )
    x = draw(arrays.arrays(np.float64, (2, points), elements=any_float))
    nothing = np.empty(0)
    side = Side(x, Labels(real, nothing), draw(bounds), task, (0.0, 0.0))
    return side, Labels(guesses, nothing), field


@st.composite
def value_sides(draw: st.DrawFn) -> tuple[Side, Labels, ValueField]:
    """The same of values."""
    inputs = draw(st.integers(1, 4))
    names = tuple(f"input {number}" for number in range(inputs))
    points = draw(st.integers(0, 8))
    real, guesses = (draw(arrays.arrays(np.float64, points, elements=any_float)) for _ in range(2))
    rows = draw(st.integers(0, 1 if inputs == 1 else 9))
    values = arrays.arrays(
        np.float32, (rows, draw(st.integers(0, 9))), elements=st.floats(width=32)
    )
    x = draw(arrays.arrays(np.float64, (2, points), elements=any_float))
    nothing = np.empty(0, dtype=np.uint8)
    ends = draw(any_float), draw(any_float)
    task = Task("regression", names, names)
    side = Side(x, Labels(nothing, real), draw(bounds), task, ends)
    return side, Labels(nothing, guesses), ValueField(draw(values))


def check(picture: Picture, rows: int, columns: int, glyphs: Glyphs) -> None:
    assert (picture.rows, picture.columns) == (rows, columns)
    if glyphs.ascii_only:
        assert all(line.isascii() for line in picture.lines())


@given(class_sides() | value_sides(), sizes, palettes, glyph_sets)
@untimed
def test_given_any_points_and_field_when_drawn_then_the_picture_has_its_size(
    drawn: tuple[Side, Labels, Any], size: tuple[int, int], palette: Palette, glyphs: Glyphs
) -> None:
    side, guesses, field = drawn
    check(draw_real(side, *size, palette, glyphs), *size, glyphs)
    check(draw_predicted(side, guesses, field, *size, palette, glyphs), *size, glyphs)
    if side.task.is_regression:
        against = draw_against_real(side, guesses.values, *size, palette, glyphs)
        check(against, *size, glyphs)
        legend = legend_of(ValueScale.of_range(side.value_range), size[1], palette, glyphs)
        assert sum(len(text) for figure in legend for text, _ in figure) <= size[1]


problems = st.sampled_from(list(PROBLEMS.values()))


@st.composite
def any_figures(draw: st.DrawFn) -> Figures:
    magnitudes = st.floats(min_value=0.0) | st.just(float("nan"))
    return Figures(draw(magnitudes), rmse=draw(magnitudes), r2=draw(any_float))


@given(
    problems, st.integers(0, 140), palettes, glyph_sets, st.floats(0.0, 1e12), st.floats(1e-9, 1e9)
)
@untimed
def test_given_any_problem_when_the_lines_are_drawn_then_they_have_their_width(
    problem: Problem,
    columns: int,
    palette: Palette,
    glyphs: Glyphs,
    epochs: float,
    alpha_now: float,
) -> None:
    snapshot = problem.snapshot(epochs=epochs, alpha_now=alpha_now)
    check(draw_header(snapshot, columns, palette), 1, columns, ASCII)
    check(draw_status(snapshot, "", columns, palette, glyphs), 2, columns, glyphs)


@given(any_figures(), any_figures(), st.integers(60, 140))
@untimed
def test_given_any_figures_of_values_when_drawn_then_none_is_cut_or_lies_over_another(
    train: Figures, test: Figures, columns: int
) -> None:
    snapshot = VALUES.snapshot(train=train, test=test)
    line = draw_status(snapshot, "", columns, PRINTED, ASCII).lines()[1]
    words = line.split()
    assert words.index("train") < words.index("test")
    assert line.count("R2") == 2
    summary = draw_summary(VALUES.report(train=train, test=test), columns, PRINTED, ASCII).lines()
    assert all(len(row[:33].split()) == 4 for row in summary[4:6])


@given(problems, st.integers(0, 20), st.integers(0, 120), palettes, glyph_sets)
@untimed
def test_given_any_size_when_a_summary_is_drawn_then_it_has_it(
    problem: Problem, rows: int, columns: int, palette: Palette, glyphs: Glyphs
) -> None:
    report = problem.report()
    narrow = draw_narrow_summary(report, rows, columns, palette, glyphs)
    check(narrow, rows, columns, glyphs)
    wanted = summary_rows(report, columns, palette, glyphs)
    check(draw_summary(report, columns, palette, glyphs), wanted, columns, glyphs)


@given(problems, st.integers(60, 100), glyph_sets)
@settings(parent=untimed, max_examples=20)
def test_given_any_problem_when_its_report_is_drawn_then_it_has_its_width(
    problem: Problem, columns: int, glyphs: Glyphs
) -> None:
    picture = draw_report(problem.report(), columns, PRINTED, glyphs)
    check(picture, picture.rows, columns, glyphs)


@given(problems, st.integers(-5, 120), st.lists(st.text(max_size=20), min_size=2, max_size=2))
@untimed
def test_given_names_of_any_script_when_said_then_they_fit_the_room(
    problem: Problem, room: int, names: list[str]
) -> None:
    task = problem.task
    named = tuple(f"{names[0]}{number}" for number in range(len(task.classes)))
    points = msgspec.structs.replace(
        problem.points,
        task=msgspec.structs.replace(task, classes=named),
        plane=(names[0], names[1]),
    )
    for glyphs in (UNICODE, ASCII):
        assert len(plane_words(points, room, glyphs)) <= max(room, 0)
        points_foot(points, room, PRINTED, glyphs)
        if not task.is_regression:
            class_counts(points, room, PRINTED, glyphs)
            class_legend(points, room, PRINTED, glyphs)
