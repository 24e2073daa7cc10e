"""The data sets, each with a thumbnail of its points."""

from collections.abc import Sequence

from engine.config.data_sets import DataSet
from engine.messages.snapshot import DataPoints
from tui.charts.data.picture import draw_data
from tui.drawing.glyphs import Glyphs
from tui.drawing.number_format import exact, thousands
from tui.drawing.palette import Palette
from tui.drawing.picture import Picture

ROWS = 3
"""Of each data set."""
THUMBNAIL_COLUMNS = 14
TEXT_COLUMN = THUMBNAIL_COLUMNS + 2


def draw_data_list(
    data_sets: Sequence[tuple[DataSet, DataPoints]], columns: int, palette: Palette, glyphs: Glyphs
) -> Picture:
    """Three rows for each data set, with an empty one between."""
    picture = Picture.blank(len(data_sets) * (ROWS + 1) - 1, columns, palette.base)
    for place, (data_set, points) in enumerate(data_sets):
        top = place * (ROWS + 1)
        picture.paste(top, 0, draw_data(points, ROWS, THUMBNAIL_COLUMNS, palette, glyphs))
        picture.write(top, TEXT_COLUMN, data_set.name, palette.strong)
        picture.write(top, TEXT_COLUMN + 10, facts_of(data_set), palette.text)
        picture.write(top + 1, TEXT_COLUMN, data_set.help, palette.text)
        picture.write(top + 2, TEXT_COLUMN, noise_of(data_set), palette.faint)
    return picture


def facts_of(data_set: DataSet) -> str:
    """What is learnt of what, in a few words."""
    kind = f"{data_set.classes} classes" if data_set.classes else "a value"
    inputs = "1 input" if data_set.inputs == 1 else f"{data_set.inputs} inputs"
    parts = [kind, inputs, f"{thousands(data_set.samples)} points"]
    if data_set.noise is not None:
        most = f"0 to {exact(data_set.most_noise)}" if data_set.most_noise else "any"
        parts.append(f"noise {exact(data_set.noise)} ({most})")
    return ", ".join(parts)


def noise_of(data_set: DataSet) -> str:
    """What the number of `--noise` does."""
    return f"noise {data_set.noise_means}" if data_set.noise_means else "measured; takes no noise"
