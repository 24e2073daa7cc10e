"""When parts of a frame may be written, on lines of all kinds. The clock is the test's."""

from collections import deque
from math import inf

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tui.terminal.line_flow import LineFlow

TICK = 0.02


class Line:
    """A line that takes `delay` seconds each way and carries `rate` bytes a second, with a buffer
    that never blocks; a terminal at its end, and a program that writes as much as it may.
    """

    def __init__(self, flow: LineFlow, rate: float, delay: float) -> None:
        self.flow = flow
        self.rate = rate
        self.delay = delay
        self.now = 0.0
        self.mute = False
        self.loses_next = False
        self.displayed = 0
        """Bytes."""
        self.ages: list[float] = []
        """How long each part took from being written until it was displayed."""
        self.most_under_way = 0
        self.writes: list[float] = []
        """When parts were written."""
        self._free = 0.0
        self._coming: deque[tuple[float, int, float]] = deque()
        self._answers: deque[float] = deque()
        self._parts = 0

    def run(self, seconds: float, frame: int = 1_000_000) -> None:
        """Write whenever the flow lets it, at most `frame` bytes at a time."""
        end = self.now + seconds
        while self.now < end:
            self.now += TICK
            self._deliver()
            if self.flow.wait(self.now) <= 0:
                self.write(int(min(self.flow.room(), frame)))

    def write(self, size: int) -> None:
        self.flow.sent(size, self.now)
        self.writes.append(self.now)
        self._free = max(self._free, self.now) + size / self.rate
        self._coming.append((self._free + self.delay, size, self.now))
        self.most_under_way = max(self.most_under_way, len(self._coming) + len(self._answers))

    def _deliver(self) -> None:
        while self._coming and self._coming[0][0] <= self.now:
            at, size, written = self._coming.popleft()
            self.displayed += size
            self.ages.append(at - written)
            if not self.mute and not self.loses_next:
                self._answers.append(at + self.delay)
            self.loses_next = False
        while self._answers and self._answers[0] <= self.now:
            self._answers.popleft()
            self.flow.answered(self.now)


def begun(rate: float, delay: float, believed: float = 3_000) -> Line:
    """A line whose terminal was asked once, as it is at the start of the program."""
    line = Line(LineFlow(believed), rate, delay)
    line.write(70)
    return line


@given(rate=st.floats(1_000, 20_000), delay=st.floats(0.005, 0.5))
@settings(deadline=None, max_examples=15)
def test_given_a_slow_line_when_there_is_always_more_to_write_then_nothing_displayed_is_old(
    rate: float, delay: float
) -> None:
    line = begun(rate, delay)
    line.run(20)
    line.ages.clear()
    before = line.displayed

    line.run(20)

    assert max(line.ages) < delay + 2 * 0.5 + 0.1  # itself, and one more before it
    # it is busy for half a second, and then waits for the answer
    assert line.displayed - before > 0.7 * 20 * rate * 0.5 / (0.5 + 2 * delay)


def test_given_the_first_part_on_a_slow_line_then_it_is_not_large() -> None:
    line = begun(2_000, 0.15)

    line.run(4)

    assert max(line.ages) < 1.0


def test_given_a_line_of_2_kb_a_second_when_it_is_measured_then_its_figures_are_known() -> None:
    line = begun(2_000, 0.15)
    line.run(20)

    figures = line.flow.figures
    assert figures.bytes_per_second == pytest.approx(2_000, rel=0.05)
    assert figures.round_trip == pytest.approx(0.3, abs=0.02)


def test_given_a_fast_line_with_a_long_round_trip_when_frames_are_small_then_two_are_under_way() -> (
    None
):
    line = begun(10_000_000, 0.15)

    line.run(10, frame=300)

    assert line.most_under_way == 2
    assert len(line.writes) > 60  # with one, 33


def test_given_a_slow_line_with_a_long_round_trip_then_one_part_is_under_way() -> None:
    line = begun(2_000, 0.15)
    line.run(5)
    line.most_under_way = 0

    line.run(10)

    assert line.most_under_way == 1


def test_given_a_terminal_on_this_machine_when_it_never_answers_then_nothing_waits() -> None:
    flow = LineFlow(inf)
    for number in range(1_000):
        assert flow.wait(number / 100) == 0
        assert flow.room() == inf
        flow.sent(5_000, number / 100)


def test_given_a_terminal_on_this_machine_when_it_answers_then_a_whole_frame_is_one_part() -> None:
    line = begun(10_000_000, 0.0005, believed=inf)
    line.run(1, frame=8_000)

    assert line.flow.room() == inf
    assert max(line.ages[-10:]) < 0.2


def test_given_a_mute_terminal_over_ssh_then_it_gets_what_the_line_is_believed_to_carry() -> None:
    line = begun(4_000, 0.15)
    line.mute = True

    line.run(30)

    assert line.writes[1] == pytest.approx(1.0, abs=0.05)  # until then it may answer
    assert 2_700 * 29 < line.displayed < 3_100 * 30
    assert max(line.ages) < 1.0


def test_given_a_mute_terminal_when_it_answers_late_then_answers_count_from_then_on() -> None:
    line = begun(2_000, 0.15)
    line.mute = True
    line.run(5)
    line.mute = False
    line.run(10)
    line.ages.clear()

    line.run(10)

    assert max(line.ages) < 1.2


def test_given_a_terminal_that_stops_answering_then_it_goes_on_slowly_and_never_stops() -> None:
    line = begun(2_000, 0.15)
    line.run(20)
    line.mute = True
    line.writes.clear()
    began = line.now

    line.run(120)

    gaps = [b - a for a, b in zip([began, *line.writes], [*line.writes, line.now], strict=True)]
    assert max(gaps) < 5.5
    assert len(line.writes) < 30


def test_given_a_line_that_stood_still_when_it_goes_on_then_all_is_as_before() -> None:
    line = begun(2_000, 0.15)
    line.run(20)
    line._free = line.now + 10  # nothing passes for ten seconds
    line.run(30)
    line.ages.clear()

    line.run(20)

    assert max(line.ages) < 0.15 + 2 * 0.5
    assert line.flow.figures.bytes_per_second == pytest.approx(2_000, rel=0.2)


@pytest.mark.parametrize("delay", [0.0005, 0.15])
def test_given_a_lost_answer_when_later_ones_come_then_all_is_as_before(delay: float) -> None:
    line = begun(20_000, delay)
    line.run(20)
    line.loses_next = True
    line.run(20)
    line.writes.clear()

    line.run(20)

    assert len(line.writes) > 20
    assert line.flow.figures.bytes_per_second == pytest.approx(20_000, rel=0.2)


def test_given_an_answer_that_nobody_asked_for_then_nothing_happens() -> None:
    flow = LineFlow(3_000)
    flow.answered(1.0)
    flow.answered(1.1)

    assert flow.wait(1.2) == 0
    assert flow.figures.round_trip is None


def test_given_a_part_under_way_when_a_key_was_pressed_then_a_small_one_may_follow_it() -> None:
    line = begun(2_000, 0.15)
    line.run(20.0)
    while not line.flow.wait(line.now):
        line.write(900)

    assert line.flow.urgent_may_go
    assert line.flow.room(urgent=True) == pytest.approx(300, rel=0.1)
    line.write(100)
    line.write(100)
    assert not line.flow.urgent_may_go


def test_given_a_part_after_which_nothing_was_left_when_it_is_displayed_then_the_frame_was_whole() -> (
    None
):
    flow = LineFlow(3_000)
    flow.sent(100, 0.0)
    flow.end_frame()
    flow.answered(0.2)
    assert flow.figures.frame_seconds == pytest.approx(0.2)

    flow.sent(100, 6.0)  # after a rest, which counts for nothing
    flow.answered(6.2)
    flow.end_frame()
    flow.sent(100, 9.0, ends_frame=True)
    flow.answered(9.2)
    assert flow.figures.frame_seconds == pytest.approx(0.2)


def test_given_a_frame_of_several_parts_when_the_last_is_displayed_then_its_time_is_known() -> None:
    flow = LineFlow(3_000)
    flow.sent(100, 0.0, ends_frame=True)
    flow.answered(0.2)
    flow.sent(1_000, 1.0)
    flow.answered(1.8)
    flow.sent(500, 1.9, ends_frame=True)
    flow.answered(2.5)

    assert flow.figures.frame_seconds == pytest.approx(1.5)
