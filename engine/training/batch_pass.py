"""Forward and backward passes of batches of one size, in arrays made once."""

from engine.arrays import Array, Operation, aligned_empty
from engine.data.batches import Batches
from engine.network.cache import Cache
from engine.network.gradients import Rule, step_operations
from engine.network.losses import Loss
from engine.network.neural_network import NeuralNetwork
from engine.training.dropout import Dropout

MOST_STEPS = 50
"""Batches whose losses are worked out at once."""

MOST_VALUES = 4_000_000
"""Of the outputs that are kept for that: of very large batches, fewer are."""


class Lesson:
    """What is learnt from, and how: the same for batches of every size."""

    def __init__(
        self,
        network: NeuralNetwork,
        loss: Loss,
        rule: Rule,
        inputs: Array,
        y: Array,
        batches: Batches,
        dropout: Dropout | None,
    ) -> None:
        """`inputs` is (features, points), `y` (points,): all training points."""
        self.network, self.loss, self.rule = network, loss, rule
        self.inputs, self.targets = inputs, loss.targets(y)
        self.batches, self.dropout = batches, dropout


class BatchPass:
    """Takes the gradient of one batch after the other into `cache.gradient`."""

    def __init__(self, lesson: Lesson, size: int) -> None:
        self.size = size
        self._lesson = lesson
        dropout, points = lesson.dropout is not None, lesson.targets.shape[1]
        self.cache: Cache = lesson.network.make_cache(size, keep_z=False, dropout=dropout)
        self._masks = [layer.mask for layer in self.cache.layers if layer.mask is not None]
        self._step = self._row = 0
        shape = (lesson.network.num_outputs, size)
        rows = min(max(MOST_VALUES // (shape[0] * size), 1), MOST_STEPS)
        self.outputs = self.cache.outputs_of(rows)
        """z and a of the last layer, of each of the steps."""
        self._takes_all = size == points
        if self._takes_all:
            self.cache.inputs[...] = lesson.inputs
            self._targets = self._all_targets = lesson.targets
        else:
            self._targets = aligned_empty(*shape)
            self._all_targets = aligned_empty(rows, *shape)
        self.steps: list[list[Operation]] = []
        """The operations of so many steps, one after the other, each with outputs of its own."""
        self.bind()

    def bind(self) -> None:
        """Make the operations, for the nodes that are switched on now."""
        lesson = self._lesson
        alike = self._takes_all and lesson.dropout is None
        prepare: list[Operation] = [] if alike else [self._prepare]
        operations = step_operations(
            lesson.rule, self.cache, self._targets, lesson.loss, self.outputs
        )
        self.steps = [[*prepare, *step] for step in operations]

    def begin(self, step: int) -> None:
        """Say that the next batch is that of `step`, and that its row is the first."""
        self._step, self._row = step, 0

    def _prepare(self) -> None:
        """Bring the next batch into the cache, and the masks of its step."""
        lesson = self._lesson
        if not self._takes_all:
            indices = lesson.batches.indices(self._step)
            # mode clip: with out, the usual mode makes a copy first
            lesson.inputs.take(indices, 1, self.cache.inputs, "clip")
            lesson.targets.take(indices, 1, self._targets, "clip")
            self._all_targets[self._row] = self._targets
        if lesson.dropout is not None:
            lesson.dropout.fill(self._step, self._masks)
        self._step += 1
        self._row += 1

    def losses(self, steps: int) -> Array:
        """(steps,): the losses of the batches since `begin`, each before its update."""
        targets = self._targets if self._takes_all else self._all_targets[:steps]
        z, a = self.outputs.z[:steps], self.outputs.a[:steps]
        return self._lesson.loss.of_batches(z, a, targets)
