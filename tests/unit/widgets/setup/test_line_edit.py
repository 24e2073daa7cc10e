"""A line that is being typed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.widgets.setup.line_edit import MOST_CHARACTERS, LineEdit

KEYS = ("left", "right", "home", "end", "backspace", "delete", "ctrl+u", "ctrl+a", "ctrl+e")


@pytest.mark.parametrize(
    ("keys", "text", "cursor"),
    [
        ((), "0.25", 4),
        (("left", "left", "backspace"), "025", 1),
        (("home", "delete"), ".25", 0),
        (("home", "left", "backspace"), "0.25", 0),
        (("left", "ctrl+u"), "5", 0),
        (("home", "end", "right"), "0.25", 4),
    ],
)
def test_given_a_text_when_keys_are_pressed_then_it_is_this(
    keys: tuple[str, ...], text: str, cursor: int
) -> None:
    line = LineEdit.of("0.25")
    for key in keys:
        line = line.after_key(key) or line
    assert (line.text, line.cursor) == (text, cursor)


def test_given_a_key_without_meaning_when_pressed_then_there_is_no_other_line() -> None:
    assert LineEdit.of("1").after_key("f5") is None


def test_given_characters_when_typed_then_they_stand_at_the_cursor() -> None:
    assert LineEdit("ad", 1).typed("bc") == LineEdit("abcd", 3)


def test_given_a_line_to_be_replaced_when_typed_then_only_the_first_character_replaces_it() -> None:
    line = LineEdit.of("old", replaces=True)
    assert line.typed("n").typed("ew").text == "new"


@pytest.mark.parametrize(
    ("key", "text", "typed"),
    [
        ("left", "0.25", "0.295"),
        ("home", "0.25", "90.25"),
        ("end", "0.25", "0.259"),
        ("backspace", "", "9"),
        ("delete", "", "9"),
        ("ctrl+u", "", "9"),
    ],
)
def test_given_a_selected_text_when_a_key_moves_then_it_is_kept_and_else_removed(
    key: str, text: str, typed: str
) -> None:
    line = LineEdit.of("0.25", replaces=True).after_key(key)
    assert line is not None
    assert line.text == text
    assert line.typed("9").text == typed


@given(st.lists(st.sampled_from(KEYS) | st.text(min_size=1, max_size=300), max_size=20))
def test_given_anything_when_typed_then_the_cursor_stays_in_the_text(inputs: list[str]) -> None:
    line = LineEdit.of("8:tanh")
    for one in inputs:
        line = (line.after_key(one) or line) if one in KEYS else line.typed(one)
        assert 0 <= line.cursor <= len(line.text) <= MOST_CHARACTERS
