"""In which order cells are sent where not all can be."""

from itertools import islice

from hypothesis import given
from hypothesis import strategies as st

from tui.terminal.paint_order import Area, Importance, PaintOrder, Piece

COLUMNS, ROWS = 10, 4

AREAS = st.builds(
    Area, st.integers(-1, ROWS), st.integers(-1, COLUMNS), st.integers(0, 6), st.integers(0, 12)
)
IMPORTANCE = st.builds(
    Importance, st.lists(AREAS, max_size=3).map(tuple), st.lists(AREAS, max_size=3).map(tuple)
)


@given(IMPORTANCE)
def test_given_any_areas_then_every_cell_is_in_one_piece(importance: Importance) -> None:
    order = PaintOrder(COLUMNS, ROWS, importance)

    cells = [
        (piece.row, column)
        for piece in [*order.lines, *order.pictures()]
        for column in range(piece.start, piece.stop)
    ]

    assert sorted(cells) == [(row, column) for row in range(ROWS) for column in range(COLUMNS)]


def test_given_lines_and_pictures_then_what_is_in_neither_comes_between_them() -> None:
    status, picture = Area(2, 0, 3, COLUMNS), Area(0, 1, 2, 9)
    order = PaintOrder(COLUMNS, ROWS, Importance((status,), (picture,)))

    assert order.lines == [
        Piece(2, 0, 10),
        *(Piece(0, 0, 1), Piece(0, 9, 10)),
        *(Piece(1, 0, 1), Piece(1, 9, 10)),
        Piece(3, 0, 10),
    ]
    assert list(order.pictures()) == [Piece(0, 1, 9), Piece(1, 1, 9)]


def test_given_areas_that_overlap_then_the_first_has_the_cells_of_both() -> None:
    toast, status, picture = Area(1, 5, 2, 10), Area(1, 0, 2, 10), Area(0, 0, 2, 10)
    order = PaintOrder(COLUMNS, 2, Importance((toast, status), (picture,)))

    assert order.lines == [Piece(1, 5, 10), Piece(1, 0, 5)]
    assert list(order.pictures()) == [Piece(0, 0, 10)]


def test_given_pictures_when_a_turn_is_cut_short_then_the_next_goes_on_there() -> None:
    order = PaintOrder(COLUMNS, ROWS, Importance((), (Area(0, 0, 4, 10),)))

    assert [piece.row for piece in islice(order.pictures(), 3)] == [0, 1, 2]
    assert order.turns == 0
    assert [piece.row for piece in islice(order.pictures(), 3)] == [3, 0, 1]
    assert order.turns == 1


def test_given_pictures_in_turns_when_it_restarts_then_the_first_is_next() -> None:
    order = PaintOrder(COLUMNS, ROWS, Importance((), (Area(0, 0, 4, 10),)))
    list(islice(order.pictures(), 3))

    order.restart()

    assert next(order.pictures()).row == 0
