"""The frame around a pane: literal, and never wider than its room."""

import pytest

from tui.drawing.frame import draw_frame
from tui.drawing.glyphs import ASCII, UNICODE, Glyphs
from tui.drawing.palette import Palette
from tui.drawing.picture import Picture
from tui.themes import NIGHT

PALETTE = Palette.from_variables(NIGHT.variables, textured=False)


def framed(
    columns: int, title: str = "Loss", figures: tuple[str, ...] = (), glyphs: Glyphs = UNICODE
) -> Picture:
    inside = Picture.blank(1, columns - 2)
    inside.write(0, 0, "inside", PALETTE.text)
    words = [[(word, PALETTE.faint) for word in figure.split("|")] for figure in figures]
    return draw_frame(inside, title, words, PALETTE, glyphs)


def test_given_a_title_and_figures_when_the_frame_is_drawn_then_it_is_this() -> None:
    assert framed(30, figures=("train 0.04", "   log")).lines() == [
        "╭ Loss ─── train 0.04   log ─╮",
        "│inside                      │",
        "╰────────────────────────────╯",
    ]
    assert framed(30, figures=("train 0.04",), glyphs=ASCII).lines() == [
        "+ Loss --------- train 0.04 -+",
        "|inside                      |",
        "+----------------------------+",
    ]


@pytest.mark.parametrize("columns", range(2, 60))
def test_given_too_few_columns_when_the_frame_is_drawn_then_figures_go_from_the_end(
    columns: int,
) -> None:
    """Given any width, then the frame is closed, the title first and cut last, figures whole: none is
    named without its value.
    """
    top = framed(columns, figures=("train |0.04", "  log")).lines()[0]
    figures = " train 0.04  log ─" if columns >= 27 else " train 0.04 ─" if columns >= 22 else ""
    edge = " Loss "[: columns - 2].ljust(columns - 2 - len(figures), "─")
    assert top == f"╭{edge}{figures}╮"


def test_given_the_focus_when_drawn_then_it_is_seen_in_the_frame_only() -> None:
    inside = Picture.blank(1, 20)
    plain, focused = (
        draw_frame(inside, "Loss", [], PALETTE, UNICODE, focused=on) for on in (False, True)
    )
    assert plain.lines() == focused.lines()
    assert (plain.pens[0, 0], focused.pens[0, 0]) == (PALETTE.frame, PALETTE.accent)
    assert (plain.pens[1, 1:21] == focused.pens[1, 1:21]).all()


@pytest.mark.parametrize(
    ("columns", "foot", "edge"),
    [
        (20, "", "╰──────────────────╯"),
        (20, "6 of 16", "╰──────── 6 of 16 ─╯"),
        (12, "6 of 16", "╰──────────╯"),
    ],
)
def test_given_any_width_when_the_lower_edge_is_drawn_then_its_text_is_whole_or_not_there(
    columns: int, foot: str, edge: str
) -> None:
    words = [[(foot, PALETTE.faint)]] if foot else []
    picture = draw_frame(Picture.blank(1, columns - 2), "Layer", [], PALETTE, UNICODE, foot=words)
    assert picture.lines()[-1] == edge
