"""The warning about alpha and l2; that its limit is right is tested with the optimizers."""

import pytest

from engine.config.l2_warning import l2_warning


@pytest.mark.parametrize(
    ("alpha", "l2", "optimizer", "momentum"),
    [
        (0.5, 4.0, "sgd", 0.0),
        (0.3, 10.0, "adam", 0.0),
        (0.3, 10.0, "sgd", 0.9),
        (0.3, 0.0, "sgd", 0),
    ],
)
def test_given_a_product_up_to_the_limit_when_judged_then_there_is_no_warning(
    alpha: float, l2: float, optimizer: str, momentum: float
) -> None:
    assert l2_warning(alpha, l2, optimizer, momentum) is None


@pytest.mark.parametrize("optimizer", ["sgd", "adamw"])
def test_given_a_product_beyond_the_limit_when_judged_then_one_line_names_both(
    optimizer: str,
) -> None:
    assert l2_warning(0.3, 10.0, optimizer) == (
        "alpha times l2 is 3: above 2 the penalty throws weights over 0, farther each update;"
        " take a smaller l2 or alpha"
    )
