"""What a person is told of the line to the terminal."""

import pytest

from tui.app.line_notice import line_notice, line_text
from tui.terminal.line_meter import LineFigures


@pytest.mark.parametrize(
    ("seconds", "before", "notice"),
    [
        (None, "", ""),
        (0.2, "", ""),
        (0.9, "", ""),
        (1.1, "", "slow line: a frame takes 1 s"),
        (2.4, "", "slow line: a frame takes 2 s"),
        (0.9, "slow line: a frame takes 1 s", "slow line: a frame takes 1 s"),
        (0.6, "slow line: a frame takes 1 s", ""),
    ],
)
def test_given_a_line_when_a_frame_takes_long_then_that_is_said(
    seconds: float | None, before: str, notice: str
) -> None:
    assert line_notice(LineFigures(frame_seconds=seconds), before) == notice


@pytest.mark.parametrize(
    ("line", "text"),
    [
        (LineFigures(), ""),
        (LineFigures(0.3), "line 300 ms"),
        (LineFigures(0.3, 2_000.0), "line 300 ms 2.0 kB/s"),
    ],
)
def test_given_a_line_when_its_figures_are_known_then_they_are_said(
    line: LineFigures, text: str
) -> None:
    assert line_text(line) == text
