"""Data that were measured, as scikit-learn ships them: nothing is downloaded.

Importing scikit-learn's data sets takes about a second, reading one of them a few hundredths.
"""

from typing import Any

import numpy as np

from engine.config.data_sets import DataSet
from engine.data.raw_data import RawData

_LOADERS = {
    "iris": "load_iris",
    "wine": "load_wine",
    "cancer": "load_breast_cancer",
    "digits": "load_digits",
    "diabetes": "load_diabetes",
}

_UNIT = " (cm)"
"""Behind every name of iris, where it would only take room."""


def real_data(data_set: DataSet) -> RawData:
    """All rows of `data_set`, in its own units, inputs and classes with their names."""
    from sklearn import datasets

    # diabetes comes standardized by all of its rows unless told otherwise
    options = {"scaled": False} if data_set.name == "diabetes" else {}
    bunch: Any = getattr(datasets, _LOADERS[data_set.name])(**options)
    inputs = np.ascontiguousarray(bunch.data.T, dtype=np.float64)
    y = bunch.target.astype(np.float64)
    names = tuple(str(name).removesuffix(_UNIT) for name in bunch.feature_names)
    if data_set.problem == "regression":
        return RawData(inputs, y, "regression", names, target="progression")
    classes = tuple(str(name) for name in bunch.target_names)
    return RawData(inputs, y, "classification", names, classes)
