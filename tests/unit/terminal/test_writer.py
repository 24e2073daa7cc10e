"""The writer between Textual and a terminal, which is a pipe here and answers when the test says so."""

import os
import select
import threading
from collections.abc import Iterator
from math import inf

import pytest

from tui.terminal import line_flow
from tui.terminal.line_flow import REQUEST
from tui.terminal.paint_order import Area, Importance
from tui.terminal.writer import NewestWriter

COLUMNS, ROWS = 40, 4
QUIET_SECONDS = 0.3
"""Nothing comes in this time where nothing is to come."""


class Pipe:
    """Both ends, and the writer at one of them."""

    def __init__(self) -> None:
        self.read_end, self.write_end = os.pipe()
        self.faults: list[Exception] = []
        self.writer = NewestWriter(
            self.write_end, "utf-8", COLUMNS, ROWS, on_fault=self.faults.append, believed=3_000
        )

    def read(self) -> str:
        """What comes next; empty if nothing does."""
        ready, _, _ = select.select([self.read_end], [], [], QUIET_SECONDS)
        return os.read(self.read_end, 1 << 16).decode() if ready else ""


@pytest.fixture
def pipe(monkeypatch: pytest.MonkeyPatch) -> Iterator[Pipe]:
    """A terminal that was asked, and has answered; then it was asked again."""
    # however slow this machine is, it counts as fast: one part at a time, drawn ahead
    monkeypatch.setattr(line_flow, "LONG_ROUND_TRIP", inf)
    monkeypatch.setattr(line_flow, "LATE_SECONDS", inf)
    pipe = Pipe()
    pipe.writer.ask()
    assert pipe.read() == REQUEST
    pipe.writer.answered()
    pipe.writer.feed("\x1b[1;1Hfirst")
    assert pipe.read() == f"\x1b[1H\x1b[mfirst{REQUEST}"
    yield pipe
    pipe.writer.stop()
    os.close(pipe.read_end)
    os.close(pipe.write_end)


def test_given_a_part_under_way_when_more_is_fed_then_it_waits_for_the_answer(pipe: Pipe) -> None:
    pipe.writer.feed("\x1b[2;1Hold")
    pipe.writer.feed("\x1b[2;1Hnew")
    assert pipe.read() == ""

    pipe.writer.answered()

    assert pipe.read() == f"\x1b[2Hnew{REQUEST}"


def test_given_a_part_under_way_when_a_person_waits_then_a_small_one_is_written(pipe: Pipe) -> None:
    pipe.writer.order_by(Importance((), (Area(0, 0, 1, COLUMNS), Area(1, 0, 3, COLUMNS))))
    pipe.writer.hurry()
    pipe.writer.feed("\x1b[2;1Hpicture\x1b[4;1Hpaused")

    assert pipe.read() == f"\x1b[4Hpaused{REQUEST}"
    assert pipe.read() == ""

    pipe.writer.answered()
    pipe.writer.answered()
    assert pipe.read() == f"\x1b[2Hpicture{REQUEST}"


def test_given_a_part_under_way_when_a_mode_is_switched_then_that_is_written(pipe: Pipe) -> None:
    pipe.writer.feed("\x1b[?1004l\x1b[2;1Htext")

    assert pipe.read().startswith("\x1b[?1004l")


def test_given_a_part_under_way_when_drawing_goes_on_then_it_is_of_no_use(pipe: Pipe) -> None:
    assert not pipe.writer.stalled  # the next picture can be drawn meanwhile
    pipe.writer.feed("\x1b[2;1Htext")

    assert pipe.writer.stalled
    pipe.writer.answered()
    pipe.read()
    assert not pipe.writer.stalled


def test_given_answers_to_come_when_they_are_awaited_then_it_lasts_until_they_are_there(
    pipe: Pipe,
) -> None:
    waiting = threading.Thread(target=pipe.writer.await_answers)
    waiting.start()
    waiting.join(QUIET_SECONDS)
    assert waiting.is_alive()

    pipe.writer.answered()

    waiting.join(10)
    assert not waiting.is_alive()
    pipe.writer.feed("\x1b[2;1Hlast")
    pipe.writer.feed("\x1b[?1049l")
    assert pipe.read() == "\x1b[m\x1b[H\x1b[J\x1b[?1049l"  # nothing more is drawn, or asked


def test_given_answers_that_never_come_when_they_are_awaited_then_it_ends(pipe: Pipe) -> None:
    pipe.writer.await_answers()


def test_given_a_part_under_way_when_stopped_then_what_is_left_is_written(pipe: Pipe) -> None:
    pipe.writer.feed("\x1b[2;1Hlast")

    pipe.writer.stop()

    assert pipe.read() == "\x1b[2Hlast"


def test_given_a_terminal_that_is_gone_when_written_to_then_that_is_told_once() -> None:
    pipe = Pipe()
    os.close(pipe.read_end)
    pipe.writer.feed("\x1b[1;1Htext")
    pipe.writer.stop()

    assert [type(fault) for fault in pipe.faults] == [BrokenPipeError]
    os.close(pipe.write_end)
