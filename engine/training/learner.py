"""A network with all that is bound to its arrays: how it is updated, and how it is measured."""

from typing import NamedTuple, Self

import numpy as np

from engine.arrays import Array
from engine.config.edit_places import check_edits, check_place, edits_that_fit, position_of
from engine.config.edits import NO_EDITS, Edits, Place
from engine.config.training_config import TrainingConfig
from engine.data.dataset import Dataset
from engine.errors import ConfigError
from engine.network.losses import loss_for
from engine.network.neural_network import NeuralNetwork
from engine.network.transplant import layer_shapes, transplant
from engine.training.best_state import check_alike
from engine.training.divergence import PARAMETER_LIMIT, norm_limit
from engine.training.evaluator import Evaluator
from engine.training.resting import Resting
from engine.training.stops import Stops
from engine.training.trainer_state import LearnedState
from engine.training.updates import Updates


class Inputs(NamedTuple):
    """What networks take in of a dataset, (features, points) each."""

    train: Array
    test: Array

    @classmethod
    def of(cls, dataset: Dataset) -> Self:
        """Those of `dataset`."""
        return cls(dataset.transform(dataset.train.x), dataset.transform(dataset.test.x))


class Learner:
    """Learns one dataset as one configuration says."""

    def __init__(
        self,
        config: TrainingConfig,
        dataset: Dataset,
        inputs: Inputs,
        network: NeuralNetwork | None = None,
    ) -> None:
        """`network` goes on as it is; without one, a new one has the initial parameters of `config`."""
        task, target = dataset.task, dataset.target
        self.config = config
        self.loss = loss_for(config.loss, task.outputs, regression=task.is_regression)
        self.network = network or NeuralNetwork(
            len(task.features),
            config.layer_sizes(task),
            [*config.hidden_activations, self.loss.activation],
            np.random.default_rng(config.seed_of_weights),
            config.initialization,
        )
        self.updates = Updates(config, self.network, self.loss, dataset, inputs.train)
        self.edits = NO_EDITS
        """What of it a person has switched off or frozen."""
        self.stops = Stops(config)
        self.train_side, self.test_side = (
            Evaluator(self.network, self.loss, x, target.scaled(side.y))
            for x, side in zip(inputs, (dataset.train, dataset.test), strict=True)
        )

    def learned(self, step: int) -> LearnedState:
        """The state at `step`, which is the present one; its arrays are the learner's own."""
        updates = self.updates
        return LearnedState(step, self.network.parameters, updates.moments, float(updates.count))

    def restore(self, learned: LearnedState) -> None:
        """Go on from `learned`; ValueError if it is of another network or optimizer."""
        check_alike(learned, self.learned(0))
        np.copyto(self.network.parameters, learned.parameters)
        np.copyto(self.updates.moments, learned.moments)
        self.updates.count.fill(learned.count)
        self.updates.forget_change()

    def edit(self, edits: Edits) -> None:
        """Have these nodes switched off and these parameters frozen, and no others; ConfigError where there
        is no place for one.
        """
        if edits == self.edits:
            return
        shapes = layer_shapes(self.network)
        check_edits(edits, shapes)
        self.edits = edits
        self.network.switch_off(edits.off)
        self.updates.rest(None if edits == NO_EDITS else Resting.of(edits, shapes))

    def set_parameter(self, place: Place, value: float) -> None:
        """Give the parameter at `place` another value, and forget in which direction it was going;
        ConfigError where there is none, or where a run with that value would count as diverged.
        """
        shapes = layer_shapes(self.network)
        check_place(place, shapes)
        position, parameters = position_of(place, shapes), self.network.parameters
        changed = parameters.copy()
        changed[position] = value + 0.0  # -0 becomes 0, as a penalty would make of it
        if not np.linalg.norm(changed) < norm_limit(changed.size):
            size = np.sqrt(np.mean(np.square(changed)))
            raise ConfigError(
                "parameter",
                f"with {value:g}, the root mean square of all would be {size:,.0f};"
                f" a run diverges at {PARAMETER_LIMIT:,.0f}",
            )
        np.copyto(parameters, changed)
        self.updates.moments[list(self.updates.directions), position] = 0.0

    def has_network_of(self, config: TrainingConfig) -> bool:
        """Whether its layers are those of `config`."""
        own = self.config
        return (config.layers, config.activation) == (own.layers, own.activation)

    def follow(self, before: "Learner", step: int) -> None:
        """Go on from `step` where `before` stood: with every parameter that still has a place, with what
        the same optimizer has gathered, and with what it knew of its losses.
        """
        updates, own = before.updates, self.updates
        own.schedule.follow(updates.schedule, step)
        self.stops.follow(before.stops, step)
        if self.network is not before.network:
            self.carry_over(before.network.parameters, before, self.network.parameters)
        shapes = layer_shapes(before.network), layer_shapes(self.network)
        self.edit(edits_that_fit(before.edits, *shapes))
        if self.config.optimizer == before.config.optimizer:
            # with momentum or without it, one slot more or less
            for old, new in zip(updates.moments, own.moments, strict=False):
                self.carry_over(old, before, new)
            own.count.fill(float(updates.count))

    def carry_over(self, old: Array, before: "Learner", new: Array) -> None:
        """Copy into `new` what of `old`, flat, of the layers of `before`, still has a place here."""
        transplant(old, layer_shapes(before.network), new, layer_shapes(self.network))
