"""A run in a file: everything that decides its future, and its past as far as it is drawn.

The file is a NumPy `.npz` without pickle: a zip, not compressed, of one `.npy` for each array, and
`checkpoint.json`, which holds the rest with the version of the format. The generators of random
numbers have no state that matters: data and initial parameters are drawn from the seed before the
first update, and nothing is drawn after it. The data are in the file all the same, as another
scikit-learn may draw others.
"""

import hashlib
import io
import math
import zipfile
from pathlib import Path

import msgspec
import numpy as np

from engine.arrays import Array
from engine.config.checks import MAX_NOISE, MAX_STEPS, check_whole
from engine.config.training_config import TrainingConfig
from engine.data.dataset import Dataset, Points
from engine.errors import ConfigError, FileError, one_line
from engine.run.run import Run
from engine.run.run_state import RunState
from engine.storage.atomic_file import read_whole, write_whole
from engine.storage.environment import joined
from engine.storage.recording import RecordedLine, line_of, recorded_of
from engine.training.divergence import Divergence
from engine.training.history import HistoryState
from engine.training.trainer_state import LearnedState, TrainerState

FORMAT, VERSION = "moonwalk checkpoint", 1
DOCUMENT = "checkpoint.json"

ARRAYS = (
    *("parameters", "best_parameters", "train_x", "train_y", "test_x", "test_y"),
    *("train_history", "test_history"),
)

MAX_BYTES = 4 * 1024**3
"""Of a file; the largest network needs half of that."""

MAX_COORDINATE = 100.0 * MAX_NOISE
"""Of a point; those that are drawn lie within some multiples of their noise."""

LONG_AGO = (1980, 1, 1, 0, 0, 0)
"""The time of every member of the zip: the same run gives the same bytes."""


class SavedDivergence(msgspec.Struct, frozen=True):
    """A divergence, whose size JSON has no number for."""

    step: int
    layer: int
    what: str
    size: str
    alpha: float


class Document(msgspec.Struct, frozen=True):
    """What `checkpoint.json` holds."""

    format: str
    version: int
    sha256: dict[str, str]
    """Of the bytes of every array's `.npy`."""
    libraries: dict[str, str]
    began_with: TrainingConfig
    """What the recording begins with."""
    commands: list[RecordedLine]
    config: TrainingConfig
    """That of the run since its last reset."""
    step: int
    total_steps: int
    alpha: float
    alpha_changes: list[tuple[int, float]]
    divergence: SavedDivergence | None
    best_step: int
    best_loss: float | None
    """None while none is known."""
    history_strides: tuple[int, int]
    """Steps, and test losses, a bucket."""
    history_counts: tuple[int, int]
    run: int
    pace: int
    paused: bool


class _AnyDocument(msgspec.Struct, frozen=True):
    """What the document of every version has."""

    format: str
    version: int


def encode(run: Run) -> bytes:
    """`run` as it stands, as the bytes of a file."""
    state, (train, test) = run.state_for_saving(), run.trainer.dataset
    trainer = state.trainer
    histories = (trainer.train_history, trainer.test_history)
    arrays = {
        "parameters": trainer.learned.parameters,
        "best_parameters": trainer.best.parameters,
        "train_x": train.x,
        "train_y": train.y,
        "test_x": test.x,
        "test_y": test.y,
        "train_history": histories[0].buckets,
        "test_history": histories[1].buckets,
    }
    members = {name: _npy(array) for name, array in arrays.items()}
    document = Document(
        format=FORMAT,
        version=VERSION,
        sha256={name: hashlib.sha256(data).hexdigest() for name, data in members.items()},
        libraries=joined(state.libraries),
        began_with=state.config,
        commands=[line_of(one) for one in state.commands],
        config=trainer.config,
        step=trainer.learned.step,
        total_steps=trainer.total_steps,
        alpha=trainer.alpha,
        alpha_changes=trainer.alpha_changes,
        divergence=_saved(trainer.divergence),
        best_step=trainer.best.step,
        best_loss=trainer.best_loss if math.isfinite(trainer.best_loss) else None,
        history_strides=(histories[0].stride, histories[1].stride),
        history_counts=(histories[0].count, histories[1].count),
        run=state.number,
        pace=state.pace,
        paused=state.paused,
    )
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr(zipfile.ZipInfo(DOCUMENT, LONG_AGO), msgspec.json.encode(document))
        for name, data in members.items():
            archive.writestr(zipfile.ZipInfo(f"{name}.npy", LONG_AGO), data)
    return file.getvalue()


def save(run: Run, path: Path) -> None:
    """Put `run` into the file `path`, whole or not at all; FileError if that fails."""
    try:
        write_whole(path, encode(run))
    except OSError as error:
        raise FileError(f"{path}: {error.strerror or error}") from error


def load(path: Path) -> Run:
    """The run in the file `path`; FileError, in one line, if there is none."""
    data = read_whole(path, MAX_BYTES)
    try:
        return decode(data)
    except FileError as error:
        raise FileError(f"{path}: {error}") from error


def is_checkpoint(path: Path) -> bool:
    """Whether `path` holds a checkpoint of some version, damaged or not."""
    try:
        with path.open("rb") as file:
            return DOCUMENT.encode() in file.read(4096)
    except OSError:
        return False


def decode(data: bytes) -> Run:
    """The run that `data` holds; FileError if it holds none."""
    try:
        members = _members(data)
    except Exception as error:  # zipfile raises a dozen kinds for what can be wrong with a zip
        words = (
            "it is damaged" if DOCUMENT.encode() in data[:4096] else "not a checkpoint of moonwalk"
        )
        raise FileError(words) from error
    document = _document(members.pop(DOCUMENT, b""))
    try:
        return _run(document, _arrays(members, document))
    except Exception as error:  # NumPy evaluates headers, with whatever may come of that
        raise FileError(f"it is damaged: {one_line(str(error)) or type(error).__name__}") from error


def _npy(array: Array) -> bytes:
    file = io.BytesIO()
    np.lib.format.write_array(file, np.ascontiguousarray(array, dtype="<f8"), allow_pickle=False)
    return file.getvalue()


def _members(data: bytes) -> dict[str, bytes]:
    """Every file in the zip. None can be longer than the zip, as nothing is compressed."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for member in archive.infolist():
            if member.compress_type != zipfile.ZIP_STORED or member.file_size > len(data):
                raise ValueError("it is compressed")
        return {member.filename: archive.read(member) for member in archive.infolist()}


def _document(data: bytes) -> Document:
    try:
        kind = msgspec.json.decode(data, type=_AnyDocument)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise FileError("not a checkpoint of moonwalk") from error
    if kind.format != FORMAT:
        raise FileError("not a checkpoint of moonwalk")
    if kind.version != VERSION:
        raise FileError(
            f"a checkpoint of format {kind.version}; this moonwalk reads format {VERSION}"
        )
    try:
        return msgspec.json.decode(data, type=Document)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError, ConfigError) as error:
        raise FileError(f"it is damaged: {error}") from error


def _arrays(members: dict[str, bytes], document: Document) -> dict[str, Array]:
    arrays = {}
    for name in ARRAYS:
        data = members[f"{name}.npy"]
        if hashlib.sha256(data).hexdigest() != document.sha256[name]:
            raise ValueError(f"{name} are not what was saved")
        array = np.lib.format.read_array(io.BytesIO(data), allow_pickle=False)
        if array.dtype != np.float64 or not np.isfinite(array).all():
            raise ValueError(f"{name} are not finite numbers")
        arrays[name] = array
    return arrays


def _run(document: Document, arrays: dict[str, Array]) -> Run:
    """The run as it was; ValueError or ConfigError where the parts do not fit each other."""
    dataset = Dataset(
        _points(arrays["train_x"], arrays["train_y"]), _points(arrays["test_x"], arrays["test_y"])
    )
    if dataset.train.y.size + dataset.test.y.size != document.config.samples:
        raise ValueError("the points are not those of its configuration")
    for line in document.commands:
        check_whole("step", line.step, 0, MAX_STEPS)
    return Run.from_state(
        RunState(
            config=document.began_with,
            commands=[recorded_of(line) for line in document.commands],
            trainer=_trainer_state(document, arrays),
            number=document.run,
            pace=document.pace,
            paused=document.paused,
            libraries=document.libraries,
        ),
        dataset,
    )


def _trainer_state(document: Document, arrays: dict[str, Array]) -> TrainerState:
    (train_stride, test_stride), (train, test) = document.history_strides, document.history_counts
    return TrainerState(
        config=document.config,
        total_steps=document.total_steps,
        alpha=document.alpha,
        alpha_changes=document.alpha_changes,
        divergence=_divergence(document.divergence),
        learned=LearnedState(document.step, arrays["parameters"]),
        best=LearnedState(document.best_step, arrays["best_parameters"]),
        best_loss=math.inf if document.best_loss is None else document.best_loss,
        train_history=HistoryState(arrays["train_history"], train_stride, train),
        test_history=HistoryState(arrays["test_history"], test_stride, test),
    )


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
