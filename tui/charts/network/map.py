"""One neuron's activation over the plane, or, with one input, as a curve over that."""

import numpy as np
import numpy.typing as npt

from engine.messages.network_view import MOST_SHARE, Shares
from tui.charts.plane.cells import FIELD_ROWS_PER_CELL, resampled
from tui.drawing.curves import draw_curve
from tui.drawing.look import Look
from tui.drawing.palette import WEIGHT_LEVELS, Palette
from tui.drawing.pens import PAPER_MASK, UNDERLINE
from tui.drawing.picture import Picture

Chars = npt.NDArray[np.str_]

Levels = npt.NDArray[np.int64]
"""-WEIGHT_LEVELS to WEIGHT_LEVELS."""


def levels_of(shares: Shares) -> Levels:
    """The colours that shares have, as far from the plain one as they are large."""
    levels: Levels = np.rint(shares / MOST_SHARE * WEIGHT_LEVELS).astype(np.int64)
    return levels


def draw_maps(
    shares: Shares, rows: int, columns: int, look: Look, *, one_input: bool = False
) -> list[Picture]:
    """`shares` (neurons, map rows, columns) in `rows` by `columns` cells each, blue below the middle of
    the scale and orange above it. Half blocks hold two rows a cell; of a map with one row less, the last
    half is left free, to part it from the picture below.
    """
    blanks = [Picture.blank(rows, columns, look.palette.base) for _ in shares]
    if not shares.size or not rows or not columns:
        return blanks
    if one_input:
        for picture, of_one in zip(blanks, shares, strict=True):
            _draw_profile(picture, of_one[0], look)
        return blanks
    parted = shares.shape[1] % FIELD_ROWS_PER_CELL == 1
    levels = _levels_of_halves(shares, rows * FIELD_ROWS_PER_CELL, columns, parted)
    draw = _draw_texture if look.palette.textured else _draw_colors
    chars, pens = draw(levels[:, 0::2], levels[:, 1::2], look)
    if parted:
        if look.palette.textured:
            pens[:, -1] |= UNDERLINE
        elif look.glyphs.half_block:
            inks, _ = look.palette.neurons
            chars[:, -1] = look.glyphs.half_block
            pens[:, -1] = inks[WEIGHT_LEVELS + levels[:, -1]] | look.palette.base
    return [Picture(*of_one) for of_one in zip(chars, pens, strict=True)]


def _levels_of_halves(shares: Shares, halves: int, columns: int, parted: bool) -> Levels:
    """(neurons, halves, columns); where they are parted, the last half is like the one before."""
    if shares.shape[1:] != (halves - parted, columns):
        shares = np.stack([resampled(one, halves - parted, columns) for one in shares])
    levels = levels_of(shares)
    return np.concatenate([levels, levels[:, -1:]], axis=1) if parted else levels


def _draw_colors(upper: Levels, lower: Levels, look: Look) -> tuple[Chars, Levels]:
    inks, papers = look.palette.neurons
    both = (upper + lower) // 2
    chars = np.full(both.shape, " ", dtype="<U1")
    pens = papers[WEIGHT_LEVELS + both]
    if not look.glyphs.half_block:
        return chars, pens
    # one step is hardly seen, and would be most of what has to be sent
    two = np.abs(upper - lower) > 1
    chars[two] = look.glyphs.half_block
    pens[two] = inks[WEIGHT_LEVELS + upper[two]] | papers[WEIGHT_LEVELS + lower[two]]
    return chars, pens


def _draw_texture(upper: Levels, lower: Levels, look: Look) -> tuple[Chars, Levels]:
    """Darker and darker characters, others on either side of the middle."""
    both = (upper + lower) // 2
    above, below = np.array(list(look.glyphs.above)), np.array(list(look.glyphs.below))
    steps = np.rint(np.abs(both) / WEIGHT_LEVELS * (above.size - 1)).astype(np.int64)
    pens = _sign_pens(look.palette)[np.sign(both) + 1]
    return np.where(both > 0, above[steps], below[steps]), pens


def _draw_profile(picture: Picture, shares: Shares, look: Look) -> None:
    across = (np.arange(shares.size) + 0.5) / shares.size
    up = (shares / MOST_SHARE + 1.0) / 2.0
    draw_curve(picture, across, up, look.palette.text, look.glyphs.plot_marker)
    ground = (
        look.palette.base if look.palette.textured else int(look.palette.neurons[1][WEIGHT_LEVELS])
    )
    picture.pens[...] = ground
    places = (across * picture.columns).astype(np.int64)
    of_column = np.zeros(picture.columns, dtype=np.int64)
    of_column[places] = np.sign(levels_of(shares))
    drawn = picture.chars != " "
    pens = _sign_pens(look.palette)[of_column + 1]
    inks = np.broadcast_to(pens & ~PAPER_MASK, drawn.shape)
    picture.pens[drawn] = inks[drawn] | ground


def _sign_pens(palette: Palette) -> Levels:
    """The inks of what is below the middle, in it, and above it."""
    return np.array([palette.of_sign(sign) for sign in (-1, 0, 1)], dtype=np.int64)


def draw_border(picture: Picture, on: Shares, look: Look, *, one_input: bool = False) -> None:
    """Draw over a map where `on`, (map rows, columns) of 0 and 1, goes from one to the other."""
    if not on.size or not picture.chars.size:
        return
    on = resampled(on, on.shape[0], picture.columns)
    if one_input:
        turns = np.flatnonzero(np.diff(on[0]))
        picture.chars[:, turns] = look.glyphs.edges[0]
        faint = look.palette.faint & ~PAPER_MASK
        picture.pens[:, turns] = faint | picture.pens[:, turns] & PAPER_MASK
        return
    halves = resampled(on, picture.rows * FIELD_ROWS_PER_CELL, picture.columns).astype(np.int64)
    upper, lower = halves[0::2], halves[1::2]
    # within a cell, or on the way to the next one
    down = np.where(lower != upper, lower - upper, np.concatenate([upper[1:], lower[-1:]]) - lower)
    across = np.sign(np.diff(upper + lower, axis=1, append=(upper + lower)[:, -1:]))
    # which way it goes is seen from the cells around, which are twice as high as they are wide
    level, upright = np.abs(_sums_around(down)), np.abs(_sums_around(across))
    steep, flat = upright > 2 * level, level > 2 * upright
    # where it is rather steep, by one half alone: so it is one cell wide
    beside = np.diff(upper, axis=1, append=upper[:, -1:])
    ways = [2 * upright > 3 * level, level > upright]
    border = np.select(ways, [beside, down], across) != 0
    rising = _sums_around(down) * _sums_around(across) > 0
    edges = look.glyphs.edges
    slanted = np.where(rising, edges[2], edges[3])
    chars = np.where(steep, edges[0], np.where(flat, edges[1], slanted))
    picture.chars[border] = chars[border]
    text = look.palette.text & ~PAPER_MASK
    picture.pens[border] = text | picture.pens[border] & PAPER_MASK


def _sums_around(values: Levels) -> Levels:
    """Of each cell and the eight around it."""
    padded = np.pad(values, 1, mode="edge")
    rows = padded[:-2] + padded[1:-1] + padded[2:]
    sums: Levels = rows[:, :-2] + rows[:, 1:-1] + rows[:, 2:]
    return sums
