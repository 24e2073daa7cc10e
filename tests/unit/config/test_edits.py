"""What a person has taken out of training: how it is told, and which of it a network has a place for."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.config.edit_places import (
    check_edits,
    check_hidden,
    check_place,
    edits_that_fit,
    position_of,
)
from engine.config.edits import NO_EDITS, WIDER, Edits, Frozen, Place, Scope
from engine.errors import ConfigError

SHAPES = [(4, 3), (3, 5), (1, 4)]
"""Of 2 inputs, layers of 4, 3 and 1 nodes: (nodes, inputs + 1)."""

places = st.sampled_from(
    [
        Place(layer, node, column)
        for layer, (nodes, columns) in enumerate(SHAPES)
        for node in range(nodes)
        for column in range(columns)
    ]
)
hidden = st.tuples(st.integers(0, 1), st.integers(0, 2))
some_edits = st.builds(
    lambda freezes, off: _edited(freezes, off),
    st.lists(st.tuples(places, st.sampled_from(list(WIDER))), max_size=5),
    st.lists(hidden, max_size=4),
)


def _edited(freezes: list[tuple[Place, Scope]], off: list[tuple[int, int]]) -> Edits:
    edits = NO_EDITS
    for place, scope in freezes:
        edits = edits.with_scope(place, scope)
    for layer, node in off:
        edits = edits.with_node(layer, node, on=False)
    return edits


# ---- freezing


def test_given_a_parameter_when_frozen_wider_and_wider_then_it_its_node_its_layer_and_nothing() -> (
    None
):
    edits, place = NO_EDITS, Place(1, 2, 4)
    seen = []
    for _ in range(4):
        edits = edits.with_scope(place, WIDER[edits.scope_at(place)])
        seen.append((edits.scope_at(place), edits.frozen))

    assert seen == [
        ("parameter", (Frozen(1, 2, 4),)),
        ("node", (Frozen(1, 2),)),
        ("layer", (Frozen(1),)),
        ("nothing", ()),
    ]


def test_given_what_is_frozen_elsewhere_when_frozen_wider_then_it_stays() -> None:
    edits = _edited([(Place(1, 0, 0), "node"), (Place(0, 1, 2), "parameter")], [])

    wider = edits.with_scope(Place(1, 2, 4), "layer")

    assert wider.frozen == (Frozen(0, 1, 2), Frozen(1), Frozen(1, 0))
    assert wider.with_scope(Place(1, 2, 4), "nothing") == edits


@pytest.mark.parametrize(
    ("frozen", "scope"),
    [
        (Frozen(1), "layer"),
        (Frozen(1, 2), "node"),
        (Frozen(1, 0), "node"),
        (Frozen(1, 2, 4), "parameter"),
    ],
)
def test_given_something_frozen_when_asked_for_its_scope_then_it_is_how_much_there_is(
    frozen: Frozen, scope: Scope
) -> None:
    assert frozen.scope == scope


@given(some_edits, places, st.sampled_from(list(WIDER)))
def test_given_any_edits_when_a_scope_is_frozen_then_that_is_the_scope_there(
    edits: Edits, place: Place, scope: Scope
) -> None:
    after = edits.with_scope(place, scope)

    assert after.scope_at(place) == scope
    assert after.off == edits.off
    assert after.with_scope(place, scope) == after


# ---- switching


@given(some_edits, hidden)
def test_given_any_edits_when_a_node_is_switched_off_and_on_then_it_is_on_and_all_else_as_before(
    edits: Edits, node: tuple[int, int]
) -> None:
    off = edits.with_node(*node, on=False)
    on = off.with_node(*node, on=True)

    assert node in off.off
    assert on.off == tuple(one for one in edits.off if one != node)
    assert on.frozen == edits.frozen


@given(some_edits)
def test_given_any_edits_when_sent_then_they_arrive_as_they_were(edits: Edits) -> None:
    assert msgspec.json.decode(msgspec.json.encode(edits), type=Edits) == edits
    check_edits(edits, SHAPES)


# ---- what a network has no place for


@pytest.mark.parametrize(
    ("place", "said"),
    [
        (Place(3, 0, 0), "layer: there is no layer 4 among 3"),
        (Place(-1, 0, 0), "layer: there is no layer 0 among 3"),
        (Place(1, 3, 0), "node: there is no node 4 in layer 2, which has 3"),
        (Place(1, -1, 0), "node: there is no node 0 in layer 2, which has 3"),
        (
            Place(0, 3, 3),
            "input: there is no input 4 of layer 1, which has 2 and, after them, the bias",
        ),
        (
            Place(0, 3, -1),
            "input: there is no input 0 of layer 1, which has 2 and, after them, the bias",
        ),
    ],
    ids=str,
)
def test_given_a_parameter_that_is_not_there_when_checked_then_it_is_said_what_there_is(
    place: Place, said: str
) -> None:
    with pytest.raises(ConfigError) as caught:
        check_place(place, SHAPES)

    assert str(caught.value) == said


@pytest.mark.parametrize(
    ("layer", "node", "said"),
    [
        (2, 0, "node: only a hidden node can be switched off, and this is an output"),
        (2, 1, "node: there is no node 2 in layer 3, which has 1"),
        (0, 4, "node: there is no node 5 in layer 1, which has 4"),
        (7, 0, "layer: there is no layer 8 among 3"),
    ],
)
def test_given_a_node_that_cannot_be_switched_off_when_checked_then_it_is_said_why(
    layer: int, node: int, said: str
) -> None:
    with pytest.raises(ConfigError) as caught:
        check_hidden(layer, node, SHAPES)

    assert str(caught.value) == said


@pytest.mark.parametrize(
    "edits",
    [
        Edits(off=((2, 0),)),
        Edits(off=((0, 0), (0, -1))),
        Edits(frozen=(Frozen(3),)),
        Edits(frozen=(Frozen(0, 4),)),
        Edits(frozen=(Frozen(0, 0, 3),)),
        Edits(frozen=(Frozen(0, None, 1),)),
    ],
    ids=str,
)
def test_given_edits_without_a_place_when_checked_then_they_are_refused(edits: Edits) -> None:
    with pytest.raises(ConfigError):
        check_edits(edits, SHAPES)


@given(places, places)
def test_given_two_parameters_when_counted_then_in_the_order_of_layers_nodes_and_inputs(
    one: Place, other: Place
) -> None:
    first, second = position_of(one, SHAPES), position_of(other, SHAPES)

    assert (first < second) == (one < other)
    assert 0 <= first < 12 + 15 + 4


# ---- other layers


@pytest.mark.parametrize(
    ("after", "off", "frozen"),
    [
        # a node more, a node fewer, a layer fewer, a layer more, no hidden layer
        (
            [(4, 3), (4, 5), (1, 5)],
            ((0, 3), (1, 2)),
            (Frozen(0, 3, 2), Frozen(1), Frozen(2, 0, 2), Frozen(2, 0, 4)),
        ),
        ([(3, 3), (2, 4), (1, 3)], (), (Frozen(1), Frozen(2, 0, 2))),
        ([(4, 3), (1, 5)], ((0, 3),), (Frozen(0, 3, 2), Frozen(1, 0, 2), Frozen(1, 0, 4))),
        (
            [(4, 3), (3, 5), (5, 4), (1, 6)],
            ((0, 3), (1, 2)),
            (Frozen(0, 3, 2), Frozen(1), Frozen(3, 0, 2), Frozen(3, 0, 5)),
        ),
        ([(1, 3)], (), (Frozen(0, 0, 2),)),
    ],
    ids=str,
)
def test_given_other_layers_when_fitted_then_edits_go_where_their_parameters_go(
    after: list[tuple[int, int]], off: tuple[tuple[int, int], ...], frozen: tuple[Frozen, ...]
) -> None:
    """Given a bias, then it stays the bias, though it is another column."""
    edits = Edits(((0, 3), (1, 2)), (Frozen(0, 3, 2), Frozen(1), Frozen(2, 0, 2), Frozen(2, 0, 3)))

    fitted = edits_that_fit(edits, SHAPES, after)

    assert fitted == Edits(off, frozen)
    check_edits(fitted, after)


@given(some_edits)
def test_given_any_edits_when_fitted_to_the_same_layers_then_they_stay(edits: Edits) -> None:
    assert edits_that_fit(edits, SHAPES, SHAPES) == edits
