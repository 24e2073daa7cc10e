"""The size of a terminal that knows it, and of one that does not."""

import fcntl
import os
import struct
import termios
from collections.abc import Iterator

import pytest

from tui.terminal.size import set_unknown_size, terminal_size


@pytest.fixture
def terminal() -> Iterator[int]:
    master, slave = os.openpty()
    yield slave
    os.close(master)
    os.close(slave)


def say(terminal: int, columns: int, rows: int) -> None:
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))


@pytest.mark.parametrize(
    ("said", "taken"),
    [
        ((0, 0), (80, 24)),
        ((132, 0), (132, 24)),
        ((0, 50), (80, 50)),
        ((120, 40), (120, 40)),
        ((1, 1), (1, 1)),
    ],
)
def test_given_a_terminal_when_it_says_no_size_then_the_usual_one(
    terminal: int, said: tuple[int, int], taken: tuple[int, int]
) -> None:
    say(terminal, *said)

    assert terminal_size(terminal) == taken


def test_given_no_terminal_when_asked_for_its_size_then_an_error() -> None:
    reader, writer = os.pipe()
    try:
        with pytest.raises(OSError, match="ioctl"):
            terminal_size(writer)
    finally:
        os.close(reader)
        os.close(writer)


@pytest.mark.parametrize(
    ("known", "told", "then"),
    [
        ((0, 0), (120, 40), (120, 40)),
        ((0, 24), (120, 40), (120, 40)),
        ((100, 30), (120, 40), (100, 30)),
        ((0, 0), (0, 40), (80, 24)),
    ],
)
def test_given_a_terminal_that_tells_its_size_when_the_system_knows_none_then_it_does_now(
    terminal: int, known: tuple[int, int], told: tuple[int, int], then: tuple[int, int]
) -> None:
    say(terminal, *known)

    set_unknown_size(terminal, *told)

    assert terminal_size(terminal) == then
