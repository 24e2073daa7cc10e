"""What the layer pane shows, in words."""

LAYER_HELP = """\
### Layer

The weights of one layer: a row for each node, a column for each of its inputs, the bias on the right.
Blue is negative, orange positive, the stronger the further from zero. `v` shows the gradients in their
place, then what the last update added; `{times} 1e-3` says that they are in thousandths.

Below stands the next update of the parameter under the cursor: the formula, the same in numbers, an
arrow from where it is, `*`, to where it will be, and why. The gradient is how much the loss rises for 1
more of it; the update goes the other way, alpha times as far. A lone head is a step shorter than a cell,
two heads leave the axis.

With momentum, adam or a penalty, alpha is multiplied with more than the gradient, and a row says what
that is made of: `carried`, the steps before that momentum makes again; `m` and `root v`, adam's means of
the gradients and of their squares; `l2 w` and `l1`, what the penalties take.

Paused, {up} and {down} mark what the last update raised or lowered. `enter` types a value, `x` freezes the
parameter, its node, its layer, then nothing again (`#` marks what updates pass by), and `0` switches the
node of the row off or on. Without colours, cells too narrow for a number hold sign and size in eighths of
the greatest.

The last rows are the layer's: mean, standard deviation, least and greatest weight, the norm of its
gradient (`|grad|`), and how many nodes do nothing on every point: dead relus, saturated sigmoids.
"""
"""With places for the characters that it draws with."""
