"""What a dashboard is told of neurons: each as a picture over the plane, and one point's way through."""

import msgspec
import numpy as np
import numpy.typing as npt

from engine.arrays import Array

MOST_SHARE = 127
"""The end of a scale: an int8 holds no more."""

Shares = npt.NDArray[np.int8]
"""Shares of a scale, in 127ths of it."""


class NeuronColumn(msgspec.Struct, frozen=True):
    """Some neurons of one column: features, a layer's nodes, or outputs."""

    column: int
    """0 for the features."""
    first_node: int
    num_nodes: int
    """Of the whole column."""
    activation: str
    """Empty for the features."""
    maps: Shares
    """(neurons, rows, columns): what each puts out over the plane, top row first, as a share of its scale
    above or below its middle. With one input there is one row: the curve over that input. Outputs are in
    the unit of the data."""
    middles: Array
    """(neurons,): what a share of 0 stands for: 0, unless the neuron puts out nothing around it."""
    scales: Array
    """(neurons,): how far from the middle a share of 127 is: the greatest distance, rounded up to 1, 2 or
    5 times a power of ten."""
    weights: Array
    """(neurons, neurons of the column before that are here): of the links between. (neurons, 0) where that
    column is not here."""
    idle: list[bool]
    """Which do nothing on every training point, or on the first of many."""
    idle_word: str
    off: list[bool]
    """Which are switched off."""


class ChosenNeuron(msgspec.Struct, frozen=True):
    """The neuron that is seen large, with all its links."""

    column: int
    node: int
    activation: str
    """Empty for a feature."""
    map: Shares
    """(rows, columns)."""
    middle: float
    scale: float
    on: Shares
    """(rows, columns): 1 where what it adds up, z, is above 0, else 0. (0, 0) where that means nothing: for
    a feature, without an activation, and for one class of several."""
    least: float
    """Of what it puts out over the plane."""
    greatest: float
    weights: Array
    """(inputs,): of what it takes in; empty for a feature."""
    bias: float
    in_units: Array
    """(inputs + 1,): weights and bias that give the same z from features that are not scaled; empty
    without a scale, and beyond the first layer."""
    center: float
    """A feature is taken in as (value - center) / unit."""
    unit: float
    outgoing: Array
    """(nodes of the next layer,): the weight that each has for it; empty for an output."""
    idle: bool
    idle_word: str
    idle_share: float
    """The share of the training points on which it does nothing, 0 to 1."""
    off: bool


class NetworkView(msgspec.Struct, frozen=True):
    """The neurons that were asked for."""

    widths: list[int]
    """Neurons of every column of the network, features and outputs included."""
    columns: list[NeuronColumn]
    chosen: ChosenNeuron | None
    """None where there is no such neuron."""


class SampleView(msgspec.Struct, frozen=True):
    """What the network makes of one point."""

    test: bool
    """Whether it is one of the test points."""
    index: int
    """Its place among those of its side."""
    across: float
    """Where it is drawn."""
    up: float
    inputs: list[float]
    """As they are in the data."""
    features: list[float]
    """What the network takes in."""
    label: float
    """The number of its class, or its value."""
    activations: list[list[float]]
    """What every node of every layer puts out, first layer first; outputs last."""
    probabilities: list[float]
    """Of each class; empty for a regression."""
    prediction: float
    """The number of a class, or a value in the unit of the data."""
    loss: float
