"""What a person hands to others from the dashboard: the command line, and files."""

import base64
import dataclasses
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from engine.config.training_config import TrainingConfig
from engine.messages.commands import Adjust, SetAlpha
from engine.run.command_log import Recorded, Recording
from engine.run.replay import Replay
from engine.storage.exports.losses import COLUMNS
from helpers.apps import CONFIG, NARROW, OPTIONS, PACE, WIDE, Dashboard, WatchedSession, dashboard
from tui.screens.chooser import Chooser
from tui.screens.command_line import CommandLineScreen


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.delenv("TMUX", raising=False)
    return tmp_path


def listen(shown: Dashboard) -> list[str]:
    """What is written to the terminal from now on."""
    written: list[str] = []
    driver = shown.app._driver
    assert driver is not None
    driver.write = written.append  # type: ignore[method-assign] # a test's ear
    return written


def clipboard_texts(written: list[str]) -> list[str]:
    found = [one for one in written if one.startswith("\x1b]52;")]
    assert all(one.startswith("\x1b]52;c;") and one.endswith("\a") for one in found)
    return [base64.b64decode(one[7:-1]).decode() for one in found]


class TestTheCommandLine:
    @pytest.mark.parametrize("size", [(60, 18), NARROW, WIDE, (200, 60)])
    async def test_given_a_run_when_y_is_pressed_then_its_line_is_copied_and_shown(
        self, size: tuple[int, int]
    ) -> None:
        async with dashboard(size=size) as shown:
            written = listen(shown)
            await shown.press("y")

            assert clipboard_texts(written) == ["moonwalk --steps 400"]
            assert " moonwalk --steps 400".ljust(size[0]) in shown.lines
            assert "Not in it" not in shown.text

    async def test_given_the_line_when_a_key_closes_it_then_the_run_goes_on(self) -> None:
        async with dashboard() as shown:
            for key in ("escape", "y", "q", "enter"):
                await shown.press("y")
                assert isinstance(shown.app.screen, CommandLineScreen)
                await shown.press(key)

                assert shown.app.screen is shown.app.dashboard
            assert not shown.session.closed

    async def test_given_other_keys_when_pressed_then_nothing_goes_to_the_clipboard(self) -> None:
        async with dashboard(ticks=2) as shown:
            written = listen(shown)
            await shown.press(*"[]lfr?", "escape", "E", "escape", "w", "space", "up")

            assert clipboard_texts(written) == []

    async def test_given_a_steered_run_when_y_is_pressed_then_the_line_has_what_is_in_force(
        self,
    ) -> None:
        async with dashboard(ticks=2) as shown:
            await shown.press("up")
            await shown.session.send(Adjust({"l2": 0.01}))
            await shown.tick()
            written = listen(shown)
            await shown.press("y")

            assert clipboard_texts(written) == ["moonwalk --alpha 0.3 --steps 400 --l2 0.01"]
            assert "alpha was changed and settings were changed" in shown.text

    async def test_given_a_finished_run_that_trains_on_when_y_is_pressed_then_all_its_steps(
        self,
    ) -> None:
        async with dashboard(ticks=40) as shown:
            await shown.until(lambda: "train 400 more" in shown.text)
            await shown.press("c")
            await shown.tick()
            written = listen(shown)
            await shown.press("y")

            assert clipboard_texts(written) == ["moonwalk --steps 800"]

    async def test_given_the_report_when_y_is_pressed_then_the_line_is_there_too(self) -> None:
        async with dashboard(ticks=2) as shown:
            await shown.press("e")
            written = listen(shown)
            await shown.press("y")
            assert clipboard_texts(written) == ["moonwalk --steps 400"]
            await shown.press("y", "b")

            assert shown.app.screen is shown.app.dashboard

    async def test_given_a_console_when_y_is_pressed_then_nothing_is_sent_and_that_is_told(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("TERM", "linux")
        async with dashboard() as shown:
            written = listen(shown)
            await shown.press("y")

            assert clipboard_texts(written) == []
            assert "This terminal has no clipboard" in shown.text

    async def test_given_a_long_line_when_resized_then_it_is_broken_for_the_new_width(self) -> None:
        config = TrainingConfig(layers=(8, 4), activation="tanh", optimizer="adam", alpha=0.01)
        session = WatchedSession(config)
        async with dashboard(session, size=WIDE) as shown:
            await shown.press("y")
            [whole] = (line for line in shown.lines if line.startswith(" moonwalk --"))
            assert whole.rstrip().endswith(" --optimizer adam")
            await shown.resize(60, 18)

            first, second = (line for line in shown.lines if " --" in line)
            assert (first[-1], second.rstrip()[-1]) == ("\\", "m")
            assert (first[:-1] + second).split() == whole.split()


class TestFiles:
    async def test_given_a_run_when_w_is_pressed_twice_then_two_files_of_its_points(
        self, folder: Path
    ) -> None:
        async with dashboard(ticks=1) as shown:
            await shown.press("w", "w")

            one, two = (folder / f"moonwalk-points{end}.csv" for end in ("", "-2"))
            assert one.read_bytes() == two.read_bytes()
            assert one.read_text().splitlines()[0] == "x,y,side,class"
            assert len(one.read_text().splitlines()) == 201
            assert "points exported to" in shown.text

    @pytest.mark.parametrize("size", [(60, 18), (200, 60)])
    async def test_given_the_chooser_when_a_word_is_typed_then_that_is_exported(
        self, folder: Path, size: tuple[int, int]
    ) -> None:
        async with dashboard(ticks=3, size=size) as shown:
            await shown.press("E")
            assert isinstance(shown.app.screen, Chooser)
            await shown.press(*"torch", "enter")

            arrays = np.load(folder / "moonwalk-pytorch.npz")
            assert list(arrays) == [
                *("0.weight", "0.bias", "2.weight", "2.bias", "4.weight", "4.bias")
            ]
            assert shown.app.screen is shown.app.dashboard

    async def test_given_the_palette_when_an_export_is_chosen_then_it_is_written(
        self, folder: Path
    ) -> None:
        async with dashboard(ticks=3) as shown:
            await shown.press("ctrl+p", *"export loss", "enter")

            rows = (folder / "moonwalk-losses.csv").read_text().splitlines()
            assert rows[0] == ",".join(COLUMNS)
            assert len(rows) == 1 + 3 * PACE + 1

    async def test_given_every_kind_when_exported_then_a_file_of_each(self, folder: Path) -> None:
        async with dashboard(ticks=3) as shown:
            for down in range(7):
                await shown.press("E", *["down"] * down, "enter")
            await shown.until(lambda: len(list(folder.iterdir())) == 7)

            assert sorted(path.name for path in folder.iterdir()) == [
                "moonwalk-losses.csv",
                "moonwalk-network.json",
                "moonwalk-points.csv",
                "moonwalk-pytorch.npz",
                "moonwalk-screen.svg",
                "moonwalk-screen.txt",
                "moonwalk-weights.npz",
            ]
            document = json.loads((folder / "moonwalk-network.json").read_text())
            assert document["setup"] == "moonwalk --steps 400"
            assert document["step"] == 3 * PACE

    async def test_given_news_on_the_screen_when_it_is_exported_then_they_are_not_in_the_picture(
        self, folder: Path
    ) -> None:
        async with dashboard(ticks=3) as shown:
            await shown.press("space")
            before = shown.lines
            await shown.press("w")
            assert "points exported to" in shown.text
            await shown.press("ctrl+p", *"screen as plain", "enter")
            await shown.until((folder / "moonwalk-screen.txt").exists)

            text = (folder / "moonwalk-screen.txt").read_text()
            assert text.splitlines() == [line.rstrip() for line in before]

    async def test_given_the_screen_when_exported_as_svg_then_it_is_a_picture_of_the_dashboard(
        self, folder: Path
    ) -> None:
        async with dashboard(ticks=3) as shown:
            await shown.press("E", *"svg", "enter")
            await shown.until((folder / "moonwalk-screen.svg").exists)

            picture = (folder / "moonwalk-screen.svg").read_text()
            assert picture.startswith("<svg")
            assert "Predicted" in picture
            assert "Export" not in picture

    async def test_given_a_folder_that_takes_no_file_when_exported_then_one_line_says_why(
        self, folder: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        inside = folder / "inside"
        inside.mkdir()
        monkeypatch.chdir(inside)
        async with dashboard(ticks=1) as shown:
            inside.rmdir()
            await shown.press("w")

            assert "not exported: the folder that this is in is gone" in shown.text
            assert list(folder.iterdir()) == []

    async def test_given_a_lost_run_when_e_is_pressed_then_only_the_screen_is_offered(
        self, folder: Path
    ) -> None:
        async with dashboard(ticks=1) as shown:
            shown.session.lose()
            await shown.settle()
            await shown.press("E")

            assert "screen.svg" in shown.text
            assert "losses.csv" not in shown.text
            await shown.press("escape", "w")
            assert list(folder.iterdir()) == []

    async def test_given_one_that_only_watches_when_it_exports_then_it_may(
        self, folder: Path
    ) -> None:
        options = dataclasses.replace(OPTIONS, watches=True)
        async with dashboard(ticks=1, options=options) as shown:
            await shown.press("w")

            assert (folder / "moonwalk-points.csv").exists()


async def test_given_a_replay_when_y_is_pressed_then_it_tells_what_was_done_on_the_way() -> None:
    recording = Recording(CONFIG, [Recorded(5, SetAlpha(0.5))])
    session: Any = WatchedSession()
    session._begin = lambda: Replay(recording, PACE)
    async with dashboard(session, ticks=2) as shown:
        written = listen(shown)
        await shown.press("y")

        assert clipboard_texts(written) == ["moonwalk --alpha 0.5 --steps 400"]
        assert "on the way, alpha was changed" in shown.text


async def test_given_news_when_exports_are_offered_then_they_do_not_lie_over_the_list() -> None:
    async with dashboard(size=(60, 18), ticks=1) as shown:
        shown.app.notify("the run before is saved")
        await shown.settle()
        assert "the run before is saved" in shown.text
        await shown.press("E")
        assert "the run before is saved" not in shown.text
        assert "> losses.csv" in shown.text


async def test_given_the_line_when_shown_then_its_titles_stand_apart_from_the_border() -> None:
    async with dashboard(ticks=1) as shown:
        await shown.press("y")
        assert "─ This makes the run again ─" in shown.text
        assert "─ esc y q close ─" in shown.text
