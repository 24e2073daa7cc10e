"""The settings as the sheet shows them: the run's own, with the changes that are on their way to it."""

from collections.abc import Mapping
from typing import Any

import msgspec

from engine.config.changes import Changes, changed, changes_data
from engine.config.check_config import check_fits
from engine.config.training_config import TrainingConfig
from engine.errors import ConfigError
from engine.messages.snapshot import Snapshot

MOST_SNAPSHOTS = 3
"""After so many snapshots a change that does not show in them was made by nobody."""


class Draft:
    """Knows what the run has, what it was told, and what it is to be told."""

    def __init__(self) -> None:
        self.pending: Changes = {}
        """What begins the run anew, and has not been sent."""
        self.sent: Changes = {}
        """What the run was told, and does not show yet."""
        self._snapshots_since = 0
        self._own: TrainingConfig | None = None
        self._shown: TrainingConfig | None = None

    @property
    def config(self) -> TrainingConfig | None:
        """The settings with all changes; None before anything is known of the run."""
        return self._shown

    @property
    def values(self) -> Mapping[str, Any]:
        """The same by field."""
        return {} if self._shown is None else msgspec.structs.asdict(self._shown)

    def take(self, snapshot: Snapshot) -> None:
        """Learn what the run has now."""
        own = msgspec.structs.replace(
            snapshot.config, alpha=snapshot.alpha, steps=snapshot.total_steps
        )
        if self.sent:
            self._snapshots_since += 1
            values = msgspec.structs.asdict(own)
            is_there = all(values[field] == value for field, value in self.sent.items())
            if is_there or self._snapshots_since >= MOST_SNAPSHOTS:
                self.sent = {}
        if own != self._own:
            self._own = own
        self._show()

    def check(self, changes: Changes, snapshot: Snapshot) -> None:
        """ConfigError if the run could not have these changes, as far as can be told without its data."""
        if self._own is None:
            return
        config = changed(self._own, self.sent | self.pending | changes)
        if not changes_data(self.sent | self.pending | changes):
            check_fits(config, snapshot.task)

    def put_off(self, changes: Changes, *, even_if_same: bool = False) -> None:
        """Have these changes wait; what the run has already is none, unless it is to begin anew with it."""
        waits = self.pending | changes
        if not even_if_same and self._own is not None:
            own = msgspec.structs.asdict(self._own) | self.sent
            waits = {field: value for field, value in waits.items() if value != own[field]}
        self.pending = waits
        self._show()

    def differs(self, changes: Changes) -> bool:
        """Whether any of these values is another than the one that is shown."""
        return any(self.values.get(field) != value for field, value in changes.items())

    def drop(self) -> None:
        """Forget what waits."""
        self.pending = {}
        self._show()

    def send(self, changes: Changes) -> None:
        """These are on their way to the run."""
        self.sent = self.sent | changes
        self._snapshots_since = 0
        self._show()

    def refuse(self) -> None:
        """The run has not taken what it was told."""
        self.sent = {}
        self._show()

    def _show(self) -> None:
        if self._own is None:
            return
        changes = self.sent | self.pending
        try:
            self._shown = changed(self._own, changes) if changes else self._own
        except ConfigError:  # the run has become another one meanwhile
            self.sent = self.pending = {}
            self._shown = self._own
