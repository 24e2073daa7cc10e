"""What stands on the frame of the layer inspector: which layer, what of it, and what is special at the cursor."""

from collections.abc import Sequence

from engine.config.edits import Edits, Place
from engine.messages.layer_view import LayerView
from tui.charts.layer.grid import Cursor
from tui.charts.layer.values import Shown, cells_of
from tui.drawing.frame import Figures, Words
from tui.drawing.look import Look
from tui.drawing.palette import Palette

NARROW = 36
"""Columns of the pane below which its title is short, and the unit of the numbers stands on its lower edge."""

Keys = Sequence[tuple[str, str]]
"""Names of keys, each with what it does in a word."""

BETWEEN = "  "
"""Between two words."""


def layer_title(layer: int, layers: int, shown: Shown, width: int) -> str:
    """Which of so many layers it is, counted from 0, and what of it is shown, if not the weights."""
    if shown is Shown.WEIGHTS:
        return f"Layer {layer + 1} of {layers}"
    return f"Layer {layer + 1}{f' of {layers}' if width >= NARROW else ''}: {shown}"


def layer_head(
    layer: LayerView | None, shape: tuple[int, int], shown: Shown, width: int, look: Look
) -> Figures:
    """The unit of the numbers, and size and activation of a layer of `shape` (nodes, inputs + 1); None for
    one that is on its way.
    """
    faint, times = look.palette.faint, look.glyphs.times
    activation = "" if layer is None else layer.activation
    size = f"{shape[0]}{times}{shape[1] - 1} {activation}"
    unit = unit_of(layer, shown, look) if layer is not None and width >= NARROW else ""
    return _apart([(unit, look.palette.text), (size, faint)])


def unit_of(layer: LayerView, shown: Shown, look: Look) -> str:
    """What the numbers of the grid are to be multiplied with; empty if they stand as they are."""
    cells = cells_of(layer, shown)
    return f"{look.glyphs.times} 1e{cells.exponent}" if cells and cells.exponent else ""


def layer_foot(
    unit: str,
    cursor: Cursor,
    shape: tuple[int, int],
    edits: Edits,
    part: str,
    palette: Palette,
    keys: Keys = (),
) -> Figures:
    """The `unit`, what is frozen or switched off at the `cursor`, which `part` of the layer is seen, and the
    `keys` with what they do; as far as there is something to say.
    """
    scope: str = edits.scope_at(Place(cursor.layer, cursor.node, cursor.input))
    if scope == "parameter":
        scope = "bias" if cursor.input == shape[1] - 1 else "weight"
    words = [
        (unit, palette.text),
        ("" if scope == "nothing" else f"{scope} frozen", palette.strong),
        ("node off" if (cursor.layer, cursor.node) in edits.off else "", palette.strong),
        (part, palette.faint),
    ]
    said = _apart(words)
    if not keys:
        return said
    pens = palette.key, palette.faint
    gap = BETWEEN * bool(said)
    return [*said, [(gap, pens[1]), *_named(keys, *pens)]]


def _named(keys: Keys, key_pen: int, pen: int) -> Words:
    """The keys side by side, each before what it does."""
    last = len(keys) - 1
    return [
        word
        for at, (key, does) in enumerate(keys)
        for word in ((key, key_pen), (f" {does}{BETWEEN * (at < last)}", pen))
    ]


def _apart(words: Words) -> Figures:
    """Those that are not empty, each with what parts it from the one before."""
    said = [(text, pen) for text, pen in words if text]
    return [[(BETWEEN * (at > 0) + text, pen)] for at, (text, pen) in enumerate(said)]
