"""The path of a file as a person types it: completed, and whole."""

import os
from itertools import takewhile
from pathlib import Path

from engine.config.data_sets import DATA_SETS, data_set_named
from engine.errors import ConfigError

MOST_CANDIDATES = 200
"""Names in a folder that are looked at."""


def candidates(typed: str) -> list[str]:
    """What `typed` can be the beginning of: data sets, or files and folders, these with a slash behind. Names
    that cannot be shown or read are left out, and hidden ones unless their dot is typed.
    """
    names = [name for name in DATA_SETS if typed and name.startswith(typed)]
    folder, _, begun = typed.rpartition("/")
    slash = "/" if "/" in typed else ""
    where = Path(f"{folder}/" if slash else ".").expanduser()
    try:
        with os.scandir(where) as found:
            entries = sorted(
                (one for one in found if one.name.startswith(begun)), key=lambda one: one.name
            )[:MOST_CANDIDATES]
    except (OSError, ValueError):
        return names
    return names + [
        f"{folder}{slash}{one.name}{'/' if one.is_dir() else ''}"
        for one in entries
        if one.name.isprintable() and (begun or not one.name.startswith("."))
    ]


def completed(typed: str) -> str:
    """`typed` with all that every candidate goes on with; as it is where there is none."""
    found = candidates(typed)
    if not found:
        return typed
    first, last = min(found), max(found)
    same = sum(
        1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(first, last, strict=False))
    )
    common = first[:same]
    return common if common.startswith(typed) else typed


def whole_path(setting: str, typed: str) -> str:
    """The name of a data set as it is, or the whole path of a file; ConfigError if there is neither."""
    text = typed.strip()
    if data_set_named(text) is not None or text.partition(":")[0] in DATA_SETS or not text:
        return text
    try:
        path = Path(text).expanduser().absolute()
        is_file = path.is_file()
    except (OSError, RuntimeError, ValueError):
        is_file = False
    if not is_file:
        raise ConfigError(setting, f"there is no data set and no file {text!r}; tab completes")
    return str(path)
