"""What decides the last bits of a run besides its settings: versions, machine, and how NumPy's
matrix products are summed up. Kept in checkpoints and recordings.
"""

import platform
from collections.abc import Mapping
from functools import cache
from importlib.metadata import version
from typing import Any

import numpy as np
from threadpoolctl import threadpool_info

MIXED = " and "
"""Between the values of a run that was made in parts."""


@cache
def libraries() -> dict[str, str]:
    """What this process computes with."""
    return (
        {name: version(name) for name in ("moonwalk", "numpy", "scikit-learn")}
        | {"machine": platform.machine()}
        | _blas()
        | {"vector instructions": " ".join(_configured("SIMD Extensions").get("found", []))}
    )


def _blas() -> dict[str, str]:
    """The library that multiplies NumPy's matrices, as far as it tells of itself."""
    built = _configured("Build Dependencies").get("blas", {})
    found = [one for one in threadpool_info() if one["user_api"] == "blas"]
    if not found:
        return {"blas": f"{built.get('name')} {built.get('version')}"}

    def is_anothers(one: dict[str, Any]) -> tuple[bool, bool]:
        """SciPy, where it is loaded, may bring one of its own."""
        return one["version"] != built.get("version"), "numpy" not in one["filepath"]

    loaded = min(found, key=is_anothers)
    name, release = loaded["internal_api"], loaded["version"]
    kernels = loaded.get("architecture") or ""
    return {
        "blas": f"{name} {release} {kernels}".strip(),
        "blas threads": str(loaded["num_threads"]),
    }


def _configured(section: str) -> dict[str, Any]:
    """A part of what NumPy was built with, and found when it was loaded."""
    found: dict[str, Any] = dict(np.show_config(mode="dicts") or {})
    return dict(found.get(section, {}))


def joined(before: Mapping[str, str]) -> dict[str, str]:
    """What a run is made with that was made with `before` so far, and is with this from now on."""
    now, joined = libraries(), {}
    for key in _differing(before):
        parts = before[key].split(MIXED)
        joined[key] = MIXED.join(parts if now[key] in parts else [*parts, now[key]])
    return now | joined


def differences(before: Mapping[str, str]) -> str | None:
    """One line if a run that was made with `before` may come to other bits here."""
    now = libraries()
    differing = [f"{key} {before[key]} (here {now[key]})" for key in _differing(before)]
    if not differing:
        return None
    return f"made with {', '.join(differing)}: the same steps may come to other last bits"


def _differing(before: Mapping[str, str]) -> list[str]:
    """The keys with other values; of what an older file does not tell, nothing is known."""
    return [key for key, value in libraries().items() if before.get(key, value) != value]
