"""The training loop: synchronous, deterministic, and close to what the matrix products cost."""

import math
from enum import StrEnum
from functools import partial

import msgspec
import numpy as np

from engine.arrays import Array, Operation, aligned_empty
from engine.config.training_config import MAX_STEPS, TrainingConfig, check_alpha, check_whole
from engine.data.dataset import Dataset
from engine.data.load import load_dataset
from engine.errors import ConfigError
from engine.network.cache import Cache
from engine.network.gradients import rule_named
from engine.network.losses import batch_losses, binary_cross_entropy
from engine.network.neural_network import NeuralNetwork, repair_gradient
from engine.training.best_state import BestState
from engine.training.history import LossHistory

EVALUATION_INTERVAL = 50
"""Updates between two recorded test losses, and training losses worked out at a time."""

PARAMETER_LIMIT = 1_000.0
"""Root mean square of the parameters at which a run counts as diverged. Trained weights here are
of order 1; at a thousand every sigmoid is a step and no gradient leads back."""


class Phase(StrEnum):
    """Where a trainer stands."""

    TRAINING = "training"
    DONE = "done"
    DIVERGED = "diverged"


class Divergence(msgspec.Struct, frozen=True):
    """The update that was not made because it would have thrown the parameters away."""

    step: int
    """Updates made before it; the parameters are still those of this step."""
    layer: int
    """The layer that would have grown most, counted from 1."""
    what: str
    """`weights` or `biases`."""
    size: float
    """The largest value there would have been; may be infinite or NaN."""
    alpha: float
    """The learning rate of that update."""

    def __str__(self) -> str:
        return f"{self.what} of layer {self.layer} would reach {self.size:.3g} at step {self.step + 1:,}"


class Trainer:
    """Trains one network on one dataset: `advance` makes updates, however they are cut up.

    Commands take effect between two updates. The same configuration and the same commands at the
    same steps give the same parameters, bit for bit.
    """

    def __init__(self, config: TrainingConfig, dataset: Dataset | None = None) -> None:
        """Without `dataset`, load the one that `config` names."""
        self.alpha = config.alpha
        self._begin(config, load_dataset(config) if dataset is None else dataset)

    def _begin(self, config: TrainingConfig, dataset: Dataset) -> None:
        self.config = config
        self.dataset = dataset
        self.total_steps = config.steps
        self.step = 0
        self.divergence: Divergence | None = None
        self.alpha_changes: list[tuple[int, float]] = []
        """The steps from which on alpha was another, with its value."""
        self.network = NeuralNetwork(
            2,
            config.layer_sizes,
            config.layer_activations,
            np.random.default_rng(config.seed),
            config.initialization,
        )
        self.train_history = LossHistory()
        self.test_history = LossHistory(EVALUATION_INTERVAL)
        self.best = BestState(self.network.parameters)
        self.cache = self._cache_for(dataset.train.x)
        self.test_cache = self._cache_for(dataset.test.x)
        self._rule = rule_named(config.rule)
        self._gradients = self._rule.operations(
            self.network.layers, self.cache, self.dataset.train.y
        )
        self._predicted = aligned_empty(EVALUATION_INTERVAL, dataset.train.y.size)
        self._store = [partial(np.copyto, row, self.cache.predictions) for row in self._predicted]
        self._change = aligned_empty(self.network.parameters.size)
        self._limit = PARAMETER_LIMIT * math.sqrt(self.network.parameters.size)

    def _cache_for(self, inputs: Array) -> Cache:
        cache = self.network.make_cache(inputs.shape[1], keep_z=False)
        cache.inputs[...] = inputs
        return cache

    @property
    def phase(self) -> Phase:
        """Whether there is an update left to make."""
        if self.divergence is not None:
            return Phase.DIVERGED
        return Phase.DONE if self.step >= self.total_steps else Phase.TRAINING

    def advance(self, steps: int) -> int:
        """Make up to `steps` updates; fewer at the last step or on divergence. Returns how many."""
        first = self.step
        last = min(first + steps, self.total_steps)
        with np.errstate(all="ignore"):
            while self.step < last and self.divergence is None:
                into_interval = self.step % EVALUATION_INTERVAL
                if into_interval == 0:
                    self.test_history.append(np.array([self._test_loss()]))
                    self.best.offer(self.network.parameters)
                made = self._burst(min(last - self.step, EVALUATION_INTERVAL - into_interval))
                predicted = self._predicted[:made]
                losses = batch_losses(predicted, self.dataset.train.y, out=predicted)
                self.train_history.append(losses)
                if into_interval == 0 and made:
                    self.best.judge(self.step, float(losses[0]))
                self.step += made
        return self.step - first

    def _burst(self, steps: int) -> int:
        """Make up to `steps` updates, at most EVALUATION_INTERVAL; returns how many were made.

        W -= alpha dL/dW. The norm of the parameters cannot grow by more than that of the change,
        so their exact norm is worked out only when the sum of these could reach the limit.
        """
        parameters, gradient, change = self.network.parameters, self.cache.gradient, self._change
        operations = [*self.cache.forward_operations, *self._gradients]
        alpha, limit, rule = self.alpha, self._limit, self._rule
        scale = partial(np.multiply, gradient, np.array(alpha), change)
        apply = partial(np.subtract, parameters, change, parameters)
        sum_of_squares: Operation = partial(gradient.dot, gradient)
        bound, made = _norm(parameters), 0
        for store in self._store[:steps]:
            for operation in operations:
                operation()
            squares = sum_of_squares()
            if not squares <= 1.0:
                squares = repair_gradient(gradient, rule)
            scale()
            bound += alpha * math.sqrt(squares)
            if not bound < limit:
                bound = _norm(parameters - change)
                if not bound < limit:
                    self.divergence = self._diverged(parameters - change, self.step + made)
                    return made
            apply()
            store()
            made += 1
        return made

    def _diverged(self, parameters: Array, step: int) -> Divergence:
        """Name the largest of the parameters that would have been."""
        magnitudes = np.abs(parameters)
        magnitudes[np.isnan(magnitudes)] = np.inf
        worst, start = int(np.argmax(magnitudes)), 0
        for number, layer in enumerate(self.network.layers, start=1):
            if worst < start + layer.parameters.size:
                is_bias = (worst - start) % (layer.num_inputs + 1) == layer.num_inputs
                return Divergence(
                    step,
                    number,
                    "biases" if is_bias else "weights",
                    float(abs(parameters[worst])),
                    self.alpha,
                )
            start += layer.parameters.size
        raise AssertionError("the index lies in some layer")

    def _test_loss(self) -> float:
        _run(self.test_cache.forward_operations)
        return binary_cross_entropy(self.test_cache.predictions, self.dataset.test.y)

    def evaluate(self) -> None:
        """Bring both caches and the gradients up to the present parameters, changing nothing."""
        with np.errstate(all="ignore"):
            _run(self.cache.forward_operations)
            _run(self._gradients)
            repair_gradient(self.cache.gradient, self._rule)
            _run(self.test_cache.forward_operations)

    def set_alpha(self, alpha: float) -> None:
        """Change the learning rate from the next update on; ConfigError if it cannot be one."""
        check_alpha(alpha)
        self.alpha = float(alpha)
        if self.step:  # before the first update, nothing has been done with another
            self.alpha_changes.append((self.step, self.alpha))

    def extend(self, steps: int) -> None:
        """Allow `steps` more updates after the last."""
        check_whole("steps", steps, 1, MAX_STEPS - self.total_steps)
        self.total_steps += steps

    def reset(self, seed: int | None = None) -> None:
        """Start over from the same initial parameters, or from those and the data of `seed`.

        The learning rate stays what it is.
        """
        if seed is None or seed == self.config.seed:
            self._begin(self.config, self.dataset)
        else:
            config = msgspec.structs.replace(self.config, seed=seed)
            self._begin(config, load_dataset(config))

    def rewind(self) -> None:
        """Go back from a divergence to the best state so far; ConfigError without one.

        With half of alpha, unless it was changed since. What happened in between is forgotten.
        """
        if self.divergence is None:
            raise ConfigError("rewind", "only a run that diverged goes back")
        alpha = self.alpha / 2.0 if self.alpha == self.divergence.alpha else self.alpha
        check_alpha(alpha)
        self.step, self.divergence = self.best.step, None
        np.copyto(self.network.parameters, self.best.parameters)
        self.train_history.truncate(self.step)
        self.test_history.truncate(-(-self.step // EVALUATION_INTERVAL))
        self.alpha_changes = [change for change in self.alpha_changes if change[0] < self.step]
        self.set_alpha(alpha)


def _norm(values: Array) -> float:
    return math.sqrt(values.dot(values))


def _run(operations: list[Operation]) -> None:
    for operation in operations:
        operation()
