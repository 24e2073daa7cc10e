"""The names that a person can choose from."""

from typing import Literal, get_args

RuleName = Literal["exact", "article"]
"""How gradients are taken: by the chain rule, or as the article's code does it."""
RULES: tuple[RuleName, ...] = get_args(RuleName)

Initialization = Literal["he", "glorot", "pytorch", "article", "uniform", "zeros"]
"""How the initial parameters are drawn."""
INITIALIZATIONS: tuple[Initialization, ...] = get_args(Initialization)

Problem = Literal["classification", "regression"]
"""What is learnt of a point: its class, or a value."""

ProblemChoice = Literal["auto", "classification", "regression"]
"""The problem; auto as the data say."""
PROBLEM_CHOICES: tuple[ProblemChoice, ...] = get_args(ProblemChoice)

LossChoice = Literal["auto", "cross_entropy", "squared_error", "half_squared_error"]
"""The loss; auto is cross-entropy for classes and squared error for values."""
LOSS_CHOICES: tuple[LossChoice, ...] = get_args(LossChoice)

Scaling = Literal["none", "standard", "minmax"]
"""How inputs are brought to one scale."""
SCALINGS: tuple[Scaling, ...] = get_args(Scaling)

FeatureName = Literal["x", "y", "x2", "y2", "xy", "sinx", "siny"]
"""What a network can take in of data with two inputs, x and y."""
FEATURES: tuple[FeatureName, ...] = get_args(FeatureName)

OptimizerName = Literal["sgd", "rmsprop", "adam", "adamw"]
"""How a gradient becomes a change of the parameters."""
OPTIMIZERS: tuple[OptimizerName, ...] = get_args(OptimizerName)

Order = Literal["shuffled", "fixed"]
"""The order in which batches take the training points."""
ORDERS: tuple[Order, ...] = get_args(Order)
