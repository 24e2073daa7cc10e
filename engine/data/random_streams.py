"""Random numbers that depend on a seed, a purpose and a number, and on nothing drawn before.

So what is drawn at a step is known without the steps before it, and a run that goes back draws the
same again. Initial parameters and data are drawn from the plain seed.
"""

from enum import IntEnum

import numpy as np


class Purpose(IntEnum):
    """What numbers are drawn for. Never 0: NumPy takes (seed, 0, 0) for the plain seed."""

    ORDER = 1
    DROPOUT = 2


def seed_sequence(seed: int, purpose: Purpose, number: int) -> np.random.SeedSequence:
    """What a generator for the `number`-th of its `purpose` starts from."""
    return np.random.SeedSequence((seed, int(purpose), number))
