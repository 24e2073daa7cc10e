"""Update rules: how the gradients are taken from a cache after a forward pass."""

from typing import Protocol

from engine.arrays import Array, Operation
from engine.errors import ConfigError
from engine.network.cache import Cache, LayerCache, Outputs
from engine.network.gradients.article import ArticleRule
from engine.network.gradients.exact import ExactRule
from engine.network.layer import FullyConnected
from engine.network.losses import Loss


class Rule(Protocol):
    """A way to fill `cache.gradient` after a forward pass: first dL/dz of the last layer, then, from
    that, every layer's gradient. None of the operations changes a weight.
    """

    clips_sums: bool
    """Whether NaN and clipping to [-1, 1] are left to the update, on the summed gradients."""

    def output_operations(
        self, layer: FullyConnected, here: LayerCache, targets: Array, loss: Loss
    ) -> list[Operation]:
        """The calls that write dL/dz of the last layer, with `targets` (outputs, batch).

        ConfigError where the rule, the loss and the layer do not go together.
        """

    def parameter_operations(self, layers: list[FullyConnected], cache: Cache) -> list[Operation]:
        """The calls that take every layer's gradient from there, last layer first."""


_RULES: dict[str, Rule] = {"exact": ExactRule(), "article": ArticleRule()}


def rule_named(name: str) -> Rule:
    """The rule called `name`; ConfigError names the ones there are."""
    try:
        return _RULES[name]
    except KeyError:
        raise ConfigError("rule", f"{name!r} is not one of {', '.join(_RULES)}") from None


def gradient_operations(rule: Rule, cache: Cache, targets: Array, loss: Loss) -> list[Operation]:
    """The calls that fill `cache.gradient` after a forward pass, with `targets` (outputs, batch)."""
    return [
        *rule.output_operations(cache.of[-1], cache.layers[-1], targets, loss),
        *rule.parameter_operations(cache.of, cache),
    ]


def step_operations(
    rule: Rule, cache: Cache, targets: Array, loss: Loss, outputs: Outputs
) -> list[list[Operation]]:
    """For each step of `outputs`, the calls of one forward and one backward pass that leave z and a
    of the last layer there, from which the losses of many steps are worked out at once. The lists
    share every call but the few of the last layer.
    """
    last = len(cache.of) - 1
    before, after = cache.hidden_operations, rule.parameter_operations(cache.of, cache)
    steps = []
    for z, a in zip(outputs.z, outputs.a, strict=True):
        here = cache.output_at(z, a)
        between = [
            *cache.layer_operations(last, here),
            *rule.output_operations(cache.of[last], here, targets, loss),
        ]
        steps.append([*before, *between, *after])
    return steps
