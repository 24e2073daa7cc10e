"""The matrix products without which there is no step, and nothing else: the floor for any engine of NumPy."""

from functools import partial

import numpy as np

from contenders.workload import Turn, Workload
from engine.arrays import Operation
from engine.network.gradients import gradient_operations, rule_named
from engine.network.losses import loss_of_output
from engine.training.trainer import Trainer


def matmul_turn(workload: Workload) -> Turn:
    """The products of a step with two hidden layers, plainly: weights (nodes, inputs), activations
    (nodes, batch), biases left out.
    """
    rng = np.random.default_rng(0)
    samples = workload.samples
    n1, n2 = hidden = workload.config.hidden_sizes
    shapes = [(n1, 2), (n2, n1), (1, n2)]
    w1, w2, w3 = (rng.normal(size=shape) for shape in shapes)
    dw1, dw2, dw3 = (np.empty(shape) for shape in shapes)
    x = workload.data.train.x.copy()
    # a and z are two arrays: the products' inputs stay what they are
    a1, a2 = (rng.normal(size=(nodes, samples)) for nodes in hidden)
    z1, z2, z3 = (np.empty((nodes, samples)) for nodes in (*hidden, 1))
    dz1, dz2, dz3 = (rng.normal(size=(nodes, samples)) for nodes in (*hidden, 1))
    da1, da2 = np.empty_like(dz1), np.empty_like(dz2)
    matmul = np.matmul

    def turn(steps: int) -> None:
        for _ in range(steps):
            matmul(w1, x, out=z1)
            matmul(w2, a1, out=z2)
            matmul(w3, a2, out=z3)
            matmul(dz3, a2.T, out=dw3)
            matmul(w3.T, dz3, out=da2)
            matmul(dz2, a1.T, out=dw2)
            matmul(w2.T, dz2, out=da1)
            matmul(dz1, x.T, out=dw1)

    return turn


def issued_turn(workload: Workload) -> Turn:
    """The products of a step as the engine has bound them, with the biases in them."""
    trainer = Trainer(workload.config, workload.data)
    trainer.advance(1)
    cache = trainer.take_gradient()  # so that no array is as the allocator gave it
    loss = loss_of_output("sigmoid", 1)
    gradients = gradient_operations(
        rule_named("exact"), cache, loss.targets(workload.data.train.y), loss
    )
    products = [op for op in [*cache.forward_operations, *gradients] if _is_product(op)]
    expected = 3 * len(trainer.network.layers) - 1
    if len(products) != expected:
        raise RuntimeError(f"the engine's step has {len(products)} products, not {expected}")

    def turn(steps: int) -> None:
        for _ in range(steps):
            for product in products:
                product()

    return turn


def _is_product(operation: Operation) -> bool:
    return isinstance(operation, partial) and operation.func.__name__ in ("dot", "matmul")
