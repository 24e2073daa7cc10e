"""A trainer and its data, as a checkpoint holds them: numbers in its document, and arrays."""

import math

import msgspec
import numpy as np

from engine.arrays import Array
from engine.config.check_config import check_fits
from engine.config.checks import MAX_COORDINATE, MAX_INPUTS
from engine.config.edits import NO_EDITS, Edits
from engine.config.task import MAX_CLASSES, TWO_CLASSES, Task
from engine.config.training_config import TrainingConfig
from engine.data.dataset import Dataset, Points
from engine.data.target_scale import AS_IT_IS, TargetScale
from engine.data.transform import Transform
from engine.errors import one_line
from engine.storage.saved_edits import check_total, edited_of, entries_of_edited
from engine.training.divergence import Divergence
from engine.training.history import HistoryState
from engine.training.intervals import Intervals
from engine.training.loss_record import LossRecordState
from engine.training.past_schedules import PastSchedule
from engine.training.schedules import PlateauState
from engine.training.stop_conditions import PatienceState
from engine.training.trainer_state import LearnedState, TrainerState

ARRAYS = (
    *("parameters", "best_parameters", "train_x", "train_y", "test_x", "test_y"),
    *("train_history", "test_history"),
)
"""Those of every file."""

LATER_ARRAYS = ("moments", "best_moments", "feature_center", "feature_scale")
"""Those of files from format 3 on; before, there was nothing to be kept in them."""

NOTHING = np.empty((0, 0))
"""In the place of an array that there is none of."""


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
    # what follows is in files from format 3 on; the defaults are what earlier runs were like
    task: Task = TWO_CLASSES
    target_scale: tuple[float, float] = (0.0, 1.0)
    """Center and scale of the values of a regression."""
    moments_counts: tuple[float, float] = (0.0, 0.0)
    """Updates that the optimizer has counted, now and at the best state."""
    intervals: Intervals = Intervals()
    since_interval: tuple[float, int] = (0.0, 0)
    plateau: PlateauState = PlateauState()
    patience: PatienceState = PatienceState()
    stopped: str = ""
    goes_past: bool = False
    batch_sizes: list[tuple[int, int]] = []
    sample_counts: list[int] = []
    edited_points: int = 0
    """Points that were added or removed by hand."""
    limits: list[tuple[float, float]] = []
    """The least and the greatest that is drawn of every input, and last of what the points are; none where
    nothing was edited."""
    edits: Edits = NO_EDITS
    past_schedules: list[PastSchedule] = []


def entries_of(state: TrainerState, dataset: Dataset, trained_seconds: float) -> dict[str, object]:
    """The fields of a SavedTrainer for `state`, trained on `dataset`."""
    losses = state.losses
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
        "history_strides": (losses.train.stride, losses.test.stride),
        "history_counts": (losses.train.count, losses.test.count),
        "early_test_losses": losses.early,
        "trained_seconds": trained_seconds,
        "task": dataset.task,
        "target_scale": dataset.target,
        "moments_counts": (state.learned.count, state.best.count),
        "intervals": losses.intervals,
        "since_interval": losses.since_interval,
        "plateau": state.plateau,
        "patience": state.patience,
        "stopped": state.stopped,
        "goes_past": state.goes_past,
        "batch_sizes": state.batch_sizes,
        "sample_counts": state.sample_counts,
        **entries_of_edited(dataset.edited),
        "edits": state.edits,
        "past_schedules": state.past_schedules,
    }


def arrays_of(state: TrainerState, dataset: Dataset) -> dict[str, Array]:
    """The ARRAYS and LATER_ARRAYS of `state` and its data, by name."""
    train, test, transform = dataset.train, dataset.test, dataset.transform
    return {
        "parameters": state.learned.parameters,
        "best_parameters": state.best.parameters,
        "train_x": train.x,
        "train_y": train.y,
        "test_x": test.x,
        "test_y": test.y,
        "train_history": state.losses.train.buckets,
        "test_history": state.losses.test.buckets,
        "moments": state.learned.moments,
        "best_moments": state.best.moments,
        "feature_center": NOTHING if transform.center is None else transform.center,
        "feature_scale": NOTHING if transform.scale is None else transform.scale,
    }


def state_of(saved: SavedTrainer, arrays: dict[str, Array]) -> TrainerState:
    """The state that was saved."""
    (train_stride, test_stride), (train, test) = saved.history_strides, saved.history_counts
    counts = saved.moments_counts
    # the first format did not have it; without a change, it is the present one
    first = saved.config.alpha if saved.alpha_changes else saved.alpha
    return TrainerState(
        config=saved.config,
        total_steps=saved.total_steps,
        alpha=saved.alpha,
        first_alpha=first if saved.first_alpha is None else saved.first_alpha,
        alpha_changes=saved.alpha_changes,
        divergence=_divergence(saved.divergence),
        learned=_learned(saved.step, arrays["parameters"], arrays.get("moments"), counts[0]),
        best=_learned(
            saved.best_step, arrays["best_parameters"], arrays.get("best_moments"), counts[1]
        ),
        best_loss=math.inf if saved.best_loss is None else saved.best_loss,
        losses=LossRecordState(
            saved.intervals,
            HistoryState(arrays["train_history"], train_stride, train),
            HistoryState(arrays["test_history"], test_stride, test),
            saved.early_test_losses,
            saved.since_interval,
        ),
        plateau=saved.plateau,
        patience=saved.patience,
        stopped=saved.stopped,
        goes_past=saved.goes_past,
        batch_sizes=saved.batch_sizes,
        sample_counts=saved.sample_counts,
        edits=saved.edits,
        past_schedules=saved.past_schedules,
    )


def _learned(step: int, parameters: Array, moments: Array | None, count: float) -> LearnedState:
    if moments is None:
        moments = np.empty((0, parameters.size))
    return LearnedState(step, parameters, moments, count)


def dataset_of(saved: SavedTrainer, arrays: dict[str, Array]) -> Dataset:
    """The data that were saved; ValueError if they cannot be its data."""
    config, task = saved.config, saved.task
    _check_task(task, config)
    check_fits(config, task)
    center, scale = saved.target_scale
    if not (abs(center) <= MAX_COORDINATE and 0.0 < scale <= MAX_COORDINATE):
        raise ValueError("the scale of its values is not of any values")
    dataset = Dataset(
        train=_points(arrays["train_x"], arrays["train_y"], task),
        test=_points(arrays["test_x"], arrays["test_y"], task),
        task=task,
        transform=_transform(config, arrays, len(task.features)),
        target=_target_scale(saved.target_scale, task),
        digest=config.data_digest,
    )
    dataset = dataset._replace(edited=edited_of(saved.edited_points, saved.limits, dataset))
    total = dataset.train.y.size + dataset.test.y.size
    if config.samples is not None and config.balance is None:
        check_total(total, config.samples, saved.edited_points)
    if not 0.0 <= saved.trained_seconds < math.inf:
        raise ValueError(f"trained for {saved.trained_seconds} seconds")
    return dataset


def _check_task(task: Task, config: TrainingConfig) -> None:
    """ValueError if no data are about that, or none with `config`."""
    names = (*task.inputs, *task.classes, task.target)
    if any(one_line(name) != name for name in names):
        raise ValueError("a name in it has characters that no name has")
    if not 1 <= len(task.inputs) <= MAX_INPUTS:
        raise ValueError(f"it has {len(task.inputs)} inputs")
    if task.features != (config.features or task.inputs):
        raise ValueError("its features are not those of its configuration")
    classes = len(task.classes)
    if classes if task.is_regression else not 2 <= classes <= MAX_CLASSES:
        raise ValueError(f"a {task.problem} with {classes} classes")


def _target_scale(saved: tuple[float, float], task: Task) -> TargetScale:
    scale = TargetScale(*saved)
    if not 0.0 < scale.scale < math.inf or (scale != AS_IT_IS and not task.is_regression):
        raise ValueError("the scale of its values is none")
    return scale


def _transform(config: TrainingConfig, arrays: dict[str, Array], features: int) -> Transform:
    center, scale = arrays.get("feature_center", NOTHING), arrays.get("feature_scale", NOTHING)
    if not center.size and not scale.size:
        return Transform(config.features)
    if center.shape != (features, 1) or scale.shape != center.shape or not (scale > 0.0).all():
        raise ValueError("the scale of its features is not of its features")
    return Transform(config.features, center, scale)


def _saved(divergence: Divergence | None) -> SavedDivergence | None:
    if divergence is None:
        return None
    step, layer, what, size, alpha = msgspec.structs.astuple(divergence)
    return SavedDivergence(step, layer, what, repr(size), alpha)


def _divergence(saved: SavedDivergence | None) -> Divergence | None:
    if saved is None:
        return None
    return Divergence(saved.step, saved.layer, saved.what, float(saved.size), saved.alpha)


def _points(x: Array, y: Array, task: Task) -> Points:
    if x.shape != (len(task.inputs), y.size) or y.ndim != 1 or not y.size:
        raise ValueError("the points are not points of its task")
    if not task.is_regression and not np.isin(y, np.arange(len(task.classes))).all():
        raise ValueError("the points are not points with classes")
    if max(np.abs(x).max(), np.abs(y).max()) > MAX_COORDINATE:
        raise ValueError(f"there are points beyond {MAX_COORDINATE:g}")
    x, y = np.ascontiguousarray(x), np.ascontiguousarray(y)
    x.flags.writeable = y.flags.writeable = False
    return Points(x, y)
