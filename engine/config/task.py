"""What a data set is about: what goes in, and what is to come out."""

import msgspec

from engine.config.names import Problem

MAX_CLASSES = 10


class Task(msgspec.Struct, frozen=True):
    """Known once the data are loaded; everything that depends on the kind of problem asks it."""

    problem: Problem
    inputs: tuple[str, ...]
    """The names of the data's columns."""
    features: tuple[str, ...]
    """The names of what the network takes in: the inputs, or what is made of them."""
    classes: tuple[str, ...] = ()
    """The names of the classes, in the order of their numbers; none for a regression."""
    target: str = "class"
    """What is learnt."""

    @property
    def is_regression(self) -> bool:
        """Whether values are learnt, not classes."""
        return self.problem == "regression"

    @property
    def is_binary(self) -> bool:
        """Whether there are two classes, which one output tells apart."""
        return len(self.classes) == 2

    @property
    def outputs(self) -> int:
        """Nodes of the last layer: one for a value or two classes, else one a class."""
        return 1 if self.is_regression or self.is_binary else len(self.classes)


TWO_CLASSES = Task("classification", ("x", "y"), ("x", "y"), ("0", "1"))
"""Two classes of points of the plane."""
