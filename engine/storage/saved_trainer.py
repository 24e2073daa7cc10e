"""A trainer and its data, as a checkpoint holds them: numbers in its document, and arrays."""

import math

import msgspec
import numpy as np

from engine.arrays import Array
from engine.config.checks import MAX_NOISE
from engine.config.training_config import TrainingConfig
from engine.data.dataset import Dataset, Points
from engine.training.divergence import Divergence
from engine.training.history import HistoryState
from engine.training.trainer_state import LearnedState, TrainerState

ARRAYS = (
    *("parameters", "best_parameters", "train_x", "train_y", "test_x", "test_y"),
    *("train_history", "test_history"),
)

MAX_COORDINATE = 100.0 * MAX_NOISE
"""Of a point; those that are drawn lie within some multiples of their noise."""


class SavedDivergence(msgspec.Struct, frozen=True):
    """A divergence, whose size JSON has no number for."""

    step: int
    layer: int
    what: str
    size: str
    alpha: float


class SavedTrainer(msgspec.Struct, frozen=True, kw_only=True):
    """All of a trainer's state but the arrays."""

    config: TrainingConfig
    """That since the last reset."""
    step: int
    total_steps: int
    alpha: float
    first_alpha: float | None = None
    """None in a file of the first format."""
    alpha_changes: list[tuple[int, float]]
    divergence: SavedDivergence | None
    best_step: int
    best_loss: float | None
    """None while none is known."""
    history_strides: tuple[int, int]
    """Steps, and test losses, a bucket."""
    history_counts: tuple[int, int]
    early_test_losses: list[float] = []
    """None in files from before they were kept."""
    trained_seconds: float = 0.0


def entries_of(state: TrainerState, trained_seconds: float) -> dict[str, object]:
    """The fields of a SavedTrainer for `state`."""
    histories = (state.train_history, state.test_history)
    return {
        "config": state.config,
        "step": state.learned.step,
        "total_steps": state.total_steps,
        "alpha": state.alpha,
        "first_alpha": state.first_alpha,
        "alpha_changes": state.alpha_changes,
        "divergence": _saved(state.divergence),
        "best_step": state.best.step,
        "best_loss": state.best_loss if math.isfinite(state.best_loss) else None,
        "history_strides": (histories[0].stride, histories[1].stride),
        "history_counts": (histories[0].count, histories[1].count),
        "early_test_losses": state.early_test_losses,
        "trained_seconds": trained_seconds,
    }


def arrays_of(state: TrainerState, dataset: Dataset) -> dict[str, Array]:
    """The ARRAYS of `state` and its data, by name."""
    train, test = dataset.train, dataset.test
    return {
        "parameters": state.learned.parameters,
        "best_parameters": state.best.parameters,
        "train_x": train.x,
        "train_y": train.y,
        "test_x": test.x,
        "test_y": test.y,
        "train_history": state.train_history.buckets,
        "test_history": state.test_history.buckets,
    }


def state_of(saved: SavedTrainer, arrays: dict[str, Array]) -> TrainerState:
    """The state that was saved."""
    (train_stride, test_stride), (train, test) = saved.history_strides, saved.history_counts
    # the first format did not have it; without a change, it is the present one
    first = saved.config.alpha if saved.alpha_changes else saved.alpha
    return TrainerState(
        config=saved.config,
        total_steps=saved.total_steps,
        alpha=saved.alpha,
        first_alpha=first if saved.first_alpha is None else saved.first_alpha,
        alpha_changes=saved.alpha_changes,
        divergence=_divergence(saved.divergence),
        learned=LearnedState(saved.step, arrays["parameters"]),
        best=LearnedState(saved.best_step, arrays["best_parameters"]),
        best_loss=math.inf if saved.best_loss is None else saved.best_loss,
        train_history=HistoryState(arrays["train_history"], train_stride, train),
        test_history=HistoryState(arrays["test_history"], test_stride, test),
        early_test_losses=saved.early_test_losses,
    )


def dataset_of(saved: SavedTrainer, arrays: dict[str, Array]) -> Dataset:
    """The data that were saved; ValueError if they cannot be its data."""
    dataset = Dataset(
        _points(arrays["train_x"], arrays["train_y"]), _points(arrays["test_x"], arrays["test_y"])
    )
    if dataset.train.y.size + dataset.test.y.size != saved.config.samples:
        raise ValueError("the points are not those of its configuration")
    if not 0.0 <= saved.trained_seconds < math.inf:
        raise ValueError(f"trained for {saved.trained_seconds} seconds")
    return dataset


def _saved(divergence: Divergence | None) -> SavedDivergence | None:
    if divergence is None:
        return None
    step, layer, what, size, alpha = msgspec.structs.astuple(divergence)
    return SavedDivergence(step, layer, what, repr(size), alpha)


def _divergence(saved: SavedDivergence | None) -> Divergence | None:
    if saved is None:
        return None
    return Divergence(saved.step, saved.layer, saved.what, float(saved.size), saved.alpha)


def _points(x: Array, y: Array) -> Points:
    if x.shape != (2, y.size) or y.ndim != 1 or not np.isin(y, (0.0, 1.0)).all():
        raise ValueError("the points are not points with classes")
    if np.abs(x).max(initial=0.0) > MAX_COORDINATE:
        raise ValueError(f"there are points beyond {MAX_COORDINATE:g}")
    x, y = np.ascontiguousarray(x), np.ascontiguousarray(y)
    x.flags.writeable = y.flags.writeable = False
    return Points(x, y)
