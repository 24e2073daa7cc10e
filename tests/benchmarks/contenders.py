"""Who is timed beside the engine: each makes so many steps of the same training, or its bare products."""

import warnings
from collections.abc import Callable
from functools import partial
from importlib import import_module
from typing import Any

import numpy as np

from engine.arrays import Operation
from engine.config.checks import MAX_STEPS
from engine.config.names import Initialization, RuleName
from engine.config.training_config import TrainingConfig
from engine.data.dataset import Dataset
from engine.network.gradients import gradient_operations, rule_named
from engine.network.losses import BinaryCrossEntropy
from engine.network.neural_network import NeuralNetwork
from engine.training.trainer import Trainer

ALPHA = 0.25

Turn = Callable[[int], object]
"""Makes so many steps."""


def engine_turn(
    data: Dataset, hidden: tuple[int, ...], rule: RuleName, initialization: Initialization
) -> Turn:
    config = TrainingConfig(
        steps=MAX_STEPS, alpha=ALPHA, layers=hidden, rule=rule, initialization=initialization
    )
    return Trainer(config, data).advance


def sklearn_turn(data: Dataset, hidden: tuple[int, ...]) -> Turn:
    from sklearn.exceptions import ConvergenceWarning
    from sklearn.neural_network import MLPClassifier

    x, y = np.ascontiguousarray(data.train.x.T), data.train.y

    def turn(steps: int) -> None:
        model = MLPClassifier(
            hidden_layer_sizes=hidden,
            solver="sgd",
            alpha=0.0,
            batch_size=y.size,
            learning_rate="constant",
            learning_rate_init=ALPHA,
            momentum=0.0,
            nesterovs_momentum=False,
            max_iter=steps,
            n_iter_no_change=steps,
            tol=0.0,
            shuffle=False,
            random_state=0,
        )
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", ConvergenceWarning)
            model.fit(x, y)
        if len(model.loss_curve_) != steps:
            raise RuntimeError(f"scikit-learn stopped after {len(model.loss_curve_)} steps")

    return turn


def matmul_turn(data: Dataset, hidden: tuple[int, int]) -> Turn:
    """The products of a step, plainly: weights (nodes, inputs), activations (nodes, batch)."""
    rng = np.random.default_rng(0)
    samples = data.train.y.size
    n1, n2 = hidden
    shapes = [(n1, 2), (n2, n1), (1, n2)]
    w1, w2, w3 = (rng.normal(size=shape) for shape in shapes)
    dw1, dw2, dw3 = (np.empty(shape) for shape in shapes)
    x = data.train.x.copy()
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


def issued_turn(data: Dataset, hidden: tuple[int, ...]) -> Turn:
    """The products of a step as the engine has bound them."""
    trainer = Trainer(TrainingConfig(layers=hidden), data)
    trainer.advance(1)  # so that no array is as the allocator gave it
    network, cache = trainer.network, trainer.cache
    loss = BinaryCrossEntropy()
    gradients = gradient_operations(rule_named("exact"), cache, loss.targets(data.train.y), loss)
    products = [op for op in [*cache.forward_operations, *gradients] if is_product(op)]
    expected = 3 * len(network.layers) - 1
    if len(products) != expected:
        raise RuntimeError(f"the engine's step has {len(products)} products, not {expected}")

    def turn(steps: int) -> None:
        for _ in range(steps):
            for product in products:
                product()

    return turn


def is_product(operation: Operation) -> bool:
    return isinstance(operation, partial) and operation.func.__name__ in ("dot", "matmul")


def initial_parameters(hidden: tuple[int, ...]) -> list[tuple[Any, Any]]:
    """Weights (inputs, nodes) and biases as the engine draws them."""
    config = TrainingConfig(layers=hidden)
    network = NeuralNetwork(
        2, config.layer_sizes, config.layer_activations, np.random.default_rng(0)
    )
    return [(layer.weights.T.copy(), layer.biases.copy()) for layer in network.layers]


def jax_turn(data: Dataset, hidden: tuple[int, ...]) -> Turn:
    jax = import_module("jax")
    jnp = import_module("jax.numpy")
    jax.config.update("jax_platforms", "cpu")
    jax.config.update("jax_enable_x64", True)
    jax.config.update("jax_cpu_enable_async_dispatch", False)
    x, y = jnp.asarray(data.train.x.T), jnp.asarray(data.train.y)

    def loss_of(parameters: list[tuple[Any, Any]]) -> Any:
        a = x
        for w, b in parameters[:-1]:
            a = jax.nn.leaky_relu(a @ w + b, 0.05)
        w, b = parameters[-1]
        z = (a @ w + b)[:, 0]
        return jnp.mean(jax.nn.softplus(z) - y * z)

    def updated(parameters: list[tuple[Any, Any]]) -> tuple[list[tuple[Any, Any]], Any]:
        loss, gradients = jax.value_and_grad(loss_of)(parameters)
        return jax.tree.map(lambda p, g: p - ALPHA * g, parameters, gradients), loss

    step = jax.jit(updated, donate_argnums=0)
    state = jax.tree.map(jnp.asarray, initial_parameters(hidden))

    def turn(steps: int) -> None:
        nonlocal state
        losses = []
        for _ in range(steps):
            state, loss = step(state)
            losses.append(loss)
        jax.block_until_ready((state, losses))

    return turn


def torch_turn(data: Dataset, hidden: tuple[int, ...], threads: int) -> Turn:
    torch = import_module("torch")
    torch.set_num_threads(threads)
    torch.set_default_dtype(torch.float64)
    x, y = torch.tensor(data.train.x.T.copy()), torch.tensor(data.train.y[:, np.newaxis])
    modules = []
    for w, b in initial_parameters(hidden):
        linear = torch.nn.Linear(*w.shape)
        with torch.no_grad():
            linear.weight.copy_(torch.tensor(w.T))
            linear.bias.copy_(torch.tensor(b))
        modules += [linear, torch.nn.LeakyReLU(0.05)]
    model = torch.nn.Sequential(*modules[:-1])
    loss_of = torch.nn.BCEWithLogitsLoss()
    optimizer = torch.optim.SGD(model.parameters(), lr=ALPHA, fused=True)

    def turn(steps: int) -> None:
        losses = []
        for _ in range(steps):
            optimizer.zero_grad()
            loss = loss_of(model(x), y)
            loss.backward()
            optimizer.step()
            losses.append(loss.detach())

    return turn
