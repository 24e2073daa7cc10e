"""What the layer pane shows, in words."""

LAYER_HELP = """\
### Layer

One layer's weights: a row for each node, a column for each of its inputs, the bias on the right.
Blue is negative, orange positive, the stronger the further from zero. Without colours, cells too
narrow for a number hold its sign and its size in eighths of the greatest: `+8` is the greatest
itself, `-4` half of it below zero. `v` shows the gradients in their place, then what the last update
added; the title says which, and `{times} 1e-3` that they are written in thousandths.

The arrow keys move the cursor, and the part of a layer too large for the pane, as its lower edge
tells. Below stands the next update of the parameter under it, before it is made: the formula, the
same in numbers, and an arrow from where it is, `*`, to where it will be. The gradient says by how
much the loss rises if the weight grows by 1; the update goes the other way, alpha {times} that far. A head
without a shaft is a step too small for a cell, two heads leave the axis. With momentum, adam or a
penalty, alpha is multiplied with more than the gradient: a row tells what that is made of.

- `carried`: what momentum makes again of the steps before
- `m` and `root v`: adam's means of the gradients, and of their squares
- `l2 w`, `l1`: what the penalties take, towards 0

While the run is paused, {up} and {down} mark the parameters that the last update raised or lowered. `enter`
types a value, `x` freezes the parameter, then its node, its layer, then nothing again (`#` marks what
updates pass by), and `0` switches the node of the row off or on.

Below that stand mean, standard deviation, least and greatest of the layer's weights, the norm of its
gradient (`|grad|`), and how many nodes do nothing on every point, in the word for its activation: dead
relus, saturated sigmoids.
"""
"""With places for the characters that it draws with."""
