"""How many threads NumPy's libraries use: one, whatever the environment says.

The number of threads decides in which order a matrix product is summed up, and so the last bits of
a run. More than one only slows matrices of this size down: two threads make networks of 256 nodes a
layer seven times slower and networks of 1,024 nodes a half, where other processes want a core, too.
"""

from collections.abc import MutableMapping

THREAD_SETTINGS = (
    "OPENBLAS_NUM_THREADS",
    "OMP_NUM_THREADS",
    "MKL_NUM_THREADS",
    "BLIS_NUM_THREADS",
    "VECLIB_MAXIMUM_THREADS",
)
"""NumPy's libraries read these when they are loaded, once."""


def fix_threads(environment: MutableMapping[str, str]) -> None:
    """Make `environment`, of a process that has not loaded NumPy yet, say one thread."""
    environment.update(dict.fromkeys(THREAD_SETTINGS, "1"))
