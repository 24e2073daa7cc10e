"""A plain Textual app to compare with: a clock and a plot, ten times a second, and `space` stops both."""

import math
import time

from textual.app import App, ComposeResult
from textual.widgets import Static


class PlainApp(App[None]):
    """As a tutorial would write it."""

    BINDINGS = [("space", "pause", "Pause"), ("q", "quit", "Quit")]

    def compose(self) -> ComposeResult:
        yield Static("running", id="state")
        yield Static(id="clock")
        yield Static(id="plot")

    def on_mount(self) -> None:
        self._timer = self.set_interval(0.1, self._tick)
        self._paused = False

    def _tick(self) -> None:
        self.query_one("#clock", Static).update(f"{time.time():.1f}")
        rows, columns = self.size.height - 3, self.size.width
        heights = [
            int((math.sin(c / 9 + time.time()) + 1) / 2 * (rows - 1)) for c in range(columns)
        ]
        lines = (
            "".join("*" if height == row else " " for height in heights) for row in range(rows)
        )
        self.query_one("#plot", Static).update("\n".join(lines))

    def action_pause(self) -> None:
        """Stop, or go on."""
        self._paused = not self._paused
        self.query_one("#state", Static).update("paused" if self._paused else "running")
        (self._timer.pause if self._paused else self._timer.resume)()


if __name__ == "__main__":
    PlainApp().run()
