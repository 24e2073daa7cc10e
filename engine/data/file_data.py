"""The data in a file of a person's own."""

import difflib
from pathlib import Path

from engine.config.checks import shown
from engine.config.data_sets import DATA_SETS
from engine.config.training_config import TrainingConfig
from engine.data.csv_columns import MAX_LABELS
from engine.data.csv_file import read_table
from engine.data.csv_table import Table
from engine.data.csv_target import Target, decide_target
from engine.data.raw_data import RawData
from engine.errors import ConfigError, FileError

MOST_OF_PATH = 150
"""Characters of a path that a message holds."""


def file_data(config: TrainingConfig) -> RawData:
    """What the file `config.data` holds, every row that lacks no value.

    Raises FileError or ConfigError for a file that cannot be read or learnt from, or that is not
    the one that the digest in `config` was taken of.
    """
    path = Path(config.data)
    _check_file(path, config.data)
    try:
        with path.open("rb") as stream:
            table = read_table(stream, config.data, config.target, config.columns)
    except OSError as error:
        raise FileError(f"{path}: {error.strerror or error}") from error
    if config.data_digest not in ("", table.digest):
        raise FileError(
            f"{path}: it has changed since this run began, or is another file: its SHA-256 begins"
            f" with {table.digest[:12]}, not {config.data_digest[:12]}"
        )
    target = _target(table, config)
    return RawData(
        inputs=table.inputs,
        y=target.y,
        problem=target.problem,
        input_names=table.input_names,
        classes=target.classes,
        target=table.target_name,
        left_out=table.left_out,
        ignored=table.ignored,
        digest=table.digest,
    )


def _target(table: Table, config: TrainingConfig) -> Target:
    if not config.keep_classes:
        return decide_target(table, config.problem)
    # some of many classes may be learnt
    problem = "classification" if config.problem == "auto" else config.problem
    return decide_target(table, problem, MAX_LABELS)


def _shown_path(text: str) -> str:
    """In quotes; of a long one the end, which says which file it is."""
    return repr(text if len(text) <= MOST_OF_PATH else f"...{text[-MOST_OF_PATH:]}")


def _check_file(path: Path, text: str) -> None:
    """ConfigError unless `path` is a file; it lists the data sets where one may have been meant."""
    try:
        if path.is_file():
            return
        exists = path.exists()
    except OSError as error:  # such as a name that is too long
        raise ConfigError("data", f"{shown(text)}: {error.strerror or error}") from error
    if path.is_dir():
        raise ConfigError("data", f"{shown(text)} is a folder; name a file in it")
    if exists:
        raise ConfigError("data", f"{shown(text)} is no regular file; --data - reads from a pipe")
    if path.suffix or len(path.parts) != 1:
        raise ConfigError("data", f"there is no file {_shown_path(text)}")
    alike = difflib.get_close_matches(text.lower(), DATA_SETS, n=1)
    hint = f"; did you mean {alike[0]}?" if alike else ""
    raise ConfigError(
        "data", f"{shown(text)} is neither a file nor one of {', '.join(DATA_SETS)}{hint}"
    )
