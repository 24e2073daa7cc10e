"""What a target is taken for: classes or a regression."""

import io

import numpy as np
import pytest

from engine.data.csv_file import read_table
from engine.data.csv_target import Target, decide_target
from engine.errors import ConfigError


def decide(cells: str, problem: str = "auto") -> Target:
    """What becomes of a target `t` of `cells`, separated by spaces."""
    rows = "".join(f"{row},{cell}\n" for row, cell in enumerate(cells.split()))
    return decide_target(read_table(io.BytesIO(f"a,t\n{rows}".encode()), "f.csv"), problem)


ELEVEN = "0 1 2 3 4 5 6 7 8 9 10"


@pytest.mark.parametrize(
    ("cells", "problem", "y", "classes"),
    [
        ("b a b a", "auto", [1, 0, 1, 0], ("a", "b")),
        ("b a B a", "classification", [2, 1, 0, 1], ("B", "a", "b")),
        ("1 0 1.0 0", "auto", [1, 0, 1, 0], ("0", "1")),
        ("10 9 -1 9", "auto", [2, 1, 0, 1], ("-1", "9", "10")),
        ("0 1 2 3 4 5 6 7 8 9", "auto", list(range(10)), tuple("0123456789")),
        ("1 2.5 1 2.5", "classification", [0, 1, 0, 1], ("1", "2.5")),
        ("1e20 -0.0 0 0", "auto", [1, 0, 0, 0], ("0", "1e+20")),
    ],
)
def test_given_few_values_when_decided_then_they_are_classes_in_their_order(
    cells: str, problem: str, y: list[float], classes: tuple[str, ...]
) -> None:
    target = decide(cells, problem)
    assert (target.problem, target.y.tolist(), target.classes) == ("classification", y, classes)
    assert target.y.dtype == np.float64


@pytest.mark.parametrize(
    ("cells", "problem"),
    [(ELEVEN, "auto"), ("1 2.5 1 2.5", "auto"), ("0 1 0 1", "regression"), (ELEVEN, "regression")],
)
def test_given_numbers_of_other_kinds_when_decided_then_they_are_a_regression(
    cells: str, problem: str
) -> None:
    target = decide(cells, problem)
    expected = [float(cell) for cell in cells.split()]
    assert (target.problem, target.y.tolist(), target.classes) == ("regression", expected, ())


@pytest.mark.parametrize(
    ("cells", "problem", "message"),
    [
        ("3 3 3 3", "auto", "target: 't' is 3 in every row"),
        ("2.5 2.5 2.5 2.5", "regression", "target: 't' is 2.5 in every row"),
        ("x x x x", "auto", "target: 't' is 'x' in every row"),
        (
            ELEVEN,
            "classification",
            "target: 't' has 11 different values; there can be 2 to 10 classes",
        ),
        (
            "a b c d e f g h i j k",
            "auto",
            "target: 't' has 11 different values; there can be 2 to 10 classes",
        ),
        ("a b a b", "regression", "problem: a regression needs numbers, and 't' is text"),
    ],
)
def test_given_a_target_that_does_not_fit_when_decided_then_one_line_says_so(
    cells: str, problem: str, message: str
) -> None:
    with pytest.raises(ConfigError) as caught:
        decide(cells, problem)
    assert str(caught.value) == message


def test_given_a_target_when_written_to_then_it_refuses() -> None:
    for cells in ("a b a b", "0 1 0 1", ELEVEN):
        with pytest.raises(ValueError, match="read-only"):
            decide(cells).y[0] = 5.0
