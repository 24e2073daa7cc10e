"""Texts made short: begin and end stay."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from tui.drawing.short_text import cut, in_cells, in_two_lines


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("saved", 20, "saved"),
        ("saved in a file", 9, "saved in\na file"),
        (
            "not saved: /a/very/long/path/indeed: disk full",
            20,
            "not saved: /a/very\n.. indeed: disk full",
        ),
        ("", 10, ""),
    ],
)
def test_given_a_text_when_it_is_put_in_two_lines_then_it_is_this(
    text: str, width: int, lines: str
) -> None:
    assert in_two_lines(text, width) == lines


@given(st.text(max_size=80), st.integers(-1, 30))
def test_given_any_text_when_it_is_put_in_two_lines_then_it_fits(text: str, width: int) -> None:
    lines = in_two_lines(text, width).split("\n")
    assert len(lines) <= 2
    assert all(len(line) <= max(width, 1) for line in lines)


@pytest.mark.parametrize(
    ("text", "width", "shown"),
    [("petal", 5, "petal"), ("petal", 4, "pe.."), ("petal", 1, "."), ("petal", -1, "")],
)
def test_given_a_name_when_cut_then_dots_say_so(text: str, width: int, shown: str) -> None:
    assert cut(text, width) == shown


@given(st.text(max_size=40))
def test_given_any_name_when_put_in_cells_then_each_character_has_one(name: str) -> None:
    shown = in_cells(name)
    assert len(shown) == len(name)
    assert cell_len(shown) == len(shown)
    assert in_cells(name, ascii_only=True).isascii()
