"""The ASCII filter: nothing but ASCII leaves, and nothing beside it moves."""

import string
import unicodedata

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.color import Color

from tui.drawing.glyphs import ASCII, AXES_TO_ASCII, UNICODE, glyphs_for
from tui.terminal.ascii_filter import NEAREST, AsciiFilter, to_ascii

untimed = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])

GROUND = Color(0, 0, 0)


def takes_what_unicode_says(char: str) -> bool:
    """Whether rich agrees with Unicode on how wide a character is, and it is not without width."""
    wide = unicodedata.east_asian_width(char) in "WF"
    return cell_len(char) == (2 if wide else 1)


written = st.text(
    st.characters(exclude_categories=["Cc", "Cf", "Cn", "Co", "Cs", "Mn", "Me", "Mc"]).filter(
        takes_what_unicode_says
    ),
    max_size=30,
)
"""Text without characters that join others, or take no cell."""


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("plain", "plain"),
        ("─ Loss ─", "- Loss -"),
        ("│ ┃ ━ █", "| | - #"),
        ("╭─╮ ├┼┤ ╚═╝", "+-+ +++ +=+"),
        ("↑↓ ← →", "^v < >"),
        ("×…—’•", "x.-'*"),
        ("café", "cafe"),
        ("½", "1"),
        ("日本", "????"),
        ("Ａ", "AA"),
        ("α", "?"),
        ("", ""),
    ],
)
def test_given_a_text_when_filtered_then_it_is_this(text: str, plain: str) -> None:
    assert to_ascii(text) == plain
    assert cell_len(to_ascii(text)) == cell_len(text)


@given(written)
@untimed
def test_given_any_text_when_filtered_then_it_is_ascii_of_the_same_width(text: str) -> None:
    plain = to_ascii(text)
    assert plain.isascii()
    assert cell_len(plain) == cell_len(text)


@given(st.text(max_size=30))
@untimed
def test_given_characters_that_mean_nothing_alone_when_filtered_then_it_is_ascii(text: str) -> None:
    """Given characters that join, that turn the direction, or that mean nothing, then ASCII."""
    assert to_ascii(text).isascii()


@pytest.mark.parametrize("text", ["e\u0301", "\u200b", "a\u200db", "\ufe0f"])
def test_given_characters_without_width_when_filtered_then_they_leave_no_cell_behind(
    text: str,
) -> None:
    assert cell_len(to_ascii(text)) == cell_len(text)


@given(st.text(string.printable))
@untimed
def test_given_ascii_when_filtered_then_it_stays_as_it_is(text: str) -> None:
    assert to_ascii(text) == text


def test_given_every_replacement_when_measured_then_it_takes_one_cell_for_one() -> None:
    for char, nearest in NEAREST.items():
        assert (cell_len(char), cell_len(nearest), nearest.isascii()) == (1, 1, True), char


def test_given_segments_when_filtered_then_they_keep_their_styles() -> None:
    bold = Style(bold=True)
    segments = [Segment("plain", bold), Segment("──", bold), Segment("│")]
    filtered = AsciiFilter().apply(segments, GROUND)
    assert filtered == [Segment("plain", bold), Segment("--", bold), Segment("|")]
    assert filtered[0] is segments[0]


@given(st.lists(written, max_size=5))
@untimed
def test_given_a_line_when_filtered_then_it_keeps_its_segments_and_widths(texts: list[str]) -> None:
    segments = [Segment(text) for text in texts]
    filtered = AsciiFilter().apply(segments, GROUND)
    assert [s.cell_length for s in filtered] == [s.cell_length for s in segments]
    assert all(s.text.isascii() for s in filtered)


def test_given_either_glyph_set_when_measured_then_ascii_is_ascii_and_each_takes_a_cell() -> None:
    """Given either set, then what pictures are made of is a cell wide."""
    drawn = ["horizontal", "vertical", "value", "bar_full", "bar_half", "bar_empty", "mark"]
    rows = ["classes", "wrong_classes", "textures", "digits", "ramp"]
    for glyphs in (UNICODE, ASCII):
        for name in drawn:
            assert cell_len(getattr(glyphs, name)) == 1, name
        assert cell_len(glyphs.corners) == 4
        for name in rows:
            assert cell_len(getattr(glyphs, name)) == len(set(getattr(glyphs, name))), name
        assert len(glyphs.classes) == len(glyphs.textures) == 10
        assert len(set(glyphs.classes + glyphs.wrong_classes)) == 20
    texts = [getattr(ASCII, name) for name in ASCII.__slots__ if name != "ascii_only"]
    assert "".join(texts).isascii()
    assert all(chr(code).isascii() for code in AXES_TO_ASCII.values())
    assert (glyphs_for(True), glyphs_for(False)) == (ASCII, UNICODE)
