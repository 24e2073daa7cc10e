"""Snapshots as they go over the wire, made once for all dashboards that draw the same."""

from collections.abc import Callable

import msgspec

from engine.messages.view import View
from engine.run.run import Run
from engine.wire import codec

MOST_VIEWS = 256
"""Of one revision: a paused run may be looked at in many sizes."""


class EncodedSnapshots:
    """Holds the encoded snapshots of a run's present revision, by what was asked for."""

    def __init__(self, run: Run, dashboards: Callable[[], int]) -> None:
        """`dashboards` counts those that are open on it."""
        self._run = run
        self._dashboards = dashboards
        self._revision = -1
        self._encoded: dict[View, msgspec.Raw] = {}

    def snapshot(self, view: View) -> msgspec.Raw:
        """The snapshot of the present revision for `view`."""
        if self._revision != self._run.revision or len(self._encoded) >= MOST_VIEWS:
            self._revision = self._run.revision
            self._encoded.clear()
        if view not in self._encoded:
            now = msgspec.structs.replace(self._run.snapshot(view), dashboards=self._dashboards())
            self._encoded[view] = codec.encoded(now)
        return self._encoded[view]
