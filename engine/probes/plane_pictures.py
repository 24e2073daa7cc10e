"""Everything that is drawn over the plane of one trainer."""

from typing import NamedTuple, Self

from engine.messages.snapshot import DataPoints
from engine.probes.data_points import data_points, plane_of
from engine.probes.decision_field import DecisionField
from engine.probes.neuron_maps import NeuronMaps
from engine.probes.plane_grids import PlaneGrids
from engine.training.trainer import Trainer


class PlanePictures(NamedTuple):
    """The points, and what makes pictures of the network: bound to its arrays, so that another network,
    other data or another plane need new ones.
    """

    points: DataPoints
    field: DecisionField
    neurons: NeuronMaps

    @classmethod
    def of(cls, trainer: Trainer) -> Self:
        """Those of `trainer`."""
        plane = plane_of(trainer.dataset.task, trainer.config.plane)
        points = data_points(trainer.dataset, plane)
        bounds = points.bounds
        grids = PlaneGrids(trainer, plane, bounds)
        return cls(
            points,
            DecisionField(trainer, plane, bounds, grids),
            NeuronMaps(trainer, plane, bounds, grids),
        )
