"""Which settings of the data go with the data set, or the file, that `data` names."""

from engine.config.checks import check_range, listed, shown
from engine.config.data_sets import DATA_SETS, MOST_ARMS, DataSet
from engine.config.settings import Settings
from engine.errors import ConfigError

_NO_NOISE = (0.0, 0.2)
"""What `noise` is without a person's doing: the usual of data that were measured, and the default."""


def check_source(values: Settings, found: DataSet | None) -> None:
    """ConfigError at the first setting that has no meaning for the data set that `data` names, or for a
    file where it names none.
    """
    if found is None:
        _check_file(values)
    else:
        _check_data_set(values, found)
    _check_noise(values, found)
    _check_classes(values.keep_classes)


def _check_file(values: Settings) -> None:
    """`data` names none of the data sets, so it is a file; unless that was a slip."""
    name, colon, _ = values.data.partition(":")
    if colon and name == "spiral":
        raise ConfigError("data", f"{shown(values.data)}: give 2 to {MOST_ARMS} arms, as spiral:3")
    if colon and name in DATA_SETS:
        raise ConfigError("data", f"{shown(values.data)}: {name} takes no number")


def _check_data_set(values: Settings, found: DataSet) -> None:
    if values.target is not None:
        raise ConfigError("target", f"{found.name} has its own; only a file has columns to choose")
    if values.problem not in ("auto", found.problem):
        raise ConfigError("problem", f"{found.name} is a {found.problem}, as its targets are")
    if not found.is_real and values.columns:
        raise ConfigError("columns", f"{found.name} has its own; only a file has them to choose")
    if not found.classes:
        if values.balance is not None:
            raise ConfigError("balance", f"it is for classes, and {found.name} has values")
        if values.keep_classes:
            raise ConfigError("classes", f"it is for classes, and {found.name} has values")
        if values.loss == "cross_entropy":
            raise ConfigError("loss", f"cross_entropy is for classes, and {found.name} has values")
    if values.pca is not None and values.pca > found.inputs:
        raise ConfigError(
            "pca", f"{values.pca} are more than the {found.inputs} inputs of {found.name}"
        )
    if found.classes and not found.is_real and values.keep_classes:
        raise ConfigError("classes", f"{found.name} is drawn with all of its own; leave it out")
    inputs = values.pca or len(values.columns) or found.inputs
    if values.features and inputs != 2:
        raise ConfigError("features", f"they are made of two inputs, and there {_are(inputs)} here")
    if values.plane and inputs == 1:
        raise ConfigError("plane", "it takes two inputs, and there is 1 here")


def _check_noise(values: Settings, found: DataSet | None) -> None:
    if found is not None and not found.is_real:
        if found.most_noise is not None:
            check_range("noise", values.noise, 0.0, found.most_noise)
    elif values.noise not in _NO_NOISE:
        what = "of a file" if found is None else f"that were measured, as in {found.name},"
        raise ConfigError("noise", f"points {what} are what they are; leave it out")


def check_inputs(values: Settings, inputs: tuple[str, ...]) -> None:
    """ConfigError if `features` or `plane` cannot be had of data with these inputs."""
    count = len(inputs)
    if values.features and count != 2:
        raise ConfigError("features", f"they are made of two inputs, and there {_are(count)} here")
    if values.plane and count == 1:
        raise ConfigError("plane", "it takes two inputs, and there is 1 here")
    for name in values.plane:
        if name not in inputs:
            raise ConfigError("plane", f"there is no input {shown(name)} among {listed(inputs)}")


def _are(count: int) -> str:
    return "is 1" if count == 1 else f"are {count}"


def _check_classes(names: tuple[str, ...]) -> None:
    if len(names) == 1:
        raise ConfigError(
            "classes", f"{shown(names[0])} alone leaves nothing to tell apart; name two"
        )
