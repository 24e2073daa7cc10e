"""A screen over others that closes at most once."""

from textual.await_complete import AwaitComplete
from textual.screen import Screen, ScreenResultType


class ClosesOnce(Screen[ScreenResultType]):
    """Textual's `dismiss` removes the screen on top: if two keys arrive together and both close this
    screen, the second would remove the one below.

    As a base class, this comes after Textual's own one, whose style sheet counts only if it is first.
    """

    def dismiss(self, result: ScreenResultType | None = None) -> AwaitComplete:
        """Close with `result`, if it is not closed yet."""
        return super().dismiss(result) if self.is_active else AwaitComplete()
