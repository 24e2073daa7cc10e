"""A configuration with some settings changed."""

import msgspec
import pytest

from engine.config.changes import changed, changes_between, is_live
from engine.config.training_config import TrainingConfig
from engine.errors import ConfigError


def test_given_other_data_when_changed_then_what_was_usual_is_usual_for_them() -> None:
    config = changed(TrainingConfig(), {"data": "plane"})

    assert (config.samples, config.noise, config.initialization) == (1200, 0.0, "pytorch")


def test_given_a_value_of_ones_own_when_the_data_change_then_it_stays() -> None:
    config = changed(TrainingConfig(samples=60, alpha=0.5), {"data": "xor"})

    assert (config.samples, config.alpha, config.noise) == (60, 0.5, 0.0)


def test_given_columns_and_classes_when_the_data_change_then_they_are_forgotten() -> None:
    file = TrainingConfig(
        data="/some/file.csv", samples=None, noise=0.0, target="kind", columns=("a", "b"),
        keep_classes=("cat", "dog"), plane=("a", "b"), scaling="standard", data_digest="12",
        initialization="pytorch",
    )  # fmt: skip

    config = changed(file, {"data": "sine", "layers": [8, "4:tanh"]})

    assert (config.target, config.columns, config.keep_classes, config.plane) == (None, (), (), ())
    assert (config.data_digest, config.samples, config.scaling) == ("", 200, "none")
    assert config.layers == (8, "4:tanh")


def test_given_the_same_data_when_something_else_changes_then_columns_stay() -> None:
    file = TrainingConfig(
        data="/some/file.csv", samples=None, noise=0.0, target="kind", data_digest="12"
    )

    config = changed(file, {"l2": 0.5})

    assert (config.target, config.data_digest, config.l2) == ("kind", "12", 0.5)


@pytest.mark.parametrize(
    ("changes", "line"),
    [
        ({"layers": [0]}, "layers: 0 is not a whole number from 1 to 4096"),
        ({"nonsense": 1}, "nonsense: no such setting"),
        ({"batch_size": "many"}, "batch-size: 'many': Expected `int | null`, got `str`"),
        ({"momentum": 0.5, "optimizer": "adam"}, None),
    ],
)
def test_given_what_is_not_allowed_when_changed_then_it_is_said(
    changes: dict[str, object], line: str | None
) -> None:
    with pytest.raises(ConfigError) as error:
        changed(TrainingConfig(), changes)
    if line is not None:
        assert str(error.value) == line


def test_given_changes_when_asked_then_they_are_live_only_if_all_are() -> None:
    assert is_live({"l1": 0.1, "layers": []})
    assert not is_live({"l1": 0.1, "data": "xor"})


def test_given_two_configurations_when_compared_then_the_changes_make_one_of_the_other() -> None:
    """Also where a field is the same in both, and other data would begin without it."""
    one = TrainingConfig(data="gauss", noise=0.0, samples=60, balance=0.4, features=("x", "x2"))
    other = TrainingConfig(data="xor", noise=0.1, samples=60, balance=0.4, features=("x", "x2"))
    for before, after in ((one, other), (other, one), (one, TrainingConfig())):
        assert changed(before, changes_between(before, after)) == after
    live = msgspec.structs.replace(one, layers=(3,), alpha=0.5)
    assert changes_between(one, live) == {"layers": (3,), "alpha": 0.5}
    assert changes_between(one, one) == {}
