"""Points of the plane, drawn by a formula: those of TensorFlow Playground, and a sine.

Every function returns inputs (inputs, points) and what the points are (points,). `noise` is a share,
from 0 to 0.5, where nothing else is said. U(a, b) is uniform between a and b, N(m, v) normal with mean
m and variance v. Positions are drawn before the noise: another noise leaves them as they are.
"""

from collections.abc import Callable, Sequence

import numpy as np

from engine.arrays import Array

Drawn = tuple[Array, Array]
"""Inputs (inputs, points), and the number of each point's class or its value (points,)."""

SQUARE = 5.0
"""Half the side of the square that classes lie in."""
WIDE_SQUARE = 6.0
"""Half the side of the square that values lie in."""
GAP = 0.3
"""By which xor keeps its points off both axes."""
CONES = (
    (-4.0, 2.5, 1.0),
    (0.0, 2.5, -1.0),
    (4.0, 2.5, 1.0),
    (-4.0, -2.5, -1.0),
    (0.0, -2.5, 1.0),
    (4.0, -2.5, -1.0),
)
"""x, y and sign of each cone of `gaussian`."""
CONE_RADIUS = 2.0


def circles(rng: np.random.Generator, samples: int, noise: float) -> Drawn:
    """Class 0 in a ring, r in U(3.5, 5), and class 1 in a disc, r in U(0, 2.5), half each;
    (r sin t, r cos t) with t in U(0, 2 pi). Class 1 is what is nearer than 2.5 once moved by
    U(-5, 5) noise.
    """
    inside = samples // 2
    radius = np.concatenate(
        [
            rng.uniform(0.7 * SQUARE, SQUARE, samples - inside),
            rng.uniform(0.0, 0.5 * SQUARE, inside),
        ]
    )
    angle = rng.uniform(0.0, 2.0 * np.pi, samples)
    x = radius * np.stack([np.sin(angle), np.cos(angle)])
    moved = _moved(rng, x, SQUARE, noise)
    return x, (np.hypot(moved[0], moved[1]) < 0.5 * SQUARE).astype(np.float64)


def xor(rng: np.random.Generator, samples: int, noise: float) -> Drawn:
    """U(-5, 5) on both axes, pushed .3 away from each. Class 1 is where x y >= 0 once moved by
    U(-5, 5) noise.
    """
    x = rng.uniform(-SQUARE, SQUARE, (2, samples))
    x += np.where(x > 0.0, GAP, -GAP)
    moved = _moved(rng, x, SQUARE, noise)
    return x, (moved[0] * moved[1] >= 0.0).astype(np.float64)


def gauss(rng: np.random.Generator, counts: Sequence[int], noise: float) -> Drawn:
    """N((-2, -2), v) and N((2, 2), v), so many points of each class; v = .5 + 7 noise."""
    y = _numbered(counts)
    spread = np.sqrt(0.5 + 7.0 * noise)
    return rng.normal(4.0 * y - 2.0, spread, (2, y.size)), y


def spiral(rng: np.random.Generator, counts: Sequence[int], noise: float) -> Drawn:
    """An arm a class, turned by 2 pi k / arms. Its point i of m lies at r = 5 i / m and
    t = 3.5 pi i / m + 2 pi k / arms: (r sin t, r cos t), plus U(-1, 1) noise on each axis.
    """
    y = _numbered(counts)
    way = np.concatenate([np.arange(count) / count for count in counts])
    angle = 3.5 * np.pi * way + 2.0 * np.pi * y / len(counts)
    x = SQUARE * way * np.stack([np.sin(angle), np.cos(angle)])
    return _moved(rng, x, 1.0, noise), y


def plane(rng: np.random.Generator, samples: int, noise: float) -> Drawn:
    """U(-6, 6) on both axes; the value is (x + y) / 10 once moved by U(-6, 6) noise."""
    x = rng.uniform(-WIDE_SQUARE, WIDE_SQUARE, (2, samples))
    moved = _moved(rng, x, WIDE_SQUARE, noise)
    return x, (moved[0] + moved[1]) / 10.0


def gaussian(rng: np.random.Generator, samples: int, noise: float) -> Drawn:
    """U(-6, 6) on both axes. Of each cone, sign max(0, 1 - d / 2) with d the distance from it, once
    moved by U(-6, 6) noise; the value is that of the greatest magnitude.
    """
    x = rng.uniform(-WIDE_SQUARE, WIDE_SQUARE, (2, samples))
    moved = _moved(rng, x, WIDE_SQUARE, noise)
    value = np.zeros(samples)
    for across, up, sign in CONES:
        distance = np.hypot(moved[0] - across, moved[1] - up)
        height = sign * np.maximum(0.0, 1.0 - distance / CONE_RADIUS)
        np.copyto(value, height, where=np.abs(height) > np.abs(value))
    return x, value


def sine(rng: np.random.Generator, samples: int, noise: float) -> Drawn:
    """One input, x in U(-pi, pi); the value is sin x plus N(0, noise squared)."""
    x = rng.uniform(-np.pi, np.pi, (1, samples))
    return x, np.sin(x[0]) + noise * rng.standard_normal(samples)


def until(counts: Sequence[int], draw: Callable[[int], Drawn]) -> Drawn:
    """The first points of each class, so many as `counts` says, of as many as have to be drawn."""
    drawn, missing = [draw(2 * max(counts))], True
    while missing:
        y = np.concatenate([some[1] for some in drawn])
        places = [np.flatnonzero(y == number) for number in range(len(counts))]
        missing = any(place.size < count for place, count in zip(places, counts, strict=True))
        if missing:
            drawn.append(draw(2 * max(counts)))
    x = np.concatenate([some[0] for some in drawn], axis=1)
    rows = np.concatenate([place[:count] for place, count in zip(places, counts, strict=True)])
    return x[:, rows], y[rows]


def _moved(rng: np.random.Generator, x: Array, reach: float, noise: float) -> Array:
    """Points moved: x + U(-reach, reach) noise."""
    moved: Array = x + rng.uniform(-reach, reach, x.shape) * noise
    return moved


def _numbered(counts: Sequence[int]) -> Array:
    """The numbers of the classes, so many times each: (sum of counts,)."""
    return np.repeat(np.arange(len(counts), dtype=np.float64), counts)
