"""What a dashboard asks for, so that it is told no more than it draws."""

import math

import msgspec

MOST_POINTS, MOST_CELLS = 8192, 262_144
"""A view's limits: more than any terminal has, and less than would hold the training up."""

MOST_NEURONS = 4096
"""Neurons whose pictures can be asked for at once."""


class Window(msgspec.Struct, frozen=True):
    """The part of a layer's parameters to look at; the last input is the bias."""

    layer: int = 0
    """Counted from 0."""
    node: int = 0
    nodes: int = 0
    input: int = 0
    inputs: int = 0

    def __post_init__(self) -> None:
        if self.nodes < 0 or self.inputs < 0:
            raise ValueError("a window has no negative size")


class NetworkRequest(msgspec.Struct, frozen=True):
    """The neurons to see as pictures over the plane. Column 0 holds the features, column 1 the first
    layer's nodes, the last column the outputs.
    """

    rows: int
    """Of one neuron's picture."""
    columns: int
    first_column: int = 0
    first_nodes: tuple[int, ...] = ()
    """The first node to see of each column from `first_column` on; so many columns are seen."""
    nodes: int = 0
    """How many are seen of each column, at most."""
    chosen: tuple[int, int] = (0, 0)
    """Column and node of the neuron to see large."""
    large_rows: int = 0
    large_columns: int = 0

    def __post_init__(self) -> None:
        small, large = (self.rows, self.columns), (self.large_rows, self.large_columns)
        least = min(*small, *large, self.nodes, self.first_column, *self.first_nodes, *self.chosen)
        neurons = len(self.first_nodes) * self.nodes
        # the chosen one is worked out on a grid of one of the two sizes, whatever else is seen
        cells = self.rows * self.columns * max(neurons, 1) + self.large_rows * self.large_columns
        if least < 0 or neurons > MOST_NEURONS or max(cells, *small, *large) > MOST_CELLS:
            raise ValueError("pictures of more neurons than any terminal has room for")


class View(msgspec.Struct, frozen=True):
    """What a dashboard will draw."""

    series_points: int = 0
    """The most points that the loss chart can show."""
    field_rows: int = 0
    field_columns: int = 0
    """Resolution of the decision field."""
    window: Window = Window()
    cursor: tuple[int, int] | None = None
    """Node and input, in the window's layer, of the parameter whose next update is to be told."""
    network: NetworkRequest | None = None
    sample: tuple[float, float] | None = None
    """A place in the plane; what the network makes of the point nearest to it is to be told: of the
    training points, and of the test points where they are drawn.
    """
    test_predictions: bool = False
    """Whether the test points are drawn, so that what is predicted for them is to be told."""
    data_set: str = ""
    """A data set whose points are to be told, by its name."""
    known_points: int = -1
    """The number of the points that it has already."""
    known_ghost: int = 0
    """The number of the earlier curve that it has already."""

    def __post_init__(self) -> None:
        least = min(self.series_points, self.field_rows, self.field_columns)
        cells = max(
            self.field_rows * self.field_columns, self.field_rows, self.field_columns
        )  # one of them alone is no cell, but a size
        if least < 0 or self.series_points > MOST_POINTS or cells > MOST_CELLS:
            raise ValueError("a view of more than any terminal has")
        if self.sample is not None and not all(map(math.isfinite, self.sample)):
            raise ValueError("a place is nowhere in the plane")
