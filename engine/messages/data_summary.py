"""What a person is told of data before anything is learnt from them."""

import msgspec

from engine.messages.snapshot import DataPoints


class InputSummary(msgspec.Struct, frozen=True):
    """One input, over all points."""

    name: str
    least: float
    greatest: float


class DataSummary(msgspec.Struct, frozen=True):
    """Data as a run would learn them."""

    points: DataPoints
    """What is drawn of them, their task, and how many there are on each side."""
    inputs: list[InputSummary]
    class_counts: list[int]
    """Points of each class, of both sides; empty for a regression."""
    left_out: int = 0
    """Rows of a file that lack a value."""
    ignored: tuple[str, ...] = ()
    """Columns of a file that hold no numbers."""
    digest: str = ""
    """SHA-256 of the file."""

    @property
    def num_points(self) -> int:
        """Points of both sides."""
        return self.points.train_count + self.points.test_count
