"""Hands the run that is shown to others: its command line, and what is exported of it."""

import asyncio
import os
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from engine.config.setup_string import in_force, setup_line, setup_of
from engine.errors import ConfigError, FileError, MoonwalkError
from engine.messages.snapshot import Snapshot
from engine.storage.data_folder import is_kept
from engine.storage.exports.export import written_in
from engine.storage.exports.kinds import EXPORTS
from engine.storage.exports.new_file import write_new
from tui import NAME
from tui.app.base_app import BaseApp
from tui.app.command_palette import Offered
from tui.app.run_link import RunLink
from tui.app.screen_files import SCREENS
from tui.charts.choices import Choice
from tui.screens.chooser import Chooser
from tui.screens.command_line import CommandLineScreen
from tui.screens.setup_notes import notes_on, was_steered
from tui.terminal.clipboard import clipboard_sequence

SENT = (
    "It was sent to the terminal for its clipboard. If nothing arrives there, mark the lines with the"
    " mouse while shift is held, and copy them."
)
SENT_TO_TMUX = "tmux passes it on after: tmux set -g set-clipboard on"
NOT_SENT = "This terminal has no clipboard: mark the lines with the mouse, and copy them."


class Sharing:
    """Acts on the run that `link` is to; whatever goes wrong is told in one line."""

    def __init__(self, app: BaseApp, link: RunLink) -> None:
        self._app = app
        self._link = link

    # -- the command line

    def show_line(self, snapshot: Snapshot) -> None:
        """Copy the command line that makes the run of `snapshot` again, and show it."""
        try:
            config = in_force(snapshot.config, snapshot.alpha, snapshot.total_steps)
        except ConfigError as error:  # resumed with fewer steps than its warm-up has
            self._app.notify(f"no command line makes it again: {error}", severity="error")
            return
        line = setup_line(NAME, config)
        self._app.copy_to_clipboard(line)
        words = [NAME, *setup_of(config)]
        notes = notes_on(snapshot, piped=is_kept(Path(config.data)))
        replay = self._replay if was_steered(snapshot) else []
        self._app.push_screen(CommandLineScreen(words, _copied(line), notes, replay))

    @property
    def _replay(self) -> list[str]:
        """The words of the command that replays the recording of the run, as far as that is known."""
        status = self._link.session.status
        path = None if status is None else status.recorded_in
        return [NAME, "replay", path] if path is not None and Path(path).exists() else []

    # -- exports

    def choose(self, *, has_run: bool) -> None:
        """Offer what can be exported: of a run that does not answer, the screen alone."""
        offered = list(_kinds(has_run=has_run))
        self._app.push_screen(Chooser("Export", offered, self._app.look), self._export_chosen)

    def commands(self, *, has_run: bool) -> Iterator[Offered]:
        """The same for the palette."""
        for choice, kind in _kinds(has_run=has_run):
            words = (*choice.words, *kind.split(), "export")
            offered = Choice(choice.name, f"Export {choice.text}", words=words)
            yield offered, partial(self.export, kind)

    async def _export_chosen(self, kind: str | None) -> None:
        if kind is not None:
            await self.export(kind)

    async def export(self, kind: str) -> None:
        """Write what `kind` says into a new file, in the folder that this process was started in."""
        try:
            folder = Path.cwd()
        except OSError:
            self._app.notify("not exported: the folder that this is in is gone", severity="error")
            return
        try:
            if kind in EXPORTS:
                await self._link.session.export(kind, str(folder / EXPORTS[kind].file_name))
            else:
                self._app.clear_notifications()  # no news over the picture
                self._app.call_after_refresh(self._export_screen, kind, folder)
        except MoonwalkError as error:
            self._app.notify(str(error), severity="error")

    async def _export_screen(self, kind: str, folder: Path) -> None:
        screen = SCREENS[kind]
        data = screen.draw(self._app).encode(errors="replace")
        try:
            path = await asyncio.to_thread(write_new, folder / screen.file_name, data)
        except FileError as error:
            self._app.notify(f"{kind} not exported: {error}", severity="warning")
        else:
            self._app.notify(written_in(kind, path))


def _copied(line: str) -> str:
    """What has become of the line on its way to the clipboard."""
    if clipboard_sequence(line, os.environ) is None:
        return NOT_SENT
    return f"{SENT} {SENT_TO_TMUX}" if "TMUX" in os.environ else SENT


def _kinds(*, has_run: bool) -> Iterator[tuple[Choice, str]]:
    """What can be exported, each called as the file is."""
    for kind in EXPORTS.values() if has_run else ():
        yield (
            Choice(f"{kind.name}.{kind.extension}", kind.help, words=tuple(kind.words.split())),
            kind.name,
        )
    for name, screen in SCREENS.items():
        choice = Choice(
            f"screen.{screen.extension}", screen.help, words=("screenshot", "picture", "text")
        )
        yield choice, name
