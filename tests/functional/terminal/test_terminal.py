"""The real program in a real terminal: what it shows, and how it leaves the terminal and the machine
behind, whatever happens to either.
"""

import json
import os
import random
import re
import signal
from pathlib import Path

import pytest

from helpers.dashboard_terminal import (
    COMMAND,
    CONTROL_C,
    CONTROL_P,
    DOWN,
    ESCAPE,
    SECONDS_TO_BE_GONE,
    UP,
    Start,
    assert_gone,
    assert_only_host_stays,
    assert_restored,
    exit_status,
    step_of,
    wait_for_picture,
    wait_for_progress,
)
from helpers.pseudo_terminal import PseudoTerminal

pytestmark = pytest.mark.slow


class TestAPersonAtTheTerminal:
    def test_given_a_terminal_when_paused_steered_and_left_then_it_is_as_before_with_a_report(
        self, start: Start
    ) -> None:
        terminal = start()
        wait_for_picture(terminal)
        wait_for_progress(terminal)
        assert len(terminal.processes) == 2

        terminal.press(" ")
        terminal.wait_for("space go on")
        terminal.wait_for(lambda: terminal.screen[-3].startswith(" paused "))
        terminal.press(UP)
        terminal.wait_for("alpha 0.3 ")
        paused_at = step_of(terminal)
        terminal.press(UP)
        terminal.wait_for("alpha 0.4 ")
        assert step_of(terminal) == paused_at
        terminal.press(".")
        terminal.wait_for(lambda: step_of(terminal) == paused_at + 1)

        assert exit_status(terminal) == 0
        report = terminal.scrollback
        assert report.startswith(f"After {paused_at + 1:,} of 20,000 steps\n")
        assert "alpha 0.4 " in report
        assert "Test points: real classes" in report

    def test_given_stdout_in_a_file_when_left_then_one_object_there_and_nothing_on_the_terminal(
        self, start: Start, tmp_path: Path
    ) -> None:
        figures = tmp_path / "figures.json"
        with figures.open("wb") as stdout:
            terminal = start("--json", stdout=stdout, columns=80, rows=24)
        wait_for_picture(terminal)
        terminal.press(DOWN)
        terminal.wait_for("alpha 0.2 ")
        wait_for_progress(terminal)  # it is the alpha of the last update that is told
        seen = step_of(terminal)

        assert exit_status(terminal) == 0
        assert terminal.scrollback == ""
        [line] = figures.read_text().splitlines()
        result = json.loads(line)
        assert result["alpha"] == 0.2
        assert seen <= result["steps"] < 20_000

    def test_given_a_short_run_when_it_is_done_then_its_results_come_by_themselves(
        self, start: Start
    ) -> None:
        terminal = start("--steps", "300", "--pace", "max")

        terminal.wait_for("c train 300 more")
        assert terminal.screen[1].startswith(" Done: 300 steps ")

        assert exit_status(terminal) == 0
        assert terminal.scrollback.startswith("Done: 300 steps\n")

    def test_given_too_large_an_alpha_when_left_then_it_says_so_and_exits_3(
        self, start: Start
    ) -> None:
        terminal = start("--alpha", "1e6", columns=120)

        terminal.wait_for(lambda: terminal.screen[-3].startswith(" diverged "))

        assert exit_status(terminal) == 3
        report = terminal.scrollback
        assert report.startswith("Diverged after ")
        assert re.search(r"\nmoonwalk: diverged: .*; take a smaller --alpha$", report)
        assert report.count("moonwalk: ") == 1

    def test_given_one_interrupt_when_running_then_it_asks_and_the_second_leaves(
        self, start: Start
    ) -> None:
        terminal = start()
        wait_for_picture(terminal)

        terminal.press(CONTROL_C)
        terminal.wait_for("Press ctrl+c again, or q, to quit")
        wait_for_progress(terminal)
        assert terminal.process.poll() is None
        # on a slow machine the first may be forgotten by now
        terminal.press(CONTROL_C * 2)

        assert terminal.wait_for_end() == 0
        assert_restored(terminal)
        assert terminal.scrollback.startswith("After ")


class TestDeathsAndHangups:
    def test_given_the_host_is_killed_when_left_then_it_was_said_in_words_and_exits_1(
        self, start: Start
    ) -> None:
        terminal = start()
        wait_for_picture(terminal)

        [host] = [each.pid for each in terminal.processes if "engine.host" in each.command]
        os.kill(host, signal.SIGKILL)
        terminal.wait_for("training has ended (killed by signal 9); u resumes, q leaves")

        assert exit_status(terminal) == 1
        told = "".join(terminal.scrollback.splitlines())
        assert re.fullmatch(
            r"moonwalk: training has ended \(killed by signal 9\);"
            r" moonwalk resume \S+\.npz goes on from its last save",
            told,
        )

    def test_given_the_interface_is_terminated_when_running_then_the_host_goes_too(
        self, start: Start
    ) -> None:
        terminal = start("--pace", "max", "--steps", "1000000000")
        wait_for_picture(terminal)

        terminal.process.send_signal(signal.SIGTERM)

        terminal.wait_for_end()
        assert_gone(terminal)
        assert "Traceback" not in terminal.printed

    @pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGHUP])
    def test_given_the_interface_is_killed_or_hung_up_when_running_then_only_the_host_stays(
        self, start: Start, number: signal.Signals
    ) -> None:
        terminal = start("--pace", "max", "--steps", "1000000000")
        wait_for_picture(terminal)

        terminal.process.send_signal(number)

        terminal.wait_for_end()
        assert_only_host_stays(terminal)
        assert "Traceback" not in terminal.printed

    def test_given_the_terminal_is_closed_when_running_then_only_the_host_stays(
        self, start: Start
    ) -> None:
        terminal = start("--pace", "max", "--steps", "1000000000")
        wait_for_picture(terminal)

        terminal.hang_up()

        terminal.wait_for_end(SECONDS_TO_BE_GONE)
        assert_only_host_stays(terminal)

    def test_given_a_run_that_is_done_when_the_interface_is_hung_up_then_nobody_stays(
        self, start: Start
    ) -> None:
        terminal = start("--pace", "max", "--steps", "300")
        terminal.wait_for("c train 300 more")

        terminal.process.send_signal(signal.SIGHUP)

        assert terminal.wait_for_end() == 129
        assert_gone(terminal)


class TestTerminalsOfAllKinds:
    def test_given_a_storm_of_sizes_when_it_is_over_then_the_picture_is_whole_again(
        self, start: Start
    ) -> None:
        terminal = start("--pace", "max", "--steps", "1000000000")
        wait_for_picture(terminal)
        sizes = random.Random(0)
        for _ in range(30):
            terminal.resize(sizes.randint(1, 500), sizes.randint(1, 200))
            terminal.read(0.02)
        terminal.resize(500, 200)
        wait_for_picture(terminal)
        terminal.resize(1, 1)
        terminal.read(0.02)
        terminal.resize(100, 30)
        wait_for_picture(terminal)
        wait_for_progress(terminal)
        wait_for_picture(terminal)

        assert exit_status(terminal) == 0

    @pytest.mark.parametrize(
        ("args", "environ"),
        [(("--ascii",), {}), ((), {"LC_ALL": "C"}), ((), {"TERM": "linux"})],
        ids=["asked for", "no UTF-8", "no braille"],
    )
    def test_given_an_ascii_terminal_when_every_screen_is_seen_then_nothing_else_is_sent(
        self, start: Start, args: tuple[str, ...], environ: dict[str, str]
    ) -> None:
        terminal = start(*args, "--steps", "1000000000", environ=environ, columns=120)
        wait_for_picture(terminal)

        # each key, what it shows, and what takes that away again
        for key, shown, back in [
            ("?", "What am I looking at", "?"),
            ("a", "enter take   esc leave it", "0.5\r"),
            (CONTROL_P, "type a name, key or word", ESCAPE),
            ("m", "m restore", "m"),
            ("l", " linear ", "l"),
            ("e", "n new seed  s save  d detach  ? help  q quit", "b"),
        ]:
            terminal.press(key)
            terminal.wait_for(shown)
            terminal.press(back)
            terminal.wait_for_no(shown)

        assert exit_status(terminal) == 0
        assert terminal.output.isascii()

    def test_given_a_dumb_terminal_when_run_then_plain_lines(self, start: Start) -> None:
        terminal = start("--steps", "300", environ={"TERM": "dumb"})

        assert terminal.wait_for_end() == 0
        assert b"\x1b" not in terminal.output
        assert "step 300 of 300" in terminal.scrollback
        assert "Done: 300 steps" in terminal.scrollback

    def test_given_only_stdin_is_a_terminal_when_run_then_nothing_is_drawn(
        self, tmp_path: Path
    ) -> None:
        piped = ["sh", "-c", '"$@" >"$0/out" 2>"$0/err"', str(tmp_path), *COMMAND, "--steps", "300"]
        with PseudoTerminal(piped, tmp_path) as terminal:
            assert terminal.wait_for_end() == 0
            assert terminal.output == b""

        printed, told = (tmp_path / "out").read_bytes(), (tmp_path / "err").read_bytes()
        assert printed.startswith(b"Done: 300 steps\n")
        assert b"\x1b" not in printed + told

    def test_given_a_remote_line_when_running_then_ten_frames_a_second(self, start: Start) -> None:
        terminal = start(environ={"SSH_CONNECTION": "192.0.2.1 50000 192.0.2.2 22"})
        wait_for_picture(terminal)

        # 50 steps a frame: with twenty frames, as on a near terminal, it would settle at 1,000
        terminal.wait_for_match(r"50/frame +((?:4\d\d|5[0-4]\d)/s)")

        assert exit_status(terminal) == 0
