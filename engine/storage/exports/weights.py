"""The parameters as arrays in a NumPy `.npz`, named as here or as PyTorch names them."""

import io
from collections.abc import Callable, Mapping
from functools import partial

import numpy as np

from engine.arrays import Array
from engine.run.run import Run


def weights_npz(run: Run) -> Callable[[], bytes]:
    """`layer1.weights` (nodes, inputs), `layer1.biases` (nodes,), and so on to the output."""
    arrays: dict[str, Array] = {}
    for number, layer in enumerate(run.trainer.network.layers, start=1):
        arrays[f"layer{number}.weights"] = layer.weights.copy()
        arrays[f"layer{number}.biases"] = layer.biases.copy()
    return partial(encoded, arrays)


def pytorch_npz(run: Run) -> Callable[[], bytes]:
    """The `state_dict` of an `nn.Sequential` in which an activation stands behind every `nn.Linear`:
    `0.weight` (out, in), `0.bias` (out,), `2.weight`, and so on. Of a node that is switched off, which
    PyTorch knows nothing of, what goes on is 0: so the outputs are the same.

    In PyTorch: `net.load_state_dict({k: torch.from_numpy(a) for k, a in np.load(FILE).items()})`.
    """
    arrays: dict[str, Array] = {}
    off: tuple[int, ...] = ()
    for number, layer in enumerate(run.trainer.network.layers):
        weights = layer.weights.copy()
        weights[:, list(off)] = 0.0
        arrays[f"{2 * number}.weight"] = weights
        arrays[f"{2 * number}.bias"] = layer.biases.copy()
        off = layer.off
    return partial(encoded, arrays)


def encoded(arrays: Mapping[str, Array]) -> bytes:
    """`arrays` by name, as the bytes of a `.npz`."""
    file = io.BytesIO()
    np.savez(file, **arrays)  # type: ignore[arg-type] # its own types take the names for flags
    return file.getvalue()
