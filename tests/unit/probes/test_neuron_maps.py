"""Pictures of neurons: what each puts out over the plane, in shares of a scale that can be read."""

from typing import Any

import msgspec
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.arrays import Array
from engine.config.edits import Edits
from engine.config.task import Task
from engine.config.training_config import TrainingConfig
from engine.data.dataset import Dataset, Points
from engine.data.target_scale import TargetScale
from engine.data.transform import Transform
from engine.messages.network_view import NetworkView
from engine.messages.snapshot import Bounds
from engine.messages.view import NetworkRequest, View
from engine.probes.neuron_maps import NeuronMaps, nice, scales_of
from engine.training.trainer import Trainer
from engine.wire.codec import encoded
from helpers.runs import SMALL, moons
from helpers.trainings import Training, as_many, trainings

SQUARE = Bounds(-1.0, 1.0, -1.0, 1.0)
ALL = NetworkRequest(2, 2, 0, (0, 0, 0), 8, chosen=(1, 0), large_rows=2, large_columns=2)
"""Of a network with one hidden layer: everything, over four cells with middles at -.5 and .5."""


def trainer_of(*layers: list[list[float]], activation: str = "tanh", **of_data: Any) -> Trainer:
    """With these parameters, biases last, on points of two classes unless it is said otherwise."""
    config = msgspec.structs.replace(
        SMALL, layers=tuple(len(rows) for rows in layers[:-1]), activation=activation
    )
    trainer = Trainer(config, moons()._replace(**of_data))
    for layer, rows in zip(trainer.network.layers, layers, strict=True):
        layer.parameters[...] = rows
    trainer.train_side.measure()
    return trainer


def seen(trainer: Trainer, asked: NetworkRequest = ALL, edits: Edits = Edits()) -> NetworkView:  # noqa: B008 # it is frozen
    return NeuronMaps(trainer, (0, 1), SQUARE).view(asked, edits)


def values(view: NetworkView, column: int) -> Array:
    """What the maps of a column stand for, (neurons, rows, columns)."""
    of = view.columns[column]
    scales = of.scales[:, np.newaxis, np.newaxis]
    return of.middles[:, np.newaxis, np.newaxis] + of.maps / 127 * scales


def test_given_a_network_worked_out_by_hand_when_asked_for_then_every_column_is_what_it_puts_out() -> (
    None
):
    # z1 = 2 x + 1, z2 = -y; out = sigmoid(3 a1 - a2)
    view = seen(trainer_of([[2, 0, 1], [0, -1, 0]], [[3, -1, 0]], activation="none"))

    assert view.widths == [2, 2, 1]
    features, hidden, output = view.columns
    assert features.maps.tolist() == [[[-127, 127], [-127, 127]], [[127, 127], [-127, -127]]]
    assert features.scales.tolist() == [0.5, 0.5]
    assert hidden.maps.tolist() == [[[0, 127], [0, 127]], [[-127, -127], [127, 127]]]
    assert hidden.scales.tolist() == [2.0, 0.5]
    assert hidden.weights.tolist() == [[2, 0], [0, -1]]
    assert output.weights.tolist() == [[3, -1]]
    assert (output.middles.tolist(), output.scales.tolist()) == ([0.5], [0.5])
    of_z = 1 / (1 + np.exp(-np.array([[0.5, 6.5], [-0.5, 5.5]])))
    assert np.abs(values(view, 2)[0] - of_z).max() < 0.5 / 127


def test_given_a_chosen_node_when_asked_for_then_all_its_links_are_told() -> None:
    view = seen(trainer_of([[2, 0, 1], [0, -1, 0]], [[3, -1, 0.25]], activation="none"))

    chosen = view.chosen
    assert chosen is not None
    assert (chosen.column, chosen.node, chosen.activation) == (1, 0, "none")
    assert (chosen.weights.tolist(), chosen.bias) == ([2, 0], 1)
    assert chosen.outgoing.tolist() == [3]
    assert (chosen.least, chosen.greatest) == (0, 2)
    assert not chosen.in_units.size
    assert not chosen.on.size  # without an activation, 0 is no place like others


def test_given_a_node_with_an_activation_when_chosen_then_it_is_told_where_it_turns_on() -> None:
    chosen = seen(trainer_of([[2, 0, 0.5], [0, -1, 0]], [[3, -1, 0]])).chosen

    assert chosen is not None
    assert chosen.on.tolist() == [[0, 1], [0, 1]]


def test_given_the_output_when_chosen_then_nothing_goes_on_from_it() -> None:
    asked = msgspec.structs.replace(ALL, chosen=(2, 0))
    chosen = seen(trainer_of([[2, 0, 1], [0, -1, 0]], [[3, -1, 0.25]]), asked).chosen

    assert chosen is not None
    assert (chosen.weights.tolist(), chosen.bias, chosen.outgoing.size) == ([3, -1], 0.25, 0)
    assert chosen.on.tolist() == [[1, 1], [0, 1]]


@pytest.mark.parametrize("chosen", [(3, 0), (1, 2), (0, 2)])
def test_given_no_such_neuron_when_chosen_then_none_is_told(chosen: tuple[int, int]) -> None:
    asked = msgspec.structs.replace(ALL, chosen=chosen)
    assert seen(trainer_of([[2, 0, 1], [0, -1, 0]], [[3, -1, 0]]), asked).chosen is None


@pytest.mark.parametrize("rows", [0, 3])
def test_given_columns_without_neurons_when_asked_for_then_they_are_told_to_be_there(
    rows: int,
) -> None:
    asked = msgspec.structs.replace(ALL, rows=rows, nodes=0)
    view = seen(trainer_of([[2, 0, 1], [0, -1, 0]], [[3, -1, 0]]), asked)

    assert [(one.num_nodes, len(one.maps)) for one in view.columns] == [(2, 0), (2, 0), (1, 0)]


def test_given_a_part_when_asked_for_then_it_holds_that_and_links_between_what_it_holds() -> None:
    asked = msgspec.structs.replace(ALL, first_column=1, first_nodes=(1, 0, 0), nodes=1)
    view = seen(trainer_of([[2, 0, 1], [0, -1, 0]], [[3, -1, 0]]), asked)

    assert [(one.column, one.first_node, len(one.maps)) for one in view.columns] == [
        (1, 1, 1),
        (2, 0, 1),
    ]
    assert view.columns[0].weights.shape == (1, 0)
    assert view.columns[1].weights.tolist() == [[-1]]


def test_given_scaled_features_when_a_first_node_is_chosen_then_its_weights_are_told_in_the_datas_unit() -> (
    None
):
    scaled = Transform((), np.array([[10.0], [-4.0]]), np.array([[2.0], [8.0]]))
    trainer = trainer_of([[2, 4, 1], [0, -1, 0]], [[3, -1, 0]], transform=scaled)

    node = seen(trainer).chosen
    feature = seen(trainer, msgspec.structs.replace(ALL, chosen=(0, 1))).chosen

    # 2 (x - 10) / 2 + 4 (y + 4) / 8 + 1 = x + y / 2 - 7
    assert node is not None
    assert node.in_units.tolist() == [1, 0.5, -7]
    assert feature is not None
    assert (feature.center, feature.unit) == (-4, 8)


def test_given_a_regression_when_asked_for_then_the_output_is_in_the_unit_of_the_data() -> None:
    points = Points(np.array([[0.0, 1.0, 2.0], [0.0, 1.0, 4.0]]), np.array([0.0, 1.0, 2.0]))
    task = Task("regression", ("x", "y"), ("x", "y"), target="size")
    dataset = Dataset(points, points, task, target=TargetScale(300.0, 20.0))
    trainer = Trainer(msgspec.structs.replace(SMALL, layers=()), dataset)
    trainer.network.layers[0].parameters[...] = [[1, 0, 0]]

    view = seen(trainer, msgspec.structs.replace(ALL, chosen=(1, 0)))

    assert values(view, 1)[0].tolist() == [[290, 310], [290, 310]]
    assert view.chosen is not None
    assert (view.chosen.least, view.chosen.greatest) == (290, 310)


def test_given_nodes_that_do_nothing_when_asked_for_then_they_are_told_apart() -> None:
    trainer = trainer_of([[0, 0, -1], [0, 0, 1]], [[3, -1, 0]], activation="relu")
    view = seen(trainer, edits=Edits(off=((0, 1),)))

    assert (view.columns[1].idle, view.columns[1].off) == ([True, False], [False, True])
    assert view.columns[1].idle_word == "dead"
    assert view.chosen is not None
    assert (view.chosen.idle, view.chosen.idle_share, view.chosen.off) == (True, 1.0, False)


def test_given_one_input_when_asked_for_then_a_map_is_one_row() -> None:
    x = np.linspace(-1, 1, 8)[np.newaxis]
    task = Task("regression", ("x",), ("x",), target="y")
    dataset = Dataset(Points(x, x[0]), Points(x, x[0]), task)
    trainer = Trainer(msgspec.structs.replace(SMALL, layers=(3,), activation="tanh"), dataset)
    trainer.train_side.measure()

    view = NeuronMaps(trainer, (0,), SQUARE).view(ALL)

    assert [one.maps.shape for one in view.columns] == [(1, 1, 2), (3, 1, 2), (1, 1, 2)]
    assert view.chosen is not None
    assert view.chosen.map.shape == view.chosen.on.shape == (1, 2)


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf, 1e300])
def test_given_parameters_without_bounds_when_asked_for_then_it_can_be_drawn(value: float) -> None:
    trainer = trainer_of([[2, 0, 1], [0, -1, 0]], [[3, -1, 0]], activation="relu")
    trainer.network.parameters[...] = value

    view = seen(trainer)

    assert all(np.isfinite(one.scales).all() for one in view.columns)


@pytest.mark.parametrize(
    ("value", "expected"),
    [(0.0, 1.0), (1.0, 1.0), (1.1, 2.0), (3.0, 5.0), (5.1, 10.0), (0.03, 0.05), (1e-7, 1e-7)],
)
def test_given_a_value_when_rounded_up_then_it_is_1_2_or_5_of_a_power_of_ten(
    value: float, expected: float
) -> None:
    assert nice(value) == pytest.approx(expected, rel=1e-12)


def test_given_values_far_from_0_when_scaled_then_the_scale_lies_around_them() -> None:
    scales = scales_of(np.array([[36.0, 60.0], [-1.0, 60.0], [-205.0, -201.0]]))

    assert scales.middles.tolist() == [40.0, 0.0, -204.0]
    assert scales.halves.tolist() == [20.0, 100.0, 5.0]


@given(training=trainings(), rows=st.integers(0, 5), columns=st.integers(0, 5))
@as_many(20)
def test_given_any_training_when_asked_for_then_it_tells_what_the_network_puts_out(
    training: Training, rows: int, columns: int
) -> None:
    run = training.run()
    widths = [run.trainer.network.num_inputs, *(x.num_nodes for x in run.trainer.network.layers)]
    asked = NetworkRequest(rows, columns, 0, (0,) * len(widths), 10, (1, 0), rows, columns)
    before = run.trainer.network.sha256()

    snapshot = run.snapshot(View(network=asked))

    view = snapshot.network
    assert view is not None
    assert view.widths == widths
    assert [len(one.maps) for one in view.columns] == widths
    for column in view.columns:
        assert (np.abs(column.maps.astype(int)) <= 127).all()
        if column.column:
            weights = run.trainer.network.layers[column.column - 1].weights
            assert np.array_equal(column.weights, weights)
    assert run.trainer.network.sha256() == before
    assert len(bytes(encoded(snapshot))) > 0


def test_given_no_request_when_a_snapshot_is_made_then_it_holds_no_network() -> None:
    assert Training(TrainingConfig(steps=5), moons()).run().snapshot(View()).network is None
