"""A person who presses anything: whatever that is, the dashboard tells the truth about the run.

MOONWALK_EXAMPLES=500 plays that many games instead of the few of the suite, other ones every time.
"""

import asyncio
import itertools
import os
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from rich.cells import cell_len
from textual.binding import Binding
from textual.events import Key
from textual.widgets import Input

from engine.config.ladders import alpha_after, pace_after
from engine.config.training_config import TrainingConfig
from engine.messages.commands import (
    Command,
    Configure,
    Extend,
    MakeSteps,
    Pause,
    Reset,
    RestoreCourse,
    Resume,
    Rewind,
    SetAlpha,
    SetPace,
)
from engine.messages.run_state import State
from engine.run.replay import Replay
from engine.run.run import Run
from engine.storage import checkpoint, recording
from helpers.apps import NARROW, PACE, Dashboard, WatchedSession, dashboard
from helpers.random_games import (
    CHARACTERS,
    CONFIGS,
    SIZES,
    Action,
    Click,
    Press,
    Resize,
    Rush,
    Tick,
    Wait,
    games,
)
from tui.screens.dashboard import DashboardScreen
from tui.screens.too_small import is_too_small

EXAMPLES = os.environ.get("MOONWALK_EXAMPLES")
SUITE_EXAMPLES, SUITE_KEYS = 26, 2_000


class Player:
    """Plays a game, and looks after every action whether all is well."""

    def __init__(self, shown: Dashboard) -> None:
        self.shown = shown
        self.run: Run = shown.session.run
        self.pressed = 0
        self._interrupted = False

    @property
    def has_left(self) -> bool:
        """By the palette, or a click on the key that quits."""
        return self.shown.app.shutdown.under_way or self.shown.app._exit

    @property
    def _is_small(self) -> bool:
        """Whether the terminal has no room for the panes."""
        size = self.shown.app.size
        return is_too_small(size)

    @property
    def _sets_up(self) -> bool:
        """Whether keys are the set-up's."""
        return self.shown.focused == "setup"

    async def play(self, action: Action) -> None:
        commands, step = len(self.run.commands), self.run.trainer.step
        match action:
            case Press((key,)):
                await self._press_and_compare(key)
            case Press(keys):
                for key in keys:
                    await self._press(key)
            case Rush(keys):
                self._rush(keys)
            case Tick(frames):
                self.shown.session.tick(frames)
            case Click(across, down):
                size = self.shown.app.size
                column, row = int(across * (size.width - 1)), int(down * (size.height - 1))
                await self.shown.pilot.click(offset=(column, row))
            case Resize(columns, rows):
                await self.shown.resize(columns, rows)
            case Wait(seconds):
                await self.shown.pilot.pause(seconds)
        went_back = [one.command for one in self.run.commands[commands:]]
        assert self.run.trainer.step >= step or any(
            isinstance(command, Reset | Configure | Rewind | RestoreCourse) for command in went_back
        )
        await self.find_well()

    async def _press(self, key: str) -> None:
        """Twice ctrl+c would leave."""
        if self.has_left or (key == "ctrl+c" and self._interrupted):
            return
        self._interrupted |= key == "ctrl+c"
        await self.shown.pilot.press(key)
        self.pressed += 1

    def _rush(self, keys: tuple[str, ...]) -> None:
        driver = self.shown.app._driver
        assert driver is not None
        for key in keys:
            if key != "ctrl+c":
                character = key if len(key) == 1 else CHARACTERS.get(key)
                driver.send_message(Key(key, character))
                self.pressed += 1

    async def _press_and_compare(self, key: str) -> None:
        """A single key acts on what is shown, whatever was pressed before."""
        expected = self._expected(key)
        before = len(self.shown.session.carried_out)
        await self._press(key)
        await self.shown.settle()
        if expected is not None:
            assert self.shown.session.carried_out[before:] == expected, key

    def _expected(self, key: str) -> list[Command] | None:
        """The commands that `key` should come to now; None where that is not worked out here."""
        trainer, state = self.run.trainer, self.run.state
        if not isinstance(self.shown.app.screen, DashboardScreen) or key in ("f", "up", "down"):
            return None
        if self._is_small:
            return []  # nobody could see what it does
        if self._sets_up or key in ("N", "W") or self._is_of_the_pane(key):
            return None
        found: Command | None = None
        match key:
            case "plus" | "equals_sign" | "minus":
                found = SetAlpha(alpha_after(trainer.alpha, -1 if key == "minus" else 1))
            case "r":
                found = Reset(None, self._restart_alpha)
            case "n":
                found = Reset(trainer.config.seed + 1, self._restart_alpha)
            case "u" if state is State.DIVERGED:
                found = Rewind(trainer.undo_alpha)
            case "u" if self.run.kept is not None:
                found = RestoreCourse()
            case _ if state not in (State.RUNNING, State.PAUSED):
                pass
            case "less_than_sign" | "greater_than_sign" | "comma":
                found = SetPace(pace_after(self.run.pace, 1 if key == "greater_than_sign" else -1))
            case "space":
                found = Pause() if state is State.RUNNING else Resume()
            case "full_stop":
                found = MakeSteps(1)
        return [] if found is None else [found]

    def _is_of_the_pane(self, key: str) -> bool:
        """Whether the focused pane may have a use of its own for `key`."""
        bindings = type(self.shown.app.focused).BINDINGS if self.shown.app.focused else []
        return any(key in one.key.split(",") for one in bindings if isinstance(one, Binding))

    @property
    def _restart_alpha(self) -> float | None:
        """Of a reset, where that is not the present alpha."""
        trainer = self.run.trainer
        return None if trainer.restart_alpha == trainer.alpha else trainer.restart_alpha

    async def find_well(self) -> None:
        """Everything is in order, at once or as soon as all has arrived that is on its way."""
        await self.shown.settle()
        for _ in range(100):
            if self.has_left or not (wrong := self._wrong()):
                break
            await self.shown.pilot.pause(0.01)
        else:
            raise AssertionError(f"{wrong}\n{self.shown.text}")
        assert self.shown.app.shutdown.fault is None
        assert self.shown.app._exception is None

    def _wrong(self) -> str:
        """What is out of order now, if something is."""
        app, lines = self.shown.app, self.shown.lines
        if [cell_len(line) for line in lines] != [app.size.width] * app.size.height:
            return f"lines of other widths than {app.size}: {[cell_len(line) for line in lines]}"
        text = "\n".join(lines)
        if "Traceback" in text:
            return "a traceback"
        # a person may type that, and is told that it is none
        types = app.screen.query(Input) or self._sets_up
        if not types and (odd := re.search(r".*\b(nan|inf)\b.*", text, re.I)):
            return f"no number: {odd[0]}"
        if self._is_small or not isinstance(app.screen, DashboardScreen):
            return ""
        return self._untrue(lines[-3], lines[-2])

    def _untrue(self, progress: str, figures: str) -> str:
        """What the status says that is not so."""
        run = self.run
        state = progress.split()[0]
        if state != run.state.value:
            return f"it is {run.state.value}"
        steps = re.match(r" \w+ +step +([\d,]+) / ([\d,]+) ", progress)
        told = [f"{run.trainer.step:,}", f"{run.trainer.total_steps:,}"]
        if steps is None and state != "diverged":
            return "no step"
        if steps is not None and [*steps.groups()] != told:
            return f"step {told} is not shown"
        alpha = re.match(r" alpha (\S+) ", figures)
        if alpha is None or float(alpha[1]) != pytest.approx(run.trainer.alpha, rel=0.005, abs=0):
            return f"alpha {run.trainer.alpha} is not shown"
        return ""


def assert_replays(run: Run) -> None:
    """The recording of `run` comes to the same, however it is cut."""
    saved = recording.decode(recording.whole(run.config, run.commands, run.end))
    replay = Replay(saved, PACE)
    for burst in itertools.islice(itertools.cycle((7, 1, 50, 33, 400)), 10_000):
        if not replay.advance(burst):
            break
    assert (replay.matches, replay.end) == (True, run.end)
    assert course_of(replay) == course_of(run)


def assert_goes_on_from_a_save(run: Run) -> None:
    """A run that was saved makes the same steps as one that was not."""
    again = checkpoint.decode(checkpoint.encode(run))
    for each in (run, again):
        if each.state is State.DIVERGED:
            each.apply(Rewind())
        each.apply(Extend(50))
        each.advance(50)
    assert again.end == run.end
    assert (again.state, again.pace, again.number) == (run.state, run.pace, run.number)
    assert again.commands == run.commands
    assert course_of(again) == course_of(run)


def course_of(run: Run) -> list[Any]:
    """What was decided on the way, and will decide how it goes on."""
    trainer = run.trainer
    histories = (trainer.losses.train, trainer.losses.test)
    return [
        *(trainer.phase, trainer.config, trainer.total_steps, trainer.alpha, trainer.alpha_changes),
        *(trainer.best.learned.step, trainer.best.loss, trainer.best.learned.parameters.tolist()),
        repr(trainer.divergence),  # in which there may be NaN
        *(history.buckets.tolist() for history in histories),
        trainer.losses.early.state(),
    ]


@pytest.fixture(autouse=True)
def folder_for_exports(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


async def play(config: TrainingConfig, game: list[Action], size: Resize) -> int:
    """How many keys were pressed."""
    async with dashboard(WatchedSession(config), size=(size.columns, size.rows)) as shown:
        player = Player(shown)
        await player.find_well()
        for action in game:
            await player.play(action)
            if player.has_left:
                break
    assert_replays(player.run)
    assert_goes_on_from_a_save(player.run)
    return player.pressed


USUAL = TrainingConfig(steps=400, layers=(3,), samples=30)
PALETTE = (Press(("ctrl+p",)), Wait(0.3))
FOUND = {
    "enter twice at once": [Rush(("a", "enter", "enter"))],
    "enter twice at once over the ending": [Tick(40), Rush(("escape", "a", "enter", "enter"))],
    "a palette four columns wide": [*PALETTE, Resize(4, 24), Wait(0.2)],
    "a palette without rows, paged": [*PALETTE, Resize(80, 1), Press(("pagedown",))],
    "a prompt without the focus": [Press(("a", *"nan", "enter")), Click(0.0, 0.0), Tick(1)],
}
"""What went wrong once."""


@pytest.mark.parametrize("game", FOUND.values(), ids=FOUND)
def test_given_keys_that_went_wrong_once_when_pressed_then_all_is_well(game: list[Action]) -> None:
    asyncio.run(play(USUAL, game, Resize(*NARROW)))


async def test_given_the_status_when_shown_before_the_panes_then_a_press_in_between_adds_up() -> (
    None
):
    async with dashboard() as shown:
        screen, show_panes = shown.app.dashboard, shown.app.dashboard._show_panes

        def press_before() -> None:
            screen._show_panes = show_panes
            screen.action_perform("run.alpha_up")
            show_panes()

        screen._show_panes = press_before
        await shown.press("plus")
        assert shown.session.carried_out == [SetAlpha(0.3), SetAlpha(0.4)]


@pytest.mark.slow
def test_given_any_keys_when_pressed_then_all_that_is_shown_is_true_and_nothing_is_lost() -> None:
    pressed = []

    @settings(
        max_examples=int(EXAMPLES or SUITE_EXAMPLES),
        derandomize=EXAMPLES is None,
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(CONFIGS, games(), SIZES)
    def game_goes_well(config: TrainingConfig, game: list[Action], size: Resize) -> None:
        pressed.append(asyncio.run(play(config, game, size)))

    game_goes_well()
    assert EXAMPLES or sum(pressed) >= SUITE_KEYS
