"""How a run comes to an end, or goes on, by what its losses are: asked of the trainer itself."""

from typing import Any

import msgspec
import numpy as np
import pytest

from engine.config.training_config import TrainingConfig
from engine.data.dataset import Dataset, Points
from engine.training.intervals import Intervals, intervals_for
from engine.training.stop_conditions import PatienceState
from engine.training.trainer import Phase, Trainer
from helpers.trainings import data_of

CLOUDS = data_of(2, 2, 40, (), "none")
"""30 training points and 10 test points of two classes."""

BASE = TrainingConfig(samples=40, layers=(4,), steps=400)


def trainer_of(**changes: Any) -> Trainer:
    return Trainer(msgspec.structs.replace(BASE, **changes), CLOUDS)


def ended(**changes: Any) -> Trainer:
    trainer = trainer_of(**changes)
    trainer.advance(10_000)
    return trainer


# ---- a loss to stop at


def test_given_a_loss_to_stop_at_when_advanced_then_it_ends_at_the_first_evaluated_step_at_or_below() -> (
    None
):
    """Given losses that are evaluated at every step up to 100, every fifth up to 500."""
    losses = ended().losses.train.reduced(4096).mean
    evaluated = [step for step in range(400) if step < 100 or step % 5 == 0]
    until = float(losses[150])
    expected = next(step for step in evaluated if losses[step] <= until + 1e-12)

    trainer = trainer_of(until_loss=until + 1e-12)
    trainer.advance(10_000)

    assert (trainer.step, trainer.phase) == (expected, Phase.DONE)
    assert 100 < expected <= 150
    assert trainer.losses.train.count == expected
    assert trainer.stops.reason == (
        f"the training loss is {losses[expected]:.4g} at step {expected}, not above {until:g}"
    )


def test_given_a_loss_that_the_start_is_below_when_advanced_then_no_update_is_made() -> None:
    trainer = ended(until_loss=50.0)
    assert (trainer.step, trainer.phase) == (0, Phase.DONE)
    assert trainer.network.sha256() == trainer_of().network.sha256()
    assert trainer.advance(10) == 0


def test_given_batches_when_a_loss_is_to_stop_at_then_it_is_that_of_all_training_points() -> None:
    """Given batches of one, whose own losses are far below now and then."""
    trainer = ended(until_loss=0.49, batch_size=1, order="fixed", alpha=0.05)
    series = trainer.losses.train.reduced(4096)
    assert trainer.phase is Phase.DONE
    assert 0 < trainer.step < 400
    assert series.mean[: trainer.step - 5].min() < 0.3
    assert trainer.train_side.loss() <= 0.49


def test_given_a_loss_that_was_reached_when_extended_then_it_does_not_stop_there_again() -> None:
    trainer = ended(until_loss=0.47)
    stopped_at = trainer.step
    assert 0 < stopped_at < 400

    trainer.extend(25)

    assert (trainer.phase, trainer.total_steps) == (Phase.TRAINING, 425)
    assert trainer.advance(10_000) == 425 - stopped_at
    never = trainer_of(steps=425)
    never.advance(10_000)
    assert trainer.network.sha256() == never.network.sha256()


def test_given_another_loss_to_stop_at_when_adjusted_then_it_counts() -> None:
    """Given one that was reached and gone past, then a lower one stops the run all the same."""
    trainer = ended(until_loss=0.47)
    first = trainer.step
    trainer.adjust(msgspec.structs.replace(trainer.config, until_loss=0.4625))
    assert trainer.phase is Phase.TRAINING
    trainer.advance(10_000)
    assert first < trainer.step < 400
    assert "not above 0.4625" in trainer.stops.reason


# ---- patience


def never_better(**changes: Any) -> Trainer:
    """A linear model whose test points are the training points with the wrong classes: every test loss
    is above the one before.
    """
    train = CLOUDS.train
    config = msgspec.structs.replace(BASE, layers=(), initialization="zeros", alpha=0.05, **changes)
    return Trainer(config, CLOUDS._replace(test=Points(train.x, 1.0 - train.y)))


@pytest.mark.parametrize(("patience", "step"), [(1, 1), (40, 40), (101, 105), (120, 120)])
def test_given_test_losses_that_only_rise_when_advanced_then_patience_is_counted_in_steps(
    patience: int, step: int
) -> None:
    """Given 101 steps, then the next evaluation is at 105."""
    trainer = never_better(patience=patience)
    trainer.advance(10_000)
    assert (trainer.step, trainer.phase) == (step, Phase.DONE)
    assert trainer.stops.patience.since == 0
    assert trainer.stops.reason.endswith(f" for {step} steps, since step 0")


def test_given_patience_that_has_ended_when_extended_then_it_waits_for_all_of_its_steps_again() -> (
    None
):
    trainer = never_better(patience=40)
    trainer.advance(10_000)
    trainer.extend(100)
    assert trainer.advance(10_000) == 40
    assert trainer.step == 80


def test_given_test_losses_that_fall_when_advanced_then_patience_goes_on_to_the_last_step() -> None:
    trainer = ended(patience=40, alpha=0.02, steps=120)
    assert (trainer.step, trainer.stops.reason) == (120, "")
    assert trainer.stops.patience.since == 115


def test_given_a_divergence_when_rewound_then_no_loss_behind_it_is_waited_with() -> None:
    """Given the least test loss after the best state, then the wait begins anew at that state."""
    trainer = trainer_of(patience=30, schedule="plateau:0.5:0", alpha=0.02)
    trainer.advance(120)
    trainer.set_alpha(1e12)
    trainer.advance(10)
    assert trainer.phase is Phase.DIVERGED
    assert trainer.stops.patience.since == 120

    trainer.rewind(0.02)

    assert trainer.step == 100
    assert trainer.stops.patience == PatienceState(None, 100)
    assert (trainer.updates.schedule.state().least, trainer.updates.schedule.state().since) == (
        None,
        0,
    )


# ---- the plateau


def test_given_training_losses_that_do_not_fall_when_on_a_plateau_then_alpha_does() -> None:
    """Given no gradient to speak of, then alpha is halved at every recorded loss but the first."""
    trainer = trainer_of(schedule="plateau:0.5:0", alpha=1e-9)
    factors = []
    for step in (1, 50, 51, 101, 151):
        trainer.advance(step - trainer.step)
        factors.append(trainer.alpha_now / trainer.alpha)
    assert factors == [1.0, 1.0, 0.5, 0.25, 0.125]
    assert trainer.alpha == 1e-9


def test_given_training_losses_that_fall_when_on_a_plateau_then_alpha_stays() -> None:
    trainer = trainer_of(schedule="plateau:0.5:0", alpha=0.05)
    trainer.advance(230)
    assert trainer.alpha_now == 0.05
    losses = trainer.losses.train.reduced(4096).mean
    assert trainer.updates.schedule.state().least == pytest.approx(losses[200], abs=1e-13)


# ---- epochs, and how often the test loss is measured


@pytest.mark.parametrize(
    ("batch", "steps", "epochs"),
    [
        (None, 3, 3.0),
        (30, 3, 3.0),
        (500, 3, 3.0),
        (7, 4, 28 / 30),
        (7, 5, 1.0),
        (7, 11, 2 + 7 / 30),
        (1, 45, 1.5),
    ],
)
def test_given_batches_of_30_points_when_advanced_then_epochs_count_them(
    batch: int | None, steps: int, epochs: float
) -> None:
    trainer = trainer_of(batch_size=batch)
    trainer.advance(steps)
    assert trainer.epochs == pytest.approx(epochs, abs=1e-15)


@pytest.mark.parametrize(
    ("batch", "tested", "usual", "least"),
    [
        (None, 100_000, 50, 1),
        (30, 10, 50, 2),
        (10, 100, 50, 50),
        (10, 101, 100, 51),
        (1, 10, 50, 50),
        (1, 11, 100, 55),
        (1, 1_000, 5_000, 5_000),
        (500, 301, 100, 51),  # a batch is no larger than the 30 points
    ],
)
def test_given_many_test_points_and_small_batches_when_trained_then_test_losses_are_rarer(
    batch: int | None, tested: int, usual: int, least: int
) -> None:
    """Given that a test loss takes in no more points than a fifth of what updates do."""
    x = np.zeros((2, tested))
    dataset: Dataset = CLOUDS._replace(test=Points(x, np.zeros(tested)))
    config = msgspec.structs.replace(BASE, batch_size=batch)
    assert intervals_for(config, dataset) == Intervals(usual, least)
    trainer = Trainer(config, dataset)
    assert trainer.losses.interval == usual


def test_given_a_longer_interval_when_advanced_then_test_losses_lie_that_far_apart() -> None:
    dataset = CLOUDS._replace(test=Points(np.zeros((2, 11)), np.zeros(11)))
    trainer = Trainer(msgspec.structs.replace(BASE, batch_size=1, alpha=0.01), dataset)
    trainer.advance(301)
    assert trainer.losses.test.reduced(4096).steps.tolist() == [0.0, 100.0, 200.0, 300.0]
    assert trainer.losses.early.state() == []
    again = Trainer.from_state(trainer.state(), dataset)
    assert again.losses.intervals == Intervals(100, 55)
