"""What lies beside a value where keys turn through values."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.config.kinds import Kind
from engine.config.setting import Entry, entries_of, entry_named
from engine.config.training_config import TrainingConfig
from engine.errors import ConfigError

ENTRIES = entries_of(TrainingConfig)


@pytest.mark.parametrize(
    ("field", "value", "by", "beside"),
    [
        ("steps", 20_000, 1, 25_000),
        ("steps", 20_001, -1, 20_000),
        ("steps", 1, -1, 1),
        ("warm_up", 9, 1, 10),
        ("warm_up", 0, 3, 3),
        ("seed", 10, 1, 11),
        ("seed", 0, -1, 0),
        ("seed", 2**32 - 1, 1, 2**32 - 1),
        ("alpha", 0.25, 1, 0.3),
        ("alpha", 1e300, 1, 1e300),
        ("noise", 0.2, 1, 0.25),
        ("noise", 0.0, -1, 0.0),
        ("noise", 100.0, 1, 100.0),
        ("noise", 100.0, -1, 10.0),
        ("momentum", 0.9, 1, 0.95),
        ("momentum", 0.99, 1, 0.99),
        ("l2", 0.0, 1, 1e-5),
        ("l2", 0.03, -1, 0.01),
        ("test_size", 0.25, 1, 0.3),
        ("test_size", 0.95, 1, 0.95),
        ("optimizer", "adamw", 1, "sgd"),
        ("optimizer", "sgd", -1, "adamw"),
        ("activation", "relu:0.2", 1, "tanh"),
        ("schedule", "constant", 1, "step:1000:0.5"),
        ("schedule", "step:10:0.1", 1, "exponential:0.9995"),
        ("data", "moons", -1, "diabetes"),
        ("data", "spiral:3", 1, "plane"),
        ("data", "/a/file.csv", 1, "moons"),
        ("nesterov", False, 1, True),
        ("nesterov", True, -1, False),
        ("batch_size", None, -1, 32),
        ("batch_size", 32, 1, 40),
        ("batch_size", 1, -1, None),
        ("data_seed", None, 1, 0),
        ("data_seed", 0, -1, None),
        ("target", None, 1, None),
        ("columns", ("a",), 1, ("a",)),
        ("layers", (4, 2), 1, (4, 2)),
    ],
)
def test_given_a_value_when_turned_then_this_lies_beside_it(
    field: str, value: Any, by: int, beside: Any
) -> None:
    kind = entry_named(TrainingConfig, field).setting.kind
    assert kind.after(value, by) == beside


@given(st.sampled_from(ENTRIES), st.lists(st.integers(-40, 40), max_size=6))
def test_given_any_setting_when_turned_anyhow_then_its_value_stays_allowed(
    entry: Entry, turns: list[int]
) -> None:
    kind: Kind = entry.setting.kind
    value = entry.default
    for by in turns:
        value = kind.after(value, by)
        entry.check(value)
        assert kind.parse(entry.name, kind.text(value)) == value


@given(st.sampled_from([one for one in ENTRIES if one.field in ("alpha", "steps", "noise", "l1")]))
def test_given_a_number_when_turned_up_and_down_then_it_is_back(entry: Entry) -> None:
    kind = entry.setting.kind
    assert kind.after(kind.after(entry.default, 1), -1) == entry.default


def test_given_no_place_when_turned_then_the_value_stays() -> None:
    for entry in ENTRIES:
        assert entry.setting.kind.after(entry.default, 0) == entry.default


def test_given_a_value_that_is_not_allowed_when_checked_then_turning_has_not_made_it_so() -> None:
    entry = entry_named(TrainingConfig, "test_size")
    with pytest.raises(ConfigError):
        entry.check(1.0)
    assert entry.setting.kind.after(0.95, 40) == 0.95
