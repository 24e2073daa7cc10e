"""Networks, data, training and runs: everything of moonwalk but the terminal."""

from engine.config import TrainingConfig
from engine.errors import ConfigError, HostLostError, MoonwalkError, ShapeError
from engine.layer import FullyConnected
from engine.losses import binary_cross_entropy
from engine.network import NeuralNetwork
from engine.session import Session
from engine.trainer import Trainer

__all__ = [
    "ConfigError",
    "FullyConnected",
    "HostLostError",
    "MoonwalkError",
    "NeuralNetwork",
    "Session",
    "ShapeError",
    "Trainer",
    "TrainingConfig",
    "binary_cross_entropy",
]
