"""Settings that mean nothing for a kind of data, each refused in one line."""

from typing import Any

import pytest

from engine.config.check_source import check_inputs, check_source
from engine.config.data_sets import DATA_SETS, data_set_named
from engine.errors import ConfigError
from helpers.data_sets import config_of


@pytest.mark.parametrize(
    ("name", "values", "message"),
    [
        ("moons", {"columns": ("x",)}, "columns: it is for files and real data, not make_moons"),
        ("moons", {"target": "x"}, "target: it is for files; what make_moons teaches is settled"),
        ("moons", {"problem": "regression"}, "problem: make_moons is a classification"),
        ("plane", {"problem": "classification"}, "problem: plane is a regression"),
        ("xor", {"keep_classes": ("0", "1")}, "classes: it is for files and real data, not xor"),
        ("sine", {"balance": 0.5}, "balance: it is for classes, and these are values"),
        ("xor", {"noise": 0.51}, "noise: 0.51 is not a number from 0 to 0.5"),
        ("gauss", {"noise": 50.0}, "noise: 50.0 is not a number from 0 to 0.5"),
        ("iris", {"target": "x"}, "target: it is for files; what iris teaches is settled"),
        (
            "iris",
            {"noise": 0.1},
            "noise: the points of iris were measured; noise is for data sets that are drawn",
        ),
        (
            "my.csv",
            {"noise": 0.1},
            "noise: the points of a file are what they are; noise is for data sets that are drawn",
        ),
    ],
)
def test_given_a_setting_without_a_meaning_when_checked_then_it_is_refused(
    name: str, values: dict[str, Any], message: str
) -> None:
    with pytest.raises(ConfigError) as caught:
        check_source(config_of(name, **values), data_set_named(name))
    assert str(caught.value) == message


@pytest.mark.parametrize("name", [*DATA_SETS, "my.csv"])
def test_given_the_usual_values_when_checked_then_none_is_refused(name: str) -> None:
    check_source(config_of(name), data_set_named(name))


@pytest.mark.parametrize(
    ("values", "inputs", "message"),
    [
        ({"features": ("x",)}, ("a",), "features: they are made of two inputs, and there are 1"),
        ({"plane": ("a", "b")}, ("a",), "plane: there is but one input, 'a'"),
        ({"plane": ("a", "c")}, ("a", "b"), "plane: there is no input 'c' among a, b"),
    ],
)
def test_given_inputs_that_are_not_there_when_checked_then_they_are_refused(
    values: dict[str, Any], inputs: tuple[str, ...], message: str
) -> None:
    with pytest.raises(ConfigError) as caught:
        check_inputs(config_of("moons", **values), inputs)
    assert str(caught.value) == message


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
    "name", ["spiral:1", "spiral:6", "spiral:²", "moons:2", "iris.csv", "./moons", "-"]
)
def test_given_no_name_of_a_data_set_when_looked_up_then_it_is_a_file(name: str) -> None:
    assert data_set_named(name) is None
