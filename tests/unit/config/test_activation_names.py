"""How activations are written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.config.activation_names import (
    ACTIVATIONS,
    activation_parts,
    canonical_activation,
    check_activation,
)
from engine.errors import ConfigError


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_given_a_known_name_when_checked_then_it_is_allowed_and_canonical(name: str) -> None:
    check_activation("activation", name)
    assert canonical_activation("activation", name) == name


@pytest.mark.parametrize(
    ("text", "canonical", "slope"),
    [
        ("relu", "relu", 0.05),
        ("relu:0.05", "relu", 0.05),
        ("relu:.050", "relu", 0.05),
        ("relu:5e-2", "relu", 0.05),
        ("relu:0", "relu:0", 0.0),
        ("relu:-0", "relu:0", 0.0),
        ("relu:0.30", "relu:0.3", 0.3),
        ("relu:0.123456789", "relu:0.123456789", 0.123456789),
    ],
)
def test_given_a_relu_with_a_slope_when_read_then_it_has_one_way_to_be_written(
    text: str, canonical: str, slope: float
) -> None:
    assert canonical_activation("layers", text) == canonical
    assert activation_parts("layers", text) == ("relu", slope)


@given(st.floats(0.0, 1.0, exclude_max=True))
def test_given_any_slope_when_written_canonically_and_read_then_it_is_the_same(
    slope: float,
) -> None:
    canonical = canonical_activation("activation", f"relu:{slope!r}")
    assert activation_parts("activation", canonical) == ("relu", slope)
    assert canonical_activation("activation", canonical) == canonical


@pytest.mark.parametrize("text", ["", "swish", "Relu", "tanh ", ":0.1", "leaky:0.1", 3, None])
def test_given_no_activation_when_checked_then_the_known_ones_are_named(text: object) -> None:
    with pytest.raises(ConfigError, match=r"^activation: .* relu, relu:SLOPE, tanh, .*, none$"):
        check_activation("activation", text)


@pytest.mark.parametrize("text", ["relu:", "relu:x", "relu:1", "relu:-0.1", "relu:nan", "relu:inf"])
def test_given_a_slope_outside_its_range_when_checked_then_the_range_is_named(text: str) -> None:
    with pytest.raises(ConfigError, match=r"^layers: .*from 0, below 1$"):
        check_activation("layers", text)


def test_given_a_slope_for_another_activation_when_checked_then_only_relu_takes_one() -> None:
    with pytest.raises(ConfigError, match=r"'tanh:0.1': only relu takes a slope"):
        check_activation("activation", "tanh:0.1")
