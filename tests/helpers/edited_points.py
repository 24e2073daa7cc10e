"""Edits of points, and runs to try them on."""

import msgspec

from engine.config.training_config import TrainingConfig
from engine.messages.commands import AddPoint, Command, RemovePoint
from helpers.runs import SMALL

ADAM = msgspec.structs.replace(SMALL, optimizer="adam", alpha=0.02)
XOR = TrainingConfig(data="xor", samples=40, noise=0.0, layers=(4,), steps=300)
"""Drawn without scikit-learn, which takes a second."""

EDITS: list[Command] = [
    AddPoint(0.5, 0.25, 1.0),
    AddPoint(-0.5, 0.25, 0.0, test=True),
    RemovePoint(1.0, 0.0),
    RemovePoint(1.0, 0.0, test=True),
]
