"""What decides a run, and what is allowed."""

import math
from typing import Any

import msgspec

from engine.errors import ConfigError
from engine.network.gradients import RULE_NAMES, RuleName
from engine.network.layer import INITIALIZATIONS, Initialization

MAX_ALPHA = 1e300
MAX_STEPS = 10**12
MAX_SAMPLES = 1_000_000
MAX_NODES = 4096
MAX_LAYERS = 16
MAX_SEED = 2**32 - 1
"""The largest seed that scikit-learn takes."""


class TrainingConfig(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One run: the same configuration and the same commands give the same parameters.

    Raises ConfigError, whatever field is wrong, when made.
    """

    steps: int = 20_000
    """Updates, each on the full training set."""
    alpha: float = 0.25
    """Learning rate."""
    layers: tuple[int, ...] = (16, 16)
    """Nodes of each hidden layer; the output layer of one node is not named."""
    samples: int = 200
    """Points of make_moons, training and test together."""
    noise: float = 0.2
    """Standard deviation of the points' noise."""
    test_size: float = 0.25
    """Share of the points kept for the test."""
    seed: int = 0
    """Seeds the data, the split and the initial parameters."""
    rule: RuleName = "exact"
    """How gradients are taken."""
    initialization: Initialization = "he"
    """How the initial parameters are drawn."""

    def __post_init__(self) -> None:
        check_whole("steps", self.steps, 1, MAX_STEPS)
        check_alpha(self.alpha)
        if not 1 <= len(self.layers) <= MAX_LAYERS:
            raise ConfigError("layers", f"give 1 to {MAX_LAYERS} hidden layers")
        for nodes in self.layers:
            check_whole("layers", nodes, 1, MAX_NODES)
        check_whole("samples", self.samples, 4, MAX_SAMPLES)
        check_positive("noise", self.noise, 1e6)
        check_split(self.samples, self.test_size)
        check_whole("seed", self.seed, 0, MAX_SEED)
        check_name("rule", self.rule, RULE_NAMES)
        check_name("initialization", self.initialization, INITIALIZATIONS)

    @property
    def layer_sizes(self) -> list[int]:
        """Nodes of every layer, the output layer included."""
        return [*self.layers, 1]

    @property
    def layer_activations(self) -> list[str]:
        """Relu for every hidden layer, sigmoid for the last."""
        return ["relu"] * len(self.layers) + ["sigmoid"]


def check_whole(setting: str, value: int, least: int, most: int) -> None:
    """ConfigError unless `least` <= `value` <= `most`."""
    if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
        raise ConfigError(setting, f"{shown(value)} is not a whole number from {least} to {most}")


def check_positive(setting: str, value: float, most: float) -> None:
    """ConfigError unless `value` is a finite number above zero, up to `most`."""
    if not (isinstance(value, int | float) and math.isfinite(value) and 0.0 < value <= most):
        raise ConfigError(setting, f"{shown(value)} is not a number above 0, up to {most:g}")


def check_alpha(alpha: float) -> None:
    """ConfigError unless `alpha` can be a learning rate."""
    check_positive("alpha", alpha, MAX_ALPHA)


def check_name(setting: str, value: str, allowed: tuple[str, ...]) -> None:
    """ConfigError unless `value` is one of `allowed`."""
    if value not in allowed:
        raise ConfigError(setting, f"{shown(value)} is not one of {', '.join(allowed)}")


def check_split(samples: int, test_size: float) -> None:
    """ConfigError unless both sides of the split can hold both classes."""
    if not (isinstance(test_size, int | float) and 0.0 < test_size < 1.0):
        raise ConfigError("test-size", f"{shown(test_size)} is not a number between 0 and 1")
    tested = math.ceil(test_size * samples)
    trained = samples - tested
    if min(tested, trained) < 2:
        raise ConfigError(
            "test-size",
            f"{test_size:g} of {samples} samples leaves {trained} to train on and {tested} to test;"
            " each side needs at least 2",
        )


def shown(value: Any) -> str:
    """`value` as a message can hold it."""
    text = repr(value) if isinstance(value, str) else str(value)
    return text if len(text) <= 40 else text[:37] + "..."
