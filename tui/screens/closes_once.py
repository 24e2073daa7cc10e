"""A screen over others that closes once, however often it is told to."""

from textual.await_complete import AwaitComplete
from textual.screen import Screen, ScreenResultType


class ClosesOnce(Screen[ScreenResultType]):
    """Textual's `dismiss` takes away whichever screen is on top: a second one, of a key that came
    along with the first, would take the screen below.

    To be named after Textual's own base class, whose style sheet counts only where it comes first.
    """

    def dismiss(self, result: ScreenResultType | None = None) -> AwaitComplete:
        """Close with `result`, if it is not closed yet."""
        return super().dismiss(result) if self.is_active else AwaitComplete()
