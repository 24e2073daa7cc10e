"""Which settings mean something for a data set that is drawn, a real one, and a file."""

from engine.config.checks import check_range, shown
from engine.config.data_sets import DataSet
from engine.config.settings import Settings
from engine.errors import ConfigError

_NO_NOISE = (0.0, 0.2)
"""What `noise` is without a person's doing: the usual of real data, and the field's default."""


def check_source(values: Settings, data_set: DataSet | None) -> None:
    """ConfigError at the first setting that means nothing for `data_set`, which is None for a file."""
    if data_set is None:
        _refuse_noise(values, "the points of a file are what they are")
        return
    name = data_set.shown
    if values.target is not None:
        raise ConfigError("target", f"it is for files; what {name} teaches is settled")
    if values.problem not in ("auto", data_set.problem):
        raise ConfigError("problem", f"{name} is a {data_set.problem}")
    if data_set.is_real:
        _refuse_noise(values, f"the points of {name} were measured")
        return
    if values.columns:
        raise ConfigError("columns", f"it is for files and real data, not {name}")
    if values.keep_classes:
        raise ConfigError("classes", f"it is for files and real data, not {name}")
    if not data_set.classes and values.balance is not None:
        raise ConfigError("balance", "it is for classes, and these are values")
    if data_set.most_noise is not None:
        check_range("noise", values.noise, 0.0, data_set.most_noise)


def check_inputs(values: Settings, inputs: tuple[str, ...]) -> None:
    """ConfigError if `features` or `plane` cannot be had of data with these inputs."""
    if values.features and len(inputs) != 2:
        raise ConfigError("features", f"they are made of two inputs, and there are {len(inputs)}")
    if values.plane and len(inputs) < 2:
        raise ConfigError("plane", f"there is but one input, {shown(inputs[0])}")
    for name in values.plane:
        if name not in inputs:
            known = ", ".join(inputs)
            known = known if len(known) <= 200 else known[:197] + "..."
            raise ConfigError("plane", f"there is no input {shown(name)} among {known}")


def _refuse_noise(values: Settings, why: str) -> None:
    if values.noise not in _NO_NOISE:
        raise ConfigError("noise", f"{why}; noise is for data sets that are drawn")
