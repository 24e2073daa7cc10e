"""The names that a person can choose from."""

from typing import Literal, get_args

RuleName = Literal["exact", "article"]
"""How gradients are taken: by the chain rule, or as the article's code does it."""
RULES: tuple[RuleName, ...] = get_args(RuleName)

Initialization = Literal["he", "glorot", "article", "uniform", "zeros"]
"""How the initial parameters are drawn."""
INITIALIZATIONS: tuple[Initialization, ...] = get_args(Initialization)
