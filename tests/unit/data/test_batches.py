"""Batches: every sample once an epoch, in an order that depends on seed and epoch alone."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.data.batches import Batches, BatchPlace

samples = st.integers(1, 60)
sizes = st.one_of(st.none(), st.integers(1, 80))
seeds = st.integers(0, 2**32 - 1)


@settings(deadline=None)
@given(samples, sizes, seeds, st.integers(0, 10**9), st.booleans())
def test_given_an_epoch_when_all_its_batches_are_taken_then_every_sample_is_there_once(
    count: int, size: int | None, seed: int, epoch: int, shuffled: bool
) -> None:
    batches = Batches(count, size, seed, shuffled=shuffled)
    first = epoch * batches.batches
    taken = [batches.indices(first + number).tolist() for number in range(batches.batches)]

    assert sorted(sample for batch in taken for sample in batch) == list(range(count))
    assert all(0 < len(batch) <= batches.batch_size <= count for batch in taken)
    assert {len(batch) for batch in taken[:-1]} <= {batches.batch_size}


@settings(deadline=None)
@given(samples, sizes, seeds, st.lists(st.integers(0, 200), min_size=1, max_size=10))
def test_given_steps_in_any_order_when_taken_then_each_has_the_samples_it_has_alone(
    count: int, size: int | None, seed: int, steps: list[int]
) -> None:
    batches = Batches(count, size, seed)
    for step in steps:
        alone = Batches(count, size, seed)

        assert batches.indices(step).tolist() == alone.indices(step).tolist()


def test_given_ten_samples_in_batches_of_four_when_placed_then_the_third_is_short() -> None:
    batches = Batches(10, 4, 0)

    assert [batches.place(step) for step in (0, 1, 2, 3, 29)] == [
        BatchPlace(epoch=0, number=0, first=0, size=4),
        BatchPlace(epoch=0, number=1, first=4, size=4),
        BatchPlace(epoch=0, number=2, first=8, size=2),
        BatchPlace(epoch=1, number=0, first=0, size=4),
        BatchPlace(epoch=9, number=2, first=8, size=2),
    ]


def test_given_batches_when_placed_then_the_order_of_the_present_epoch_stays() -> None:
    batches = Batches(10, 4, 0)
    batches.indices(0)
    before = batches.order.tolist()
    batches.place(100)

    assert batches.order.tolist() == before


@pytest.mark.parametrize("size", [None, 10, 11, 1000])
def test_given_a_batch_as_large_as_the_data_or_larger_when_taken_then_it_is_the_data_in_order(
    size: int | None,
) -> None:
    batches = Batches(10, size, 3)

    assert (batches.batch_size, batches.batches) == (10, 1)
    assert batches.indices(7).tolist() == list(range(10))


def test_given_a_fixed_order_when_taken_then_every_epoch_has_the_order_of_the_data() -> None:
    batches = Batches(5, 2, 3, shuffled=False)

    assert [batches.indices(step).tolist() for step in range(6)] == [[0, 1], [2, 3], [4]] * 2


def test_given_epochs_and_seeds_when_shuffled_then_their_orders_differ() -> None:
    orders = set()
    for seed in (0, 1, 2):
        batches = Batches(20, 4, seed)
        for epoch in (0, 1, 2, 10):
            batches.begin(epoch)
            orders.add(tuple(batches.order.tolist()))

    assert len(orders) == 12


def test_given_a_seed_when_shuffled_then_the_order_is_not_that_of_its_other_random_numbers() -> (
    None
):
    batches = Batches(20, 4, 5)
    batches.begin(0)

    assert batches.order.tolist() != np.random.default_rng(5).permutation(20).tolist()
    assert batches.order.tolist() == np.random.default_rng((5, 1, 0)).permutation(20).tolist()


def test_given_another_epoch_when_begun_then_the_order_is_the_same_array() -> None:
    batches = Batches(20, 4, 5)
    order, view = batches.order, batches.indices(0)
    batches.begin(3)

    assert batches.order is order
    assert view.tolist() == batches.indices(15).tolist()


def test_given_a_seed_when_shuffled_then_the_batches_are_those_of_every_machine() -> None:
    """Literal values, so that a course that was recorded is found again."""
    batches = Batches(20, 4, 5)

    assert batches.indices(0).tolist() == [15, 5, 11, 12]
    assert batches.indices(5).tolist() == [3, 5, 0, 11]
