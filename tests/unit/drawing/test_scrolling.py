"""What is shown of a list or a layer that has no room as a whole."""

from hypothesis import given
from hypothesis import strategies as st

from tui.drawing.scrolling import first_shown


@given(st.integers(1, 40), st.data(), st.integers(1, 50))
def test_given_any_list_when_scrolled_then_the_selected_line_is_shown_and_no_row_is_wasted(
    count: int, data: st.DataObject, rows: int
) -> None:
    selected = data.draw(st.integers(0, count - 1))
    top = first_shown(selected, rows, count)
    assert top <= selected < top + rows
    assert top == 0 or top + rows <= count
