"""What a terminal shows after only the changes were sent is what Textual wanted it to show."""

import pyte
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tui.terminal.paint_order import Area, Importance
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

AREAS = st.builds(
    Area, st.integers(0, 5), st.integers(0, 20), st.integers(0, 6), st.integers(0, 24)
)


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
    """What is seen of the cells: a blank has no foreground, unless it is reversed or underlined."""
    rows = []
    for y in range(screen.lines):
        line = screen.buffer[y]
        cells = (line[x] for x in range(screen.columns))
        rows.append([seen(c) for c in cells])
    return rows


def seen(cell: pyte.screens.Char) -> tuple[object, ...]:
    if cell.data == " " and not (cell.reverse or cell.underscore):
        return " ", cell.bg
    return cell.data, cell.fg, cell.bg, cell.bold, cell.reverse, cell.underscore


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


@given(
    FRAMES,
    st.lists(st.tuples(st.integers(1, 60), st.booleans()), max_size=20),
    st.lists(AREAS, max_size=2),
    st.lists(AREAS, max_size=2),
    st.booleans(),
)
@settings(deadline=None)
def test_given_any_frames_when_they_are_sent_in_parts_then_the_terminal_comes_to_show_the_same(
    frames: list[list[tuple[int, int, list[tuple[str, str]]]]],
    parts: list[tuple[int, bool]],
    lines: list[Area],
    pictures: list[Area],
    erases: bool,
) -> None:
    whole, whole_stream = terminal()
    sparing, sparing_stream = terminal()
    cells = CellScreen(COLUMNS, ROWS, erases=erases)
    cells.order_by(Importance(tuple(lines), tuple(pictures)))

    for number, frame in enumerate(frames):
        output = as_textual_writes(frame)
        whole_stream.feed(output)
        cells.feed(output)
        for room, urgent in parts[number :: len(frames)]:
            sparing_stream.feed(cells.changes(room, urgent=urgent))
    for _ in range(ROWS * COLUMNS * 2):
        if cells.dirty:
            sparing_stream.feed(cells.changes(20))

    assert not cells.dirty
    assert cells_of(sparing) == cells_of(whole)


def two_areas() -> CellScreen:
    """The status in the last row, a picture in the first two; all cells differ, once each."""
    cells = CellScreen(COLUMNS, ROWS)
    cells.order_by(
        Importance((Area(5, 0, 6, COLUMNS),), (Area(0, 0, 1, COLUMNS), Area(1, 0, 2, COLUMNS)))
    )
    cells.changes()
    for row, text in ((1, "one"), (2, "two"), (4, "edge"), (6, "status")):
        cells.feed(f"\x1b[{row};1H{text}")
    return cells


def test_given_little_room_when_sent_then_what_is_important_comes_first() -> None:
    cells = two_areas()

    assert [cells.changes(1) for _ in range(4)] == [
        "\x1b[6H\x1b[mstatus",
        "\x1b[4Hedge",
        "\x1b[1Hone",
        "\x1b[2Htwo",
    ]
    assert cells.changes(1) == ""
    assert not cells.dirty


def test_given_news_in_the_lines_when_the_pictures_are_under_way_then_it_goes_before_them() -> None:
    cells = two_areas()
    cells.changes(22)
    cells.feed("\x1b[6;1Hpaused")

    assert cells.changes(1) == "\x1b[6Hpaused"
    assert cells.changes(1) == "\x1b[2Htwo"


def test_given_urgent_changes_when_sent_then_only_the_first_picture_is_among_them() -> None:
    cells = two_areas()

    sent = cells.changes(1_000, urgent=True)

    assert sent == "\x1b[6H\x1b[mstatus\x1b[4Hedge\x1b[1Hone"
    assert cells.dirty


def test_given_blanks_when_the_terminal_erases_in_colour_then_they_are_not_written() -> None:
    cells = CellScreen(COLUMNS, ROWS, erases=True)
    cells.changes()
    cells.feed("\x1b[2;3H\x1b[44m" + " " * 12 + "x" + "\x1b[0m")

    assert cells.changes() == "\x1b[2;3H\x1b[m\x1b[44m\x1b[12X\x1b[12Cx"


def test_given_a_blank_when_only_its_foreground_is_another_then_nothing_is_sent() -> None:
    cells = CellScreen(COLUMNS, ROWS)
    cells.feed("\x1b[2;3H\x1b[31m  \x1b[0m")
    cells.changes()
    cells.feed("\x1b[2;3H\x1b[32m  \x1b[0m")

    assert cells.changes() == ""


def test_given_a_terminal_that_was_cleared_when_sent_then_blanks_cost_nothing() -> None:
    cells = CellScreen(COLUMNS, ROWS)
    cells.feed("\x1b[?1049h\x1b[2;3Hhello")

    assert cells.controls == ["\x1b[?1049h", "\x1b[m\x1b[2J"]
    assert cells.changes() == "\x1b[2;3H\x1b[mhello"


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
