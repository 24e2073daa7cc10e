"""What the panes of points explain, for classes and for values."""

from engine.config.task import Task
from tui.charts.plane_words import named_classes
from tui.drawing.glyphs import UNICODE
from tui.drawing.look import Look

REAL_CLASSES = """\
### Real classes

The training points as they are, each class with a letter of its own: {classes}.{plane} Where classes
reach into each other, no smooth border gets every point right.
"""

REAL_VALUES = """\
### Real values

The training points in the colour of their value, blue for low and orange for high; the scale stands on
the pane's lower edge. Without colours they are digits, from `0` for the least to `9` for the greatest
value.{plane}
"""

PREDICTED_CLASSES = """\
### Predicted classes

The same points with the class that the network gives them now. Behind them the region it gives to
each class, the deeper the surer it is; where it is plain, the network is undecided. Without
colours, {regions}. Points that it gets wrong are marked with a capital letter, reversed.
"""

PREDICTED_VALUES = """\
### Predicted values

The same points before the values that the network gives to all of the plane, in the colours of the same
scale; without colours, in characters that are the darker the greater the value. {marks}
"""

PREDICTED_CURVE = """\
### Predicted values

The same points, and as a curve the value that the network gives to each place. {marks}
"""

MARKS = """\
Points whose value it misses by more than a tenth of the range of all values are marked, reversed: `+`
where it predicts too much, `-` where too little. R² says how much of the values' variation is predicted:
1 is all of it, 0 no more than their mean would; `rmse` is how far predictions are off, in the values' own
unit."""

ONE_INPUT = " What is learnt is drawn upwards, over the one input."
MANY_INPUTS = (
    " They are drawn over two of the {count} inputs; what is predicted between them holds the other"
    " inputs at their median."
)


def real_help(task: Task, look: Look | None) -> str:
    """For the pane of the real classes or values."""
    if task.is_regression:
        return REAL_VALUES.format(plane=_plane(task))
    return REAL_CLASSES.format(classes=_classes(task, look), plane=_plane(task))


def predicted_help(task: Task) -> str:
    """For the pane of the predicted ones."""
    if task.is_regression:
        words = PREDICTED_CURVE if len(task.inputs) == 1 else PREDICTED_VALUES
        return words.format(marks=MARKS)
    each = "the region of class 1 is shaded"
    if not task.is_binary:
        each = "each region is filled with a character of its own"
    return PREDICTED_CLASSES.format(regions=each)


def _classes(task: Task, look: Look | None) -> str:
    glyphs = UNICODE if look is None else look.glyphs
    names = [
        name or f"class {number}"
        for name, number in zip(named_classes(task, glyphs), task.classes, strict=True)
    ]
    shown = [f"{name} as `{glyphs.classes[place]}`" for place, name in enumerate(names)]
    return ", ".join(shown)


def _plane(task: Task) -> str:
    if len(task.inputs) == 1:
        return ONE_INPUT
    return MANY_INPUTS.format(count=len(task.inputs)) if len(task.inputs) > 2 else ""
