"""What a trainer shows of its learner, which is another one after a live change."""

from engine.config.edits import Edits
from engine.config.training_config import TrainingConfig
from engine.network.losses import Loss
from engine.network.neural_network import NeuralNetwork
from engine.training.evaluator import Evaluator
from engine.training.learner import Learner
from engine.training.stops import Stops
from engine.training.updates import Updates


class LearnerParts:
    """The parts of the present learner."""

    _learner: Learner

    @property
    def config(self) -> TrainingConfig:
        """How it learns at present."""
        return self._learner.config

    @property
    def network(self) -> NeuralNetwork:
        """What learns; another one after its layers were changed."""
        return self._learner.network

    @property
    def loss(self) -> Loss:
        """What training makes less."""
        return self._learner.loss

    @property
    def train_side(self) -> Evaluator:
        """The network on the training points."""
        return self._learner.train_side

    @property
    def test_side(self) -> Evaluator:
        """The network on the test points."""
        return self._learner.test_side

    @property
    def stops(self) -> Stops:
        """The conditions to end before the last step."""
        return self._learner.stops

    @property
    def updates(self) -> Updates:
        """What makes the updates."""
        return self._learner.updates

    @property
    def edits(self) -> Edits:
        """Nodes that are switched off, and parameters that are frozen."""
        return self._learner.edits
