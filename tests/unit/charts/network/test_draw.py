"""The network as it is drawn, against literal lines, and in any size without a cell too many."""

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.arrays import Array
from engine.config.task import TWO_CLASSES, Task
from helpers.networks import network_of
from tui.charts.network.draw import answers, draw_network
from tui.charts.network.layout import Neuron, fit_network
from tui.charts.network.map import draw_border, draw_maps
from tui.drawing.glyphs import ASCII, UNICODE
from tui.drawing.look import Look
from tui.drawing.palette import Palette
from tui.drawing.pens import UNDERLINE, style_of
from tui.drawing.picture import Picture
from tui.themes import NIGHT

COLORED, TEXTURED = (Palette.from_variables(NIGHT.variables, textured=t) for t in (False, True))
PLAIN, NO_COLOR, TRUE_COLOR = (
    Look(TEXTURED, ASCII),
    Look(TEXTURED, UNICODE),
    Look(COLORED, UNICODE),
)
CURVE = Task("regression", ("hours",), ("hours",), (), "kW")

untimed = settings(deadline=None, max_examples=60)


def drawn(
    widths: Sequence[int],
    chosen: tuple[int, int],
    size: tuple[int, int],
    look: Look = PLAIN,
    **of_network: object,
) -> Picture:
    layout = fit_network(widths, Neuron(*chosen), *size)
    network = network_of(layout, **of_network)  # type: ignore[arg-type] # as network_of takes it
    assert answers(network, layout)
    task = CURVE if of_network.get("one_input") else TWO_CLASSES
    return draw_network(network, layout, task, *size, look)


def test_given_only_ascii_when_drawn_then_signs_are_in_lines_and_shades() -> None:
    assert drawn((2, 2, 1), (1, 1), (8, 40)).lines() == [
        " features        layer 1 tanh    output ",
        " %=-+*#+1.8+     %=-+*#                 ",
        " %=-+*#     ++   %=-+*#     ++.50%=-+*# ",
        " %=-+*#+3.1+++++[%=-+*#]++++     %=-+*# ",
        " %=-+*#         [%=-+*#]                ",
        "node 2 = tanh(1.80 x + 3.10 y + 0.25)   ",
        "above 0 where 1.80 x + 3.10 y > -0.25   ",
        "to P(class 1): +0.50                    ",
    ]


def test_given_no_colour_when_drawn_then_lines_are_dotted_and_their_ends_have_the_sign() -> None:
    assert drawn((2, 2, 1), (1, 1), (8, 40), NO_COLOR).lines()[:5] == [
        " features        layer 1 tanh    output ",
        " %=-░▒▓+1.8⢤⠤⠤⢤⡤ %=-░▒▓ ⢄⣀⣀             ",
        " %=-░▒▓  ⠈⢑⡢⢕⡮⡁  %=-░▒▓   ⢀⡩⣝+.50%=-░▒▓ ",
        " %=-░▒▓+3.1⠒⠒⠚⠛⠒▐%=-░▒▓▌⠒⠚⠉⠉     %=-░▒▓ ",
        " %=-░▒▓         ▐%=-░▒▓▌                ",
    ]


def test_given_nodes_that_do_nothing_when_drawn_then_a_word_says_so() -> None:
    assert drawn((2, 2, 1), (1, 0), (9, 40), idle=[(1, 0)], off=[(1, 1)]).lines() == [
        " %=-+*#         [%=-+*#]                ",
        " %=-+*#-.80-----[%=-+*#]-        %=-+*# ",
        " %=-+-2       + [%=sat.] -----.80%=-+*# ",
        " %=-+*#      +   %=-+*#          %=-+-2 ",
        " %=-+*#+.50++    %=-+*#                 ",
        " %=-+-2          %=-off                 ",
        "node 1 = tanh(-0.80 x + 0.50 y + 0.25)  ",
        "saturated on every training point       ",
        "above 0 where -0.80 x + 0.50 y > -0.25  ",
    ]


def test_given_one_input_when_drawn_then_neurons_are_curves() -> None:
    assert drawn((1, 2, 1), (1, 0), (9, 40), one_input=True).lines() == [
        "                [    **]                ",
        "     **        -[  **  ]-            ** ",
        "   **  -.80---- [** +-2] -----.80  **   ",
        " ** +-2              **          ** +-2 ",
        "                   **                   ",
        "                 ** +-2                 ",
        "node 1 = tanh(-0.80 hours + 0.25)       ",
        "above 0 where -0.80 hours > -0.25       ",
        "to kW: -0.80                            ",
    ]


def test_given_room_beside_it_when_drawn_then_the_chosen_one_is_large_with_the_line_where_it_turns_on() -> (
    None
):
    lines = drawn((2, 1), (1, 0), (16, 90)).lines()

    assert [line[47:] for line in lines[:13]] == [
        "output P(class 1)   tanh                   ",
        "%%==-| +**##                               ",
        "%%==-| +**##                               ",
        "%%==-| +**##                               ",
        "%%==-| +**##                               ",
        "%%==-| +**##                               ",
        "%%==-| +**##                               ",
        "-2 %=- 0 +*# 2                             ",
        "                                           ",
        "P(class 1) = tanh(-0.80 x + 0.50 y + 0.25) ",
        "above 0 where -0.80 x + 0.50 y > -0.25     ",
        "-0.95 to 1.50 over the plane               ",
        "saturated on 25% of the training points    ",
    ]


def test_given_colours_when_a_map_is_drawn_then_below_is_blue_and_above_orange() -> None:
    shares = np.array([[[-127, 127], [-127, 127], [-127, 127]]], dtype=np.int8)

    (picture,) = draw_maps(shares, 2, 2, TRUE_COLOR)

    inks, papers = COLORED.neurons
    assert picture.lines() == ["  ", "▀▀"]  # the last half is free, before the next picture
    assert picture.pens[0].tolist() == [papers[0], papers[-1]]
    assert picture.pens[1].tolist() == [inks[0] | COLORED.base, inks[-1] | COLORED.base]
    low, high = (style_of(pen).bgcolor for pen in picture.pens[0].tolist())
    assert low is not None
    assert high is not None
    assert low.triplet is not None
    assert high.triplet is not None
    assert low.triplet.blue > low.triplet.red
    assert high.triplet.red > high.triplet.blue


def test_given_textures_when_maps_follow_each_other_then_a_line_parts_them() -> None:
    shares = np.full((1, 3, 4), 127, dtype=np.int8)

    (picture,) = draw_maps(shares, 2, 4, NO_COLOR)

    assert picture.lines() == ["▓▓▓▓", "▓▓▓▓"]
    assert [bool(pen & UNDERLINE) for pen in picture.pens[:, 0].tolist()] == [False, True]


X, Y = np.meshgrid(np.linspace(-1, 1, 8), np.linspace(-1, 1, 8))


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        (X > 0, ["   |    ", "   |    ", "   |    ", "   |    "]),
        (Y > 0, ["        ", "--------", "        ", "        "]),
        (X > Y, ["|\\\\     ", "  \\\\    ", "    \\\\\\ ", "       -"]),
        (X + Y > 0, ["      /-", "    //  ", "  //    ", " /      "]),
        (3 * X > Y, ["  \\     ", "   \\    ", "   |    ", "    |   "]),
    ],
    ids=["upright", "level", "falling", "rising", "steep"],
)
def test_given_a_border_when_drawn_then_it_goes_its_way(on: Array, expected: list[str]) -> None:
    picture = Picture.blank(4, 8)

    draw_border(picture, on.astype(np.int8), PLAIN)

    assert picture.lines() == expected


@given(
    data=st.data(),
    widths=st.lists(st.integers(1, 20), min_size=2, max_size=9),
    rows=st.integers(12, 56),
    columns=st.integers(58, 198),
    look=st.sampled_from([PLAIN, NO_COLOR, TRUE_COLOR]),
    one_input=st.booleans(),
)
@untimed
def test_given_any_network_and_room_when_drawn_then_it_fits(
    data: st.DataObject,
    widths: list[int],
    rows: int,
    columns: int,
    look: Look,
    one_input: bool,
) -> None:
    widths = [1 if one_input else 2, *widths[1:-1], 1]
    column = data.draw(st.integers(0, len(widths) - 1))
    chosen = column, data.draw(st.integers(0, widths[column] - 1))

    picture = drawn(widths, chosen, (rows, columns), look, one_input=one_input)

    lines = picture.lines()
    assert [len(line) for line in lines] == [columns] * rows
    if look is PLAIN:
        assert "".join(lines).isascii()


def test_given_lines_to_spare_below_when_drawn_then_the_formula_has_them_and_no_name_stands_alone() -> (
    None
):
    lines = drawn((2, 6, 1), (2, 0), (20, 38)).lines()

    assert lines[-4:] == [
        "P(class 1) = tanh(-0.80 in 1          ",
        "  + 0.50 in 2 + 1.80 in 3 + 3.10 in 4 ",
        "  + 4.40 in 5 + 5.70 in 6 + 0.25)     ",
        "saturated on 25% of the points        ",
    ]


def test_given_many_links_beside_it_when_drawn_then_no_line_ends_between_a_node_and_its_weight() -> (
    None
):
    lines = drawn((2, 1, 6, 1), (1, 0), (22, 120)).lines()

    assert [line[75:].strip() for line in lines if "node 6" in line or "node 4" in line] == [
        "to node 6: +12.20, node 5: +9.60,",
        "node 4: +7.00, node 3: +4.40,",
    ]
