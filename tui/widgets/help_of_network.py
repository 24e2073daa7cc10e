"""What the help says of the network's pane."""

NETWORK_HELP = """\
### Network

Features, layers and outputs from left to right. Each neuron is a small picture of what it puts out all
over the plane of the points: blue below the middle of its scale, orange above it, the stronger the
further. The scale stands with it: `±2` is from -2 over 0 to 2, `0..1` has its middle at 0.5. Without
colours, `-=%` are below the middle, and shades or `+*#` above it. With one input, it is a curve.

The arrow keys or the mouse choose a neuron. Its links are drawn: orange or `+` for a positive weight,
blue or `-` for a negative one, the stronger the larger beside the others. It is shown large, with its
formula in numbers, what it leads to and by which weight, and on how many of the training points it does
nothing; in a small pane, in words alone. The line in the large picture is where it turns on: where what
it adds up is above 0. For a node of the first layer that is a straight line of the features, which
stands there in the unit of the data; `x'` in a formula is x on the common scale of the features.

`0` switches a node off, so that it puts out 0, and on again: what changes then is what it was for. A
node that is off or does nothing on every training point is marked in words. `enter` goes to its
weights in the layer pane. While the run goes on, one of four pictures is drawn.
"""
