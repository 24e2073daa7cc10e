"""Principal components: a few directions in which the training points spread the most."""

from typing import NamedTuple

import numpy as np

from engine.arrays import Array
from engine.config.names import Scaling
from engine.data.transform import Transform, fitted
from engine.errors import ConfigError


class Projection(NamedTuple):
    """components (scaled x - mean)."""

    scaled: Transform
    """Inputs are brought to one scale first: else that with the largest unit would be the component."""
    mean: Array
    """(inputs, 1)."""
    components: Array
    """(components, inputs), each of length 1; that of its entries with the greatest magnitude is
    positive.
    """

    def __call__(self, x: Array) -> Array:
        """Inputs (inputs, points) to components (components, points)."""
        projected: Array = self.components @ (self.scaled(x) - self.mean)
        return projected


def fitted_pca(count: int, scaling: Scaling, x: Array) -> Projection:
    """The first `count` principal components of training inputs `x` (inputs, points), by a full
    singular value decomposition, as scikit-learn's `PCA(svd_solver="full")`.
    """
    if count > min(x.shape):
        inputs, points = x.shape
        raise ConfigError(
            "pca",
            f"{count} components of {inputs} inputs and {points} training points; there are"
            f" {min(x.shape)}",
        )
    scaled = fitted((), scaling, x)
    made = scaled(x)
    mean = made.mean(axis=1, keepdims=True)
    directions = np.linalg.svd(made - mean, full_matrices=False)[0].T[:count]
    largest = np.abs(directions).argmax(axis=1)
    signs = np.sign(directions[np.arange(count), largest])
    return Projection(scaled, mean, np.ascontiguousarray(directions * signs[:, np.newaxis]))
