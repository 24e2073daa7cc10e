"""Back from a divergence to the best state, and what follows."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.config.training_config import TrainingConfig
from engine.errors import ConfigError
from engine.training.best_state import BestState
from engine.training.trainer import Phase, Trainer
from engine.training.trainer_state import LearnedState
from helpers.runs import TOO_LARGE, moons, state_of

# ---- the best state


def best_of(*losses: float) -> BestState:
    """Offered parameters [k, k, k] at step 50 * k, with the `losses` in turn."""
    parameters, moments = np.zeros(3), np.zeros((2, 3))
    best = BestState(LearnedState(0, parameters, moments))
    for number, loss in enumerate(losses):
        parameters[...] = moments[...] = number
        best.offer(LearnedState(50 * number, parameters, moments, float(number)))
        best.judge(loss)
    parameters[...] = moments[...] = -1.0  # whoever offers goes on with the arrays
    return best


@pytest.mark.parametrize(
    ("losses", "step", "loss"),
    [
        ((), 0, math.inf),
        ((0.7,), 0, 0.7),
        ((0.7, 0.5, 0.6), 50, 0.5),
        ((0.7, 0.5, 0.6, 0.4), 150, 0.4),
        ((0.7, 0.5, 0.5, 0.9), 100, 0.5),
        ((0.7, math.nan, 0.8), 0, 0.7),
        ((math.nan, 0.8), 50, 0.8),
    ],
)
def test_given_losses_when_judged_then_the_last_of_the_least_is_kept(
    losses: tuple[float, ...], step: int, loss: float
) -> None:
    best = best_of(*losses)
    assert (best.learned.step, best.loss) == (step, loss)
    assert best.learned.parameters.tolist() == [step / 50.0] * 3
    assert best.learned.moments.tolist() == [[step / 50.0] * 3] * 2
    assert best.learned.count == step / 50.0


@given(st.lists(st.floats(0.0, 40.0), min_size=1, max_size=30))
def test_given_any_losses_when_judged_then_step_loss_and_parameters_belong_together(
    losses: list[float],
) -> None:
    best = best_of(*losses)
    assert best.loss == min(losses)
    number = max(k for k, loss in enumerate(losses) if loss == best.loss)
    assert (best.learned.step, best.learned.parameters.tolist()) == (50 * number, [number] * 3)
    assert best.learned.moments.tolist() == [[number] * 3] * 2


def test_given_an_offer_when_never_judged_then_it_is_not_the_best() -> None:
    best = best_of(0.7)
    best.offer(LearnedState(50, np.full(3, 9.0), np.full((2, 3), 9.0), 9.0))
    assert (best.learned.step, best.learned.parameters.tolist()) == (0, [0.0] * 3)


# ---- back from a divergence


def new_trainer(steps: int = 300) -> Trainer:
    return Trainer(TrainingConfig(samples=40, layers=(4,), steps=steps), moons())


def diverged_at(step: int, alpha: float = TOO_LARGE) -> Trainer:
    trainer = new_trainer()
    trainer.advance(step)
    trainer.set_alpha(alpha)
    trainer.advance(1)
    assert (trainer.phase, trainer.step) == (Phase.DIVERGED, step)
    return trainer


@pytest.mark.parametrize(
    ("step", "best"), [(0, 0), (1, 0), (50, 0), (51, 50), (100, 50), (120, 100), (299, 250)]
)
def test_given_a_falling_loss_when_rewound_then_it_is_at_the_last_evaluation_with_a_loss(
    step: int, best: int
) -> None:
    """Given a divergence, then the run goes back to where it was every fifty steps, to the bit."""
    trainer, there = diverged_at(step), new_trainer()
    there.advance(best)

    trainer.rewind()

    assert (trainer.step, trainer.phase, trainer.divergence) == (best, Phase.TRAINING, None)
    assert trainer.network.sha256() == there.network.sha256()
    assert trainer.alpha == TOO_LARGE / 2.0
    assert trainer.alpha_changes == ([(best, TOO_LARGE / 2.0)] if best else [])
    assert trainer.losses.train.count == best
    assert trainer.losses.test.count == best // 50


def test_given_a_loss_that_has_risen_when_rewound_then_it_is_at_the_least() -> None:
    """Given an alpha that fails after a hundred updates, then the worse states since are passed over."""
    trainer, there = new_trainer(), new_trainer()
    trainer.advance(100)
    trainer.set_alpha(200.0)
    trainer.advance(200)
    assert (trainer.phase, trainer.step) == (Phase.DIVERGED, 203)
    losses = trainer.losses.train.reduced(4096).mean
    assert losses[100] < 0.3 < 8.0 < min(losses[150], losses[200])

    trainer.rewind()

    there.advance(100)
    assert (trainer.step, trainer.best.loss) == (100, losses[100])
    assert trainer.network.sha256() == there.network.sha256()


@pytest.mark.parametrize(
    ("alpha", "expected"), [(0.125, 0.125), (2e9, 2e9), (1e9, 5e8), (None, 5e8)]
)
def test_given_alpha_changed_since_when_rewound_then_it_stays_and_else_it_is_halved(
    alpha: float | None, expected: float
) -> None:
    trainer = diverged_at(120)
    if alpha is not None:
        trainer.set_alpha(alpha)
    trainer.rewind()
    assert trainer.alpha == expected
    assert trainer.alpha_changes == [(100, expected)]


def test_given_changes_before_the_best_state_when_rewound_then_they_are_still_known() -> None:
    trainer = new_trainer()
    for step, alpha in [(40, 0.5), (100, 0.4), (110, 0.3), (120, TOO_LARGE)]:
        trainer.advance(step - trainer.step)
        trainer.set_alpha(alpha)
    trainer.advance(1)
    trainer.rewind()
    assert trainer.step == 100
    assert trainer.alpha_changes == [(40, 0.5), (100, TOO_LARGE / 2.0)]


@pytest.mark.parametrize("step", [0, 30, 300])
def test_given_no_divergence_when_rewound_then_it_is_refused_and_nothing_changes(step: int) -> None:
    trainer = new_trainer()
    trainer.advance(step)
    before = state_of(trainer)
    with pytest.raises(ConfigError) as caught:
        trainer.rewind()
    assert str(caught.value) == "rewind: only a run that diverged goes back"
    assert state_of(trainer) == before


def test_given_a_divergence_when_reset_then_the_old_best_state_is_forgotten() -> None:
    trainer = diverged_at(120)
    trainer.reset()
    trainer.advance(30)
    trainer.rewind()
    assert (trainer.step, trainer.best.loss) == (0, math.inf)
    assert trainer.network.sha256() == new_trainer().network.sha256()


@pytest.mark.parametrize("alpha", [300.0, 500.0, 1e5, TOO_LARGE])
def test_given_it_diverges_again_and_again_when_rewound_each_time_then_it_gets_to_the_end(
    alpha: float,
) -> None:
    """Given alpha halved each time, then the run is done at last, and every loss is finite."""
    trainer, rewinds = new_trainer(), 0
    trainer.set_alpha(alpha)
    trainer.advance(300)
    while trainer.phase is Phase.DIVERGED:
        trainer.rewind()
        trainer.advance(300)
        rewinds += 1
        assert rewinds < 60
    assert rewinds >= 1
    assert trainer.alpha == alpha / 2.0**rewinds
    assert (trainer.step, trainer.losses.train.count, trainer.losses.test.count) == (300, 300, 6)
    assert np.isfinite(trainer.network.parameters).all()
    for history in (trainer.losses.train, trainer.losses.test):
        assert np.isfinite(history.buckets).all()
        assert (history.buckets[0] >= 0.0).all()


@given(st.integers(1, 299), st.sampled_from([0.125, 0.25, 2.0]), st.lists(st.integers(1, 120)))
@settings(deadline=None, max_examples=40)
def test_given_a_divergence_anywhere_when_rewound_then_what_follows_is_as_if_it_never_was(
    step: int, alpha: float, lengths: list[int]
) -> None:
    """Given another alpha on going back, then the run is the one that took it there at first."""
    trainer, never = diverged_at(step), new_trainer()
    trainer.set_alpha(alpha)
    trainer.rewind()
    never.advance(trainer.step)
    never.set_alpha(alpha)
    for length in lengths:
        trainer.advance(length)
    trainer.advance(300)
    never.advance(300)
    assert state_of(trainer) == state_of(never)


@given(
    st.integers(0, 200),
    st.sampled_from([300.0, 500.0, 1e5, TOO_LARGE]),
    st.lists(st.integers(1, 120), max_size=8),
    st.lists(st.integers(1, 120), max_size=8),
)
@settings(deadline=None, max_examples=40)
def test_given_rewinds_when_bursts_are_cut_in_any_way_then_all_is_the_same(
    step: int, alpha: float, before: list[int], after: list[int]
) -> None:
    whole, cut = new_trainer(), new_trainer()
    for trainer, first, then in ((whole, [], []), (cut, before, after)):
        for length in first:
            trainer.advance(min(length, step - trainer.step))
        trainer.advance(step - trainer.step)
        trainer.set_alpha(alpha)
        for _ in range(4):
            for length in [*then, 300]:
                trainer.advance(length)
            if trainer.phase is Phase.DIVERGED:
                trainer.rewind()
    assert state_of(cut) == state_of(whole)
