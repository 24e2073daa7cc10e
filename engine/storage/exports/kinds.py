"""What can be exported of a run: to add a kind is to add an entry."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from engine.run.run import Run
from engine.storage.exports.losses import losses_csv
from engine.storage.exports.model import model_json
from engine.storage.exports.points import points_csv
from engine.storage.exports.weights import pytorch_npz, weights_npz


class ExportKind(NamedTuple):
    """One kind of file."""

    name: str
    """In a word."""
    extension: str
    help: str
    """What is in it, in a line."""
    begin: Callable[[Run], Callable[[], bytes]]
    """Takes from a run what it needs, at once; what it gives back makes the bytes of the file of
    that, and may be called in a thread, while the run goes on.
    """
    words: str = ""
    """Further words to find it by, in lower case, with spaces between."""

    @property
    def file_name(self) -> str:
        """What the file is called."""
        return f"moonwalk-{self.name}.{self.extension}"


# fmt: off
_ALL = (
    ExportKind("losses", "csv", "both losses, epoch and alpha of each step that is kept",
               losses_csv, words="curve history train test table"),
    ExportKind("points", "csv", "all points; moonwalk --data FILE learns them again",
               points_csv, words="data table samples"),
    ExportKind("weights", "npz", "weights and biases, an array each, for NumPy",
               weights_npz, words="biases parameters numpy arrays"),
    ExportKind("network", "json", "weights, activations, scales, classes and configuration",
               model_json, words="model weights biases parameters"),
    ExportKind("pytorch", "npz", "arrays as a state dict names them: 0.weight, 0.bias ...",
               pytorch_npz, words="torch state dict weights biases parameters"),
)
# fmt: on

EXPORTS: Mapping[str, ExportKind] = {kind.name: kind for kind in _ALL}
"""By name, in the order in which they are offered."""
