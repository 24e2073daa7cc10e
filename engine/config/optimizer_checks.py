"""Which settings of an optimizer go together."""

from engine.errors import ConfigError


def check_momentum(optimizer: str, momentum: float, nesterov: bool) -> None:
    """ConfigError where `optimizer` has no use for `momentum`, or `nesterov` nothing to look ahead
    with.
    """
    if momentum and optimizer not in ("sgd", "rmsprop"):
        raise ConfigError(
            "momentum", f"{optimizer} has its own, beta .9; only sgd and rmsprop take one"
        )
    if nesterov and optimizer != "sgd":
        raise ConfigError("nesterov", f"it is a form of sgd's momentum, which {optimizer} is not")
    if nesterov and not momentum:
        raise ConfigError("nesterov", "it needs a momentum above 0, as --momentum 0.9")
