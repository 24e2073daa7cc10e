"""The values that keys step through."""

from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.config.checks import FULL_SPEED, MAX_PACE
from engine.config.ladders import (
    ALPHA_DIGITS,
    GREATEST_ALPHA,
    LEAST_ALPHA,
    PACES,
    alpha_after,
    pace_after,
)

RUNGS = [
    *(float(f"{digits:g}e{power}") for power in range(-6, 6) for digits in ALPHA_DIGITS),
    GREATEST_ALPHA,
]
"""Every alpha that keys lead to, in order."""

between_rungs = st.sampled_from(list(pairwise(RUNGS))).flatmap(
    lambda pair: st.floats(*pair, exclude_min=True, exclude_max=True)
)

untimed = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


@pytest.mark.parametrize(
    ("alpha", "above", "below"),
    [
        (0.25, 0.3, 0.2),
        (1.0, 1.5, 0.8),
        (0.1, 0.15, 0.08),
        (8.0, 10.0, 6.0),
        (0.007, 0.008, 0.006),
        (0.26, 0.3, 0.25),
        (9.99, 10.0, 8.0),
        (1e-6, 1.5e-6, 1e-6),
        (1e6, 1e6, 8e5),
        (1e-9, 1.5e-9, 1e-9),
        (1e300, 1e300, 8e299),
    ],
)
def test_given_an_alpha_when_stepped_then_it_is_the_round_one_next_to_it(
    alpha: float, above: float, below: float
) -> None:
    """Given an alpha, then keys lead to the round one next to it; out of range only back in."""
    assert (alpha_after(alpha, 1), alpha_after(alpha, -1)) == (above, below)


@given(st.sampled_from(RUNGS[:-1]))
@untimed
def test_given_an_alpha_of_the_ladder_when_stepped_up_then_down_then_it_comes_back(
    rung: float,
) -> None:
    assert alpha_after(alpha_after(rung, 1), -1) == rung


@given(st.sampled_from(RUNGS[1:]))
@untimed
def test_given_an_alpha_of_the_ladder_when_stepped_down_then_up_then_it_comes_back(
    rung: float,
) -> None:
    assert alpha_after(alpha_after(rung, -1), 1) == rung


def test_given_the_least_alpha_when_stepped_up_then_every_rung_is_visited_and_the_top_stays() -> (
    None
):
    alpha, seen = LEAST_ALPHA, [LEAST_ALPHA]
    while (above := alpha_after(alpha, 1)) != alpha:
        seen.append(above)
        alpha = above
    assert seen == RUNGS


@given(between_rungs)
@untimed
def test_given_an_alpha_between_rungs_when_stepped_then_it_goes_to_its_neighbours(
    alpha: float,
) -> None:
    below = max(rung for rung in RUNGS if rung < alpha)
    above = min(rung for rung in RUNGS if rung > alpha)
    assert alpha_after(alpha, -1) == below
    assert alpha_after(alpha, 1) == above


@given(st.floats(1e-300, 1e300, exclude_min=True))
@untimed
def test_given_any_allowed_alpha_when_stepped_then_it_moves_towards_the_ladder(
    alpha: float,
) -> None:
    """Given any alpha that a run may have, then keys never throw it the wrong way, and always
    move it unless it would leave the ladder.
    """
    above, below = alpha_after(alpha, 1), alpha_after(alpha, -1)
    assert below <= alpha <= above
    assert (above == alpha) == (alpha >= GREATEST_ALPHA)
    assert (below == alpha) == (alpha <= LEAST_ALPHA)


@pytest.mark.parametrize(
    ("pace", "faster", "slower"),
    [
        (50, 100, 20),
        (1, 2, 1),
        (7, 10, 5),
        (1_000, FULL_SPEED, 500),
        (FULL_SPEED, FULL_SPEED, 1_000),
        (700, 1_000, 500),
        (1_200, FULL_SPEED, 1_000),
        (MAX_PACE, FULL_SPEED, 1_000),
    ],
)
def test_given_a_pace_when_stepped_then_it_is_this(pace: int, faster: int, slower: int) -> None:
    assert (pace_after(pace, 1), pace_after(pace, -1)) == (faster, slower)


@given(st.sampled_from(PACES))
@untimed
def test_given_a_pace_when_stepped_faster_then_slower_then_it_comes_back(pace: int) -> None:
    assert pace_after(pace_after(pace, 1), -1) == pace


@given(st.integers(1, MAX_PACE))
@untimed
def test_given_any_pace_when_stepped_then_it_moves_except_at_the_slowest(pace: int) -> None:
    faster, slower = pace_after(pace, 1), pace_after(pace, -1)
    assert faster > pace or faster == FULL_SPEED
    assert slower < pace or pace == slower == PACES[0]
