"""What a network predicts all over the plane."""

import numpy as np

from engine.arrays import Array
from engine.messages.snapshot import Bounds, ClassField, Field, ValueField
from engine.network.metrics import certainty
from engine.probes.plane_grids import PlaneGrids
from engine.training.trainer import Trainer

LARGEST_DRAWN = 3e38
"""A float32 holds no larger value."""


class DecisionField:
    """Evaluates a trainer's network on grids of its plane."""

    def __init__(
        self,
        trainer: Trainer,
        plane: tuple[int, ...],
        bounds: Bounds,
        grids: PlaneGrids | None = None,
    ) -> None:
        """`plane` has the numbers of the inputs that vary, one or two; the others stay at the median of
        the training points. `grids` are of the same, where others use them, too.
        """
        self._network, self._loss = trainer.network, trainer.loss
        self._dataset = trainer.dataset
        self._grids = grids or PlaneGrids(trainer, plane, bounds)

    def field(self, rows: int, columns: int) -> Field:
        """What is predicted at the middle of each of (rows, columns) cells; one row of them is enough
        where there is one input.
        """
        shape = self._grids.shape_of(rows, columns)
        a = self._outputs(*shape) if min(shape) else np.zeros((self._network.num_outputs, 0))
        if self._dataset.task.is_regression:
            values = self._dataset.target.unscaled(self._loss.predictions(a))
            within = np.clip(values, -LARGEST_DRAWN, LARGEST_DRAWN)
            return ValueField(within.astype(np.float32).reshape(shape))
        lead = np.nan_to_num(certainty(self._loss.probabilities(a)))  # of no number, it is not sure
        sure = np.rint(lead * 255.0).astype(np.uint8)
        return ClassField(self._loss.predictions(a).reshape(shape), sure.reshape(shape))

    def _outputs(self, rows: int, columns: int) -> Array:
        """(outputs, cells): the activations of the last layer."""
        grid = self._grids.prepared(rows, columns)
        outputs = []
        with np.errstate(all="ignore"):
            for part in grid.parts:
                grid.run(part)
                outputs.append(grid.cache.output_a.copy())
        return np.concatenate(outputs, axis=1)[:, : rows * columns]
