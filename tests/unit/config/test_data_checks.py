"""Settings that mean nothing for a kind of data, each refused in one line."""

from typing import Any

import pytest

from engine.config.check_config import check_fits
from engine.config.data_sets import DATA_SETS, data_set_named
from engine.config.task import Task
from engine.errors import ConfigError
from helpers.data_sets import config_of


@pytest.mark.parametrize(
    ("name", "values", "message"),
    [
        ("moons", {"columns": ("x",)}, "columns: moons has its own"),
        ("moons", {"target": "x"}, "target: moons has its own"),
        ("iris", {"target": "x"}, "target: iris has its own"),
        ("moons", {"problem": "regression"}, "problem: moons is a classification"),
        ("plane", {"problem": "classification"}, "problem: plane is a regression"),
        ("xor", {"keep_classes": ("0", "1")}, "classes: xor is drawn with all of its own"),
        ("sine", {"balance": 0.5}, "balance: it is for classes, and sine has values"),
        ("diabetes", {"balance": 0.5}, "balance: it is for classes, and diabetes has values"),
        ("xor", {"noise": 0.51}, "noise: 0.51 is not a number from 0 to 0.5"),
        ("spiral:3", {"noise": 50.0}, "noise: 50.0 is not a number from 0 to 0.5"),
        ("iris", {"noise": 0.1}, "noise: points that were measured, as in iris, are what they are"),
        ("my.csv", {"noise": 0.1}, "noise: points of a file are what they are; leave it out"),
        ("iris", {"pca": 5}, "pca: 5 are more than the 4 inputs of iris"),
    ],
)
def test_given_a_setting_without_a_meaning_when_checked_then_it_is_refused(
    name: str, values: dict[str, Any], message: str
) -> None:
    with pytest.raises(ConfigError) as caught:
        config_of(name, **values)
    assert str(caught.value).startswith(message)


@pytest.mark.parametrize("name", [*DATA_SETS, "spiral:5", "my.csv"])
def test_given_the_usual_values_when_checked_then_none_is_refused(name: str) -> None:
    assert config_of(name).data == name


@pytest.mark.parametrize(
    ("values", "inputs", "message"),
    [
        ({"features": ("x",)}, ("a",), "features: they are made of two inputs, and there is 1"),
        ({"features": ("x",)}, ("a", "b", "c"), "features: they are made of two inputs, and there"),
        ({"plane": ("a", "b")}, ("a",), "plane: it takes two inputs, and there is 1 here"),
        ({"plane": ("a", "c")}, ("a", "b"), "plane: there is no input 'c' among a, b"),
    ],
)
def test_given_inputs_that_are_not_there_when_the_task_is_known_then_they_are_refused(
    values: dict[str, Any], inputs: tuple[str, ...], message: str
) -> None:
    task = Task("classification", inputs, inputs, ("p", "q"))
    with pytest.raises(ConfigError) as caught:
        check_fits(config_of("my.csv", **values), task)
    assert str(caught.value).startswith(message)


@pytest.mark.parametrize(
    ("name", "classes"), [("spiral", 2), ("spiral:2", 2), ("spiral:5", 5), ("iris", 3)]
)
def test_given_a_name_when_looked_up_then_it_is_found_with_its_arms(
    name: str, classes: int
) -> None:
    found = data_set_named(name)
    assert found is not None
    assert (found.name, found.classes) == (name, classes)


@pytest.mark.parametrize(
    "name",
    ["spiral:1", "spiral:6", "spiral:²", "spiral:" + "3" * 5000, "moons:2", "./moons", "-"],
    ids=lambda name: name[:9],
)
def test_given_no_name_of_a_data_set_when_looked_up_then_it_is_none(name: str) -> None:
    assert data_set_named(name) is None
