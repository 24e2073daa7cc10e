"""What is typed finds choices by key, name and word, the best first."""

import pytest

from tui.charts.choices import Choice
from tui.screens.choice_search import found

CHOICES = [
    Choice("pause", "Pause the training, or go on", ("space",), ("stop", "run")),
    Choice("alpha up", "Learn faster", ("up", "+"), ("rate",)),
    Choice("full speed", "As fast as it goes", ("f",), ("maximum", "run")),
    Choice("quit", "End the run", ("q",), ("exit", "stop")),
]


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("", ["pause", "alpha up", "full speed", "quit"]),
        ("  ", ["pause", "alpha up", "full speed", "quit"]),
        ("q", ["quit"]),
        ("+", ["alpha up"]),
        ("up", ["alpha up"]),
        ("f", ["full speed", "alpha up"]),
        ("ALPHA", ["alpha up"]),
        ("exit", ["quit"]),
        ("stop", ["pause", "quit"]),
        ("speed full", ["full speed"]),
        ("pause the training, or go on", ["pause"]),
        ("run go", ["pause", "full speed"]),
        ("lph", ["alpha up"]),
        ("fsp", ["full speed"]),
        ("zebra", []),
        ("quit zebra", []),
    ],
)
def test_given_words_when_typed_then_they_find_these(typed: str, names: list[str]) -> None:
    assert [CHOICES[place].name for place in found(typed, CHOICES)] == names
