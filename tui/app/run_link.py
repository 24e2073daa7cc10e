"""The link to the run that is shown: its session, its frames, and how it is recovered when lost."""

from collections.abc import Callable
from pathlib import Path

from engine.client.session import Session
from engine.errors import HostLostError
from engine.messages.status import Status
from tui.app.frame_loop import FrameLoop

Recover = Callable[[Status], Session]
"""Makes a session that goes on from the last save of the run with that status."""


class RunLink:
    """Keeps one session, and replaces it with another one to recover a lost run."""

    def __init__(
        self,
        session: Session,
        frames_of: Callable[[Session], FrameLoop],
        on_notice: Callable[[str, bool], None],
        on_refused: Callable[[str], None],
        recover: Recover | None = None,
    ) -> None:
        """`frames_of` makes the loop that shows a session. `on_notice` takes a line of news and
        whether it is bad, `on_refused` a line that says why a command was not allowed. Without
        `recover`, a lost run stays lost.
        """
        self._frames_of = frames_of
        self._on_notice = on_notice
        self._on_refused = on_refused
        self._recover = recover
        self._last_status: Status | None = None
        self._begun = False
        self.troubles: list[str] = []
        """Bad news of the run, one line each."""
        self._use(session)

    def _use(self, session: Session) -> None:
        self.session = session
        session.on_notice = self._take_notice
        session.on_refused = self._on_refused
        self.frames = self._frames_of(session)

    def _take_notice(self, text: str, trouble: bool) -> None:
        if trouble:
            self.troubles.append(text)
        self._on_notice(text, trouble)

    @property
    def has_begun(self) -> bool:
        """Whether the run was shown at least once, by this session or a lost one before it."""
        return self._begun or self.frames.has_shown

    async def watch(self) -> None:
        """Show one snapshot after another until the app ends or another session takes over.
        HostLostError if the run is lost, ConfigError if it cannot begin.
        """
        frames = self.frames
        try:
            await frames.run()
        except HostLostError:
            if frames is self.frames:
                raise

    @property
    def last_save(self) -> str | None:
        """The file that a lost run can be recovered from; None if there is none."""
        status = self._known_status()
        saved = None if status is None or self._recover is None else status.saves_to
        return saved if saved is not None and Path(saved).exists() else None

    def _known_status(self) -> Status | None:
        # a session has none before it has started
        self._last_status = self.session.status or self._last_status
        return self._last_status

    def recover(self) -> Session | None:
        """Go on from the last save in a session of its own. Returns the lost session, which is to be
        closed; None if there is nothing to recover from.
        """
        status = self._known_status()
        if self.last_save is None or self._recover is None or status is None:
            return None
        lost, self._begun = self.session, self.has_begun
        self._use(self._recover(status))
        return lost
