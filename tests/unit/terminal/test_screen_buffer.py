"""What a terminal shows after only the changes were sent is what Textual wanted it to show."""

import pyte
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tui.terminal.screen_buffer import CellScreen
from tui.terminal.sgr import PLAIN, CellStyle, parse_style, transition

COLUMNS, ROWS = 24, 6

CODES = st.sampled_from(
    ["0", "1", "2", "7", "1;38;2;10;20;30", "38;2;10;20;30;48;2;1;2;3", "4;48;5;17", "31;42", "97"]
)
TEXT = st.text(alphabet="abcxyz .o│─⠓▀░", min_size=1, max_size=COLUMNS)
RUN = st.tuples(
    st.integers(0, ROWS - 1),
    st.integers(0, COLUMNS - 1),
    st.lists(st.tuples(CODES, TEXT), max_size=3),
)
FRAMES = st.lists(st.lists(RUN, max_size=6), min_size=1, max_size=6)


def as_textual_writes(runs: list[tuple[int, int, list[tuple[str, str]]]]) -> str:
    """Each run moves, then writes every piece with its style and resets, cut at the edge."""
    out = []
    for row, column, pieces in runs:
        out.append(f"\x1b[{row + 1};{column + 1}H")
        for codes, text in pieces:
            text, column = text[: COLUMNS - column], column + len(text)
            out.append(f"\x1b[{codes}m{text}\x1b[0m" if text else "")
            if column >= COLUMNS:
                break
    return "".join(out)


def cells_of(screen: pyte.Screen) -> list[list[tuple[object, ...]]]:
    rows = []
    for y in range(screen.lines):
        line = screen.buffer[y]
        cells = (line[x] for x in range(screen.columns))
        rows.append([(c.data, c.fg, c.bg, c.bold, c.reverse, c.underscore) for c in cells])
    return rows


def terminal() -> tuple[pyte.Screen, pyte.Stream]:
    screen = pyte.Screen(COLUMNS, ROWS)
    screen.reset_mode(pyte.modes.DECAWM)
    return screen, pyte.Stream(screen)


@given(FRAMES)
@settings(deadline=None)
def test_given_any_frames_when_only_changes_are_sent_then_the_terminal_shows_the_same(
    frames: list[list[tuple[int, int, list[tuple[str, str]]]]],
) -> None:
    whole, whole_stream = terminal()
    sparing, sparing_stream = terminal()
    cells = CellScreen(COLUMNS, ROWS)

    for frame in frames:
        output = as_textual_writes(frame)
        whole_stream.feed(output)
        cells.feed(output)
        sparing_stream.feed(cells.changes())

        assert cells_of(sparing) == cells_of(whole)


@given(FRAMES)
@settings(deadline=None)
def test_given_frames_that_were_never_sent_when_the_last_is_then_it_is_all_there(
    frames: list[list[tuple[int, int, list[tuple[str, str]]]]],
) -> None:
    whole, whole_stream = terminal()
    sparing, sparing_stream = terminal()
    cells = CellScreen(COLUMNS, ROWS)

    for frame in frames:
        whole_stream.feed(as_textual_writes(frame))
        cells.feed(as_textual_writes(frame))
    sparing_stream.feed(cells.changes())

    assert cells_of(sparing) == cells_of(whole)


def test_given_the_same_frame_twice_when_sent_then_the_second_costs_nothing() -> None:
    cells = CellScreen(COLUMNS, ROWS)
    frame = as_textual_writes([(1, 2, [("1;31", "hello")]), (3, 0, [("0", "world")])])
    cells.feed(frame)
    cells.changes()

    cells.feed(frame)

    assert cells.changes() == ""


def test_given_one_other_cell_when_sent_then_only_it_is() -> None:
    cells = CellScreen(COLUMNS, ROWS)
    cells.feed("\x1b[2;3H\x1b[31mhello\x1b[0m")
    cells.changes()

    cells.feed("\x1b[2;3H\x1b[31mhallo\x1b[0m")

    assert cells.changes() == "\x1b[4Da"


def test_given_two_near_cells_when_sent_then_the_gap_is_written_again() -> None:
    cells = CellScreen(COLUMNS, ROWS)
    cells.feed("\x1b[1;1H\x1b[31mabcdef\x1b[0m")
    cells.changes()

    cells.feed("\x1b[1;1H\x1b[31mXbcYef\x1b[0m")

    assert cells.changes() == "\x1b[1HXbcY"


def test_given_scattered_cells_when_sent_then_those_of_one_style_go_together() -> None:
    """Given two styles that take turns, then each is set once; the way down is short."""
    cells = CellScreen(COLUMNS, ROWS)
    cells.feed("\x1b[1;1H\x1b[31mabcd\x1b[0m\x1b[2;1H\x1b[31mabcd\x1b[0m")
    cells.changes()

    cells.feed("\x1b[1;2H\x1b[42mB\x1b[0m\x1b[43mC\x1b[0m")
    cells.feed("\x1b[2;2H\x1b[42mB\x1b[0m\x1b[43mC\x1b[0m")

    green, yellow = "\x1b[1;2H\x1b[0;42mB\x1b[B\bB", "\x1b[1;3H\x1b[43mC\x1b[B\bC"
    assert cells.changes() == green + yellow


def test_given_a_row_of_new_words_when_sent_then_they_come_as_they_are_read() -> None:
    cells = CellScreen(COLUMNS, ROWS)
    cells.changes()

    cells.feed("\x1b[3;1H\x1b[31mone and two,\x1b[0m\x1b[1mthen three\x1b[0m\x1b[31m.\x1b[0m")

    assert cells.changes() == "\x1b[3H\x1b[m\x1b[31mone and two,\x1b[0;1mthen three\x1b[0;31m."


def test_given_a_character_of_two_cells_when_its_half_changes_then_it_is_whole_again() -> None:
    cells = CellScreen(COLUMNS, ROWS)
    cells.feed("\x1b[1;1H月光ab")
    cells.changes()

    cells.feed("\x1b[1;1H月x ab")

    assert cells.wanted_lines()[0].startswith("月x ab")
    assert cells.changes() == "\x1b[4Dx "


def test_given_controls_when_fed_then_they_come_in_order_and_are_no_cells() -> None:
    cells = CellScreen(COLUMNS, ROWS)

    cells.feed("\x1b[?1000h\x1b[>25u\x1b[2;1Hhi\x1b]52;c;aGk=\x07\x1b[?25l")

    assert cells.controls == ["\x1b[?1000h", "\x1b[>25u", "\x1b]52;c;aGk=\x07", "\x1b[?25l"]
    assert cells.wanted_lines()[1].startswith("hi ")


def test_given_a_new_alternate_screen_when_fed_then_everything_is_sent_again() -> None:
    cells = CellScreen(COLUMNS, ROWS)
    cells.feed("\x1b[1;1Hhi")
    cells.changes()

    cells.feed("\x1b[?1049h")

    screen, stream = terminal()
    stream.feed(cells.changes())
    assert screen.display[0].startswith("hi ")


@pytest.mark.parametrize("size", [(1, 1), (30, 3), (10, 20)])
def test_given_another_size_when_sent_then_nothing_lies_outside_and_all_is_sent(
    size: tuple[int, int],
) -> None:
    cells = CellScreen(COLUMNS, ROWS)
    cells.feed(as_textual_writes([(row, 0, [("0", "x" * COLUMNS)]) for row in range(ROWS)]))
    cells.changes()

    cells.resize(*size)

    screen = pyte.Screen(*size)
    pyte.Stream(screen).feed(cells.changes())
    wanted = [
        ("x" * COLUMNS if row < ROWS else "")[: size[0]].ljust(size[0]) for row in range(size[1])
    ]
    assert screen.display == wanted


@pytest.mark.parametrize("between", [(), ((1, 1),), ((3, 2), (40, 1))], ids=str)
def test_given_a_picture_for_a_size_that_is_not_known_yet_when_it_is_then_nothing_is_missing(
    between: tuple[tuple[int, int], ...],
) -> None:
    columns, rows = 40, 12
    cells = CellScreen(COLUMNS, ROWS)
    cells.feed("".join(f"\x1b[{row + 1};1H{'y' * columns}" for row in range(rows)))

    for size in between:
        cells.resize(*size)
        cells.changes()
    cells.resize(columns, rows)

    screen = pyte.Screen(columns, rows)
    pyte.Stream(screen).feed(cells.changes())
    assert screen.display == ["y" * columns] * rows


@pytest.mark.parametrize(
    ("old", "new", "sequence"),
    [
        (PLAIN, PLAIN, ""),
        (CellStyle("31"), PLAIN, "\x1b[m"),
        (CellStyle("31", "", (1,)), CellStyle("32", "", (1,)), "\x1b[32m"),
        (CellStyle("38;2;1;2;3", "48;2;4;5;6"), CellStyle("38;2;1;2;3", "41"), "\x1b[41m"),
        (CellStyle("", "", (1, 2)), CellStyle("", "", (2,)), "\x1b[0;2m"),
        (CellStyle("31", "41", (1,)), CellStyle("31", "41"), "\x1b[22m"),
    ],
)
def test_given_two_styles_when_changed_then_by_the_shortest_way(
    old: CellStyle, new: CellStyle, sequence: str
) -> None:
    assert transition(old, new) == sequence


def test_given_codes_when_parsed_then_the_style_they_set() -> None:
    assert parse_style("1;38;2;9;8;7;48;5;17;0;7;97") == CellStyle("97", "", (7,))
    assert parse_style("") == PLAIN
