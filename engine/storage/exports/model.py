"""The whole network as JSON: enough to work out its predictions elsewhere."""

from collections.abc import Callable
from functools import partial
from typing import Any

import msgspec

from engine.arrays import Array
from engine.config.activation_names import LEAK
from engine.config.setup_string import in_force, setup_line
from engine.data.dataset import Dataset
from engine.network.layer import FullyConnected
from engine.run.run import Run

FORMAT = "moonwalk network"


def model_json(run: Run) -> Callable[[], bytes]:
    """Layer by layer, weights, biases, activation and the nodes that are switched off; what goes in and
    comes out, on which scale; and the configuration that it was trained with.
    """
    trainer = run.trainer
    config = in_force(trainer.config, trainer.alpha, trainer.total_steps)
    document = {
        "format": FORMAT,
        "step": trainer.step,
        "setup": setup_line("moonwalk", config),
        "config": msgspec.to_builtins(config),
        "task": msgspec.to_builtins(trainer.dataset.task),
        "inputs": _inputs(trainer.dataset),
        "target": trainer.dataset.target._asdict(),
        "layers": [_layer(layer) for layer in trainer.network.layers],
    }
    return partial(encoded, document)


def _inputs(dataset: Dataset) -> dict[str, Any]:
    """From a point's inputs to what the first layer takes in: (feature - center) / scale."""
    transform = dataset.transform
    return {
        "features": list(dataset.task.features),
        "center": _list(transform.center),
        "scale": _list(transform.scale),
    }


def _list(column: Array | None) -> list[float] | None:
    return None if column is None else column.ravel().tolist()


def _layer(layer: FullyConnected) -> dict[str, Any]:
    name, _, slope = layer.activation.name.partition(":")
    return {
        "activation": name,
        **({"slope": float(slope or LEAK)} if name == "relu" else {}),  # where z <= 0
        "off": list(layer.off),
        "weights": layer.weights.copy(),
        "biases": layer.biases.copy(),
    }


def encoded(document: dict[str, Any]) -> bytes:
    """`document` as JSON; a number that is none, as after a divergence, is null."""
    return msgspec.json.encode(document, enc_hook=_array) + b"\n"


def _array(array: Array) -> msgspec.Raw:
    """`array` as JSON, row by row: a run in another thread need not wait for all of a large one."""
    if array.ndim == 1:
        return msgspec.Raw(msgspec.json.encode(array.tolist()))
    rows = [msgspec.json.encode(row.tolist()) for row in array]
    return msgspec.Raw(b"[" + b",".join(rows) + b"]")
