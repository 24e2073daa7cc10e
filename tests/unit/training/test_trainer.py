"""The laws of the training loop: determinism, commands, divergence, memory."""

import functools
import tracemalloc
from typing import Any

import msgspec
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.config.training_config import TrainingConfig
from engine.data.dataset import Dataset
from engine.data.load import load_dataset
from engine.errors import ConfigError
from engine.network.losses import binary_cross_entropy
from engine.probes.evaluation import evaluation_of
from engine.training.trainer import Phase, Trainer
from helpers.runs import state_of

STEPS = 300
SMALL = TrainingConfig(samples=40, layers=(4,), steps=STEPS)

cuts_of_a_run = st.lists(st.integers(1, 120), max_size=8)
"""Lengths of the first bursts; the rest of the run is one more."""


@functools.cache
def loaded(config: TrainingConfig) -> Trainer:
    return Trainer(config, load_dataset(config))


def small_data() -> Dataset:
    return load_dataset(SMALL)


def small_trainer(**changes: Any) -> Trainer:
    """A trainer of `SMALL` with other settings; its data stay those of `SMALL`."""
    return Trainer(msgspec.structs.replace(SMALL, **changes), small_data())


def advance_to(trainer: Trainer, step: int, cuts: list[int]) -> None:
    """Advance to `step` in bursts of these lengths, as far as they go."""
    for cut in cuts:
        trainer.advance(min(cut, step - trainer.step))
    trainer.advance(step - trainer.step)


# ---- however bursts are cut


@pytest.mark.parametrize(("rule", "alpha"), [("exact", 0.25), ("exact", 50.0), ("article", 0.25)])
@given(cuts=cuts_of_a_run)
@settings(deadline=None, max_examples=15)
def test_given_bursts_when_advanced_then_they_add_up_to_the_bit(
    rule: str, alpha: float, cuts: list[int]
) -> None:
    """Given advance(a), advance(b), ..., then all is as after one advance(a + b + ...)."""
    # at alpha 50 the parameters swing widely and return, which is not yet divergence
    whole, cut = small_trainer(rule=rule, alpha=alpha), small_trainer(rule=rule, alpha=alpha)
    assert whole.advance(STEPS) == STEPS
    advance_to(cut, STEPS, cuts)
    assert state_of(cut) == state_of(whole)


@given(st.integers(0, STEPS), st.floats(0.001, 2.0), cuts_of_a_run, cuts_of_a_run)
@settings(deadline=None, max_examples=40)
def test_given_alpha_changed_at_a_step_when_advanced_in_any_bursts_then_there_is_one_outcome(
    step: int, alpha: float, cuts_before: list[int], cuts_after: list[int]
) -> None:
    """Given set_alpha at a fixed step, then the bursts before and after it do not matter."""
    whole, cut = small_trainer(), small_trainer()
    whole.advance(step)
    whole.set_alpha(alpha)
    whole.advance(STEPS)
    advance_to(cut, step, cuts_before)
    cut.set_alpha(alpha)
    advance_to(cut, STEPS, cuts_after)
    assert state_of(cut) == state_of(whole)


@pytest.mark.parametrize("rule", ["exact", "article"])
@given(cuts=cuts_of_a_run)
@settings(deadline=None, max_examples=5)
def test_given_far_too_large_an_alpha_when_advanced_then_no_update_is_made(
    rule: str, cuts: list[int]
) -> None:
    """Given alpha 1e6, then no update is made, and the parameters are the initial ones."""
    trainer = small_trainer(alpha=1e6, rule=rule)
    advance_to(trainer, STEPS, cuts)
    assert (trainer.phase, trainer.step) == (Phase.DIVERGED, 0)
    assert trainer.network.sha256() == small_trainer().network.sha256()


@pytest.mark.parametrize("alpha", [300.0, 500.0])
@given(cuts=cuts_of_a_run)
@settings(deadline=None, max_examples=20)
def test_given_an_alpha_that_fails_later_when_advanced_then_it_diverges_at_one_step_with_finite_parameters(
    alpha: float, cuts: list[int]
) -> None:
    """Given an alpha that fails after some steps, then the run ends before, wherever it is cut."""
    whole, cut = small_trainer(alpha=alpha), small_trainer(alpha=alpha)
    made = whole.advance(STEPS)
    assert 0 < made < STEPS
    advance_to(cut, STEPS, cuts)
    assert state_of(cut) == state_of(whole)
    assert cut.phase is Phase.DIVERGED
    assert cut.divergence is not None
    assert cut.divergence.step == cut.step == cut.losses.train.count == made
    assert np.isfinite(cut.network.parameters).all()
    assert cut.advance(10) == 0


def test_given_a_divergence_when_read_then_it_says_where_and_how_far() -> None:
    """Given a gradient that is 1/2 for the last bias and 0 elsewhere, then that is what is named."""
    trainer = small_trainer(alpha=1e6)
    for layer in trainer.network.layers:
        layer.weights[...] = 0.0
        layer.biases[...] = 0.0
    trainer.network.layers[1].biases[...] = 800.0  # a = 1, and half of the points are of class 0
    assert trainer.advance(1) == 0
    assert str(trainer.divergence) == (
        "with alpha 1e+06, biases of layer 2 would reach 4.99e+05 at step 1"
    )


# ---- the same run again


@pytest.mark.parametrize("rule", ["exact", "article"])
def test_given_the_same_configuration_when_run_twice_then_the_digest_is_the_same(rule: str) -> None:
    """Given one configuration twice and one with another seed, then only the two end alike."""
    one, again, other = (
        loaded(msgspec.structs.replace(SMALL, rule=rule, seed=seed)) for seed in (1, 1, 2)
    )
    for trainer in (one, again, other):
        trainer.advance(100)
    assert one.network.sha256() == again.network.sha256()
    assert one.network.sha256() != other.network.sha256()


def test_given_an_extended_run_when_reset_then_it_is_as_new_but_for_alpha() -> None:
    """Given an extended run with alpha changed, when reset, then it is as new but for alpha."""
    trainer, fresh = small_trainer(), small_trainer(alpha=0.5)
    trainer.extend(50)
    trainer.advance(STEPS + 50)
    trainer.set_alpha(0.5)
    trainer.reset()
    assert state_of(trainer) == state_of(fresh)
    assert trainer.total_steps == STEPS
    assert trainer.advance(STEPS) == fresh.advance(STEPS)
    assert state_of(trainer) == state_of(fresh)


def test_given_another_seed_when_reset_with_it_then_it_is_the_run_of_that_seed() -> None:
    """Given another seed, when reset with it, then data and parameters are those of that seed."""
    trainer = Trainer(SMALL, small_data())
    trainer.advance(70)
    config = TrainingConfig(samples=40, layers=(4,), steps=STEPS, seed=5)
    trainer.reset(config, load_dataset(config))
    other = loaded(config)
    assert trainer.config == other.config
    assert trainer.dataset.train.x.tolist() == other.dataset.train.x.tolist()
    trainer.advance(STEPS)
    other.advance(STEPS)
    assert state_of(trainer) == state_of(other)


# ---- one step and another


@pytest.mark.parametrize("step", [0, 30, 50, STEPS])
def test_given_a_run_when_evaluated_in_between_then_it_goes_on_as_without(step: int) -> None:
    """Given a look at the losses between two updates, then the run goes on as without it."""
    watched, alone = small_trainer(), small_trainer()
    watched.advance(step)
    alone.advance(step)
    evaluation_of(watched)
    assert state_of(watched) == state_of(alone)
    assert watched.advance(STEPS) == alone.advance(STEPS)
    assert state_of(watched) == state_of(alone)


@pytest.mark.parametrize("rule", ["exact", "article"])
def test_given_some_updates_when_evaluated_then_predictions_and_gradient_are_up_to_date(
    rule: str,
) -> None:
    """Given some updates, when evaluated, then both caches are those of the present parameters."""
    trainer = small_trainer(rule=rule)
    trainer.advance(60)
    now = evaluation_of(trainer)
    network, train, test = trainer.network, trainer.dataset.train, trainer.dataset.test
    predictions, cache = network.forward(train.x)
    for side, expected in (
        (now.gradient_cache, predictions),
        (trainer.train_side.cache, predictions),
        (trainer.test_side.cache, network.forward(test.x)[0]),
    ):
        np.testing.assert_allclose(side.predictions, expected, rtol=0.0, atol=1e-14)
    network.backward(cache, train.y, 1.0, rule)
    np.testing.assert_allclose(now.gradient_cache.gradient, cache.gradient, rtol=0.0, atol=1e-14)


def test_given_101_updates_when_made_then_losses_are_recorded_before_each_and_every_fiftieth() -> (
    None
):
    """Given 101 updates, then 101 training losses and the test losses of steps 0, 50 and 100."""
    trainer, train, test = small_trainer(), small_data().train, small_data().test
    expected_train, expected_test = [], []
    for step in range(101):
        expected_train.append(binary_cross_entropy(trainer.network.forward(train.x)[0], train.y))
        if step in (0, 50, 100):
            expected_test.append(binary_cross_entropy(trainer.network.forward(test.x)[0], test.y))
        trainer.advance(1)
    trained, tested = trainer.losses.train.reduced(4096), trainer.losses.test.reduced(4096)
    assert trained.mean.tolist() == pytest.approx(expected_train, abs=1e-13)
    assert tested.steps.tolist() == [0.0, 50.0, 100.0]
    assert tested.mean.tolist() == pytest.approx(expected_test, abs=1e-13)


def test_given_a_last_step_when_advanced_beyond_then_it_stops_until_extended() -> None:
    """Given 300 steps, then not one more is made until so many more are allowed."""
    trainer = small_trainer()
    assert (trainer.advance(299), trainer.phase) == (299, Phase.TRAINING)
    assert (trainer.advance(1000), trainer.phase) == (1, Phase.DONE)
    before = trainer.network.sha256()
    assert trainer.advance(5) == 0
    assert (trainer.step, trainer.network.sha256()) == (300, before)
    trainer.extend(20)
    assert (trainer.phase, trainer.total_steps) == (Phase.TRAINING, 320)
    assert trainer.advance(1000) == 20
    assert trainer.network.sha256() != before


def test_given_a_run_when_extended_then_it_is_the_longer_run() -> None:
    """Given 250 steps and 50 more, then the result is that of 300 from the beginning."""
    extended, longer = small_trainer(steps=250), small_trainer(steps=300)
    extended.advance(1000)
    extended.extend(50)
    extended.advance(1000)
    longer.advance(1000)
    assert extended.network.sha256() == longer.network.sha256()
    assert state_of(extended) == state_of(longer)


# ---- what a person does


def test_given_changes_of_alpha_when_made_then_they_are_known_with_their_step() -> None:
    """Given two changes of alpha, then each is there with the step it came at."""
    trainer = small_trainer()
    trainer.set_alpha(0.5)
    trainer.advance(120)
    trainer.set_alpha(0.125)
    trainer.advance(STEPS)
    assert trainer.alpha_changes == [(120, 0.125)]


@pytest.mark.parametrize("alpha", [0.0, -0.25, np.nan, np.inf])
def test_given_an_invalid_alpha_when_set_then_it_is_refused_and_nothing_changes(
    alpha: float,
) -> None:
    trainer = small_trainer()
    trainer.advance(30)
    before = state_of(trainer)
    with pytest.raises(ConfigError, match=r"^alpha: "):
        trainer.set_alpha(alpha)
    assert state_of(trainer) == before


def test_given_some_updates_when_alpha_is_doubled_then_the_next_goes_twice_as_far() -> None:
    """Given 30 updates, when alpha is doubled, then the 31st goes twice as far the same way."""
    plain, doubled = small_trainer(), small_trainer()
    plain.advance(30)
    doubled.advance(30)
    start = plain.network.parameters.copy()
    doubled.set_alpha(0.5)
    plain.advance(1)
    doubled.advance(1)
    step = plain.network.parameters - start
    assert np.abs(step).max() > 1e-4
    np.testing.assert_allclose(doubled.network.parameters - start, 2.0 * step, rtol=0.0, atol=1e-15)


def test_given_a_warm_trainer_when_it_trains_longer_then_it_takes_no_more_memory() -> None:
    """Given a warm trainer, then 6,000 updates need no more at their peak than 2,000 did."""
    trainer = small_trainer(steps=20_000)
    trainer.advance(5_000)
    peaks = []
    tracemalloc.start()
    try:
        for steps in (2_000, 6_000):
            tracemalloc.reset_peak()
            trainer.advance(steps)
            peaks.append(tracemalloc.get_traced_memory()[1])
    finally:
        tracemalloc.stop()
    assert peaks[1] - peaks[0] < 64 * 1024
