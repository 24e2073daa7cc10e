"""A run in a file: everything that decides its future, and its past as far as it is drawn.

The file is a NumPy `.npz` without pickle: a zip, not compressed, of one `.npy` for each array, and
`checkpoint.json`, which holds the rest with the version of the format. The generators of random
numbers have no state that matters: data and initial parameters are drawn from the seed before the
first update, and nothing is drawn after it. The data are in the file all the same, as another
scikit-learn may draw others.
"""

import hashlib
import io
import zipfile
from pathlib import Path

import msgspec
import numpy as np

from engine.arrays import Array
from engine.config.checks import MAX_STEPS, check_whole
from engine.config.training_config import TrainingConfig
from engine.data.dataset import Dataset
from engine.errors import ConfigError, FileError, one_line
from engine.run.kept_course import KeptCourse
from engine.run.run import Run
from engine.run.run_state import RunState
from engine.storage.atomic_file import read_whole, write_whole
from engine.storage.environment import joined
from engine.storage.recording import RecordedLine, line_of, recorded_of
from engine.storage.saved_trainer import (
    ARRAYS,
    LATER_ARRAYS,
    SavedTrainer,
    arrays_of,
    dataset_of,
    entries_of,
    state_of,
)

FORMAT, VERSION = "moonwalk checkpoint", 3
DOCUMENT = "checkpoint.json"

KEPT = "kept_"
"""Before the names of the arrays of the course before the last reset, if there is one."""

MAX_BYTES = 4 * 1024**3
"""Of a file; the largest network needs half of that."""

LONG_AGO = (1980, 1, 1, 0, 0, 0)
"""The time of every member of the zip: the same run gives the same bytes."""


class SavedCourse(SavedTrainer, frozen=True, kw_only=True):
    """The course before the last reset."""

    number: int
    commands: int
    newer: bool


class Document(SavedTrainer, frozen=True, kw_only=True):
    """What `checkpoint.json` holds: the run, and its trainer."""

    format: str
    version: int
    sha256: dict[str, str]
    """Of the bytes of every array's `.npy`."""
    libraries: dict[str, str]
    began_with: TrainingConfig
    """What the recording begins with."""
    commands: list[RecordedLine]
    run: int
    pace: int
    paused: bool
    kept: SavedCourse | None = None


class _AnyDocument(msgspec.Struct, frozen=True):
    """What the document of every version has."""

    format: str
    version: int


def encode(run: Run) -> bytes:
    """`run` as it stands, as the bytes of a file."""
    return encode_state(run.state_for_saving(), run.trainer.dataset)


def encode_state(state: RunState, dataset: Dataset) -> bytes:
    """The run with that state, trained on `dataset`, as the bytes of a file."""
    arrays, kept = arrays_of(state.trainer, dataset), state.kept
    if kept is not None:
        of_kept = arrays_of(kept.trainer, kept.dataset)
        arrays |= {f"{KEPT}{name}": array for name, array in of_kept.items()}
    members = {name: _npy(array) for name, array in arrays.items()}
    document = {
        "format": FORMAT,
        "version": VERSION,
        "sha256": {name: hashlib.sha256(data).hexdigest() for name, data in members.items()},
        "libraries": joined(state.libraries),
        "began_with": state.config,
        "commands": [line_of(one) for one in state.commands],
        **entries_of(state.trainer, dataset, state.trained_seconds),
        "run": state.number,
        "pace": state.pace,
        "paused": state.paused,
        "kept": None if kept is None else _entries_of_kept(kept),
    }
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
        return _run(document, members)
    except Exception as error:  # NumPy evaluates headers, with whatever may come of that
        raise FileError(f"it is damaged: {one_line(str(error)) or type(error).__name__}") from error


def _entries_of_kept(kept: KeptCourse) -> dict[str, object]:
    """The fields of a SavedCourse."""
    return {
        **entries_of(kept.trainer, kept.dataset, kept.trained_seconds),
        "number": kept.number,
        "commands": kept.commands,
        "newer": kept.newer,
    }


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
    if not 1 <= kind.version <= VERSION:
        raise FileError(
            f"a checkpoint of format {kind.version}; this moonwalk reads formats 1 to {VERSION}"
        )
    try:
        return msgspec.json.decode(data, type=Document)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError, ConfigError) as error:
        raise FileError(f"it is damaged: {error}") from error


def _arrays(members: dict[str, bytes], document: Document, prefix: str = "") -> dict[str, Array]:
    """All arrays of a course whose names in the file begin with `prefix`."""
    arrays = {}
    for plain in (*ARRAYS, *(LATER_ARRAYS if document.version >= 3 else ())):
        name = prefix + plain
        data = members[f"{name}.npy"]
        if hashlib.sha256(data).hexdigest() != document.sha256[name]:
            raise ValueError(f"{name} are not what was saved")
        array = np.lib.format.read_array(io.BytesIO(data), allow_pickle=False)
        if array.dtype != np.float64 or not np.isfinite(array).all():
            raise ValueError(f"{name} are not finite numbers")
        arrays[plain] = array
    return arrays


def _run(document: Document, members: dict[str, bytes]) -> Run:
    """The run as it was; ValueError or ConfigError where the parts do not fit each other."""
    arrays = _arrays(members, document)
    dataset = dataset_of(document, arrays)
    for line in document.commands:
        check_whole("step", line.step, 0, MAX_STEPS)
    return Run.from_state(
        RunState(
            config=document.began_with,
            commands=[recorded_of(line) for line in document.commands],
            trainer=state_of(document, arrays),
            number=document.run,
            pace=document.pace,
            paused=document.paused,
            trained_seconds=document.trained_seconds,
            kept=_kept(document, members),
            libraries=document.libraries,
        ),
        dataset,
    )


def _kept(document: Document, members: dict[str, bytes]) -> KeptCourse | None:
    saved = document.kept
    if saved is None:
        return None
    arrays = _arrays(members, document, KEPT)
    return KeptCourse(
        state_of(saved, arrays),
        dataset_of(saved, arrays),
        saved.trained_seconds,
        saved.number,
        saved.commands,
        saved.newer,
    )
