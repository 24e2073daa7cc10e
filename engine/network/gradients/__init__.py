"""Update rules: how the gradients are taken from a cache after a forward pass."""

from typing import Protocol

from engine.arrays import Array, Operation
from engine.errors import ConfigError
from engine.network.cache import Cache
from engine.network.gradients.article import ArticleRule
from engine.network.gradients.exact import ExactRule
from engine.network.layer import FullyConnected


class Rule(Protocol):
    """A way to fill `cache.gradient` from `cache`, the labels y (batch,) and the weights."""

    clips_sums: bool
    """Whether NaN and clipping to [-1, 1] are left to the update, on the summed gradients."""

    def operations(self, layers: list[FullyConnected], cache: Cache, y: Array) -> list[Operation]:
        """The calls that take every layer's gradient, last layer first. None changes a weight."""


_RULES: dict[str, Rule] = {"exact": ExactRule(), "article": ArticleRule()}


def rule_named(name: str) -> Rule:
    """The rule called `name`; ConfigError names the ones there are."""
    try:
        return _RULES[name]
    except KeyError:
        raise ConfigError("rule", f"{name!r} is not one of {', '.join(_RULES)}") from None
