"""A trainer: the training loop, and what a person can change of its course between two updates."""

import msgspec

from engine.config.checks import MAX_STEPS, check_alpha, check_whole
from engine.config.edits import Edits, Place
from engine.config.training_config import TrainingConfig
from engine.data.dataset import Dataset
from engine.errors import ConfigError
from engine.training.best_state import BestState
from engine.training.learner import Learner
from engine.training.trainer_state import LearnedState
from engine.training.training_loop import Phase as Phase
from engine.training.training_loop import TrainingLoop


class Trainer(TrainingLoop):
    """Trains one network on one dataset, and can be steered.

    Commands take effect between two updates. The same configuration and the same commands at the
    same steps give the same parameters, bit for bit.
    """

    def extend(self, steps: int) -> None:
        """Allow `steps` more updates after the last."""
        check_whole("steps", steps, 1, MAX_STEPS - self.total_steps)
        self.set_total(self.total_steps + steps)
        self.stops.go_on(self.step)

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
