"""The screen as a file: to add a kind is to add an entry."""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from textual.app import App

from tui import NAME


class ScreenKind(NamedTuple):
    """One kind of file."""

    name: str
    extension: str
    help: str
    """What is in it, in a line."""
    draw: Callable[[App[Any]], str]
    """What the file holds, of the app as it is seen now."""

    @property
    def file_name(self) -> str:
        """What the file is called."""
        return f"{NAME}-screen.{self.extension}"


def screen_svg(app: App[Any]) -> str:
    """The screen with its colours, as Textual draws it."""
    return app.export_screenshot(title=NAME)


def screen_text(app: App[Any]) -> str:
    """The characters of the screen, line by line."""
    lines = (strip.text.rstrip() for strip in app.screen._compositor.render_strips())
    return "".join(f"{line}\n" for line in lines)


_ALL = (
    ScreenKind("svg", "svg", "the screen as a picture, for a browser", screen_svg),
    ScreenKind("text", "txt", "the screen as plain text", screen_text),
)

SCREENS: Mapping[str, ScreenKind] = {f"screen {kind.name}": kind for kind in _ALL}
"""By what an export is called, in the order in which they are offered."""
