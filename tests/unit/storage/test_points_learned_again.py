"""Points that were exported are learned again from their file, and are the same."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.arrays import Array
from engine.config.task import Task
from engine.config.training_config import TrainingConfig
from engine.data.dataset import Dataset, Points
from engine.data.load import load_dataset, raw_data
from engine.storage.exports import points
from tui.cli.options import training_config

names = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Z"]), min_size=1, max_size=6
)
numbers = st.floats(-1e50, 1e50)


def in_rows(dataset: Dataset) -> Array:
    """All points, each with what it is: (points, inputs + 1)."""
    sides = [np.vstack([side.x, side.y]) for side in (dataset.train, dataset.test)]
    return np.hstack(sides).T


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(st.data())
def test_given_any_values_when_written_and_read_then_every_bit_is_the_same(
    tmp_path: Path, data: st.DataObject
) -> None:
    inputs = data.draw(st.integers(1, 3))
    task = Task(
        "regression", tuple(data.draw(names) for _ in range(inputs)), (), (), data.draw(names)
    )
    count = 14
    table = np.array(data.draw(st.lists(numbers, min_size=count * inputs, max_size=count * inputs)))
    y = np.arange(count) / 2.0  # more than there are classes
    sides = [
        Points(table.reshape(inputs, count)[:, part], y[part])
        for part in (slice(0, 9), slice(9, count))
    ]
    path = tmp_path / "points.csv"
    path.write_bytes(points.encoded(Dataset(*sides, task)))

    raw = raw_data(TrainingConfig(data=str(path), samples=None))

    assert raw.inputs.tobytes() == table.reshape(inputs, count).tobytes()
    assert raw.y.tobytes() == y.tobytes()
    assert raw.ignored == (points.column_names([*task.inputs, points.SIDE, task.target])[inputs],)


@pytest.mark.parametrize(
    "given_options",
    [
        {"data": "spiral:3", "samples": 60},
        {"data": "iris"},
        {"data": "iris", "columns": ("petal length", "petal width"), "keep_classes": ("setosa", "virginica")},
        {"data": "plane", "samples": 50},
        {"data": "sine"},
        {"data": "digits", "samples": 200},
    ],
    ids=lambda options: options["data"],
)  # fmt: skip
def test_given_data_when_written_and_learned_again_then_the_same_points(
    tmp_path: Path, given_options: dict[str, object]
) -> None:
    dataset = load_dataset(training_config(given_options))
    path = tmp_path / "points.csv"
    path.write_bytes(points.encoded(dataset))

    again = load_dataset(training_config({"data": str(path)}))

    assert again.task.inputs == dataset.task.inputs
    assert again.task.classes == dataset.task.classes
    one, other = (np.array(sorted(map(tuple, in_rows(each)))) for each in (dataset, again))
    assert one.tobytes() == other.tobytes()
