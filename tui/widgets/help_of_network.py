"""What the help says of the network's pane."""

NETWORK_HELP = """\
### Network

Features, layers and outputs from left to right, each neuron a small picture of what it puts out all over
the plane of the points: blue below the middle of its scale, orange above it. `±2` is a scale from -2
over 0 to 2, `0..1` has its middle at 0.5. Without colours, `-=%` are below the middle, shades or `+*#`
above it. With one input, a neuron is a curve. One that does nothing on any training point, or is
switched off, is marked in words.

The chosen neuron has its links drawn, orange or `+` for a positive weight, blue or `-` for a negative
one, the stronger the larger; where there is room it is large, with a line where it turns on: where what
it adds up is above 0. Its formula stands there in numbers; `in 3` is the third neuron of the column
before, `x'` the feature x on the common scale. While the run goes on, one of four pictures is drawn.
"""
