"""Dropout's masks: their values, and that a step's are its own, whatever was drawn before."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.arrays import Array
from engine.training.dropout import BLOCK, Dropout

SHAPES = ((5, 8), (3, 8))


def filled(
    dropout: Dropout, step: int, shapes: tuple[tuple[int, int], ...] = SHAPES
) -> list[Array]:
    masks = [np.full(shape, np.nan) for shape in shapes]
    dropout.fill(step, masks)
    return masks


def bits(masks: list[Array]) -> list[bytes]:
    return [mask.tobytes() for mask in masks]


@settings(deadline=None)
@given(st.lists(st.integers(0, 10**12), min_size=1, max_size=6), st.integers(0, 2**32 - 1))
def test_given_steps_in_any_order_when_drawn_then_each_has_the_masks_it_has_alone(
    steps: list[int], seed: int
) -> None:
    dropout = Dropout(0.3, seed, 64)
    for step in steps:
        assert bits(filled(dropout, step)) == bits(filled(Dropout(0.3, seed, 64), step))


@pytest.mark.parametrize("most", [64, BLOCK // 3, BLOCK * 2])
def test_given_all_steps_in_a_row_when_drawn_then_they_are_those_drawn_singly(most: int) -> None:
    """Given blocks of many steps, of a few and of one."""
    going = Dropout(0.3, 7, most)
    shapes = ((1, most),)
    first = [filled(going, step, shapes)[0].tobytes() for step in range(5)]

    assert first == [filled(Dropout(0.3, 7, most), step, shapes)[0].tobytes() for step in range(5)]
    assert len(set(first)) == 5


def test_given_steps_across_a_block_when_drawn_then_no_two_are_alike() -> None:
    dropout = Dropout(0.5, 1, 64)
    around = range(BLOCK // 64 - 3, BLOCK // 64 + 3)

    assert len({b"".join(bits(filled(dropout, step))) for step in around}) == 6


@pytest.mark.parametrize(("p", "scale"), [(0.5, 2.0), (0.2, 1.25), (0.75, 4.0)])
def test_given_masks_when_drawn_then_values_are_zero_or_one_over_the_share_kept(
    p: float, scale: float
) -> None:
    masks = filled(Dropout(p, 3, 64), 0)

    assert {float(value) for mask in masks for value in mask.flat} == {0.0, scale}


@pytest.mark.parametrize("p", [0.001, 0.1, 0.2, 0.5, 0.9])
def test_given_many_masks_when_drawn_then_the_share_left_out_is_p(p: float) -> None:
    """Within five standard deviations of a million values, of which the mean is 1 as well."""
    (mask,) = filled(Dropout(p, 11, 1_000_000), 5, ((1000, 1000),))
    deviation = (p * (1.0 - p) / mask.size) ** 0.5

    assert abs(np.mean(mask == 0.0) - p) < 5.0 * deviation
    assert abs(mask.mean() - 1.0) < 5.0 * deviation / (1.0 - p)


@pytest.mark.parametrize("axis", [0, 1])
def test_given_masks_when_drawn_then_nodes_and_samples_are_decided_on_each_by_itself(
    axis: int,
) -> None:
    """Given two neighbours, then they agree as often as independent ones do: half the time."""
    (mask,) = filled(Dropout(0.5, 2, 250_000), 0, ((500, 500),))
    pairs = np.diff(mask, axis=axis) == 0.0

    assert abs(pairs.mean() - 0.5) < 0.005


def test_given_a_short_batch_when_drawn_then_it_takes_the_first_values_of_its_step() -> None:
    whole = np.concatenate([mask.reshape(-1) for mask in filled(Dropout(0.5, 4, 64), 9)])
    short = filled(Dropout(0.5, 4, 64), 9, ((5, 3), (3, 3)))

    assert np.concatenate([mask.reshape(-1) for mask in short]).tolist() == whole[:24].tolist()


def test_given_another_seed_when_drawn_then_other_masks() -> None:
    assert bits(filled(Dropout(0.5, 0, 64), 0)) != bits(filled(Dropout(0.5, 1, 64), 0))


def test_given_a_seed_when_drawn_then_the_masks_are_those_of_every_machine() -> None:
    """Literal values, so that a course that was recorded is found again."""
    (mask,) = filled(Dropout(0.5, 0, 64), 0, ((2, 8),))

    assert (mask / 2.0).tolist() == [[1, 1, 1, 0, 0, 0, 0, 1], [1, 0, 0, 0, 1, 1, 0, 0]]
