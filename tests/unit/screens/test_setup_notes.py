"""What is said of a run's command line: what it does not bring."""

from typing import Any

import pytest

from engine.config.edits import Edits, Frozen
from helpers.snapshots import TWO
from tui.screens.setup_notes import notes_on, was_steered

NOW = "It begins with the settings as they are now."


def test_given_a_run_that_was_let_alone_when_its_line_is_shown_then_nothing_is_to_be_said() -> None:
    snapshot = TWO.snapshot(on_the_way=("extend",))

    assert notes_on(snapshot, piped=False) == []
    assert not was_steered(snapshot)


@pytest.mark.parametrize(
    ("changes", "note"),
    [
        ({"on_the_way": ("alpha",)}, f"Not in it: on the way, alpha was changed. {NOW}"),
        (
            {"on_the_way": ("parameter", "new-data", "alpha")},
            "Not in it: on the way, alpha was changed, the points were drawn anew and weights were"
            f" typed. {NOW}",
        ),
        (
            {"edits": Edits(off=((0, 1),), frozen=(Frozen(0),))},
            f"Not in it: on the way, nodes were switched off and parameters were frozen. {NOW}",
        ),
        (
            {"on_the_way": ("node", "freeze")},
            f"Not in it: on the way, nodes were switched off and parameters were frozen. {NOW}",
        ),
        (
            {"edited_points": 1},
            "Not in it: 1 point, added or removed by hand. w writes all points as they are into a"
            " file, which --data FILE learns.",
        ),
        (
            {"edited_points": 3, "on_the_way": ("add-point",)},
            "Not in it: 3 points, added or removed by hand. w writes all points as they are into a"
            " file, which --data FILE learns.",
        ),
        (
            {"on_the_way": ("remove-point",)},
            "Not in it: points, added or removed by hand. w writes all points as they are into a"
            " file, which --data FILE learns.",
        ),
    ],
)
def test_given_a_steered_run_when_its_line_is_shown_then_it_says_what_is_not_in_it(
    changes: dict[str, Any], note: str
) -> None:
    snapshot = TWO.snapshot(**changes)

    assert notes_on(snapshot, piped=False) == [note]
    assert was_steered(snapshot)


def test_given_data_from_a_pipe_when_the_line_is_shown_then_it_says_that_the_file_goes() -> None:
    snapshot = TWO.snapshot()

    assert notes_on(snapshot, piped=True) == [
        "The data came through a pipe. The file that they are kept in is deleted some day; w writes"
        " all points into one of your own, which --data FILE learns."
    ]
    assert not was_steered(snapshot)
