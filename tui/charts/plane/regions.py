"""The ways in which what is predicted all over the plane is drawn behind the points."""

from enum import StrEnum

from engine.config.task import Task


class RegionStyle(StrEnum):
    """How deep a region is: as sure as the network is, all the same, or lines on plain ground."""

    CERTAINTY = "certainty"
    HARD = "hard"
    CONTOURS = "contours"

    def after(self, task: Task) -> "RegionStyle":
        """The next one of data of that `task`; over one input, a curve has no region."""
        styles = list(RegionStyle)
        if task.is_regression and len(task.inputs) == 1:
            styles.remove(RegionStyle.HARD)
        if self not in styles:
            return RegionStyle.CERTAINTY
        return styles[(styles.index(self) + 1) % len(styles)]
