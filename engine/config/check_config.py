"""What the values of several settings must have to do with each other."""

from engine.config.check_source import check_inputs, check_source
from engine.config.checks import check_split
from engine.config.data_sets import DataSet, data_set_named
from engine.config.optimizer_checks import check_momentum
from engine.config.settings import Settings
from engine.config.task import Task
from engine.errors import ConfigError


def check_together(values: Settings) -> None:
    """ConfigError at the first setting that does not fit the others, as far as they alone can tell."""
    if values.samples is not None:
        check_split(values.samples, values.test_size)
    found = data_set_named(values.data)
    check_source(values, found)
    _check_training(values)
    if values.rule == "article":
        _check_rule(values, found)


def check_fits(values: Settings, task: Task) -> None:
    """ConfigError at the first setting that has no meaning for data of that `task`."""
    if values.rule == "article" and not task.is_binary:
        what = "values" if task.is_regression else f"{len(task.classes)} classes"
        raise ConfigError("rule", f"the article's has a meaning for two classes only, not {what}")
    check_inputs(values, task.inputs)
    if task.is_regression:
        if values.loss == "cross_entropy":
            raise ConfigError("loss", "cross_entropy is for classes, and these are values")
        if values.balance is not None or values.keep_classes:
            name = "classes" if values.keep_classes else "balance"
            raise ConfigError(name, "it is for classes, and these are values")
    elif not task.is_binary and values.loss not in ("auto", "cross_entropy"):
        raise ConfigError("loss", f"{values.loss} is for values or two classes")


def _check_training(values: Settings) -> None:
    check_momentum(values.optimizer, values.momentum, values.nesterov)
    if values.warm_up >= values.steps:
        raise ConfigError(
            "warm-up",
            f"{values.warm_up} leaves none of {values.steps} steps with all of alpha; take fewer",
        )


def _check_rule(values: Settings, found: DataSet | None) -> None:
    many = found is not None and found.classes != 2
    refused = [
        (many and len(values.keep_classes) != 2, "two classes"),
        (values.loss not in ("auto", "cross_entropy"), "cross-entropy"),
        (values.batch_size is not None, "the full batch"),
        (values.optimizer != "sgd" or bool(values.momentum), "plain sgd"),
        (bool(values.l1 or values.l2), "no penalty"),
        (bool(values.dropout), "no dropout"),
    ]
    for is_refused, needed in refused:
        if is_refused:
            raise ConfigError("rule", f"the article's has a meaning with {needed} only; take exact")
