"""The points of the data sets, as thumbnails show them."""

from typing import Any

from engine.config.training_config import TrainingConfig
from engine.messages.view import View
from engine.probes.data_set_points import _points_of, data_set_points
from engine.run.run import Run


def test_given_a_data_set_when_its_points_are_told_then_they_are_of_its_kind() -> None:
    xor = data_set_points("xor").points
    assert xor is not None
    assert (xor.train_count, xor.test_count, xor.task.classes) == (375, 125, ("0", "1"))
    assert xor.train_x.shape == (2, 375)


def test_given_many_points_when_they_are_told_then_no_more_than_a_thumbnail_shows() -> None:
    plane = data_set_points("plane").points
    assert plane is not None
    assert plane.train_count == 900
    assert plane.train_x.shape == (2, 400)
    assert plane.train_labels.values.size == 400
    assert plane.test_x.shape == (2, 300)


def test_given_many_inputs_when_points_are_told_then_they_lie_over_two_components() -> None:
    wine = data_set_points("wine").points
    assert wine is not None
    assert wine.plane == ("pc1", "pc2")


def test_given_no_such_data_set_when_asked_for_then_there_are_no_points() -> None:
    assert data_set_points("nothing").points is None


def test_given_names_that_no_data_set_has_when_asked_for_then_none_is_kept() -> None:
    kept: Any = _points_of
    before = kept.cache_info().currsize

    for number in range(20):
        data_set_points(f"nothing {number}" * 1000)

    assert kept.cache_info().currsize == before


def test_given_a_view_when_it_asks_for_a_data_set_then_the_snapshot_has_it() -> None:
    run = Run(TrainingConfig(steps=10), 1)

    assert run.snapshot(View()).data_set is None
    told = run.snapshot(View(data_set="gauss")).data_set
    assert told is not None
    assert told.name == "gauss"
    assert run.trainer.config.data == "moons"
