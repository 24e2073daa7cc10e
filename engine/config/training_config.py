"""What decides a run: a value for every setting, checked."""

from engine.config.checks import check_split
from engine.config.setting import check_all
from engine.config.settings import Settings


class TrainingConfig(Settings, frozen=True):
    """One run: the same configuration and the same commands give the same parameters.

    Raises ConfigError, which names the setting, when it is made with a value that is not allowed.
    """

    def __post_init__(self) -> None:
        check_all(self)
        check_split(self.samples, self.test_size)

    @property
    def layer_sizes(self) -> list[int]:
        """Nodes of every layer, the output layer included."""
        return [*self.layers, 1]

    @property
    def layer_activations(self) -> list[str]:
        """Relu for every hidden layer, sigmoid for the last."""
        return ["relu"] * len(self.layers) + ["sigmoid"]
