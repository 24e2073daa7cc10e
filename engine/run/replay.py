"""A run made again from its recording: a person can pause it and change its pace, not its course."""

from collections import deque
from typing import Any

import msgspec

from engine.config.changes import changes_between
from engine.config.checks import MAX_STEPS
from engine.data.dataset import Dataset
from engine.errors import ConfigError
from engine.messages.commands import Command, Configure, Reset, SetAlpha
from engine.messages.report import RunReport
from engine.messages.run_state import State
from engine.run.command_log import End, Recorded, Recording
from engine.run.run import Run
from engine.training.trainer import Phase


class Replay(Run):
    """Carries out the recorded commands, each before the update that it came before."""

    replays = True

    def __init__(self, recording: Recording, pace: int, dataset: Dataset | None = None) -> None:
        super().__init__(recording.config, pace, dataset)
        self._recording = recording
        self._first_dataset = self.trainer.dataset
        """What it begins with."""
        self.libraries = recording.libraries
        self._begin_script()

    def __reduce__(self) -> tuple[Any, ...]:
        raise TypeError("a replay cannot be copied; make another from its recording")

    def _begin_script(self) -> None:
        self.kept = None  # as at the beginning of the run that was recorded
        self._script = deque(one for one in self._recording.commands if one.command.changes_course)
        self._follow()

    @property
    def state(self) -> State:
        """Done as soon as the recording is."""
        state = super().state
        return State.DONE if self._at_end and state is not State.DIVERGED else state

    @property
    def _at_end(self) -> bool:
        end = self._recording.end
        return not self._script and end is not None and self._is_at(end)

    def _is_at(self, moment: Recorded | End) -> bool:
        """Whether the run has come to `moment`. One that lies behind it, as a person has edited the
        recording, counts, too.
        """
        if moment.diverged:
            return self.trainer.phase is Phase.DIVERGED
        if moment.stopped:
            return bool(self.trainer.stops.reason)
        return moment.step <= self.trainer.step

    @property
    def matches(self) -> bool | None:
        """Whether it came to the recorded parameters; None while that is not known."""
        end = self._recording.end
        if end is None or not self._at_end:
            return None
        return self.trainer.network.sha256() == end.parameters_sha256

    def report(self) -> RunReport:
        """How it stands, and whether that is where the recording ends."""
        return msgspec.structs.replace(super().report(), matches=self.matches)

    def apply(self, command: Command) -> None:
        """Carry out what does not change the course, and Reset, which begins the replay again."""
        command = self.resolved(command)
        if isinstance(command, Reset) and command.seed is None:
            self._start_over()
        elif command.changes_course:
            raise ConfigError("replay", "a replay keeps to its recording")
        else:
            super().apply(command)

    def _start_over(self) -> None:
        """Begin the replay again, with what the recording begins with, whatever it has changed."""
        config = self._recording.config
        changes = changes_between(self.trainer.config, config)
        super().apply(Configure(changes) if changes else Reset())
        if self.trainer.dataset is not self._first_dataset:  # its points were edited, or others
            self.trainer.reset(dataset=self._first_dataset)
            self.observe_anew()
        super().apply(SetAlpha(config.alpha))
        self._begin_script()

    def make(self, steps: int) -> int:
        """Make up to `steps` updates, and whatever the recording says in between."""
        made = 0
        while made < steps and not self._at_end:
            here = super().make(min(steps - made, self._steps_to_next))
            made += here
            if not self._follow() and not here:
                break
        return made

    @property
    def _steps_to_next(self) -> int:
        moment = self._script[0] if self._script else self._recording.end
        if moment is None or moment.diverged or moment.stopped:
            return MAX_STEPS
        return moment.step - self.trainer.step

    def _follow(self) -> bool:
        """Carry out the commands that are due; whether there were any."""
        paused, due = self.paused, 0
        while self._script and self._is_at(self._script[0]):
            try:
                super().apply(self._script.popleft().command)
            except ConfigError as error:  # edited by hand, it may not be allowed there
                if error.setting == "data":  # but without its data, it is no replay
                    raise
            due += 1
        self.paused = paused  # pausing is up to the person who watches
        return due > 0
