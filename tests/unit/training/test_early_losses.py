"""The test losses of a run's first steps: when they are taken, and that they change nothing."""

import msgspec
import numpy as np
import pytest

from engine.network.losses import binary_cross_entropy
from engine.training.early_losses import EarlyLosses
from engine.training.intervals import Intervals
from engine.training.trainer import Trainer
from helpers.runs import SMALL, TOO_LARGE, moons, state_of


def new_trainer(steps: int = 300) -> Trainer:
    return Trainer(msgspec.structs.replace(SMALL, steps=steps), moons())


def losses_of(count: int) -> EarlyLosses:
    """The first `count` early losses, each the number of those before it."""
    losses = EarlyLosses(Intervals())
    for number in range(count):
        losses.append(float(number))
    return losses


def steps_of(trainer: Trainer) -> list[int]:
    return [int(step) for step in trainer.losses.early.at_least_apart(0)[0]]


def test_given_a_run_when_advanced_then_test_losses_are_taken_ever_more_rarely() -> None:
    """Given 2,600 steps, then one each step at first, later one in five, in 25 and in 50; those at
    every fiftieth step are in the history.
    """
    trainer = new_trainer(2_600)
    trainer.advance(2_600)
    steps = steps_of(trainer)
    assert steps[:50] == [*range(1, 50), 51]
    assert steps[97:101] == [99, 105, 110, 115]
    assert steps[168:172] == [490, 495, 525, 575]
    assert (len(steps), steps[-1]) == (210, 2_475)
    assert trainer.losses.test.count == 52


def test_given_early_test_losses_when_taken_then_they_are_those_before_the_update() -> None:
    trainer, test = new_trainer(), moons().test
    expected = []
    for step in range(12):
        if step:
            expected.append(binary_cross_entropy(trainer.network.forward(test.x)[0], test.y))
        trainer.advance(1)
    steps, losses = trainer.losses.early.at_least_apart(0)
    assert steps.tolist() == list(range(1, 12))
    assert losses.tolist() == pytest.approx(expected, abs=1e-13)


@pytest.mark.parametrize("step", [3, 60, 101, 137])
def test_given_a_divergence_when_rewound_then_early_test_losses_go_on_as_if_it_never_was(
    step: int,
) -> None:
    trainer, never = new_trainer(), new_trainer()
    trainer.advance(step)
    trainer.set_alpha(TOO_LARGE)
    trainer.advance(1)
    trainer.set_alpha(0.25)

    trainer.rewind()

    assert all(taken < trainer.step for taken in steps_of(trainer))
    never.advance(trainer.step)
    never.set_alpha(0.25)
    for one in (trainer, never):
        one.advance(170)
    assert state_of(trainer) == state_of(never)


def test_given_another_run_when_reset_then_no_loss_of_the_one_before_is_left() -> None:
    trainer, new = new_trainer(), new_trainer()
    trainer.advance(200)
    trainer.reset()
    for one in (trainer, new):
        one.advance(30)
    assert state_of(trainer) == state_of(new)


def test_given_a_run_whose_first_ones_are_not_known_when_advanced_then_none_is_taken() -> None:
    """Given a state from before they were kept, then the losses are not those of other steps."""
    trainer = new_trainer()
    trainer.advance(60)
    trainer.losses.early.restore([], 60)
    trainer.advance(100)
    assert steps_of(trainer) == []


def test_given_a_distance_when_asked_for_then_the_parts_with_less_are_left_out() -> None:
    losses = losses_of(210)
    assert losses.at_least_apart(1)[0].size == 210
    steps, values = losses.at_least_apart(4.5)
    assert (steps.size, steps[0], values[0]) == (112, 105.0, 98.0)
    steps, values = losses.at_least_apart(25)
    assert (steps.size, steps[0], values[-1]) == (40, 525.0, 209.0)
    assert losses.at_least_apart(25.1)[0].size == 0


def test_given_more_losses_than_steps_when_restored_then_they_are_refused() -> None:
    losses = losses_of(7)
    with pytest.raises(ValueError, match="7 early test losses at step 6"):
        EarlyLosses(Intervals()).restore(losses.state(), 6)
    again = EarlyLosses(Intervals())
    again.restore(losses.state(), 7)
    assert np.array_equal(again.at_least_apart(0), losses.at_least_apart(0))
