"""The learning rate that a run goes back to: the last one that held, known from its history."""

import pytest

from engine.config.training_config import TrainingConfig
from engine.training.divergence import Divergence
from engine.training.held_alpha import alpha_at, alpha_that_held, alpha_to_restart_with
from engine.training.trainer import Phase, Trainer
from helpers.runs import moons


def diverged(step: int, alpha: float) -> Divergence:
    return Divergence(step, 1, "weights", 1e9, alpha)


@pytest.mark.parametrize(
    ("best", "first", "changes", "at", "alpha", "expected"),
    [
        (100, 0.25, [(120, 5000.0)], 120, 5000.0, 0.25),
        (100, 0.25, [(40, 0.5), (120, 5000.0)], 120, 5000.0, 0.5),
        (100, 0.25, [(100, 5000.0)], 100, 5000.0, 0.25),
        (0, 0.25, [(30, 5000.0)], 30, 5000.0, 0.25),
        # what was tried on the way up did not do better than what led to the best state
        (100, 0.25, [(110, 1.0), (115, 20.0), (120, 5000.0)], 121, 5000.0, 0.25),
        # that which led to the best state is the one that diverged
        (150, 0.25, [(100, 20.0)], 400, 20.0, 0.25),
        (0, 5000.0, [(5, 0.5), (90, 5000.0)], 91, 5000.0, 0.5),
        # one that was never used is not known to hold
        (100, 0.25, [(120, 3.0), (120, 5000.0)], 120, 5000.0, 0.25),
        (0, 5000.0, [], 0, 5000.0, 2500.0),
        (0, 0.5, [], 0, 0.5, 0.25),
    ],
)
def test_given_a_history_when_diverged_then_the_alpha_that_held_is_this(
    best: int,
    first: float,
    changes: list[tuple[int, float]],
    at: int,
    alpha: float,
    expected: float,
) -> None:
    assert alpha_that_held(diverged(at, alpha), best, first, changes, alpha) == expected


@pytest.mark.parametrize(("configured", "expected"), [(0.25, 0.25), (9000.0, 2500.0)])
def test_given_no_other_alpha_was_used_when_diverged_then_a_smaller_configured_one_is_taken(
    configured: float, expected: float
) -> None:
    assert alpha_that_held(diverged(0, 5000.0), 0, 5000.0, [], configured) == expected


@pytest.mark.parametrize(("step", "alpha"), [(0, 1.0), (1, 1.0), (40, 1.0), (41, 0.5), (99, 0.25)])
def test_given_changes_when_looked_up_then_it_is_the_alpha_of_the_update_before(
    step: int, alpha: float
) -> None:
    assert alpha_at(step, 1.0, [(40, 0.5), (60, 0.25)]) == alpha


@pytest.mark.parametrize(
    ("failed", "alpha", "configured", "expected"),
    [
        (5000.0, 5000.0, 0.25, 0.25),
        (5000.0, 0.125, 0.25, 0.125),
        (5000.0, 5000.0, 5000.0, 5000.0),
        (2500.0, 2500.0, 5000.0, 2500.0),
        (None, 20.0, 0.25, 20.0),
    ],
)
def test_given_a_divergence_when_restarted_then_its_alpha_gives_way_to_a_smaller_configured_one(
    failed: float | None, alpha: float, configured: float, expected: float
) -> None:
    divergence = None if failed is None else diverged(10, failed)
    assert alpha_to_restart_with(divergence, alpha, configured) == expected


def test_given_a_trainer_when_alpha_is_5000_then_one_undo_gives_a_run_that_holds() -> None:
    trainer = Trainer(TrainingConfig(samples=40, layers=(4,), steps=300), moons())
    trainer.advance(120)
    trainer.set_alpha(5000.0)
    trainer.advance(10)
    assert (trainer.phase, trainer.undo_alpha) == (Phase.DIVERGED, 0.25)

    trainer.rewind(trainer.undo_alpha)
    trainer.advance(300)

    assert (trainer.phase, trainer.step, trainer.alpha) == (Phase.DONE, 300, 0.25)


def test_given_an_alpha_chosen_after_the_divergence_when_undone_then_it_is_taken() -> None:
    trainer = Trainer(TrainingConfig(samples=40, layers=(4,), steps=300), moons())
    assert trainer.undo_alpha is None
    trainer.set_alpha(5000.0)
    trainer.advance(10)
    trainer.set_alpha(0.5)
    assert trainer.undo_alpha == 0.5


def test_given_alpha_set_after_the_last_update_when_asked_then_the_one_that_was_used_is_named() -> (
    None
):
    trainer = Trainer(TrainingConfig(samples=40, layers=(4,), steps=300), moons())
    trainer.set_alpha(0.5)
    assert trainer.used_alpha == 0.5
    trainer.advance(300)
    trainer.set_alpha(7.0)
    assert (trainer.used_alpha, trainer.alpha) == (0.5, 7.0)

    trainer.extend(1)
    trainer.set_alpha(5000.0)
    trainer.advance(1)
    assert trainer.used_alpha == 5000.0
