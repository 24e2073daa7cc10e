"""Whether somebody has said something."""

import socket
from collections.abc import Iterator

import pytest
from engine.host.ears import Ears


@pytest.fixture
def pair() -> Iterator[tuple[socket.socket, socket.socket]]:
    ours, theirs = socket.socketpair()
    with ours, theirs:
        yield ours, theirs


Pair = tuple[socket.socket, socket.socket]


def test_given_a_silent_end_when_it_speaks_then_it_is_heard_until_it_was_read(pair: Pair) -> None:
    ours, theirs = pair
    ears = Ears()
    with ears.opened_to(ours):
        assert not ears.hear()
        theirs.send(b"hello")
        assert ears.hear()
        assert ears.hear()
        ours.recv(5)
        assert not ears.hear()


def test_given_an_end_when_it_leaves_then_that_is_heard(pair: Pair) -> None:
    ours, theirs = pair
    ears = Ears()
    with ears.opened_to(ours):
        theirs.close()
        assert ears.hear()


def test_given_nobody_listens_any_more_when_it_speaks_then_it_is_not_heard(pair: Pair) -> None:
    ours, theirs = pair
    ears = Ears()
    with ears.opened_to(ours):
        pass
    theirs.send(b"hello")
    assert not ears.hear()


def test_given_a_closed_end_when_listened_to_then_that_is_no_fault(pair: Pair) -> None:
    ours, _ = pair
    ours.close()
    ears = Ears()
    with ears.opened_to(ours):
        assert not ears.hear()


def test_given_a_number_that_is_anothers_now_when_the_first_is_let_go_then_the_other_is_heard(
    pair: Pair,
) -> None:
    ours, theirs = pair
    ears = Ears()
    listening = ears.opened_to(ours)
    listening.__enter__()
    number = ours.fileno()
    ours.close()
    again, other = socket.socketpair()
    with again, other:
        if again.fileno() != number:
            pytest.skip("the system gave it another number")
        with ears.opened_to(again):
            listening.__exit__(None, None, None)
            other.send(b"hello")
            assert ears.hear()
    theirs.close()
