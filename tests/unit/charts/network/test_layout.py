"""Where the parts of the network view lie: as much as there is room for, in every size."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tui.charts.network.layout import MapSize, Neuron, fit_network, within

SIX_OF_EIGHT = (2, 8, 8, 8, 8, 8, 8, 1)

untimed = settings(deadline=None, max_examples=200)

all_widths = st.lists(st.integers(1, 20), min_size=2, max_size=9)


@pytest.mark.parametrize(
    ("rows", "columns", "size", "gutter"),
    [(34, 118, MapSize(8, 4, 4), 7), (18, 78, MapSize(6, 2, 2), 4)],
    ids=["118x34", "78x18"],
)
def test_given_eight_columns_of_eight_when_fitted_then_all_are_seen(
    rows: int, columns: int, size: MapSize, gutter: int
) -> None:
    layout = fit_network(SIX_OF_EIGHT, Neuron(1, 0), rows, columns)

    assert (layout.size, layout.gutter, layout.beside) == (size, gutter, "strip")
    assert [len(layout.shown(index)) for index in range(8)] == list(SIX_OF_EIGHT)
    assert layout.part_seen(60) == ""


def test_given_a_small_network_when_fitted_then_its_pictures_are_large_and_one_is_very_large() -> (
    None
):
    layout = fit_network((2, 4, 2, 1), Neuron(1, 0), 34, 118)

    assert (layout.size, layout.beside) == (MapSize(14, 7, 8), "right")
    assert layout.large.size == (40, 20)


def test_given_the_usual_network_in_a_small_pane_when_fitted_then_three_columns_are_seen() -> None:
    layout = fit_network((2, 16, 16, 1), Neuron(2, 9), 22, 38)

    assert (layout.first_column, layout.first_nodes) == (1, (7, 7, 0))
    assert [list(layout.shown(index)) for index in range(3)] == [
        [7, 8, 9, 10],
        [7, 8, 9, 10],
        [0],
    ]
    assert layout.part_seen(60) == "columns 2-4 of 4, nodes 8-11 of 16"
    assert layout.part_seen(20) == "2-4/4, 8-11/16"
    assert layout.part_seen(5) == ""


def test_given_a_network_that_became_smaller_when_kept_within_then_the_nearest_is_chosen() -> None:
    assert within(Neuron(5, 7), (2, 3, 1)) == Neuron(2, 0)
    assert within(Neuron(1, 7), (2, 3, 1)) == Neuron(1, 2)
    assert within(Neuron(-1, -1), (2, 3, 1)) == Neuron(0, 0)


@given(data=st.data(), widths=all_widths, rows=st.integers(12, 56), columns=st.integers(58, 198))
@untimed
def test_given_any_network_and_room_when_fitted_then_the_chosen_is_seen_and_nothing_overlaps(
    data: st.DataObject, widths: list[int], rows: int, columns: int
) -> None:
    column = data.draw(st.integers(0, len(widths) - 1))
    chosen = Neuron(column, data.draw(st.integers(0, widths[column] - 1)))

    layout = fit_network(widths, chosen, rows, columns)

    index = chosen.column - layout.first_column
    assert chosen.node in layout.shown(index)
    for here in range(len(layout.first_nodes)):
        left = layout.left_of(here)
        assert layout.area.x < left
        assert left + layout.size.columns < layout.area.right
        for node in layout.shown(here):
            top = layout.top_of(here, node)
            assert layout.area.y + layout.headed <= top
            assert top + layout.size.slot <= layout.area.bottom
            assert layout.neuron_at(top, left) == Neuron(layout.first_column + here, node)
    assert not layout.area.intersection(layout.panel)
    assert layout.panel.contains_region(layout.large) or not layout.large
    assert layout.panel.right <= columns
    assert max(layout.panel.bottom, layout.area.bottom) <= rows
