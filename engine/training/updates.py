"""Makes updates: gradient, penalty, optimizer, and the bound that tells a divergence."""

import math
from functools import partial
from typing import NamedTuple

import numpy as np

from engine.arrays import Array, Operation, aligned_empty, constant
from engine.config.schedule import parse_schedule
from engine.config.training_config import TrainingConfig
from engine.data.batches import Batches
from engine.data.dataset import Dataset
from engine.network.cache import Cache
from engine.network.gradients import rule_named
from engine.network.gradients.clip import modest_squares, repair_gradient
from engine.network.losses import Loss
from engine.network.neural_network import NeuralNetwork
from engine.network.transplant import layer_shapes, layer_views
from engine.training.batch_pass import BatchPass, Lesson
from engine.training.divergence import Divergence, divergence_at, norm_limit, undefined_at
from engine.training.dropout import Dropout
from engine.training.optimizers import Optimizer, optimizer_named
from engine.training.preview import OneParameter, Preview, preview
from engine.training.regularization import charges, l1_operations
from engine.training.resting import Resting
from engine.training.schedules import Schedule
from engine.training.update_terms import Term, terms_of


class UpdateCalls(NamedTuple):
    """What an update does once it has the gradient."""

    to_change: list[Operation]
    """Make the change of it."""
    measures: list[Operation]
    """One that gives the sum of the change's squares; none where alpha and the gradient tell it."""
    apply: list[Operation]


class Updates:
    """Updates of one network as one configuration says. What an optimizer gathers is its only state
    besides the parameters; `moments` and `count` hold it.
    """

    def __init__(
        self,
        config: TrainingConfig,
        network: NeuralNetwork,
        loss: Loss,
        dataset: Dataset,
        inputs: Array,
    ) -> None:
        """`inputs` (features, points) are what the network takes in of the training points."""
        self._network = network
        self._batches = Batches(
            dataset.train.y.size,
            config.batch_size,
            config.seed_of_weights,
            shuffled=config.order == "shuffled",
        )
        self._rule = rule_named(config.rule)
        self._clip = config.clip
        shapes = layer_shapes(network)
        self._optimizer_with = partial(
            optimizer_named,
            config.optimizer,
            momentum=config.momentum,
            nesterov=config.nesterov,
        )
        self._decay = charges(shapes, config.l2) if config.l2 else None
        self._optimizer: Optimizer = self._optimizer_with(decay=self._decay)
        size = network.parameters.size
        self.moments = np.zeros((self._optimizer.slots, size))
        """(slots, parameters): what the optimizer has gathered."""
        self.count = np.zeros(())
        """Updates that it has counted, where it counts them."""
        self._change = aligned_empty(size)
        self._has_changed = False
        self._alpha = constant(config.alpha)
        self._charges = charges(shapes, config.l1) if config.l1 else None
        self._taken = aligned_empty(size) if config.l1 else None
        self.schedule = Schedule(parse_schedule(config.schedule), config.steps, config.warm_up)
        hidden = sum(config.hidden_sizes)
        dropout = None
        if config.dropout and hidden:
            most = hidden * self._batches.batch_size
            dropout = Dropout(config.dropout, config.seed_of_weights, most)
        y = dataset.target.scaled(dataset.train.y)
        self._lesson = Lesson(network, loss, self._rule, inputs, y, self._batches, dropout)
        self._passes: dict[int, BatchPass] = {}
        self._calls: dict[int, UpdateCalls] = {}
        self.resting: Resting | None = None
        """The parameters that updates pass by; None for none."""
        self._limit = norm_limit(size)
        self._pass_of(0)  # where memory is short, that is known at once

    @property
    def takes_all(self) -> bool:
        """Whether every update learns from all training points, and from all of the network."""
        return self._batches.batches == 1 and self._lesson.dropout is None

    @property
    def batches(self) -> Batches:
        """How the training points are cut up."""
        return self._batches

    @property
    def directions(self) -> tuple[int, ...]:
        """The rows of `moments` that hold a direction: see `Optimizer`."""
        return self._optimizer.directions

    def rest(self, resting: Resting | None) -> None:
        """Pass by these parameters from now on, and learn with the nodes that are switched on now."""
        self.resting = resting
        self._calls.clear()
        for batch in self._passes.values():
            batch.bind()

    def most_from(self, step: int, steps: int) -> int:
        """How many of the next `steps` from `step` on can be made at once: of one batch size."""
        most = min(steps, len(self._pass_of(step).steps))
        number = self._batches.place(step).number
        full = self._batches.samples // self._batches.batch_size
        if full == self._batches.batches:  # none is short
            return most
        return min(most, full - number if number < full else 1)

    def take_gradient(self, step: int) -> Cache:
        """The cache after the passes of the batch of `step` at the present parameters, with the
        gradient that its update would use. Changes no parameter.
        """
        batch = self._pass_of(step)
        batch.begin(step)
        with np.errstate(all="ignore"):
            for operation in batch.steps[0]:
                operation()
            repair_gradient(batch.cache.gradient, self._clip, clips=self._rule.clips_sums)
        # in training, each step leaves these in a row of their own
        np.copyto(batch.cache.output_z, batch.outputs.z[0])
        np.copyto(batch.cache.output_a, batch.outputs.a[0])
        return batch.cache

    def make(self, step: int, steps: int, alpha: float) -> tuple[Array, Divergence | None]:
        """Make so many updates from `step` on, of one batch size (see `most_from`), with a learning rate
        of `alpha` times the schedule's factor.

        Returns the loss before each, and the divergence at which it stopped early, if it did:

            w -= change of the optimizer; then L1

        The norm of the parameters cannot grow by more than that of the change, so their exact norm
        is worked out only when the sum of these could reach the limit.
        """
        batch = self._pass_of(step)
        batch.begin(step)
        made, divergence = self._burst(batch, step, steps, alpha)
        self._has_changed = divergence is None  # the change that diverges is not made
        return batch.losses(made), divergence

    def last_change(self, layer: int, rows: slice, columns: slice) -> Array | None:
        """What the last update added to these nodes and inputs of a layer; None before one was made."""
        if not self._has_changed:
            return None
        shapes = layer_shapes(self._network)
        change = -layer_views(self._change, shapes)[layer][rows, columns]
        if self._taken is None:
            return change
        return change - layer_views(self._taken, shapes)[layer][rows, columns]

    def forget_change(self) -> None:
        """Say that the parameters are not those that the last update made."""
        self._has_changed = False

    def preview(self, index: int, gradient: float, alpha: float) -> tuple[Preview, list[Term]]:
        """What the next update, with the learning rate `alpha`, makes of the parameter at `index` of the
        flat ones if `gradient` is its gradient, and the terms of that. Changes nothing.
        """
        one = slice(index, index + 1)
        decay = None if self._decay is None else self._decay[one]
        charge = None if self._charges is None else self._charges[one]
        optimizer = self._optimizer_with(decay=decay)
        now = OneParameter(self._network.parameters[one], self.moments[:, one], self.count)
        rests = self.resting is not None and bool(self.resting.all[index])
        made = preview(optimizer, charge, now.copied(), gradient, alpha, rests=rests)
        l2 = 0.0 if decay is None else float(decay[0])
        return made, terms_of(optimizer, l2, gradient, made)

    def _burst(
        self, batch: BatchPass, step: int, steps: int, alpha: float
    ) -> tuple[int, Divergence | None]:
        parameters, gradient, change = self._network.parameters, batch.cache.gradient, self._change
        limit, clips = self._limit, self._rule.clips_sums
        modest, outputs = modest_squares(self._clip), batch.outputs.a
        sum_of_squares: Operation = partial(gradient.dot, gradient)
        to_change, measures, apply = self._calls_of(batch)
        self._alpha.fill(alpha * self.schedule.factor(step))
        scheduled = not self.schedule.is_constant
        # the change of plain descent is alpha times the gradient, and its norm needs no other product
        scale = 1.0 if measures else float(self._alpha)
        bound, made = _norm(parameters), 0
        for operations in batch.steps[:steps]:
            for operation in operations:
                operation()
            squares = sum_of_squares()
            if not squares <= modest:
                if math.isnan(squares) and np.isnan(outputs[made]).any():
                    return made, undefined_at(len(self._network.layers), step + made, alpha)
                squares = repair_gradient(gradient, self._clip, clips=clips)
            if scheduled:
                self._alpha.fill(alpha * self.schedule.factor(step + made))
            for operation in to_change:
                operation()
            for measure in measures:
                squares = measure()
            bound += scale * math.sqrt(squares)
            if not bound < limit:
                bound = _norm(parameters - change)
                if not bound < limit:
                    return made, self._diverged(parameters - change, step + made, alpha)
            for operation in apply:
                operation()
            made += 1
        return made, None

    def _calls_of(self, batch: BatchPass) -> "UpdateCalls":
        """The calls of an update from the gradient of `batch`, made once."""
        if batch.size not in self._calls:
            parameters, change, charge = self._network.parameters, self._change, self._charges
            to_change = self._optimizer.operations(
                parameters, batch.cache.gradient, change, self.moments, self.count, self._alpha
            )
            if self.resting is not None:
                to_change = self.resting.held(to_change, change, self.moments, self.directions)
            apply: list[Operation] = [partial(np.subtract, parameters, change, parameters)]
            if charge is not None and self._taken is not None:
                if self.resting is not None:
                    charge = np.where(self.resting.all, 0.0, charge)
                apply += l1_operations(parameters, charge, self._alpha, self._taken)
            plain = len(to_change) == 1 and self.schedule.is_constant
            measures: list[Operation] = [] if plain else [partial(change.dot, change)]
            self._calls[batch.size] = UpdateCalls(to_change, measures, apply)
        return self._calls[batch.size]

    def _pass_of(self, step: int) -> BatchPass:
        size = self._batches.place(step).size
        if size not in self._passes:
            self._passes[size] = BatchPass(self._lesson, size)
        return self._passes[size]

    def _diverged(self, parameters: Array, step: int, alpha: float) -> Divergence:
        return divergence_at(parameters, layer_shapes(self._network), step, alpha)


def _norm(values: Array) -> float:
    return math.sqrt(values.dot(values))
