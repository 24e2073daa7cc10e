"""The characters that drawings are made of, with an all-ASCII set for terminals that need it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Glyphs:
    """One set of characters; every one is a cell wide."""

    ascii_only: bool
    corners: str
    """Upper left, upper right, lower left, lower right."""
    horizontal: str
    vertical: str
    classes: str = "ox"
    """Class 0 and class 1."""
    wrong_classes: str = "OX"
    """The predicted class of a point that is really of the other."""
    shade: str = "░"
    """Where the network says class 1 and colour cannot."""
    half_block: str = "▀"
    """Its upper half is the foreground; empty if there is none."""
    bar_full: str = "━"
    bar_half: str = "╸"
    bar_empty: str = "─"
    plot_marker: str = "braille"
    """What plotext draws lines with."""
    second_marker: str = "braille"
    mark: str = "┊"
    """The line where alpha changed."""
    times: str = "×"


UNICODE = Glyphs(ascii_only=False, corners="╭╮╰╯", horizontal="─", vertical="│")

ASCII = Glyphs(
    ascii_only=True,
    corners="++++",
    horizontal="-",
    vertical="|",
    shade=".",
    half_block="",
    bar_full="=",
    bar_half="-",
    bar_empty=".",
    plot_marker="*",
    second_marker="+",
    mark=":",
    times="x",
)

AXES_TO_ASCII = str.maketrans("│┤├└┘┌┐─┬┴┼", "|++++++-+++")
"""What plotext draws its axes with, in ASCII."""


def glyphs_for(ascii_only: bool) -> Glyphs:
    """The set to draw with."""
    return ASCII if ascii_only else UNICODE
