"""What every neuron of a network puts out all over the plane."""

import math
from typing import NamedTuple

import numpy as np

from engine.arrays import Array
from engine.config.edits import NO_EDITS, Edits
from engine.messages.network_view import MOST_SHARE, ChosenNeuron, NetworkView, NeuronColumn, Shares
from engine.messages.snapshot import Bounds
from engine.messages.view import NetworkRequest
from engine.network.layer import FullyConnected
from engine.probes.decision_field import LARGEST_DRAWN
from engine.probes.plane_grids import PlaneGrids
from engine.training.trainer import Trainer

NICE_LEADS = (1.0, 2.0, 5.0, 10.0)

AROUND_HALF = ("sigmoid", "softmax")
"""Activations between 0 and 1."""

WITHOUT_A_TURN = ("none", "softmax")
"""Activations for which z = 0 is no place like others, or no border."""

Shown = dict[int, range]
"""The nodes that are asked for of each column."""


class Scales(NamedTuple):
    """What the shares of maps stand for: value = middle + share half / 127. Both are (neurons,)."""

    middles: Array
    halves: Array

    def shares(self, values: Array) -> Shares:
        """`values` (neurons, ...), rounded; what lies beyond the scale is at its end."""
        shape = (-1, *(1,) * (values.ndim - 1))
        shares = (values - self.middles.reshape(shape)) / self.halves.reshape(shape)
        whole = np.rint(shares * MOST_SHARE)
        return np.clip(whole, -MOST_SHARE, MOST_SHARE, out=whole).astype(np.int8)


class NeuronMaps:
    """Evaluates all layers of a trainer's network on grids of its plane."""

    def __init__(
        self,
        trainer: Trainer,
        plane: tuple[int, ...],
        bounds: Bounds,
        grids: PlaneGrids | None = None,
    ) -> None:
        """`plane` as for a DecisionField."""
        self._trainer, self._dataset = trainer, trainer.dataset
        self._layers = trainer.network.layers
        self._grids = grids or PlaneGrids(trainer, plane, bounds)
        self._widths = [trainer.network.num_inputs, *(layer.num_nodes for layer in self._layers)]

    def view(self, asked: NetworkRequest, edits: Edits = NO_EDITS) -> NetworkView:
        """The neurons that `asked` names, as far as they exist. Which of them are idle, the trainer's last
        evaluation tells.
        """
        shown = self._shown(asked)
        values = self._activations(*self._grids.shape_of(asked.rows, asked.columns), shown)
        return NetworkView(
            widths=list(self._widths),
            columns=[self._column(column, shown, values[column], edits) for column in shown],
            chosen=self._chosen(asked, edits),
        )

    def _shown(self, asked: NetworkRequest) -> Shown:
        shown = {}
        for column, first in enumerate(asked.first_nodes, start=asked.first_column):
            if column < len(self._widths):
                nodes = min(asked.nodes, self._widths[column])
                first = min(first, self._widths[column] - nodes)
                shown[column] = range(first, first + nodes)
        return shown

    def _activations(self, rows: int, columns: int, shown: Shown) -> dict[int, Array]:
        """(neurons, rows, columns) of each column that is shown."""
        cells = rows * columns
        found: dict[int, list[Array]] = {column: [] for column in shown}
        if cells and shown:
            grid = self._grids.prepared(rows, columns)
            with np.errstate(all="ignore"):
                for part in grid.parts:
                    grid.run(part)
                    for column, nodes in shown.items():
                        a = grid.cache.a[column - 1][nodes.start : nodes.stop]
                        found[column].append(drawable(self._in_units(column, a)))
        return {
            column: np.concatenate(parts or [np.zeros((len(shown[column]), 0))], axis=1)[
                :, :cells
            ].reshape(len(shown[column]), rows, columns)
            for column, parts in found.items()
        }

    def _in_units(self, column: int, a: Array) -> Array:
        """Outputs that are values, in the unit of the data; all else as it is."""
        values = self._is_output(column) and self._dataset.task.is_regression
        return self._dataset.target.unscaled(a) if values else a

    def _is_output(self, column: int) -> bool:
        return column == len(self._layers)

    def _activation(self, column: int) -> str:
        return self._layers[column - 1].activation.name if column else ""

    def _scales(self, column: int, values: Array) -> Scales:
        """The scales of neurons' `values` (neurons, ...)."""
        values = values.reshape(len(values), math.prod(values.shape[1:]))
        activation = self._activation(column)
        if activation in AROUND_HALF:
            halves = np.full(len(values), 0.5)
            return Scales(halves, halves) if self._is_output(column) else scales_around(0.5, values)
        if column and not self._is_output(column):
            return scales_around(0.0, values)
        return scales_of(values)

    def _column(self, column: int, shown: Shown, values: Array, edits: Edits) -> NeuronColumn:
        nodes = shown[column]
        scales = self._scales(column, values)
        return NeuronColumn(
            column=column,
            first_node=nodes.start,
            num_nodes=self._widths[column],
            activation=self._activation(column),
            maps=scales.shares(values),
            middles=scales.middles,
            scales=scales.halves,
            weights=self._weights(column, nodes, shown.get(column - 1, range(0))),
            idle=[share == 1.0 for share in self._idle_shares(column, nodes)],
            idle_word=self._layers[column - 1].activation.idle_word if column else "",
            off=[(column - 1, node) in edits.off for node in nodes],
        )

    def _weights(self, column: int, nodes: range, before: range) -> Array:
        if not column:
            return np.zeros((len(nodes), 0))
        weights = self._layers[column - 1].weights
        return weights[nodes.start : nodes.stop, before.start : before.stop].copy()

    def _idle_shares(self, column: int, nodes: range) -> list[float]:
        """The share of the training points on which each of the nodes is idle."""
        if not column:
            return [0.0] * len(nodes)
        cache = self._trainer.train_side.cache.layers[column - 1]
        rows = slice(nodes.start, nodes.stop)
        idle = self._layers[column - 1].activation.idle(cache.a[rows], cache.slope[rows])
        shares: list[float] = idle.mean(axis=1).tolist()
        return shares

    # -- the chosen one

    def _chosen(self, asked: NetworkRequest, edits: Edits) -> ChosenNeuron | None:
        column, node = asked.chosen
        if column >= len(self._widths) or node >= self._widths[column]:
            return None
        shape = self._grids.shape_of(asked.large_rows, asked.large_columns)
        if not min(shape):  # it is not drawn; what it puts out is told all the same
            shape = self._grids.shape_of(asked.rows, asked.columns)
        nodes = range(node, node + 1)
        values = self._activations(*shape, {column: nodes})[column]
        scales = self._scales(column, values)
        layer = self._layers[column - 1] if column else None
        center, unit = self._feature_scale(node) if layer is None else (0.0, 1.0)
        share = self._idle_shares(column, nodes)[0]
        return ChosenNeuron(
            column=column,
            node=node,
            activation=self._activation(column),
            map=scales.shares(values)[0],
            middle=float(scales.middles[0]),
            scale=float(scales.halves[0]),
            on=self._on(layer, column, node, shape),
            least=float(values.min()) if values.size else 0.0,
            greatest=float(values.max()) if values.size else 0.0,
            weights=np.zeros(0) if layer is None else layer.weights[node].copy(),
            bias=0.0 if layer is None else float(layer.biases[node]),
            in_units=self._from_unscaled(layer, node) if layer and column == 1 else np.zeros(0),
            center=center,
            unit=unit,
            outgoing=self._outgoing(column, node),
            idle=share == 1.0,
            idle_word="" if layer is None else layer.activation.idle_word,
            idle_share=share,
            off=(column - 1, node) in edits.off,
        )

    def _outgoing(self, column: int, node: int) -> Array:
        if self._is_output(column):
            return np.zeros(0)
        return self._layers[column].weights[:, node].copy()

    def _on(
        self, layer: FullyConnected | None, column: int, node: int, shape: tuple[int, int]
    ) -> Shares:
        """Where z = w . a_previous + b of the node is above 0."""
        if layer is None or layer.activation.name in WITHOUT_A_TURN or not min(shape):
            return np.zeros((0, 0), dtype=np.int8)
        grid = self._grids.prepared(*shape)
        parts = []
        with np.errstate(all="ignore"):
            for part in grid.parts:
                if len(grid.parts) > 1:  # the pass of a single one was made for the map
                    grid.run(part)
                parts.append(layer.parameters[node] @ grid.cache.previous_extended(column - 1))
            z = np.concatenate(parts)[: shape[0] * shape[1]]
            on: Shares = (z > 0.0).reshape(shape).astype(np.int8)
        return on

    def _feature_scale(self, node: int) -> tuple[float, float]:
        transform = self._dataset.transform
        if transform.center is None or transform.scale is None:
            return 0.0, 1.0
        return float(transform.center[node, 0]), float(transform.scale[node, 0])

    def _from_unscaled(self, layer: FullyConnected, node: int) -> Array:
        """W' = w / scale, b' = b - sum of w' center: w . (x - center) / scale + b = w' . x + b'."""
        transform = self._dataset.transform
        if transform.center is None or transform.scale is None:
            return np.zeros(0)
        weights = layer.weights[node] / transform.scale[:, 0]
        return np.append(weights, layer.biases[node] - weights @ transform.center[:, 0])


def drawable(values: Array) -> Array:
    """A copy of `values` without infinite ones, and with 0 for what is no number."""
    if np.isfinite(values).all():
        return values.clip(-LARGEST_DRAWN, LARGEST_DRAWN)
    return np.nan_to_num(values, nan=0.0).clip(-LARGEST_DRAWN, LARGEST_DRAWN)


def scales_around(middle: float, values: Array) -> Scales:
    """The scales around `middle` that hold `values` (neurons, cells); 1 where all are there."""
    greatest = np.abs(values - middle).max(axis=1, initial=0.0).tolist()
    halves = np.array([nice(one) for one in greatest])
    return Scales(np.full(halves.size, middle), halves)


def scales_of(values: Array) -> Scales:
    """The same around 0, or, for a neuron whose values lie far from it, around a multiple of its scale."""
    each = [scales_around(_middle(of_one), of_one[np.newaxis]) for of_one in values]
    if not each:
        return Scales(np.zeros(0), np.zeros(0))
    return Scales(*(np.concatenate(parts) for parts in zip(*each, strict=True)))


def _middle(values: Array) -> float:
    if not values.size or values.min() <= 0.0 <= values.max():
        return 0.0
    least, greatest = float(values.min()), float(values.max())
    step = nice(greatest / 2.0 - least / 2.0)
    return round((least / 2.0 + greatest / 2.0) / step) * step


def nice(value: float) -> float:
    """The least of 1, 2 and 5 times a power of ten that is not below `value`; 1 for 0."""
    if value < 1e-300:
        return 1.0
    power = 10.0 ** math.floor(math.log10(value))
    return next(
        (lead * power for lead in NICE_LEADS if value <= lead * power * (1.0 + 1e-9)), value
    )
