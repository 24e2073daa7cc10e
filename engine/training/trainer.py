"""The training loop: synchronous, deterministic, and close to what the matrix products cost."""

import math
from enum import StrEnum
from typing import Any, Self

import msgspec
import numpy as np

from engine.arrays import Array
from engine.config.checks import MAX_STEPS, check_alpha, check_whole
from engine.config.edits import Edits, Place
from engine.config.training_config import TrainingConfig
from engine.data.dataset import Dataset
from engine.errors import ConfigError
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


class Trainer(LearnerParts):
    """Trains one network on one dataset: `advance` makes updates, however they are cut up.

    Commands take effect between two updates. The same configuration and the same commands at the
    same steps give the same parameters, bit for bit.
    """

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

    # -- another course

    def extend(self, steps: int) -> None:
        """Allow `steps` more updates after the last."""
        check_whole("steps", steps, 1, MAX_STEPS - self.total_steps)
        self.set_total(self.total_steps + steps)
        self.stops.go_on(self.step)

    def set_total(self, steps: int) -> None:
        """End after so many updates in all; ConfigError if more have been made."""
        check_whole("steps", steps, max(self.step, 1), MAX_STEPS)
        self.total_steps = steps
        self.updates.schedule.end_at(steps, self.step)

    def adjust(self, config: TrainingConfig) -> None:
        """Go on as `config` says, which differs in settings that can change live.

        What the optimizer has gathered stays, as long as it is the same optimizer, and so does every
        weight that still has a place in other layers.
        """
        before = self._learner
        same_network = before.has_network_of(config)
        same_optimizer = config.optimizer == before.config.optimizer
        network = before.network if same_network else None
        self._learner = Learner(config, self.dataset, self._inputs, network)
        fresh = self._learned.copied()
        self._learner.follow(before, self.step)
        self._epochs.change(self.step, self.updates.batches.batch_size)
        slots = len(self.updates.moments)
        if not same_network:
            # of the one before, no loss counts; but a run that diverged still goes back to its best
            self.best = BestState(
                self._learned if self.divergence is None else self._best(before, fresh)
            )
        elif not same_optimizer or len(before.updates.moments) != slots:
            self.best.change_slots(slots, keeps=same_optimizer)
        self.best.offer(self._learned)  # the next loss to judge by may be that of this step

    def _best(self, before: Learner, fresh: LearnedState) -> LearnedState:
        """The best state of `before`, carried over into the `fresh` one of other layers."""
        best = self.best.learned
        self._learner.carry_over(best.parameters, before, fresh.parameters)
        return msgspec.structs.replace(fresh, step=best.step)

    def edit(self, edits: Edits) -> None:
        """Have these nodes switched off and these parameters frozen, and no others, from the next update
        on; ConfigError where there is no place for one.
        """
        before = self.edits
        self._learner.edit(edits)
        if edits.off != before.off or not set(edits.frozen) <= set(before.frozen):
            self._seek_best_anew()

    def set_parameter(self, place: Place, value: float) -> None:
        """Give one parameter another value from the next update on; ConfigError where it cannot have it."""
        self._learner.set_parameter(place, value)
        self._seek_best_anew()

    def _seek_best_anew(self) -> None:
        """Be as good as at present at best, as a person has changed what was learnt: to go back must not
        undo that. A run that diverged still goes back to before.
        """
        self.best = BestState(self._learned if self.divergence is None else self.best.learned)
        self.losses.begin_mean()

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
        self.losses.truncate(self.step)
        self.updates.schedule.go_back(self.step)
        self.stops.forget_losses(self.step)
        self._epochs.change(self.step, self.updates.batches.batch_size)
        self._alphas.truncate(self.step)
        self.set_alpha(alpha)
