"""Whole trainings of 200 updates against those of an independent library.

How the figures were made stands in `trajectories.json`, under `how`.
"""

import functools
import json
from typing import Any

import numpy as np
import pytest

from engine.config.task import Task
from engine.config.training_config import TrainingConfig
from engine.data.dataset import Dataset, Points
from engine.training.trainer import Trainer
from helpers.data import DATA_FOLDER

STEPS = 200


@functools.cache
def known() -> Any:
    return json.loads((DATA_FOLDER / "trajectories.json").read_text(encoding="utf-8"))


def dataset_of(network: dict[str, Any]) -> Dataset:
    """The points of the file on the training side; the first of each class, or two, to test."""
    data = known()["data"][network["data"]]
    x, y = np.array(data["x"]), np.array(data["y"], dtype=np.float64)
    names = tuple(f"x{number}" for number in range(len(x)))
    classes = () if network["data"] == "values" else tuple(map(str, sorted(set(data["y"]))))
    problem = "classification" if classes else "regression"
    task = Task(problem, names, names, classes)
    return Dataset(Points(x, y), Points(x[:, :5].copy(), y[:5].copy()), task)


def trainer_of(case: dict[str, Any]) -> Trainer:
    """The trainer of a case, with the initial parameters of the file in place of its own."""
    network = known()["networks"][case["network"]]
    config = TrainingConfig(
        steps=STEPS, layers=tuple(network["layers"]), loss=network["loss"], **case["settings"]
    )
    trainer = Trainer(config, dataset_of(network))
    trainer.network.parameters[...] = network["start"]
    return trainer


@pytest.mark.parametrize("cuts", [[STEPS], [3, 50, 1]], ids=["at once", "in bursts"])
@pytest.mark.parametrize("name", list(known()["cases"]))
def test_given_known_data_and_start_when_trained_then_losses_and_parameters_are_known(
    name: str, cuts: list[int]
) -> None:
    """Given any optimizer, l2, clip and batches, and alpha changed midway, then 200 updates agree to
    1e-12.
    """
    case = known()["cases"][name]
    trainer, turn = trainer_of(case), 0
    while trainer.step < STEPS:
        if trainer.step == case["change_at"]:
            trainer.set_alpha(case["then"])
        until = case["change_at"] if trainer.step < case["change_at"] else STEPS
        assert trainer.advance(min(cuts[turn % len(cuts)], until - trainer.step))
        turn += 1

    losses = trainer.losses.train.reduced(4096).mean
    np.testing.assert_allclose(losses[::10], case["losses"], rtol=0.0, atol=1e-12)
    np.testing.assert_allclose(trainer.network.parameters, case["parameters"], rtol=0.0, atol=1e-12)


@pytest.mark.parametrize("name", list(known()["cases"]))
def test_given_the_figures_when_compared_with_the_start_then_every_part_has_learnt(
    name: str,
) -> None:
    """So that agreement says something: no parameter is where it began, and the loss has fallen."""
    case = known()["cases"][name]
    start = known()["networks"][case["network"]]["start"]
    moved = np.abs(np.subtract(case["parameters"], start))
    assert np.count_nonzero(moved > 1e-3) > 0.9 * len(start)
    assert np.mean(case["losses"][-5:]) < 0.9 * np.mean(case["losses"][:5])
