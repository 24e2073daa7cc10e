"""The set-up sheet as it is drawn, and what a click meets."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.messages.view import View
from helpers.snapshots import TWO
from tui.charts.setup.sheet import (
    Hit,
    Part,
    SheetPicture,
    SheetRow,
    Typed,
    draw_sheet,
    hit,
    rows_shown,
)
from tui.charts.setup.thumbnails import Grid, draw_thumbnails, fit_grid, thumbnail_at
from tui.drawing.glyphs import ASCII, UNICODE
from tui.drawing.palette import PRINTED

SECTIONS = (("Data", "Data"), ("Network", "Net"), ("Training", "Train"))
ROWS = (
    SheetRow("alpha", "0.25", mark="live", turns=True),
    SheetRow("layer 1", "16", beside="tanh", mark="live", turns=True),
    SheetRow("data", "/a/long/way/to/a/file.csv", mark="anew"),
)


def sheet(**changes: object) -> SheetPicture:
    values: dict[str, object] = {
        "sections": SECTIONS,
        "section": 1,
        "rows": ROWS,
        "selected": 0,
        "help": "How far an update goes down the gradient. Too small learns slowly.",
        "effect": "changes live",
    }
    return SheetPicture(**(values | changes))  # type: ignore[arg-type] # of any of its fields


def drawn(rows: int, columns: int, **changes: object) -> list[str]:
    picture = draw_sheet(sheet(**changes), rows, columns, PRINTED, ASCII)
    return [line.rstrip() for line in picture.lines()]


LOW = [
    " Data  Network  Training",
    "> alpha          < 0.25 >          live",
    "  layer 1          16     tanh     live",
    "  data             ../a/file.csv   anew",
    "",
    " How far an update goes down the",
    " gradient. Too small learns slowly.",
    " changes live",
]


def test_given_a_low_sheet_when_drawn_then_it_is_this() -> None:
    assert drawn(8, 40) == LOW


def test_given_a_tall_sheet_when_drawn_then_list_and_explanation_stand_apart() -> None:
    lines = drawn(18, 40)
    assert lines[:5] == [LOW[0], "", *LOW[1:4]]
    assert lines[11] == " " + "-" * 38
    assert lines[12:17] == [*LOW[5:7], "", "", LOW[7]]


def test_given_what_is_typed_when_drawn_then_it_takes_the_place_of_the_value() -> None:
    lines = drawn(8, 40, selected=1, typed=Typed("8:tanh", 2))
    assert lines[1:3] == ["  alpha            0.25            live", "> layer 1          8:tanh"]


def test_given_a_long_text_when_typed_then_its_cursor_is_seen() -> None:
    lines = drawn(8, 40, typed=Typed("a" * 30 + "end", 33))
    assert lines[1].endswith("aend")


def test_given_a_problem_when_drawn_then_all_of_it_is_read() -> None:
    problem = "alpha: 0.0 is not a number above 0, up to 1e+300"
    for rows, above in ((8, " How far an update goes down the .."), (18, "")):
        lines = drawn(rows, 40, effect=problem, problem=True)
        assert lines[-3:] == [above, " alpha: 0.0 is not a number above 0, up", " to 1e+300"]
    assert drawn(8, 40, effect=problem)[-1] == " alpha: 0.0 is not a number above 0 .."


def test_given_many_rows_when_one_is_selected_then_it_is_seen_and_the_rest_counted() -> None:
    many = sheet(rows=tuple(SheetRow(f"row {number}") for number in range(20)), selected=19)
    lines = draw_sheet(many, 8, 40, PRINTED, ASCII).lines()
    assert lines[4].startswith("> row 19")
    assert rows_shown(many, 8) == "17 to 20 of 20"
    assert rows_shown(sheet(), 8) == ""


@given(st.integers(0, 40), st.integers(0, 90), st.integers(0, 2), st.booleans())
def test_given_any_size_when_drawn_then_it_fits(
    rows: int, columns: int, selected: int, types: bool
) -> None:
    typed = Typed("12", 1) if types else None
    picture = draw_sheet(sheet(selected=selected, typed=typed), rows, columns, PRINTED, ASCII)
    assert picture.chars.shape == (rows, columns)
    assert all(line.isascii() for line in picture.lines())


@pytest.mark.parametrize(
    ("row", "column", "met"),
    [
        (0, 1, Hit(section=0)),
        (0, 8, Hit(section=1)),
        (0, 30, Hit()),
        (1, 2, Hit(row=0)),
        (1, 17, Hit(row=0, part=Part.BEFORE)),
        (1, 20, Hit(row=0, part=Part.VALUE)),
        (1, 24, Hit(row=0, part=Part.AFTER)),
        (2, 26, Hit(row=1, part=Part.BESIDE)),
        (2, 30, Hit(row=1)),
        (3, 20, Hit(row=2, part=Part.VALUE)),
        (3, 17, Hit(row=2)),
        (4, 2, Hit()),
    ],
)
def test_given_a_place_when_clicked_then_this_was_met(row: int, column: int, met: Hit) -> None:
    assert hit(sheet(), 8, 40, row, column) == met


# thumbnails


@pytest.mark.parametrize(
    ("rows", "columns", "grid"),
    [(15, 52, Grid(9, 4, 3)), (40, 82, Grid(15, 7, 3)), (8, 52, None), (15, 40, None)],
)
def test_given_room_when_thumbnails_are_laid_out_then_they_are_as_large_as_fits(
    rows: int, columns: int, grid: Grid | None
) -> None:
    assert fit_grid(13, rows, columns) == grid


def test_given_points_when_thumbnails_are_drawn_then_names_stand_above_and_one_is_marked() -> None:
    points = {"moons": TWO.snapshot(View()).points, "xor": None}
    picture = draw_thumbnails(["moons", "xor"], points, "xor", Grid(9, 2, 1), 52, PRINTED, UNICODE)
    lines = picture.lines()
    assert lines[0].rstrip() == " moons    >xor"
    assert set(lines[1][1:10]) <= set("ox ")
    assert lines[1].strip()
    assert not (picture.chars[1:, 11:] != " ").any()
    assert not np.array_equal(picture.pens[0, :8], picture.pens[0, 10:14])


@pytest.mark.parametrize(
    ("row", "column", "place"), [(0, 1, 0), (4, 12, 1), (5, 1, 5), (14, 25, 12), (14, 35, None), (15, 1, None)]
)  # fmt: skip
def test_given_a_place_when_a_thumbnail_is_clicked_then_it_is_that_one(
    row: int, column: int, place: int | None
) -> None:
    assert thumbnail_at(13, Grid(9, 4, 3), row, column) == place
