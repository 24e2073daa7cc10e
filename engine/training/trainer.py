"""The training loop: synchronous, deterministic, and close to what the matrix products cost."""

import math
from enum import StrEnum
from functools import partial
from typing import Any, Self

import numpy as np

from engine.arrays import Array, Operation, aligned_empty
from engine.config.checks import MAX_STEPS, check_alpha, check_whole
from engine.config.training_config import TrainingConfig
from engine.data.dataset import Dataset
from engine.errors import ConfigError
from engine.network.cache import Cache
from engine.network.gradients import gradient_operations, rule_named, step_operations
from engine.network.gradients.clip import repair_gradient
from engine.network.losses import loss_for, mean_loss
from engine.network.neural_network import NeuralNetwork
from engine.training.alpha_course import AlphaCourse
from engine.training.best_state import BestState
from engine.training.divergence import (
    Divergence,
    divergence_at,
    norm_limit,
    undefined_at,
)
from engine.training.early_losses import EarlyLosses, gap_at
from engine.training.history import LossHistory
from engine.training.trainer_state import LearnedState, TrainerState

EVALUATION_INTERVAL = 50
"""Updates between two recorded test losses, fewer at the beginning of a run, and the most whose
training losses are worked out at a time.
"""


class Phase(StrEnum):
    """Where a trainer stands."""

    TRAINING = "training"
    DONE = "done"
    DIVERGED = "diverged"


class Trainer:
    """Trains one network on one dataset: `advance` makes updates, however they are cut up.

    Commands take effect between two updates. The same configuration and the same commands at the
    same steps give the same parameters, bit for bit.
    """

    def __init__(self, config: TrainingConfig, dataset: Dataset) -> None:
        """Draw the initial parameters from `config.seed`; `dataset` is what `config` names."""
        self._alphas = AlphaCourse(config.alpha)
        self._begin(config, dataset)

    def _begin(self, config: TrainingConfig, dataset: Dataset) -> None:
        self.config = config
        self.dataset = dataset
        self.total_steps = config.steps
        self.step = 0
        self._alphas.begin()
        self.divergence: Divergence | None = None
        self.network = NeuralNetwork(
            len(dataset.task.features),
            config.layer_sizes(dataset.task),
            [*config.hidden_activations, "sigmoid"],
            np.random.default_rng(config.seed_of_weights),
            config.initialization,
        )
        self.train_history = LossHistory()
        self.test_history = LossHistory(EVALUATION_INTERVAL)
        self.early_test_losses = EarlyLosses(EVALUATION_INTERVAL)
        self.best = BestState(self._learned)
        self.cache = self._cache_for(dataset.train.x)
        self.test_cache = self._cache_for(dataset.test.x)
        self._rule = rule_named(config.rule)
        self.loss = loss_for("auto", self.network.num_outputs, regression=False)
        self.targets = self.loss.targets(dataset.train.y)
        self.test_targets = self.loss.targets(dataset.test.y)
        self._gradients = gradient_operations(self._rule, self.cache, self.targets, self.loss)
        self.last_train_loss = math.nan
        """That of the last update, before it was made."""
        self._outputs = self.cache.outputs_of(EVALUATION_INTERVAL)
        self._steps = step_operations(
            self._rule, self.cache, self.targets, self.loss, self._outputs
        )
        self._change = aligned_empty(self.network.parameters.size)
        self._norm_limit = norm_limit(self.network.parameters.size)

    @property
    def _learned(self) -> LearnedState:
        """The present learned state; its arrays are the trainer's own."""
        return LearnedState(self.step, self.network.parameters)

    def _restore(self, learned: LearnedState) -> None:
        """Go on from `learned`; ValueError if it is of another network."""
        if learned.parameters.shape != self.network.parameters.shape:
            raise ValueError(
                f"{learned.parameters.size} parameters for a network of"
                f" {self.network.parameters.size}"
            )
        self.step = learned.step
        np.copyto(self.network.parameters, learned.parameters)

    def state(self) -> TrainerState:
        """Everything that decides the further course, in arrays of its own."""
        return TrainerState(
            config=self.config,
            total_steps=self.total_steps,
            alpha=self.alpha,
            first_alpha=self._alphas.first,
            alpha_changes=list(self.alpha_changes),
            divergence=self.divergence,
            learned=_copied(self._learned),
            best=_copied(self.best.learned),
            best_loss=self.best.loss,
            train_history=self.train_history.state(),
            test_history=self.test_history.state(),
            early_test_losses=self.early_test_losses.state(),
        )

    @classmethod
    def from_state(cls, state: TrainerState, dataset: Dataset) -> Self:
        """A trainer that goes on as the one that gave `state` does, on the same `dataset`.

        Raises ConfigError or ValueError where parts of the state do not fit each other.
        """
        state.check(_intervals(state.learned.step))
        trainer = cls(state.config, dataset)
        trainer.total_steps = state.total_steps
        trainer._alphas.restore(state.alpha, state.first_alpha, state.alpha_changes)
        trainer.divergence = state.divergence
        trainer._restore(state.learned)
        trainer.best.restore(state.best, state.best_loss)
        trainer.train_history.restore(state.train_history)
        trainer.test_history.restore(state.test_history)
        trainer.early_test_losses.restore(state.early_test_losses, state.learned.step)
        return trainer

    def __reduce__(self) -> tuple[Any, ...]:
        # its views and bound calls belong to the original: a copy makes its own
        return type(self).from_state, (self.state(), self.dataset)

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
                if not self._record_test_loss():
                    break
                gap = gap_at(self.step, EVALUATION_INTERVAL)
                made = self._burst(min(last - self.step, gap - self.step % gap))
                z, a = self._outputs.z[:made], self._outputs.a[:made]
                losses = self.loss.of_batches(z, a, self.targets)
                self.train_history.append(losses)
                if made:
                    self.last_train_loss = float(losses[-1])
                if self.step % EVALUATION_INTERVAL == 0 and made:
                    self.best.judge(self.step, float(losses[0]))
                self.step += made
        return self.step - first

    def _record_test_loss(self) -> bool:
        """Take the test loss if one is due at this step. Whether the run can go on: with a loss that
        is no number, it has diverged.
        """
        usual = self.step % EVALUATION_INTERVAL == 0
        if not (usual or self.early_test_losses.due_at(self.step)):
            return True
        loss = self._test_loss()
        if math.isnan(loss):
            self.divergence = self._undefined(self.step)
            return False
        if usual:
            self.test_history.append(np.array([loss]))
            self.best.offer(self.network.parameters)
        else:
            self.early_test_losses.append(loss)
        return True

    def _burst(self, steps: int) -> int:
        """Make up to `steps` updates, at most EVALUATION_INTERVAL; returns how many were made.

        W -= alpha dL/dW. The norm of the parameters cannot grow by more than that of the change,
        so their exact norm is worked out only when the sum of these could reach the limit.
        """
        parameters, gradient, change = self.network.parameters, self.cache.gradient, self._change
        alpha, limit, clips = self.alpha, self._norm_limit, self._rule.clips_sums
        scale = partial(np.multiply, gradient, np.array(alpha), change)
        apply = partial(np.subtract, parameters, change, parameters)
        sum_of_squares: Operation = partial(gradient.dot, gradient)
        bound, made = _norm(parameters), 0
        for operations in self._steps[:steps]:
            for operation in operations:
                operation()
            squares = sum_of_squares()
            if not squares <= 1.0:
                if math.isnan(squares) and np.isnan(self._outputs.a[made]).any():
                    self.divergence = self._undefined(self.step + made)
                    return made
                squares = repair_gradient(gradient, clips=clips)
            scale()
            bound += alpha * math.sqrt(squares)
            if not bound < limit:
                bound = _norm(parameters - change)
                if not bound < limit:
                    self.divergence = self._diverged(parameters - change, self.step + made)
                    return made
            apply()
            made += 1
        return made

    def _diverged(self, parameters: Array, step: int) -> Divergence:
        shapes = [layer.parameters.shape for layer in self.network.layers]
        return divergence_at(parameters, shapes, step, self.alpha)

    def _undefined(self, step: int) -> Divergence:
        return undefined_at(len(self.network.layers), step, self.alpha)

    def _test_loss(self) -> float:
        _run(self.test_cache.forward_operations)
        return self.test_loss

    @property
    def train_loss(self) -> float:
        """That at the last evaluation."""
        return self._loss_of(self.cache, self.targets)

    @property
    def test_loss(self) -> float:
        """That at the last evaluation."""
        return self._loss_of(self.test_cache, self.test_targets)

    def _loss_of(self, cache: Cache, targets: Array) -> float:
        return mean_loss(self.loss, cache.output_z, cache.output_a, targets)

    def evaluate(self) -> None:
        """Bring both caches and the gradients up to the present parameters, changing nothing."""
        with np.errstate(all="ignore"):
            _run(self.cache.forward_operations)
            _run(self._gradients)
            repair_gradient(self.cache.gradient, clips=self._rule.clips_sums)
            _run(self.test_cache.forward_operations)

    # -- alpha

    @property
    def alpha(self) -> float:
        """The learning rate of the next update."""
        return self._alphas.now

    @property
    def alpha_changes(self) -> list[tuple[int, float]]:
        """The steps from which on alpha was another, with its value."""
        return self._alphas.changes

    def set_alpha(self, alpha: float) -> None:
        """Change the learning rate from the next update on; ConfigError if it cannot be one."""
        self._alphas.set(alpha, self.step)

    @property
    def used_alpha(self) -> float:
        """The learning rate of the last update, that which diverged included."""
        return self._alphas.used(self.step, self.divergence)

    @property
    def undo_alpha(self) -> float | None:
        """The learning rate to go back from a divergence with; None without one."""
        return self._alphas.to_undo(self.divergence, self.best.learned.step, self.config.alpha)

    @property
    def restart_alpha(self) -> float:
        """The learning rate to start over with."""
        return self._alphas.to_restart_with(self.divergence, self.config.alpha)

    # -- another course

    def extend(self, steps: int) -> None:
        """Allow `steps` more updates after the last."""
        check_whole("steps", steps, 1, MAX_STEPS - self.total_steps)
        self.total_steps += steps

    def reset(self, config: TrainingConfig | None = None, dataset: Dataset | None = None) -> None:
        """Start over from the same initial parameters; with another `config`, from those of its
        seed, on its `dataset`.

        The learning rate stays what it is.
        """
        self._begin(config or self.config, dataset or self.dataset)

    def rewind(self, alpha: float | None = None) -> None:
        """Go back from a divergence to the best state so far; ConfigError without one.

        With `alpha`; by default with half of the present one, unless it was changed since. What
        happened in between is forgotten.
        """
        if self.divergence is None:
            raise ConfigError("rewind", "only a run that diverged goes back")
        if alpha is None:
            alpha = self.alpha / 2.0 if self.alpha == self.divergence.alpha else self.alpha
        check_alpha(alpha)
        self._restore(self.best.learned)
        self.divergence = None
        self.train_history.truncate(self.step)
        self.test_history.truncate(_intervals(self.step))
        self.early_test_losses.truncate(self.step)
        self._alphas.truncate(self.step)
        self.set_alpha(alpha)


def _intervals(step: int) -> int:
    """Evaluation intervals begun before `step`, each with a recorded test loss."""
    return -(-step // EVALUATION_INTERVAL)


def _copied(learned: LearnedState) -> LearnedState:
    return LearnedState(learned.step, learned.parameters.copy())


def _norm(values: Array) -> float:
    return math.sqrt(values.dot(values))


def _run(operations: list[Operation]) -> None:
    for operation in operations:
        operation()
