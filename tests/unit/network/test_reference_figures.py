"""Activations and networks against figures of an independent automatic differentiation.

How these were made stands in the files, under `how`.
"""

import functools
import json
from typing import Any

import numpy as np
import pytest

from engine.arrays import Array
from engine.network.activations import activation_named
from engine.network.gradients import gradient_operations, rule_named
from engine.network.losses import loss_for, mean_loss
from engine.network.neural_network import NeuralNetwork
from helpers.data import DATA_FOLDER


@functools.cache
def recorded(name: str) -> Any:
    return json.loads((DATA_FOLDER / name).read_text(encoding="utf-8"))


def assert_agrees(found: Array, expected: list[Any]) -> None:
    """To 1e-12, relative where a figure is above 1."""
    figures = np.array(expected)
    worst = np.abs(found - figures) / np.maximum(1.0, np.abs(figures))
    assert worst.max() <= 1e-12, f"{found} is not {figures}"


@pytest.mark.parametrize("shared", [True, False], ids=["a over z", "a beside z"])
@pytest.mark.parametrize("name", list(recorded("activations.json")["activations"]))
def test_given_z_of_any_size_when_an_activation_is_applied_then_value_and_derivative_are_known(
    name: str, shared: bool
) -> None:
    """Given z from -1e300 to 1e300, a in z's memory or its own, then both agree to 1e-12."""
    figures = recorded("activations.json")
    z = np.array([figures["z"]])
    a = z if shared else np.empty_like(z)
    slope, da = np.empty_like(z), np.ones_like(z)
    activation = activation_named(name)
    with np.errstate(all="ignore"):
        for operation in activation.forward(z, slope, a):
            operation()
        for operation in activation.backward(a, slope, da):
            operation()
    assert_agrees(a[0], figures["activations"][name]["a"])
    assert_agrees(da[0], figures["activations"][name]["derivative"])


@pytest.mark.parametrize("case", range(len(recorded("networks.json")["networks"])))
def test_given_known_parameters_when_going_forward_and_back_then_loss_and_gradients_are_known(
    case: int,
) -> None:
    known = recorded("networks.json")["networks"][case]
    x, y = np.array(known["x"]), np.array(known["y"])
    network = NeuralNetwork(len(x), known["sizes"], known["activations"], np.random.default_rng(0))
    for layer, values in zip(network.layers, known["layers"], strict=True):
        layer.weights[...] = values["weights"]
        layer.biases[...] = values["biases"]
    regression = known["activations"][-1] == "none"
    loss = loss_for(known["loss_name"], network.num_outputs, regression=regression)
    targets = loss.targets(y)
    _, cache = network.forward(x)
    for operation in gradient_operations(rule_named("exact"), cache, targets, loss):
        operation()
    assert mean_loss(loss, cache.output_z, cache.output_a, targets) == pytest.approx(
        known["loss"], rel=1e-12
    )
    for here, expected in zip(cache.layers, known["gradients"], strict=True):
        assert_agrees(here.gradient[:, :-1], expected["weights"])
        assert_agrees(here.gradient[:, -1], expected["biases"])
