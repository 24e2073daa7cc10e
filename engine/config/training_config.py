"""What decides a run: a value for every setting, checked."""

from engine.config.check_config import check_together
from engine.config.more_kinds import split_layer
from engine.config.setting import check_all
from engine.config.settings import Settings
from engine.config.task import Task


class TrainingConfig(Settings, frozen=True):
    """One run: the same configuration and the same commands give the same parameters.

    Raises ConfigError, which names the setting, when it is made with a value that is not allowed.
    """

    data_digest: str = ""
    """SHA-256 of the data, where they come from a file that has been read."""

    def __post_init__(self) -> None:
        check_all(self)
        check_together(self)

    @property
    def hidden_sizes(self) -> tuple[int, ...]:
        """Nodes of every hidden layer."""
        return tuple(split_layer(layer)[0] for layer in self.layers)

    @property
    def hidden_activations(self) -> tuple[str, ...]:
        """The name of every hidden layer's activation."""
        return tuple(split_layer(layer)[1] or self.activation for layer in self.layers)

    def layer_sizes(self, task: Task) -> list[int]:
        """Nodes of every layer, the output layer for data of that `task` included."""
        return [*self.hidden_sizes, task.outputs]

    @property
    def seed_of_data(self) -> int:
        """Decides the points and their split."""
        return self.seed if self.data_seed is None else self.data_seed

    @property
    def seed_of_weights(self) -> int:
        """Decides the first weights, the order of batches and which nodes are dropped."""
        return self.seed if self.weight_seed is None else self.weight_seed

    @property
    def pins_seeds(self) -> bool:
        """Whether the points or the first weights have a seed of their own."""
        return self.data_seed is not None or self.weight_seed is not None
