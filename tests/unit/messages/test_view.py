"""Views: what no terminal has room for is refused before anything is worked out for it."""

from collections.abc import Callable
from typing import Any

import pytest

from engine.messages.view import MOST_CELLS, NetworkRequest, View, Window

MANY = 2**62


@pytest.mark.parametrize(
    ("kind", "values"),
    [
        (View, {"series_points": MANY}),
        (View, {"field_rows": MANY}),
        (View, {"field_columns": MANY}),
        (View, {"field_rows": 600, "field_columns": 600}),
        (View, {"field_rows": -1, "field_columns": 5}),
        (NetworkRequest, {"rows": MANY, "columns": 0}),
        (NetworkRequest, {"rows": 0, "columns": MANY}),
        (NetworkRequest, {"rows": 3, "columns": 3, "large_rows": MANY}),
        (NetworkRequest, {"rows": 3, "columns": 3, "large_rows": 600, "large_columns": 600}),
        (NetworkRequest, {"rows": 100, "columns": 100, "first_nodes": (0,) * 9, "nodes": 3}),
        (NetworkRequest, {"rows": 0, "columns": 0, "first_nodes": (0, 0), "nodes": 4096}),
        (NetworkRequest, {"rows": 3, "columns": 3, "chosen": (0, -1)}),
        (Window, {"nodes": -1}),
    ],
)
def test_given_more_than_any_terminal_has_when_asked_for_then_it_is_refused(
    kind: Callable[..., Any], values: dict[str, Any]
) -> None:
    with pytest.raises(ValueError, match=r"than any terminal has|no negative size"):
        kind(**values)


def test_given_no_neurons_when_their_pictures_are_asked_for_then_the_chosen_one_counts() -> None:
    """It is worked out on a grid of the same size, where it is not asked for large."""
    with pytest.raises(ValueError, match="more neurons than any terminal"):
        NetworkRequest(600, 600, chosen=(1, 0))

    assert NetworkRequest(512, MOST_CELLS // 512).rows == 512
