"""What a terminal can show, by its type and its environment."""

import pytest

from tui.terminal.terminal_types import color_system, only_ascii

TRUE_COLOR = {"COLORTERM": "truecolor"}


@pytest.mark.parametrize(
    ("environ", "colors"),
    [
        ({}, None),
        ({"TERM": "dumb", **TRUE_COLOR}, None),
        # what COLORTERM says is the terminal's own, or it says nothing
        ({"TERM": "xterm-256color"}, "256"),
        ({"TERM": "xterm-256color", **TRUE_COLOR}, "truecolor"),
        ({"TERM": "xterm-256color", "COLORTERM": "24BIT"}, "truecolor"),
        ({"TERM": "xterm-256color", "COLORTERM": "yes"}, "256"),
        ({"TERM": "xterm"}, "standard"),
        ({"TERM": "xterm", **TRUE_COLOR}, "truecolor"),
        ({"TERM": "rxvt-unicode-256color", "COLORTERM": "rxvt-xpm"}, "256"),
        ({"TERM": "st-256color"}, "256"),
        ({"TERM": "putty"}, "standard"),
        # the name says it
        ({"TERM": "xterm-direct"}, "truecolor"),
        ({"TERM": "xterm-kitty"}, "truecolor"),
        ({"TERM": "xterm-ghostty"}, "truecolor"),
        ({"TERM": "alacritty"}, "truecolor"),
        ({"TERM": "foot-extra"}, "truecolor"),
        ({"TERM": "xterm-16color", **TRUE_COLOR}, "standard"),
        ({"TERM": "xterm-color", **TRUE_COLOR}, "standard"),
        ({"TERM": "eterm-color", **TRUE_COLOR}, "standard"),
        # GNU screen has inherited COLORTERM
        ({"TERM": "screen-256color", "STY": "1.here", **TRUE_COLOR}, "256"),
        ({"TERM": "screen", "STY": "1.here", **TRUE_COLOR}, "256"),
        ({"TERM": "screen", "STY": "1.here"}, "standard"),
        ({"TERM": "screen.xterm-256color", "STY": "1.here", **TRUE_COLOR}, "256"),
        ({"TERM": "screen.linux", "STY": "1.here", **TRUE_COLOR}, "standard"),
        ({"TERM": "xterm-256color", "STY": "1.here", **TRUE_COLOR}, "256"),
        ({"TERM": "screen-256color", **TRUE_COLOR}, "256"),  # the name came over SSH, STY did not
        # tmux makes of them what the terminal has
        ({"TERM": "tmux-256color", "TMUX": "/tmp/t", **TRUE_COLOR}, "truecolor"),
        ({"TERM": "tmux-256color", "TMUX": "/tmp/t"}, "256"),
        ({"TERM": "screen-256color", "TMUX": "/tmp/t", **TRUE_COLOR}, "truecolor"),
        ({"TERM": "tmux-256color", "TMUX": "/tmp/t", "STY": "1.here", **TRUE_COLOR}, "truecolor"),
        ({"TERM": "screen-256color", "TMUX": "/tmp/t", "STY": "1.here", **TRUE_COLOR}, "256"),
        # the Terminal of macOS was started by a program that has them
        ({"TERM": "xterm-256color", "TERM_PROGRAM": "Apple_Terminal", **TRUE_COLOR}, "256"),
        ({"TERM": "alacritty", "TERM_PROGRAM": "Apple_Terminal"}, "truecolor"),
        # consoles
        ({"TERM": "linux"}, "standard"),
        ({"TERM": "linux", **TRUE_COLOR}, "standard"),
        ({"TERM": "ansi", **TRUE_COLOR}, "standard"),
        ({"TERM": "cons25", **TRUE_COLOR}, "standard"),
        ({"TERM": "cygwin", **TRUE_COLOR}, "standard"),
        # without colours
        ({"TERM": "vt100", **TRUE_COLOR}, None),
        ({"TERM": "vt220", **TRUE_COLOR}, None),
        ({"TERM": "vt220-w"}, None),
        ({"TERM": "linux-m", **TRUE_COLOR}, None),
        ({"TERM": "xterm-mono", **TRUE_COLOR}, None),
    ],
)
def test_given_a_terminal_when_asked_then_the_colours_that_it_has_now(
    environ: dict[str, str], colors: str | None
) -> None:
    assert color_system(environ) == colors


@pytest.mark.parametrize(
    ("name", "ascii_only"),
    [
        *((name, True) for name in ("linux", "linux-m", "vt100", "vt220", "vt102-w", "VT220")),
        *((name, True) for name in ("ansi", "pcansi", "cons25", "cons25-m", "sun", "sun-color")),
        *((name, True) for name in ("wsvt25", "cygwin", "wy60", "screen.linux")),
        *((name, False) for name in ("xterm", "xterm-256color", "vte-256color", "rxvt", "kitty")),
        *((name, False) for name in ("screen", "screen-256color", "tmux-256color", "xterm-mono")),
        *((name, False) for name in ("", "dumb", "foot", "screen.xterm-256color", "eterm-color")),
    ],
)
def test_given_a_terminal_type_when_asked_then_whether_it_draws_in_ascii(
    name: str, ascii_only: bool
) -> None:
    assert only_ascii({"TERM": name}) == ascii_only
