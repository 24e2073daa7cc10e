"""Which settings of an optimizer go together."""

import pytest

from engine.config.optimizer_checks import check_momentum
from engine.errors import ConfigError


@pytest.mark.parametrize(
    ("optimizer", "momentum", "nesterov"),
    [
        ("sgd", 0.0, False),
        ("sgd", 0.9, False),
        ("sgd", 0.9, True),
        ("rmsprop", 0.5, False),
        ("adam", 0.0, False),
    ],
)
def test_given_what_an_optimizer_knows_when_checked_then_there_is_no_complaint(
    optimizer: str, momentum: float, nesterov: bool
) -> None:
    check_momentum(optimizer, momentum, nesterov)


@pytest.mark.parametrize(
    ("optimizer", "momentum", "nesterov", "message"),
    [
        ("adam", 0.9, False, r"^momentum: adam has its own, beta \.9; only sgd and rmsprop take"),
        ("adamw", 0.5, True, r"^momentum: adamw has its own"),
        ("rmsprop", 0.5, True, r"^nesterov: it is a form of sgd's momentum, which rmsprop is not$"),
        ("sgd", 0.0, True, r"^nesterov: it needs a momentum above 0, as --momentum 0\.9$"),
    ],
)
def test_given_what_an_optimizer_has_no_use_for_when_checked_then_one_line_says_so(
    optimizer: str, momentum: float, nesterov: bool, message: str
) -> None:
    with pytest.raises(ConfigError, match=message):
        check_momentum(optimizer, momentum, nesterov)
