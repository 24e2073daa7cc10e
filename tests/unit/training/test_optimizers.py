"""Optimizers: PyTorch's trajectories, step by step, and what an update leaves alone."""

import json
import tracemalloc
from typing import Any

import numpy as np
import pytest

from engine.arrays import Array, Operation, aligned_empty, constant
from engine.errors import ConfigError
from engine.training.optimizers import Optimizer, optimizer_named
from engine.training.regularization import charges
from helpers.data import DATA_FOLDER

REFERENCE: dict[str, Any] = json.loads((DATA_FOLDER / "optimizers.json").read_text("utf-8"))
OPTIMIZERS: dict[str, tuple[str, dict[str, Any]]] = {
    "sgd": ("sgd", {}),
    "momentum": ("sgd", {"momentum": 0.9}),
    "nesterov": ("sgd", {"momentum": 0.9, "nesterov": True}),
    "rmsprop": ("rmsprop", {}),
    "rmsprop_momentum": ("rmsprop", {"momentum": 0.5}),
    "adam": ("adam", {}),
    "adamw": ("adamw", {}),
}
SHAPES = [(1, 3)]
"""Two weights and a bias, as in the reference."""

every_optimizer = pytest.mark.parametrize("name", OPTIMIZERS)


def named(name: str, l2: float = 0.0, shapes: list[tuple[int, int]] = SHAPES) -> Optimizer:
    optimizer, options = OPTIMIZERS[name]
    return optimizer_named(optimizer, **options, decay=charges(shapes, l2) if l2 else None)


class Descent:
    """Parameters with the operations of an optimizer."""

    def __init__(self, optimizer: Optimizer, start: list[float]) -> None:
        self.parameters = np.array(start)
        self.gradient, self.change = np.zeros(len(start)), np.zeros(len(start))
        self.slots = np.zeros((optimizer.slots, len(start)))
        self.count, self.alpha = constant(0.0), constant(0.0)
        self.operations: list[Operation] = optimizer.operations(
            self.parameters, self.gradient, self.change, self.slots, self.count, self.alpha
        )

    def update(self, gradient: Array, alpha: float) -> None:
        self.gradient[...] = gradient
        self.alpha[()] = alpha
        for operation in self.operations:
            operation()
        self.parameters -= self.change


def reference_descent(name: str, l2: float) -> list[list[float]]:
    """The parameters after each of the reference's 200 updates."""
    matrix, direction = np.array(REFERENCE["matrix"]), np.array(REFERENCE["direction"])
    descent = Descent(named(name, l2), REFERENCE["start"])
    trajectory = []
    for step in range(200):
        gradient = matrix @ (descent.parameters - ((step * 7) % 11 - 5) / 5 * direction)
        descent.update(gradient, REFERENCE["alpha"][step >= REFERENCE["change_at"]])
        trajectory.append(descent.parameters.tolist())
    return trajectory


@every_optimizer
def test_given_gradients_when_followed_with_another_alpha_midway_then_every_step_is_pytorchs(
    name: str,
) -> None:
    trajectory = reference_descent(name, 0.0)

    assert len(trajectory) == len(REFERENCE["plain"][name]) == 200
    np.testing.assert_allclose(trajectory, REFERENCE["plain"][name], rtol=0, atol=1e-12)


@every_optimizer
def test_given_l2_when_followed_then_steps_are_pytorchs_with_weight_decay_on_weights_alone(
    name: str,
) -> None:
    trajectory = reference_descent(name, REFERENCE["weight_decay"])

    np.testing.assert_allclose(trajectory[4::5], REFERENCE["decayed"][name], rtol=0, atol=1e-12)


def test_given_l2_when_adam_and_adamw_are_compared_then_they_differ() -> None:
    """The reference tells them apart: it would not if adamw took l2 into the gradient."""
    adam, adamw = np.array(REFERENCE["decayed"]["adam"]), np.array(REFERENCE["decayed"]["adamw"])

    assert np.abs(adam - adamw).max() > 1e-3


def test_given_plain_descent_when_bound_then_it_is_one_operation_with_the_bits_of_alpha_g() -> None:
    descent = Descent(optimizer_named("sgd"), [1.0, 2.0, 3.0])
    gradient = np.array([0.1, -0.7, 1e-3])
    descent.update(gradient, 0.3)

    assert len(descent.operations) == 1
    assert descent.change.tolist() == (gradient * 0.3).tolist()
    assert descent.slots.shape == (0, 3)


@pytest.mark.parametrize(
    ("name", "change"),
    [
        # 0.5 * 2; 0.5 * 2; 0.5 * (2 + 0.9 * 2)
        ("sgd", [1.0, 1.0]),
        ("momentum", [1.0, 1.0 * 1.9]),
        ("nesterov", [1.9, 0.5 * (2.0 + 0.9 * 3.8)]),
        # alpha g / (sqrt(.01 g^2) + 1e-8), then .0199 g^2
        ("rmsprop", [1.0 / (0.2 + 1e-8), 1.0 / (0.0796**0.5 + 1e-8)]),
        # both averages, corrected, are g and g^2
        ("adam", [1.0 / (2.0 + 1e-8), 1.0 / (2.0 + 1e-8)]),
    ],
)
def test_given_the_same_gradient_twice_when_followed_then_changes_are_those_worked_out_by_hand(
    name: str, change: list[float]
) -> None:
    descent = Descent(named(name), [0.0])
    found = []
    for _ in range(2):
        descent.update(np.array([2.0]), 0.5)
        found.append(descent.change[0])

    assert found == pytest.approx(change, rel=1e-12)


@every_optimizer
@pytest.mark.parametrize("l2", [0.0, 0.1])
def test_given_an_update_when_made_then_the_gradient_is_still_that_of_the_loss(
    name: str, l2: float
) -> None:
    descent = Descent(named(name, l2), [0.5, -0.5, 1.0])
    gradient = np.array([0.25, -2.0, 0.0])
    for _ in range(3):
        descent.update(gradient, 0.1)

    assert descent.gradient.tolist() == gradient.tolist()


@every_optimizer
@pytest.mark.parametrize("l2", [0.0, 0.1])
def test_given_slots_and_count_when_copied_at_any_step_then_the_copy_goes_on_bit_for_bit(
    name: str, l2: float
) -> None:
    gradients = np.random.default_rng(3).normal(size=(30, 3))
    descent = Descent(named(name, l2), [0.5, -0.5, 1.0])
    for gradient in gradients[:17]:
        descent.update(gradient, 0.1)
    again = Descent(named(name, l2), descent.parameters.tolist())
    again.slots[...] = descent.slots
    again.count[()] = int(descent.count)
    for gradient in gradients[17:]:
        descent.update(gradient, 0.02)
        again.update(gradient, 0.02)

    assert again.parameters.tolist() == descent.parameters.tolist()


@pytest.mark.parametrize(("name", "count"), [("sgd", 0), ("rmsprop", 0), ("adam", 5), ("adamw", 5)])
def test_given_updates_when_counted_then_adam_knows_how_many(name: str, count: int) -> None:
    descent = Descent(named(name), [0.5, -0.5, 1.0])
    for _ in range(5):
        descent.update(np.ones(3), 0.1)

    assert descent.count == count


@every_optimizer
def test_given_gradients_of_zero_when_followed_from_the_start_then_nothing_moves(name: str) -> None:
    descent = Descent(named(name), [0.5, -0.5, 1.0])
    for _ in range(3):
        descent.update(np.zeros(3), 0.1)

    assert descent.parameters.tolist() == [0.5, -0.5, 1.0]


@every_optimizer
def test_given_many_parameters_when_updated_then_no_array_of_their_size_is_made(name: str) -> None:
    size = 50_000
    descent = Descent(named(name, 0.1, [(50, 1000)]), [0.1] * size)
    tracemalloc.start()
    try:
        for operation in descent.operations * 3:
            operation()
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()

    assert peak < size


@pytest.mark.parametrize(
    ("name", "operations"),
    [("sgd", 1), ("momentum", 3), ("nesterov", 5), ("rmsprop", 8), ("adam", 10), ("adamw", 10)],
)
def test_given_an_optimizer_when_bound_then_an_update_is_a_few_calls(
    name: str, operations: int
) -> None:
    assert len(Descent(named(name), [0.0]).operations) == operations


def test_given_another_name_when_asked_for_then_the_message_lists_the_names() -> None:
    with pytest.raises(
        ConfigError, match=r"^optimizer: 'lbfgs' is not one of sgd, rmsprop, adam, adamw$"
    ):
        optimizer_named("lbfgs")


def test_given_storage_on_a_cache_line_when_updated_then_the_bits_are_the_same() -> None:
    descent, gradient = Descent(named("adam"), [0.5] * 37), np.linspace(-1.0, 1.0, 37)
    descent.update(gradient, 0.1)
    parameters, change, slots = aligned_empty(37), aligned_empty(37), aligned_empty(2, 37)
    slots[...] = 0.0
    for operation in named("adam").operations(
        parameters, gradient, change, slots, constant(0.0), constant(0.1)
    ):
        operation()

    assert change.tolist() == descent.change.tolist()
