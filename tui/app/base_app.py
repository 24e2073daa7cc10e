"""The base of the application: what everything is drawn with, and repairs of Textual."""

import os
from collections.abc import Iterable
from typing import Any, ClassVar

from textual._styles_cache import StylesCache
from textual.app import App
from textual.await_complete import AwaitComplete
from textual.driver import Driver
from textual.events import Event, Key, Paste
from textual.filter import Monochrome, NoColor
from textual.notifications import SeverityLevel
from textual.screen import Screen
from textual.widgets import Input

from engine.messages.report import RunReport
from tui import NAME
from tui.app.command_palette import Offered, Perform, commands_of, distinct_themes
from tui.app.dashboard_options import DashboardOptions
from tui.app.key_queue import KeyQueue
from tui.charts.choices import Choice
from tui.drawing.glyphs import glyphs_for
from tui.drawing.look import Look
from tui.drawing.palette import Palette
from tui.drawing.short_text import in_two_lines
from tui.screens.action_screen import ActionScreen
from tui.screens.chooser import Chooser
from tui.terminal.ascii_filter import AsciiFilter
from tui.terminal.clipboard import clipboard_sequence
from tui.themes import THEMES

THEME_CHOICE = Choice("theme", "Change the colours", words=("colors", "dark", "light"))


BESIDE_A_TOAST = 6
"""Columns that a message leaves free: its frame, its margin, and the pane's frame."""

LONGEST_LINE = 60
"""Columns of a message, however wide the terminal is."""


class BaseApp(App[RunReport]):
    """Knows the terminal's colours and characters."""

    TITLE = NAME
    ENABLE_COMMAND_PALETTE = True
    AT_ONCE: ClassVar[tuple[str, ...]] = ()
    """Keys that wait for no other."""

    # over the upper right corner of the first pane, where a falling curve leaves room
    CSS = """
    ToastRack {
        dock: top; align: right top; margin: 2 0 0 0; padding: 0 1 0 0; max-height: 6; scrollbar-size-vertical: 0;
    }
    Toast { width: auto; max-width: 100%; max-height: 2; margin-top: 0; padding: 0 1; }
    Toast.-information { border-right: outer $success; }
    Toast.-warning { border-right: outer $warning; }
    Toast.-error { border-right: outer $error; }
    """

    def __init__(self, options: DashboardOptions, driver_class: type[Driver] | None = None) -> None:
        super().__init__(driver_class=driver_class, ansi_color=False)
        self._options = options
        for theme in THEMES.values():
            self.register_theme(theme)
        self.theme = THEMES[options.theme].name
        if self.no_color:
            # Textual makes greys of colours, which are colours as well
            self._filters = [NoColor() if isinstance(f, Monochrome) else f for f in self._filters]
        if options.ascii_only:
            self._filters.append(AsciiFilter())
        self.keys = KeyQueue(
            self, super().on_event, self._has_late_effect, self.is_opening_screen, self.AT_ONCE
        )

    async def on_event(self, event: Event) -> None:
        """Called by Textual with every event; keys wait until those before have had their effect."""
        if isinstance(event, Key | Paste) and not event.is_forwarded:
            await self.keys.take(event)
        else:
            await super().on_event(event)

    def _has_late_effect(self, event: Key | Paste) -> bool:
        """Whether a key behind `event` could come before its effect, or to another screen."""
        if isinstance(event, Paste):
            return False
        if isinstance(self.focused, Input):
            # it takes characters by itself, while bindings come to the app first
            return not event.is_printable
        if event.key in self._bindings.key_to_bindings:
            return True
        screen = self.screen
        if isinstance(screen, ActionScreen):
            return screen.may_change_screen(event.key)
        return event.key == "enter" or event.key in screen._bindings.key_to_bindings

    def is_opening_screen(self) -> bool:
        """Whether a screen was asked for that is not there yet."""
        return False

    @property
    def look(self) -> Look:
        """The colours of the current theme, and characters that the terminal can show."""
        textured = self.no_color or self.console.color_system in (None, "standard")
        variables = self.current_theme.variables
        if "drawing-text" not in variables:
            variables = THEMES["dark" if self.current_theme.dark else "light"].variables
        palette = Palette.from_variables(variables, textured=textured)
        return Look(palette, glyphs_for(self._options.ascii_only))

    def notify(
        self,
        message: str,
        *,
        title: str = "",
        severity: SeverityLevel = "information",
        timeout: float | None = None,
        markup: bool = False,
    ) -> None:
        """Textual's, without markup, as a file may be called `[b]`, with `~` for the home, and short."""
        home = os.environ.get("HOME") or "~"
        message = message.replace(f"{home}/", "~/")
        message = in_two_lines(message, min(self.size.width - BESIDE_A_TOAST, LONGEST_LINE))
        super().notify(message, title=title, severity=severity, timeout=timeout, markup=markup)

    def copy_to_clipboard(self, text: str) -> None:
        """Textual's, where the terminal can take it."""
        self._clipboard = text
        sequence = clipboard_sequence(text, os.environ)
        if sequence is not None and self._driver is not None:
            self._driver.write(sequence)

    def on_key(self, event: Key) -> None:
        """Textual calls this before the key does what it is bound to."""
        if isinstance(self.screen, ActionScreen):
            self.screen.take_key(event.key)

    def pop_screen(self) -> AwaitComplete:
        """Textual's, but the screen's memory is freed: a cache of colours in Textual has every
        widget that was drawn among its keys, and so keeps each of its lines.
        """
        StylesCache.get_inner_outer.cache_clear()
        return super().pop_screen()

    def commands(self, screen: Screen[Any]) -> Iterable[Offered]:
        """What the palette offers on `screen`: all that a key does there, and what has no key."""
        yield from commands_of(screen, self.look.glyphs)
        if not self.no_color:
            yield THEME_CHOICE, self.search_themes

    def action_command_palette(self) -> None:
        """Offer every command by its name, its keys and further words."""
        if isinstance(self.screen, ActionScreen):
            offered = list(self.commands(self.screen))
            self.push_screen(Chooser("Commands", offered, self.look), _perform)

    def search_themes(self) -> None:
        """Offer every theme by its name."""
        themes = distinct_themes(self.available_themes.values())
        offered = [
            (Choice(name, "dark" if theme.dark else "light"), name)
            for name, theme in themes.items()
        ]
        self.push_screen(Chooser("Themes", offered, self.look), self._change_theme)

    def _change_theme(self, name: str | None) -> None:
        if name is not None:
            self.theme = name

    def _print_error_renderables(self) -> None:
        """Leave the terminal clean: the command line prints what went wrong, in one line."""


async def _perform(chosen: Perform | None) -> None:
    done = None if chosen is None else chosen()
    if done is not None:
        await done
