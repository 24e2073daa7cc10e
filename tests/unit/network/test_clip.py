"""Gradients are kept finite, with a bound and without one."""

import numpy as np
import pytest

from engine.network.gradients.clip import modest_squares, repair_gradient


@pytest.mark.parametrize(
    ("bound", "given", "left", "squares"),
    [
        (1.0, [0.5, -0.5], [0.5, -0.5], 0.5),
        (1.0, [3.0, -0.5], [1.0, -0.5], 1.25),
        (1.0, [np.nan, -np.inf], [0.0, -1.0], 1.0),
        (None, [3e100, -4.0], [3e100, -4.0], 9e200),
        (None, [np.nan, 2.0], [0.0, 2.0], 4.0),
        (None, [np.inf, 0.0], [1e150, 0.0], 1e300),
        (1e200, [-1e180, 0.0], [-1e150, 0.0], 1e300),
    ],
)
def test_given_a_gradient_when_repaired_then_it_and_its_square_are_finite(
    bound: float | None, given: list[float], left: list[float], squares: float
) -> None:
    gradient = np.array(given)
    with np.errstate(all="ignore"):
        assert repair_gradient(gradient, bound, clips=True) == pytest.approx(squares, rel=1e-15)
    assert gradient.tolist() == left


def test_given_squares_that_overflow_when_compared_then_they_are_not_modest() -> None:
    assert [np.inf <= modest_squares(bound) for bound in (None, 1.0, 1e300)] == [False] * 3
