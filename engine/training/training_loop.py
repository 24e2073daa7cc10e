"""The training loop: synchronous, deterministic, and close to what the matrix products cost."""

import math
from enum import StrEnum
from typing import Any, Self

import numpy as np

from engine.arrays import Array
from engine.config.checks import MAX_STEPS, check_whole
from engine.config.training_config import TrainingConfig
from engine.data.dataset import Dataset
from engine.network.cache import Cache
from engine.training.alpha_course import AlphaCourse
from engine.training.best_state import BestState
from engine.training.divergence import Divergence, undefined_at
from engine.training.epochs import EpochCount
from engine.training.intervals import Intervals, intervals_for
from engine.training.learner import Inputs, Learner
from engine.training.learner_parts import LearnerParts
from engine.training.loss_record import LossRecord
from engine.training.trainer_state import LearnedState, TrainerState


class Phase(StrEnum):
    """Where a trainer stands."""

    TRAINING = "training"
    DONE = "done"
    DIVERGED = "diverged"


class TrainingLoop(LearnerParts):
    """Trains one network on one dataset: `advance` makes updates, however they are cut up."""

    def __init__(self, config: TrainingConfig, dataset: Dataset) -> None:
        """Draw the initial parameters from the seed of `config`; `dataset` is what it names."""
        self._alphas = AlphaCourse(config.alpha)
        self._begin(config, dataset)

    def _begin(
        self, config: TrainingConfig, dataset: Dataset, intervals: Intervals | None = None
    ) -> None:
        self.dataset = dataset
        self.step = 0
        self.total_steps = config.steps
        self._alphas.begin()
        self.divergence: Divergence | None = None
        self.losses = LossRecord(intervals or intervals_for(config, dataset))
        self._inputs = Inputs.of(dataset)
        self._learner = Learner(config, dataset, self._inputs)
        self._epochs = EpochCount(dataset.train.y.size, self.updates.batches.batch_size)
        self.best = BestState(self._learned)

    # -- its state

    @property
    def _learned(self) -> LearnedState:
        """The present learned state; its arrays are the trainer's own."""
        return self._learner.learned(self.step)

    def _restore(self, learned: LearnedState) -> None:
        """Go on from `learned`; ValueError if it is of another network or optimizer."""
        self._learner.restore(learned)
        self.step = learned.step

    def state(self) -> TrainerState:
        """Everything that decides the further course, in arrays of its own."""
        return TrainerState(
            config=self.config,
            total_steps=self.total_steps,
            alpha=self.alpha,
            first_alpha=self._alphas.first,
            alpha_changes=list(self.alpha_changes),
            divergence=self.divergence,
            learned=self._learned.copied(),
            best=self.best.learned.copied(),
            best_loss=self.best.loss,
            losses=self.losses.state(),
            plateau=self.updates.schedule.state(),
            patience=self.stops.patience,
            stopped=self.stops.reason,
            goes_past=self.stops.goes_past,
            batch_sizes=self._epochs.sizes,
            sample_counts=self._epochs.samples,
            edits=self.edits,
            past_schedules=list(self.updates.schedule.past),
        )

    @classmethod
    def from_state(cls, state: TrainerState, dataset: Dataset) -> Self:
        """A trainer that goes on as the one that gave `state` does, on the same `dataset`.

        Raises ConfigError or ValueError where parts of the state do not fit each other.
        """
        state.check()
        trainer = cls.__new__(cls)
        trainer._alphas = AlphaCourse(state.config.alpha)
        trainer._begin(state.config, dataset, state.losses.intervals)
        trainer.set_total(state.total_steps)
        trainer._alphas.restore(state.alpha, state.first_alpha, state.alpha_changes)
        trainer.divergence = state.divergence
        trainer._learner.edit(state.edits)
        trainer._restore(state.learned)
        trainer.best.restore(state.best, state.best_loss)
        trainer.best.offer(trainer._learned)  # as it was, if the losses of this step are known
        trainer.losses.restore(state.losses, state.learned.step)
        trainer.updates.schedule.restore(state.plateau)
        trainer.updates.schedule.past = list(state.past_schedules)
        trainer._epochs.restore(state.batch_sizes, state.sample_counts, state.learned.step)
        trainer.stops.restore(state.patience, state.stopped, goes_past=state.goes_past)
        return trainer

    def __reduce__(self) -> tuple[Any, ...]:
        # its views and bound calls belong to the original: a copy makes its own
        return type(self).from_state, (self.state(), self.dataset)

    @property
    def phase(self) -> Phase:
        """Whether there is an update left to make."""
        if self.divergence is not None:
            return Phase.DIVERGED
        over = self.step >= self.total_steps or bool(self.stops.reason)
        return Phase.DONE if over else Phase.TRAINING

    @property
    def epochs(self) -> float:
        """Times that the training points have been gone through."""
        return self._epochs.at(self.step)

    def epochs_at(self, steps: Array) -> Array:
        """The same at each of `steps` (count,), none of them beyond the present one."""
        return self._epochs.at_each(steps)

    # -- updates

    def advance(self, steps: int) -> int:
        """Make up to `steps` updates; fewer at the last step, at a stop or on divergence. Returns how
        many.
        """
        first = self.step
        last = min(first + steps, self.total_steps)
        with np.errstate(all="ignore"):
            while self.step < last and self.phase is Phase.TRAINING:
                self._evaluate_if_due()
                if self.phase is not Phase.TRAINING:
                    break
                self._burst(min(last - self.step, self.losses.steps_to_next(self.step)))
        return self.step - first

    def _burst(self, steps: int) -> None:
        """Make up to `steps` updates, and record their losses."""
        updates = self.updates
        possible = updates.most_from(self.step, steps)
        losses, self.divergence = updates.make(self.step, possible, self.alpha)
        self.losses.take_train(losses)
        if updates.takes_all and losses.size and self.step % self.losses.interval == 0:
            self.best.judge(float(losses[0]))
        self.step += losses.size

    def _evaluate_if_due(self) -> None:
        """Measure the losses that are due at this step, and draw the conclusions: the run may have to
        stop, and with a loss that is no number, it has diverged.
        """
        if not self.losses.is_due(self.step):
            return
        usual = self.losses.is_usual(self.step)
        loss = self.test_side.loss()
        if math.isnan(loss):
            self.divergence = undefined_at(len(self.network.layers), self.step, self.alpha)
            return
        schedule = self.updates.schedule
        train_loss = None
        if self.stops.needs_train_loss or (usual and schedule.wants_losses):
            train_loss = self.train_side.loss()
        self.losses.take_test(self.step, loss)
        if usual:
            self._offer_best()
            if train_loss is not None:
                schedule.tell(self.step, train_loss)
        self.stops.tell(self.step, train_loss, loss)

    def _offer_best(self) -> None:
        """Hold the present state, to be judged by the loss of the next update, or where that is only of
        a few points, by the mean of those since the last time.
        """
        self.best.offer(self._learned)
        mean = self.losses.mean_since_interval()
        if mean is not None and not self.updates.takes_all:
            self.best.judge(mean)

    def take_gradient(self) -> Cache:
        """The passes of the next update at the present parameters, changing nothing: its batch's
        activations, and the gradient that it will use.
        """
        return self.updates.take_gradient(self.step)

    def set_total(self, steps: int) -> None:
        """End after so many updates in all; ConfigError if more have been made."""
        check_whole("steps", steps, max(self.step, 1), MAX_STEPS)
        self.total_steps = steps
        self.updates.schedule.end_at(steps, self.step)

    # -- alpha

    @property
    def alpha(self) -> float:
        """The learning rate of the next update, but for the schedule."""
        return self._alphas.now

    @property
    def alpha_now(self) -> float:
        """That of the next update, as the schedule makes it."""
        return self.alpha * self.updates.schedule.factor(self.step)

    def alphas_at(self, steps: Array) -> Array:
        """Those of the updates of `steps` (count,), as the schedule in force then made them."""
        return self._alphas.at_each(steps) * self.updates.schedule.factors(steps)

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
