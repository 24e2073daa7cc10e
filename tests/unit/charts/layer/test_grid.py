"""What the cells of the layer inspector hold, the marks on them, and the words on its frame."""

import msgspec
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.config.edits import NO_EDITS, Place
from engine.messages.layer_view import LayerView
from engine.messages.view import Window
from tui.charts.layer.cells import with_mark
from tui.charts.layer.draw import draw_layer
from tui.charts.layer.frame import layer_foot, layer_head, layer_title
from tui.charts.layer.grid import Cursor, figure_rows, fit_grid
from tui.charts.layer.values import Shown, cells_of
from tui.drawing.glyphs import ASCII, UNICODE
from tui.drawing.look import Look
from tui.drawing.palette import Palette
from tui.drawing.pens import UNDERLINE
from tui.drawing.picture import Picture
from tui.themes import NIGHT

COLORED, TEXTURED = (Palette.from_variables(NIGHT.variables, textured=t) for t in (False, True))

WEIGHTS = np.array([[0.5, -1.0, 0.25], [0.0, 0.125, -0.03]])
GRADIENTS = np.array([[0.0012, -0.0345, 0.0], [0.0001, 0.002, -0.009]])
CHANGES = np.array([[0.001, -0.002, 0.0], [3e-9, 0.0, -0.1]])
UNIT = [("x 1e-2", TEXTURED.text)]


def layer(columns: int = 3, **fields: object) -> LayerView:
    made = LayerView(
        window=Window(0, 0, 2, 0, columns), num_nodes=2, num_inputs=2, activation="relu",
        parameters=WEIGHTS[:, :columns], gradient=GRADIENTS[:, :columns], largest=1.0, mean=0.0,
        std=0.0, least=0.0, greatest=0.0, gradient_norm=0.0, idle_nodes=0, idle_word="dead",
        last_change=CHANGES[:, :columns],
    )  # fmt: skip
    return msgspec.structs.replace(made, **fields)


def drawn(
    view: LayerView, *, columns: int = 40, palette: Palette = TEXTURED, cursor: Cursor = Cursor(),  # noqa: B008 # it is frozen
    shown: Shown = Shown.WEIGHTS, moved: bool = False, unicode: bool = False,
) -> Picture:  # fmt: skip
    glyphs = UNICODE if unicode else ASCII
    return draw_layer(view, cursor, 7, columns, palette, glyphs=glyphs, shown=shown, moved=moved)


def rows_of(picture: Picture) -> list[str]:
    return [line.rstrip() for line in picture.lines()[1:3]]


@pytest.mark.parametrize(
    ("shown", "exponent", "values"),
    [
        (Shown.WEIGHTS, 0, WEIGHTS),
        (Shown.GRADIENTS, -2, GRADIENTS * 100),
        (Shown.CHANGES, 0, CHANGES),
    ],
)
def test_given_small_values_when_shown_then_they_have_the_unit_of_the_greatest(
    shown: Shown, exponent: int, values: np.ndarray
) -> None:
    cells = cells_of(layer(), shown)
    assert cells is not None
    assert cells.exponent == exponent
    assert cells.values == pytest.approx(values)


@given(st.lists(st.floats(-1e300, 1e300), min_size=1, max_size=6))
def test_given_any_gradients_when_shown_then_each_has_at_most_one_digit_before_the_point(
    values: list[float],
) -> None:
    cells = cells_of(layer(gradient=np.array([values])), Shown.GRADIENTS)
    assert cells is not None
    assert np.abs(cells.values).max() <= 10.0
    assert cells.largest > 0.0


def test_given_the_grid_when_turned_then_it_shows_one_after_the_other() -> None:
    assert [shown.next for shown in Shown] == [Shown.GRADIENTS, Shown.CHANGES, Shown.WEIGHTS]


def test_given_gradients_when_drawn_then_they_stand_in_the_cells_with_two_decimals() -> None:
    assert rows_of(drawn(layer(), shown=Shown.GRADIENTS)) == [
        "node 1 [ +0.12]   -3.45    +0.00",
        "node 2    +0.01   +0.20    -0.90",
    ]


def test_given_no_update_yet_when_changes_are_shown_then_that_is_said() -> None:
    lines = drawn(layer(last_change=None), shown=Shown.CHANGES).lines()
    assert lines[0].rstrip() == "no update has been made yet"


# ---- marks


@pytest.mark.parametrize(
    ("unicode", "rows"),
    [
        (False, ["node 1 [^+0.50]  v-1.00    +0.25", "node 2   ^+0.00   +0.12   v-0.03"]),
        (True, ["node 1 [▴+0.50]  ▾-1.00    +0.25", "node 2   ▴+0.00   +0.12   ▾-0.03"]),
    ],
)
def test_given_a_step_when_marked_then_moved_cells_say_which_way_and_no_number_moves(
    unicode: bool, rows: list[str]
) -> None:
    before, after = (drawn(layer(), moved=moved, unicode=unicode) for moved in (False, True))
    assert rows_of(after) == rows
    without = [line.translate(str.maketrans("^v▴▾", "    ")) for line in rows]
    assert rows_of(before) == without


@pytest.mark.parametrize(
    ("columns", "rows"),
    [
        (19, ["[+0.5]v-1.00  +0.25", "^+0.00 +0.12 v-0.03"]),
        (16, ["1 [+4] v-8   +2", "2  ^+0  +1  v-0"]),
        (13, ["1 ^+4v-8  +2", "2 ^+0 +1 v-0"]),
        (8, ["+4-8 +2", "+0+1 -0"]),
    ],
)
def test_given_narrow_cells_when_marked_then_there_is_a_mark_wherever_one_fits(
    columns: int, rows: list[str]
) -> None:
    assert rows_of(drawn(layer(), columns=columns, moved=True)) == rows


def test_given_patches_of_colour_when_marked_then_the_mark_is_in_the_patch() -> None:
    rows = rows_of(drawn(layer(), columns=13, palette=COLORED, moved=True, cursor=Cursor(0, 1, 1)))
    assert rows == ["1   ^  v", "2   ^[ ]   v"]


def test_given_frozen_parameters_when_drawn_then_they_are_marked_without_colour() -> None:
    """Given that also the last update moved others, and that there is no room for a mark."""
    frozen = [[True, False, False], [False, True, True]]
    assert rows_of(drawn(layer(frozen=frozen), moved=True)) == [
        "node 1 [#+0.50]  v-1.00    +0.25",
        "node 2   ^+0.00  #+0.12   #-0.03",
    ]
    narrow = drawn(layer(frozen=frozen), columns=8, cursor=Cursor(0, 0, 2))
    assert (narrow.pens[1:3, :7] & UNDERLINE != 0).tolist() == [
        [True, True, False, False, False, False, False],
        [False, False, True, True, False, True, True],
    ]
    assert rows_of(narrow)[1] == "+0+1 -0"


@given(st.sampled_from(["   +0.50", "[ +0.50]", "[+0.5]", " +8", "+8", "  ", "[]", "[ ]", ""]))
def test_given_any_cell_when_marked_then_only_a_blank_is_replaced(text: str) -> None:
    marked, has_room = with_mark(text, "^")
    assert len(marked) == len(text)
    assert has_room == ("^" in marked)
    assert all(
        new == old or (old, new) == (" ", "^") for old, new in zip(text, marked, strict=True)
    )


@pytest.mark.parametrize(
    ("columns", "row"),
    [(40, " off 2    +0.00   +0.12    -0.03"), (16, "2  off[+1]   -0"), (8, "of+1 -0")],
)
def test_given_a_node_that_is_off_when_drawn_then_its_row_says_so(columns: int, row: str) -> None:
    picture = drawn(
        layer(off=[1]), columns=columns, cursor=Cursor(0, 1, 1) if columns == 16 else Cursor()
    )
    assert rows_of(picture)[1] == row


# ---- the rows that there are


@pytest.mark.parametrize(
    ("rows", "nodes", "figures"),
    [(3, 16, 0), (5, 16, 1), (8, 16, 3), (10, 16, 4), (22, 16, 5), (34, 16, 8), (10, 3, 6), (22, 300, 5)],
)  # fmt: skip
def test_given_a_pane_when_its_rows_are_shared_then_nodes_have_what_the_figures_do_not_need(
    rows: int, nodes: int, figures: int
) -> None:
    assert figure_rows(rows, nodes) == figures
    assert fit_grid(Cursor(), (nodes, 3), rows, 38).window.nodes <= max(rows - figures, 1)


# ---- the frame


def test_given_what_is_shown_when_titled_then_it_is_said_in_the_room_there_is() -> None:
    assert layer_title(0, 3, Shown.WEIGHTS, 27) == "Layer 1 of 3"
    assert layer_title(0, 3, Shown.GRADIENTS, 40) == "Layer 1 of 3: gradients"
    assert layer_title(0, 3, Shown.CHANGES, 27) == "Layer 1: last change"


def test_given_a_unit_when_there_is_room_then_it_is_above_and_else_below() -> None:
    look = Look(TEXTURED, ASCII)
    size = ("2x2 relu", TEXTURED.faint)
    wide = layer_head(layer(), (2, 3), Shown.GRADIENTS, 40, look)
    assert wide == [UNIT, [("  " + size[0], size[1])]]
    assert layer_head(layer(), (2, 3), Shown.GRADIENTS, 27, look) == [[size]]
    assert layer_head(layer(), (2, 3), Shown.WEIGHTS, 40, look) == [[size]]
    foot = layer_foot("x 1e-2", Cursor(), (2, 3), NO_EDITS, "6 of 16 nodes", TEXTURED)
    assert foot == [UNIT, [("  6 of 16 nodes", TEXTURED.faint)]]


@pytest.mark.parametrize(
    ("scope", "cursor", "words"),
    [
        ("nothing", Cursor(0, 1, 2), []),
        ("parameter", Cursor(0, 1, 2), ["bias frozen"]),
        ("parameter", Cursor(0, 1, 1), []),
        ("node", Cursor(0, 1, 1), ["node frozen"]),
        ("layer", Cursor(0, 0, 1), ["layer frozen"]),
        ("layer", Cursor(1, 0, 1), []),
    ],
)
def test_given_frozen_parameters_when_the_cursor_is_on_one_then_the_lower_edge_says_how_much(
    scope: str, cursor: Cursor, words: list[str]
) -> None:
    edits = NO_EDITS.with_scope(Place(0, 1, 2), scope)  # type: ignore[arg-type] # one of these
    foot = layer_foot("", cursor, (2, 3), edits, "", TEXTURED)
    assert [text for figure in foot for text, _ in figure] == words


def test_given_a_node_that_is_off_when_the_cursor_is_on_it_then_the_lower_edge_says_so() -> None:
    edits = NO_EDITS.with_node(0, 1, on=False).with_scope(Place(0, 1, 0), "parameter")
    foot = layer_foot("", Cursor(0, 1, 0), (2, 3), edits, "", TEXTURED)
    assert [text for figure in foot for text, _ in figure] == ["weight frozen", "  node off"]


def test_given_keys_when_they_are_named_then_they_stand_last_each_before_what_it_does() -> None:
    keys = (("v", "turn"), ("0", "off"))
    alone = layer_foot("", Cursor(), (2, 3), NO_EDITS, "", TEXTURED, keys)
    assert "".join(text for text, _ in alone[-1]) == "v turn  0 off"
    foot = layer_foot("", Cursor(), (2, 3), NO_EDITS, "6 of 16 nodes", TEXTURED, keys)
    assert len(foot) == 2
    assert foot[1][1:3] == [("v", TEXTURED.key), (" turn  ", TEXTURED.faint)]
