"""Networks, data, training and runs: everything of moonwalk but the terminal.

The names below are loaded when they are first used, so that `import engine` costs nothing.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from engine.client.session import Session
    from engine.config.training_config import TrainingConfig
    from engine.data.dataset import Dataset
    from engine.data.load import load_dataset
    from engine.errors import ConfigError, HostLostError, MoonwalkError, ShapeError
    from engine.network.layer import FullyConnected
    from engine.network.losses import binary_cross_entropy
    from engine.network.neural_network import NeuralNetwork
    from engine.training.trainer import Trainer

_MODULES = {
    "ConfigError": "engine.errors",
    "Dataset": "engine.data.dataset",
    "FullyConnected": "engine.network.layer",
    "HostLostError": "engine.errors",
    "MoonwalkError": "engine.errors",
    "NeuralNetwork": "engine.network.neural_network",
    "Session": "engine.client.session",
    "ShapeError": "engine.errors",
    "Trainer": "engine.training.trainer",
    "TrainingConfig": "engine.config.training_config",
    "binary_cross_entropy": "engine.network.losses",
    "load_dataset": "engine.data.load",
}
"""The module of each public name."""

__all__ = [
    "ConfigError",
    "Dataset",
    "FullyConnected",
    "HostLostError",
    "MoonwalkError",
    "NeuralNetwork",
    "Session",
    "ShapeError",
    "Trainer",
    "TrainingConfig",
    "binary_cross_entropy",
    "load_dataset",
]


def __getattr__(name: str) -> Any:
    """Load a public name when it is first used (PEP 562)."""
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(_MODULES[name]), name)
    globals()[name] = value
    return value
