"""Where panes lie: a law for every size, and the places at the sizes that people have."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.geometry import Region

from tui.widgets.arrangement import EVERY, Wanted, arrangement, reachable

ROWS = (("loss",), ("real", "predicted", "network", "layer", "figures"))

WANTED = st.builds(
    Wanted,
    maximized=st.sampled_from([None, *sorted(EVERY)]),
    network=st.sampled_from([None, False, True]),
    called=st.sampled_from([None, *sorted(EVERY), "nothing"]),
)


@given(st.integers(10, 300), st.integers(10, 100), WANTED)
def test_given_any_room_when_arranged_then_panes_fill_it_and_none_covers_another(
    columns: int, height: int, wanted: Wanted
) -> None:
    places = arrangement(ROWS, columns, height, wanted)
    assert sum(place.area for place in places.values()) == columns * height
    room = Region(0, 0, columns, height)
    assert all(place in room for place in places.values())
    assert not any(a.overlaps(b) for a, b in combinations(places.values(), 2))


@given(st.integers(10, 300), st.integers(10, 100), WANTED)
def test_given_any_room_when_tabbed_then_every_pane_that_is_seen_is_reached(
    columns: int, height: int, wanted: Wanted
) -> None:
    order = reachable(ROWS, columns, height, wanted)
    assert set(arrangement(ROWS, columns, height, wanted)) <= set(order)
    assert len(order) == len(set(order))
    if columns < 100 and wanted.maximized is None:
        assert set(order) == EVERY


@given(st.integers(60, 99), st.integers(13, 80), st.sampled_from(sorted(EVERY)))
def test_given_a_narrow_room_when_a_pane_is_called_for_then_it_is_seen(
    columns: int, height: int, name: str
) -> None:
    assert name in arrangement(ROWS, columns, height, Wanted(called=name))


@pytest.mark.parametrize(
    ("size", "wanted", "expected"),
    [
        (
            (80, 20),
            Wanted(),
            {"loss": (40, 0, 40, 10), "predicted": (0, 0, 40, 20), "figures": (40, 10, 40, 10)},
        ),
        (
            (120, 36),
            Wanted(),
            {
                "loss": (0, 0, 120, 12),
                "real": (0, 12, 40, 24),
                "predicted": (40, 12, 40, 24),
                "layer": (80, 12, 40, 24),
            },
        ),
        (
            (120, 36),
            Wanted(network=True),
            {
                "loss": (0, 0, 120, 12),
                "predicted": (0, 12, 40, 24),
                "network": (40, 12, 40, 24),
                "layer": (80, 12, 40, 24),
            },
        ),
        (
            (200, 56),
            Wanted(),
            {
                "loss": (0, 0, 66, 18),
                "real": (0, 18, 66, 19),
                "predicted": (0, 37, 66, 19),
                "network": (66, 0, 134, 30),
                "layer": (66, 30, 134, 26),
            },
        ),
        (
            (200, 56),
            Wanted(network=False),
            {
                "loss": (0, 0, 200, 20),
                "real": (0, 20, 66, 36),
                "predicted": (66, 20, 67, 36),
                "layer": (133, 20, 67, 36),
            },
        ),
        ((120, 36), Wanted(maximized="real"), {"real": (0, 0, 120, 36)}),
    ],
)
def test_given_a_usual_size_when_arranged_then_panes_lie_here(
    size: tuple[int, int], wanted: Wanted, expected: dict[str, tuple[int, int, int, int]]
) -> None:
    assert {k: tuple(v) for k, v in arrangement(ROWS, *size, wanted).items()} == expected
