"""Reading in a thread: what has come counts before what has not, and the end is told."""

import os
from collections.abc import Iterator
from threading import Event

import pytest

from tui.terminal.input_reader import read_input
from tui.terminal.key_input import InputParser
from tui.terminal.paste_input import Paste

Pipe = tuple[int, int]


@pytest.fixture
def pipe() -> Iterator[Pipe]:
    ends = os.pipe()
    yield ends
    for end in ends:
        os.close(end)


def test_given_keys_when_told_to_stop_then_those_that_have_come_are_taken(pipe: Pipe) -> None:
    stop, found = Event(), list[str | Paste]()
    os.write(pipe[1], b"a\x1b[Ab")
    stop.set()

    assert read_input(pipe[0], stop, InputParser(lambda: None), found.extend)
    assert found == ["a", "\x1b[A", "b"]


def test_given_a_status_when_read_then_it_is_told_in_this_thread(pipe: Pipe) -> None:
    stop = Event()
    os.write(pipe[1], b"\x1b[0n")

    assert read_input(pipe[0], stop, InputParser(stop.set), lambda _: None)


def test_given_an_escape_alone_when_read_then_it_is_taken_after_its_time(pipe: Pipe) -> None:
    stop, found = Event(), list[str | Paste]()

    def take(sent: list[str | Paste]) -> None:
        found.extend(sent)
        if found:
            stop.set()

    os.write(pipe[1], b"\x1b")
    read_input(pipe[0], stop, InputParser(lambda: None, 0.01), take)
    assert found == ["\x1b"]


def test_given_an_input_that_ends_when_read_then_that_is_told() -> None:
    read, write = os.pipe()
    os.close(write)

    assert not read_input(read, Event(), InputParser(lambda: None), lambda _: None)
    os.close(read)
