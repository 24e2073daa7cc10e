"""The next update of one parameter, written out and drawn, in the rows that there are for it."""

from enum import Enum, auto

from engine.config.training_config import TrainingConfig
from engine.messages.layer_view import LayerView, UpdateView
from tui.charts.layer.names import LayerNames
from tui.charts.layer.update_arrow import draw_arrow
from tui.charts.layer.update_words import (
    Forms,
    UpdateContext,
    formula,
    has_terms,
    hint,
    obstacle,
    result_alone,
    sentence,
    terms,
    written_out,
)
from tui.drawing.glyphs import Glyphs
from tui.drawing.number_format import signed
from tui.drawing.palette import Palette
from tui.drawing.pens import BOLD
from tui.drawing.picture import Picture
from tui.drawing.short_text import fitting

LEAST_ROWS = 2
"""That an update needs."""

COLUMNS_OF_STEP = 34
"""From which on the step stands in one row."""

GAP = 1
"""The least between a parameter's name and the formula."""

FORMULA_END = 60
"""The column before which the formula ends, that it is near the name in a wide pane."""


class Part(Enum):
    """A row of it."""

    NAME = auto()
    """Of the parameter, with the formula."""
    STEP = auto()
    """The formula in numbers."""
    RESULT = auto()
    """What comes out, where it does not fit beside the step."""
    ARROW = auto()
    TERMS = auto()
    """What the direction is made of, if it is more than the gradient."""
    SENTENCE = auto()


def parts_shown(rows: int, columns: int, config: TrainingConfig) -> list[Part]:
    """The most important parts for so many rows, in order from the top."""
    by_importance = [Part.STEP, Part.NAME, Part.ARROW, Part.SENTENCE]
    if columns < COLUMNS_OF_STEP:
        by_importance.insert(3, Part.RESULT)
    if has_terms(config):
        by_importance.insert(-1, Part.TERMS)
    chosen = by_importance[:rows]
    return [part for part in Part if part in chosen]


def draw_update(
    picture: Picture,
    parts: list[Part],
    layer: LayerView,
    update: UpdateView,
    context: UpdateContext,
    palette: Palette,
    glyphs: Glyphs,
    names: LayerNames,
) -> None:
    """Draw each of `parts` into a row of `picture`, in order."""
    is_bias, config = update.input == layer.num_inputs, context.config
    blocked = obstacle(update, context.state, is_off=update.node in layer.off, is_bias=is_bias)
    for row, part in enumerate(parts):
        match part:
            case Part.NAME:
                named = names.link(update.node, update.input, is_bias=is_bias)
                _write_name(
                    picture, row, named, formula(config, glyphs.times, is_bias=is_bias), palette
                )
            case Part.STEP if blocked:
                picture.write(row, 0, f"{signed(update.value, 7, 4)} stays", palette.text)
            case Part.STEP:
                _write_step(
                    picture,
                    row,
                    update,
                    context,
                    palette,
                    glyphs,
                    alone=picture.columns < COLUMNS_OF_STEP,
                )
            case Part.RESULT if not blocked:
                picture.write(row, 0, result_alone(update), way_pen(update, palette))
            case Part.ARROW if blocked:
                picture.write(row, 0, blocked, palette.strong)
            case Part.ARROW:
                draw_arrow(
                    picture, row, update.value, update.updated, context.axis, palette, glyphs
                )
            case Part.TERMS if not blocked:
                _write_longest(picture, row, terms(update), palette.faint)
            case Part.SENTENCE if blocked:
                _write_longest(picture, row, hint(update, context.state), palette.faint)
            case Part.SENTENCE:
                _write_longest(
                    picture, row, sentence(update, config, is_bias=is_bias), palette.text
                )


def way_pen(update: UpdateView, palette: Palette) -> int:
    """The colour of the way that the parameter goes: that of negative weights down, of positive ones up."""
    return palette.of_sign(update.updated - update.value) | BOLD


def _write_name(
    picture: Picture, row: int, names: Forms, formulas: Forms, palette: Palette
) -> None:
    """The longest name beside the longest formula that fit; the formula gives way last."""
    for written in formulas:
        for name in names:
            if len(name) + GAP + len(written) <= picture.columns:
                picture.write(row, 0, name, palette.text)
                end = min(picture.columns, FORMULA_END)
                picture.write_right(
                    row, max(end, len(name) + GAP + len(written)), written, palette.faint
                )
                return
    _write_longest(picture, row, names, palette.text)


def _write_step(
    picture: Picture,
    row: int,
    update: UpdateView,
    context: UpdateContext,
    palette: Palette,
    glyphs: Glyphs,
    *,
    alone: bool,
) -> None:
    scheduled = context.config.schedule != "constant" or context.config.warm_up > 0
    for step, result in written_out(update, glyphs.times, scheduled=scheduled):
        after = "" if alone else f" {result}"
        if len(step) + len(after) <= picture.columns:
            picture.write(row, 0, step, palette.text)
            picture.write(row, len(step), after, way_pen(update, palette))
            return
    _write_longest(
        picture,
        row,
        (f"{signed(update.value, 7, 4)} to {signed(update.updated, 7, 4)}",),
        palette.text,
    )


def _write_longest(picture: Picture, row: int, forms: Forms, pen: int) -> None:
    picture.write(row, 0, fitting(forms, picture.columns), pen)
