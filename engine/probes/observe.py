"""Works out what a view asks for from a trainer, without changing the course of training."""

from typing import NamedTuple

import numpy as np

from engine.arrays import Array
from engine.data.dataset import Dataset
from engine.messages.snapshot import Bounds, Classes, DataPoints, LayerView, LossCurves, Window
from engine.network.cache import Cache, LayerCache
from engine.network.layer import FullyConnected
from engine.network.losses import accuracy, binary_cross_entropy, classify
from engine.network.neural_network import NeuralNetwork
from engine.training.trainer import Trainer

MARGIN = 0.08
"""Empty space around the points, as a share of their spread."""

SATURATED = 0.01
"""A sigmoid this close to 0 or 1 hardly passes a gradient on."""


KEPT_GRIDS = 24
"""Dashboards of so many sizes may be open before any grid is made anew for each frame."""

MOST_VALUES = 500_000
"""In one array of a grid's evaluation: 4 MB."""


class Facts(NamedTuple):
    """What there is to know of a trainer's moment, whatever is looked at."""

    train_loss: float
    test_loss: float
    train_accuracy: float
    test_accuracy: float
    train_predictions: Classes
    """(points,): the class predicted for every training point."""


def facts_of(trainer: Trainer) -> Facts:
    """The facts of the present moment. Needs `trainer.evaluate()` before."""
    train, test = trainer.dataset
    return Facts(
        train_loss=binary_cross_entropy(trainer.cache.predictions, train.y),
        test_loss=binary_cross_entropy(trainer.test_cache.predictions, test.y),
        train_accuracy=accuracy(trainer.cache.predictions, train.y),
        test_accuracy=accuracy(trainer.test_cache.predictions, test.y),
        train_predictions=predicted_classes(trainer.cache),
    )


class FieldObserver:
    """Evaluates the network on grids; keeps the arrays of some from one frame to the next."""

    def __init__(self, network: NeuralNetwork, bounds: Bounds) -> None:
        self._network = network
        self._bounds = bounds
        self._grids: dict[tuple[int, int], tuple[Cache, list[Array]]] = {}
        widest = max(layer.num_nodes for layer in network.layers)
        self._most = max(MOST_VALUES // widest, 1)

    def probabilities(self, rows: int, columns: int) -> Classes:
        """Probability of class 1 at the middle of each of (rows, columns) cells, in 255ths."""
        if rows < 1 or columns < 1:
            return np.zeros((max(rows, 0), max(columns, 0)), dtype=np.uint8)
        cells = rows * columns
        cache, parts = self._prepared(rows, columns)
        predictions = []
        with np.errstate(all="ignore"):
            for part in parts:
                if len(parts) > 1:
                    cache.inputs[...] = part
                for operation in cache.forward_operations:
                    operation()
                predictions.append(np.rint(cache.predictions * 255.0).astype(np.uint8))
        return np.concatenate(predictions)[:cells].reshape(rows, columns)

    def _prepared(self, rows: int, columns: int) -> tuple[Cache, list[Array]]:
        """Arrays for a grid, and its cells in parts of one size, as a wide layer has much to hold.
        A last part that is not full is filled up.
        """
        shape = rows, columns
        prepared = self._grids.pop(shape, None)
        if prepared is None:
            cells = rows * columns
            batch = min(cells, self._most)
            points = np.zeros((2, -(-cells // batch) * batch))
            points[:, :cells] = grid(self._bounds, rows, columns)
            cache = self._network.make_cache(batch, keep_z=False)
            cache.inputs[...] = points[:, :batch]
            prepared = cache, np.split(points, points.shape[1] // batch, axis=1)
        self._grids[shape] = prepared  # as the one used last
        while len(self._grids) > KEPT_GRIDS:
            del self._grids[next(iter(self._grids))]
        return prepared


def grid(bounds: Bounds, rows: int, columns: int) -> Array:
    """(2, rows * columns): the middles of the cells of `bounds`, the top row first."""
    x = bounds.left + (np.arange(columns) + 0.5) * (bounds.right - bounds.left) / columns
    y = bounds.top - (np.arange(rows) + 0.5) * (bounds.top - bounds.bottom) / rows
    across, down = np.meshgrid(x, y)
    return np.stack([across.ravel(), down.ravel()])


def data_points(dataset: Dataset) -> DataPoints:
    """Both sides of `dataset`, with the rectangle that holds them all."""
    every = np.concatenate([dataset.train.x, dataset.test.x], axis=1)
    low, high = every.min(axis=1), every.max(axis=1)
    margin = np.maximum((high - low) * MARGIN, 1e-9)
    (left, bottom), (right, top) = low - margin, high + margin
    return DataPoints(
        train_x=dataset.train.x,
        train_classes=dataset.train.y.astype(np.uint8),
        test_x=dataset.test.x,
        test_classes=dataset.test.y.astype(np.uint8),
        bounds=Bounds(float(left), float(right), float(bottom), float(top)),
    )


def loss_curves(trainer: Trainer, points: int) -> LossCurves:
    """Both recorded losses with at most `points` points each."""
    train = trainer.train_history.reduced(points)
    test = trainer.test_history.reduced(points)
    return LossCurves(
        train_steps=train.steps,
        train_low=train.low,
        train_high=train.high,
        train_mean=train.mean,
        test_steps=test.steps,
        test_mean=test.mean,
    )


def predicted_classes(cache: Cache) -> Classes:
    """(batch,): the classes that a cache's last forward pass predicts."""
    return classify(cache.predictions)


def layer_view(trainer: Trainer, asked: Window) -> LayerView:
    """The asked-for window of a layer, as far as it exists. Needs `trainer.evaluate()` before."""
    layers = trainer.network.layers
    index = min(max(asked.layer, 0), len(layers) - 1)
    layer, cache = layers[index], trainer.cache.layers[index]
    window = _within(asked, index, layer)
    rows = slice(window.node, window.node + window.nodes)
    columns = slice(window.input, window.input + window.inputs)
    weights = layer.weights
    return LayerView(
        window=window,
        num_layers=len(layers),
        num_nodes=layer.num_nodes,
        num_inputs=layer.num_inputs,
        activation=layer.activation.name,
        parameters=layer.parameters[rows, columns].copy(),
        gradient=cache.gradient[rows, columns].copy(),
        largest=float(np.abs(layer.parameters).max()),
        mean=float(weights.mean()),
        std=float(weights.std()),
        least=float(weights.min()),
        greatest=float(weights.max()),
        gradient_norm=float(np.linalg.norm(cache.gradient)),
        idle_nodes=idle_nodes(layer, cache),
    )


def _within(asked: Window, index: int, layer: FullyConnected) -> Window:
    nodes = min(asked.nodes, layer.num_nodes)
    inputs = min(asked.inputs, layer.num_inputs + 1)
    return Window(
        layer=index,
        node=min(max(asked.node, 0), layer.num_nodes - nodes),
        nodes=nodes,
        input=min(max(asked.input, 0), layer.num_inputs + 1 - inputs),
        inputs=inputs,
    )


def idle_nodes(layer: FullyConnected, cache: LayerCache) -> int:
    """Nodes that are dead (relu) or saturated (sigmoid) on every sample of the batch."""
    if layer.activation.name == "relu":
        idle = cache.a <= 0.0
    elif layer.activation.name == "sigmoid":
        idle = np.abs(cache.a - 0.5) >= 0.5 - SATURATED
    else:
        return 0
    return int(np.count_nonzero(idle.all(axis=1)))
