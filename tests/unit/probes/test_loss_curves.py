"""The recorded losses, reduced for a chart: every test loss where it was measured."""

import math

import msgspec
import numpy as np
import pytest

from engine.probes.loss_curves import loss_curves
from engine.training.trainer import Trainer
from helpers.runs import SMALL, moons


def trainer_at(step: int) -> Trainer:
    trainer = Trainer(msgspec.structs.replace(SMALL, steps=20_000), moons())
    trainer.advance(step)
    return trainer


def test_given_few_steps_when_reduced_then_every_one_has_its_test_loss() -> None:
    curves = loss_curves(trainer_at(60), 200)
    assert curves.test_steps.tolist() == list(range(60))
    assert curves.test_low.tolist() == curves.test_high.tolist()
    recorded = trainer_at(60).losses.test.reduced(10)
    assert curves.test_low[[0, 50]].tolist() == recorded.mean.tolist()


@pytest.mark.parametrize(
    ("step", "points", "first", "gap"),
    [
        (100, 100, [0, 1, 2], 1),
        (120, 100, [0, 50, 100], 5),
        (1_000, 200, [0, 50, 100, 105], 25),
        (2_500, 100, [0, 50, 100], 25),
        (3_000, 100, [0, 50, 100], 50),
        (12_000, 100, [0, 200, 400], 200),
        (137, 8, [0, 50, 100], 35),
    ],
)
def test_given_many_steps_when_reduced_then_points_are_as_far_apart_as_can_be_shown(
    step: int, points: int, first: list[int], gap: int
) -> None:
    steps = loss_curves(trainer_at(step), points).test_steps
    assert steps[: len(first)].tolist() == first
    assert steps[-1] - steps[-2] == gap
    assert (np.diff(steps) > 0).all()
    assert steps.size <= points + 1


def test_given_no_room_or_no_step_when_reduced_then_there_are_no_points() -> None:
    for curves in (loss_curves(trainer_at(60), 0), loss_curves(trainer_at(0), 100)):
        assert [array.size for array in msgspec.structs.astuple(curves)] == [0] * 8


def test_given_points_of_several_losses_when_reduced_then_none_is_hidden_by_a_mean() -> None:
    trainer = trainer_at(12_000)
    every = trainer.losses.test.reduced(4_096).mean
    curves = loss_curves(trainer, 100)
    for place, (low, high) in enumerate(zip(curves.test_low, curves.test_high, strict=True)):
        own = every[4 * place : 4 * place + 4]
        assert (low, high) == (own.min(), own.max())
        assert math.isfinite(low)


def test_given_batches_when_reduced_then_a_point_is_the_mean_over_an_epoch_or_more() -> None:
    config = msgspec.structs.replace(SMALL, steps=20_000, batch_size=10)  # 3 batches an epoch
    trainer = Trainer(config, moons())
    trainer.advance(600)
    every = trainer.losses.train.reduced(4_096).mean

    curves = loss_curves(trainer, 400)

    assert curves.train_steps[:4].tolist() == [0, 4, 8, 12]
    assert curves.train_low[:3] == pytest.approx([every[k : k + 4].mean() for k in (0, 4, 8)])
    assert curves.train_low.tolist() == curves.train_high.tolist()


def test_given_the_first_batches_when_reduced_then_there_is_a_line_already() -> None:
    trainer = Trainer(msgspec.structs.replace(SMALL, batch_size=1), moons())
    trainer.advance(7)

    assert loss_curves(trainer, 400).train_steps.tolist() == [0, 1, 2, 3, 4, 5, 6]


def test_given_the_full_batch_when_reduced_then_least_and_greatest_are_kept() -> None:
    curves = loss_curves(trainer_at(600), 100)

    assert (curves.train_high > curves.train_low).any()


@pytest.mark.parametrize("points", [1, 2, 8, 30, 200])
@pytest.mark.parametrize("step", [2, 51, 137, 499, 1_030, 5_025])
def test_given_any_run_when_reduced_to_few_points_then_the_newest_test_loss_is_among_them(
    step: int, points: int
) -> None:
    trainer = trainer_at(step)
    every = loss_curves(trainer, 4_096)

    curves = loss_curves(trainer, points)

    newest = every.test_low[-1]
    assert curves.test_low[-1] <= newest <= curves.test_high[-1]
    if curves.test_low[-1] == curves.test_high[-1]:
        assert curves.test_steps[-1] == every.test_steps[-1]


@pytest.mark.parametrize("batch_size", [None, 10, 7])
def test_given_steps_when_reduced_then_each_point_has_its_epoch_and_its_alpha(
    batch_size: int | None,
) -> None:
    """Given two changes of alpha, then each point has what was in force at its first step."""
    config = msgspec.structs.replace(SMALL, steps=20_000, batch_size=batch_size)
    trainer = Trainer(config, moons())
    seen = {}
    for step in range(90):
        if step in (30, 60):
            trainer.set_alpha(0.1 if step == 30 else 0.5)
        seen[float(step)] = (trainer.epochs, trainer.alpha_now)
        trainer.advance(1)

    curves = loss_curves(trainer, 40)

    found = zip(curves.epochs.tolist(), curves.alphas.tolist(), strict=True)
    assert list(found) == pytest.approx([seen[step] for step in curves.train_steps.tolist()])
    assert set(curves.alphas.tolist()) == {0.25, 0.1, 0.5}
