"""What the panes of points explain, for classes and for values."""

from engine.config.task import Task
from tui.charts.plane.words import named_classes
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

TRYING = """
`t` shows the test points, too, each with a line below: the network never learns from them. `v` draws the
region in another way: {styles}.

`i` asks: a cursor in brackets goes with the arrows or the mouse, and of the point nearest to it, in round
brackets, stand its inputs, what it is, what is predicted, and its loss: what it adds to the mean that
training makes less.

`p` paints: {digits}, `x` removes the nearest, `t` changes to the test points, and `escape` ends it. The
network goes on with the same weights, and the scale of its inputs stays. `r` keeps painted points, `n` and
other data drop them. One point far on the wrong side shows how far a border bends for it.
"""

CLASS_STYLES = (
    "by certainty, one shade a class, or as lines, whole at the border and dotted where the likeliest class"
    " leads the next by half, as at 25 and 75 % of two"
)
VALUE_STYLES = "in all shades, in two, below the middle and above it, or as lines at round values"
CURVE_STYLES = "with lines where the curve passes round values, or without"

CLASS_DIGITS = "a digit adds a point of that class, counted from 0"
VALUE_DIGITS = (
    "`0` to `9` add a point from the least to the greatest value, `enter` one whose value you type"
)

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
        one = len(task.inputs) == 1
        words = (PREDICTED_CURVE if one else PREDICTED_VALUES).format(marks=MARKS)
        styles = CURVE_STYLES if one else VALUE_STYLES
        return words + TRYING.format(styles=styles, digits=VALUE_DIGITS)
    each = "the region of class 1 is shaded"
    if not task.is_binary:
        each = "each region is filled with a character of its own"
    words = PREDICTED_CLASSES.format(regions=each)
    return words + TRYING.format(styles=CLASS_STYLES, digits=CLASS_DIGITS)


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
