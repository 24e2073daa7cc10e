"""What the values of several settings must have to do with each other."""

from engine.config.checks import check_split
from engine.config.data_sets import data_set_named
from engine.config.settings import Settings
from engine.config.task import Task
from engine.errors import ConfigError


def check_together(values: Settings) -> None:
    """ConfigError at the first setting that does not fit the others, as far as they alone can tell."""
    if values.samples is not None:
        check_split(values.samples, values.test_size)
    if values.nesterov and not values.momentum:
        raise ConfigError("nesterov", "it needs a --momentum above 0")
    if values.momentum and values.optimizer not in ("sgd", "rmsprop"):
        raise ConfigError(
            "momentum", f"{values.optimizer} has its own; only sgd and rmsprop take it"
        )
    if values.nesterov and values.optimizer != "sgd":
        raise ConfigError("nesterov", f"only sgd takes it, not {values.optimizer}")
    if values.rule == "article":
        _check_rule(values)


def check_fits(values: Settings, task: Task) -> None:
    """ConfigError at the first setting that has no meaning for data of that `task`."""
    if values.rule == "article" and not task.is_binary:
        what = "values" if task.is_regression else f"{len(task.classes)} classes"
        raise ConfigError("rule", f"the article's has a meaning for two classes only, not {what}")
    if task.is_regression:
        if values.loss == "cross_entropy":
            raise ConfigError("loss", "cross_entropy is for classes, and these are values")
        if values.balance is not None or values.keep_classes:
            name = "classes" if values.keep_classes else "balance"
            raise ConfigError(name, "it is for classes, and these are values")
    elif not task.is_binary and values.loss not in ("auto", "cross_entropy"):
        raise ConfigError("loss", f"{values.loss} is for values or two classes")


def _check_rule(values: Settings) -> None:
    found = data_set_named(values.data)
    refused = [
        (found is not None and found.classes != 2 and not values.keep_classes, "two classes"),
        (values.loss not in ("auto", "cross_entropy"), "cross-entropy"),
        (values.batch_size is not None, "the full batch"),
        (values.optimizer != "sgd" or bool(values.momentum), "plain sgd"),
        (bool(values.l1 or values.l2), "no penalty"),
        (bool(values.dropout), "no dropout"),
    ]
    for is_refused, needed in refused:
        if is_refused:
            raise ConfigError("rule", f"the article's has a meaning with {needed} only; take exact")
