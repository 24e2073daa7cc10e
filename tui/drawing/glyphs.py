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
    classes: str = "oxmtahyezs"
    """One a class, MAX_CLASSES of them."""
    wrong_classes: str = "OXMTAHYEZS"
    """The predicted class of a point that is really of another."""
    textures: str = " ░·▒-:~=',"
    """Where the network says which class, and colour cannot."""
    value: str = "o"
    """A point that has a value, where its colour or its height says which."""
    digits: str = "0123456789"
    """Such points where nothing else says it, from the least value to the greatest."""
    ramp: str = " ░▒▓█"
    """A field of values where colour cannot say them, from the least to the greatest."""
    above: str = " ░▒▓"
    """What lies above the middle of a scale of either sign, where colour cannot say it."""
    below: str = " -=%"
    too_low: str = "-"
    """A point whose predicted value is too low."""
    too_high: str = "+"
    half_block: str = "▀"
    """Its upper half is the foreground; empty if there is none."""
    around: str = "▐▌"
    """Left and right of what is chosen."""
    edges: str = "│─╱╲"
    """A border: upright, level, rising and falling."""
    plus_minus: str = "±"
    bar_full: str = "━"
    bar_half: str = "╸"
    bar_empty: str = "─"
    plot_marker: str = "braille"
    """What plotext draws lines with."""
    second_marker: str = "braille"
    ghost_marker: str = "braille"
    """That of the run before, behind the others."""
    shared_mark: str = "#"
    """Where two curves lie in one cell, and neither dots nor colour say it."""
    crosshair: str = "│"
    levels: str = " ▁▂▃▄▅▆▇█"
    """A value by its height in eighths, from none to the greatest."""
    mark: str = "┊"
    """The line where alpha changed."""
    up: str = "▴"
    """A value that has become greater."""
    down: str = "▾"
    left: str = "◂"
    """The head of an arrow."""
    right: str = "▸"
    times: str = "×"
    diagonal: str = "·"
    """Where the prediction is the real value."""
    r_squared: str = "R²"
    turn_back: str = "‹"
    """Before a value that can be turned."""
    turn_on: str = "›"


UNICODE = Glyphs(ascii_only=False, corners="╭╮╰╯", horizontal="─", vertical="│")

ASCII = Glyphs(
    ascii_only=True,
    corners="++++",
    horizontal="-",
    vertical="|",
    textures=" .:-'~=,;_",
    ramp=" .:=#",
    above=" +*#",
    half_block="",
    around="[]",
    edges="|-/\\",
    plus_minus="+-",
    bar_full="=",
    bar_half="-",
    bar_empty=".",
    plot_marker="*",
    second_marker="+",
    ghost_marker=".",
    crosshair="|",
    levels="012345678",
    mark=":",
    up="^",
    down="v",
    left="<",
    right=">",
    times="x",
    diagonal=".",
    r_squared="R2",
    turn_back="<",
    turn_on=">",
)

AXES_TO_ASCII = str.maketrans("│┤├└┘┌┐─┬┴┼", "|++++++-+++")
"""What plotext draws its axes with, in ASCII."""


def glyphs_for(ascii_only: bool) -> Glyphs:
    """The set to draw with."""
    return ASCII if ascii_only else UNICODE
