"""What a neuron does, in words: formulas in numbers, in the room there is and in the unit of the data."""

import msgspec
import numpy as np
import pytest

from engine.config.task import TWO_CLASSES, Task
from engine.messages.network_view import ChosenNeuron
from tui.charts.network.words import (
    Names,
    activity,
    formula,
    links_out,
    mark,
    number,
    range_words,
    scale_words,
    scaled_words,
    turn,
)
from tui.drawing.glyphs import ASCII, UNICODE

NODE = ChosenNeuron(
    column=1, node=2, activation="tanh",
    map=np.zeros((2, 2), dtype=np.int8), middle=0.0, scale=1.0, on=np.ones((2, 2), dtype=np.int8),
    least=-0.9, greatest=0.8, weights=np.array([1.24, -0.31]), bias=0.85,
    in_units=np.zeros(0), center=0.0, unit=1.0, outgoing=np.array([0.1, -0.8, 0.3]),
    idle=False, idle_word="saturated", idle_share=0.254, off=False,
)  # fmt: skip
NAMES = Names(TWO_CLASSES, (2, 4, 3, 1), UNICODE)
HOUSES = Names(
    Task("regression", ("area", "rooms"), ("area", "rooms"), (), "price"), (2, 4, 1), UNICODE
)
LEAVES = Names(
    Task("classification", ("x", "y"), ("x", "y"), ("setosa", "iris of the coast", "other")),
    (2, 4, 3),
    ASCII,
)


def changed(**fields: object) -> ChosenNeuron:
    return msgspec.structs.replace(NODE, **fields)


def test_given_a_first_node_when_written_out_then_its_formula_has_the_names_of_the_features() -> (
    None
):
    assert formula(NODE, NAMES, 60) == "node 3 = tanh(1.24 x - 0.31 y + 0.85)"
    assert turn(NODE, NAMES, 60) == "above 0 where 1.24 x - 0.31 y > -0.85"
    assert links_out(NODE, NAMES, 60) == "to node 1: +0.10, node 2: -0.80, node 3: +0.30"


@pytest.mark.parametrize(
    ("activation", "words"),
    [("relu", "turns on"), ("sigmoid", "above 0.5"), ("sine", "above 0"), ("silu", "turns on")],
)
def test_given_an_activation_when_z_passes_0_then_it_is_said_what_happens(
    activation: str, words: str
) -> None:
    assert turn(changed(activation=activation), NAMES, 60).startswith(f"{words} where ")


@pytest.mark.parametrize(
    ("activation", "words"),
    [("relu", "on"), ("sigmoid", "> 0.5"), ("tanh", "> 0")],
)
def test_given_little_room_when_z_passes_0_then_it_is_said_in_short(
    activation: str, words: str
) -> None:
    told = turn(changed(activation=activation), NAMES, 36)
    assert told == f"{words} where 1.24 x - 0.31 y > -0.85"


def test_given_no_room_for_the_name_when_written_then_the_terms_come_before_it() -> None:
    output = changed(column=3, node=0, activation="sigmoid")
    assert formula(output, NAMES, 36) == "= sigmoid(1.24 in 1 .. + 0.85)"
    assert formula(NODE, NAMES, 32) == "= tanh(1.24 x - 0.31 y + 0.85)"
    assert formula(NODE, NAMES, 17) == "= tanh(.. + 0.85)"


def test_given_little_room_when_written_then_the_largest_come_first_and_the_rest_is_left_out() -> (
    None
):
    deep = changed(column=2, weights=np.array([0.1, -2.0, 0.5, 1.0]))
    assert formula(deep, NAMES, 80) == (
        "node 3 = tanh(0.10 in 1 - 2.00 in 2 + 0.50 in 3 + 1.00 in 4 + 0.85)"
    )
    assert formula(deep, NAMES, 50) == "node 3 = tanh(-2.00 in 2 + 1.00 in 4 .. + 0.85)"
    assert formula(deep, NAMES, 16) == "node 3 = tanh(..)"[:16]
    assert turn(deep, NAMES, 80) == ""
    assert links_out(NODE, NAMES, 22) == "to node 2: -0.80 .."
    assert links_out(NODE, NAMES, 8) == ""


def test_given_scaled_features_when_written_then_the_turn_is_in_the_unit_of_the_data() -> None:
    scaled = changed(in_units=np.array([0.0124, -2.5, 7.0]))
    assert formula(scaled, HOUSES, 60) == "node 3 = tanh(1.24 area' - 0.31 rooms' + 0.85)"
    assert turn(scaled, HOUSES, 60) == "above 0 where 0.01 area - 2.50 rooms > -7.00"
    assert scaled_words(scaled, HOUSES) == "area' is area on the common scale"
    assert scaled_words(NODE, HOUSES) == ""


def test_given_a_feature_when_written_then_it_is_said_how_it_is_taken_in() -> None:
    feature = changed(column=0, node=1, activation="")
    assert formula(feature, NAMES, 60) == "y, as it is"
    scaled = msgspec.structs.replace(feature, center=-4.0, unit=8.0)
    assert formula(scaled, HOUSES, 60) == "taken in as (rooms + 4.00) / 8.00"


def test_given_an_output_when_written_then_it_has_the_name_of_what_it_gives() -> None:
    output = changed(column=3, node=0, activation="sigmoid", outgoing=np.zeros(0))
    assert formula(output, NAMES, 80) == "P(class 1) = sigmoid(1.24 in 1 - 0.31 in 2 + 0.85)"
    assert links_out(output, NAMES, 80) == ""
    value = changed(column=2, node=0, activation="none", center=300.0, unit=20.0)
    assert formula(value, HOUSES, 80) == "price = 300 + 20.00 (1.24 in 1 - 0.31 in 2 + 0.85)"
    several = changed(column=2, node=1, activation="softmax")
    assert formula(several, LEAVES, 80).startswith("iris of the .. = softmax(1.24 in 1")


def test_given_a_node_that_does_nothing_when_told_then_it_is_said_on_how_many_points() -> None:
    assert activity(NODE, 60) == "saturated on 25% of the training points"
    assert activity(changed(idle_share=0.0), 60) == "saturated on no training point"
    assert activity(changed(idle_share=1.0, idle=True), 60) == "saturated on every training point"
    assert activity(changed(idle_share=0.998), 60) == "saturated on 99% of the training points"
    assert activity(changed(idle_share=0.001), 60) == "saturated on 1% of the training points"
    assert activity(NODE, 38) == "saturated on 25% of the points"
    assert activity(NODE, 20) == "saturated on 25%"
    assert activity(NODE, 10) == ""
    assert activity(changed(off=True, idle=True), 60) == "switched off: puts out 0"
    assert activity(changed(idle_word=""), 60) == ""
    assert (mark(False, True, "saturated"), mark(True, True, "dead"), mark(False, False, "dead")) == (
        "sat.",
        "off",
        "",
    )  # fmt: skip


def test_given_a_scale_when_written_then_its_ends_are_there() -> None:
    assert scale_words(0.0, 2.0, UNICODE) == "±2"
    assert scale_words(0.0, 0.5, ASCII) == "+-0.5"
    assert scale_words(0.5, 0.5, UNICODE) == "0..1"


@pytest.mark.parametrize(
    ("value", "expected"),
    [(0.0, "0.00"), (-1.239, "1.24"), (0.0004, "0.0004"), (12345.0, "1.23e4"), (999.0, "999.00")],
)
def test_given_a_number_when_written_then_nothing_of_its_size_is_hidden(
    value: float, expected: str
) -> None:
    assert number(value) == expected


def test_given_what_is_next_to_nothing_when_written_beside_more_then_its_digits_do_not_come_and_go() -> (
    None
):
    near = changed(weights=np.array([1.24, -0.000326]), bias=0.00283)
    assert formula(near, NAMES, 60) == "node 3 = tanh(1.24 x - 0.00 y + 0.00)"
    assert turn(near, NAMES, 60) == "above 0 where 1.24 x - 0.00 y > -0.00"
    assert links_out(changed(outgoing=np.array([0.31, -0.0004])), NAMES, 60) == (
        "to node 1: +0.31, node 2: -0.00"
    )
    assert range_words(changed(least=-0.0828, greatest=4.7), NAMES) == (
        "-0.08 to 4.70 over the plane"
    )


def test_given_nothing_but_small_numbers_when_written_then_they_have_three_digits() -> None:
    small = changed(weights=np.array([0.00124, -0.000326]), bias=0.0)
    assert formula(small, NAMES, 60) == "node 3 = tanh(0.00124 x - 0.000326 y + 0.00)"
    assert range_words(changed(least=0.0, greatest=0.0021), NAMES) == (
        "0.00 to 0.0021 over the plane"
    )
