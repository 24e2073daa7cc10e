"""The picture of the plane where values are larger than a pixel's number, or no numbers at all."""

import msgspec
import numpy as np
import pytest

from engine.config.task import Task
from engine.data.dataset import Dataset, Points
from engine.data.target_scale import TargetScale
from engine.messages.snapshot import Bounds, ClassField, ValueField
from engine.probes.data_points import data_points
from engine.probes.decision_field import DecisionField
from engine.training.trainer import Trainer
from helpers.runs import SMALL, moons

SQUARE = Bounds(-1.0, 1.0, -1.0, 1.0)


@pytest.mark.filterwarnings("error")
def test_given_values_beyond_a_float32_when_drawn_then_they_are_the_largest_there_are() -> None:
    points = Points(np.array([[0.0, 1.0, 2.0], [0.0, 1.0, 4.0]]), np.array([0.0, 1.0, 2.0]))
    task = Task("regression", ("x", "y"), ("x", "y"), target="size")
    dataset = Dataset(points, points, task, target=TargetScale(1e60, 1.0))
    trainer = Trainer(msgspec.structs.replace(SMALL, layers=()), dataset)

    field = DecisionField(trainer, (0, 1), SQUARE).field(1, 2)

    assert isinstance(field, ValueField)
    assert field.values.tolist() == [[np.float32(3e38), np.float32(3e38)]]


@pytest.mark.filterwarnings("error")
def test_given_outputs_that_are_no_numbers_when_drawn_then_no_class_is_certain() -> None:
    trainer = Trainer(SMALL, moons())
    trainer.network.parameters[...] = np.nan

    field = DecisionField(trainer, (0, 1), SQUARE).field(1, 2)

    assert isinstance(field, ClassField)
    assert field.certainty.tolist() == [[0, 0]]


@pytest.mark.parametrize("value", [0.0, 5.0, 1e8, -1e8, 1e100])
def test_given_an_input_that_is_always_the_same_when_drawn_then_the_plane_has_a_width(
    value: float,
) -> None:
    x = np.array([[value, value, value], [0.0, 1.0, 2.0]])
    points = Points(x, np.array([0.0, 1.0, 1.0]))
    bounds = data_points(Dataset(points, points), (0, 1)).bounds
    assert bounds.left < value < bounds.right
