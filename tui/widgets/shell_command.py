"""A command that can be copied from the screen and run."""

from collections.abc import Sequence

from textual.content import Content
from textual.geometry import Size
from textual.widget import Widget

from tui.drawing.shell_lines import shell_lines


class ShellCommand(Widget):
    """As many lines as the command takes in its width; nothing else stands on them."""

    DEFAULT_CSS = """
    ShellCommand { width: 100%; height: auto; color: $primary; text-style: bold; }
    """

    def __init__(self, words: Sequence[str]) -> None:
        """`words` are the program and what it is given."""
        super().__init__()
        self._words = words

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Called by Textual to lay it out."""
        return len(shell_lines(self._words, width))

    def render(self) -> Content:
        """Called by Textual to draw it."""
        return Content("\n".join(shell_lines(self._words, self.size.width)))
