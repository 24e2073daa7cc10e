"""Each formula, by hand on a few points and over many."""

import numpy as np
import pytest

from engine.arrays import Array
from engine.data.generators import (
    circles,
    gauss,
    gaussian,
    plane,
    sine,
    spiral,
    until,
    xor,
)


def rng(seed: int = 0) -> np.random.Generator:
    return np.random.default_rng(seed)


def test_given_no_noise_when_circles_are_drawn_then_class_1_is_the_disc_and_class_0_the_ring() -> (
    None
):
    x, y = circles(rng(), 501, 0.0)
    radius = np.hypot(*x)
    ring, disc = radius[y == 0.0], radius[y == 1.0]
    assert (ring.size, disc.size) == (251, 250)
    assert 3.5 <= ring.min() < 3.6
    assert 4.9 < ring.max() <= 5.0
    assert disc.min() < 0.1
    assert 2.4 < disc.max() < 2.5


def test_given_no_noise_when_xor_is_drawn_then_signs_decide_and_no_point_lies_near_an_axis() -> (
    None
):
    x, y = xor(rng(), 500, 0.0)
    assert (y == (x[0] * x[1] >= 0.0)).all()
    assert 0.3 <= np.abs(x).min() < 0.35
    assert 5.2 < np.abs(x).max() <= 5.3


@pytest.mark.parametrize(
    ("generator", "flipped"), [(circles, 0.25), (xor, 0.175)], ids=["circles", "xor"]
)
def test_given_noise_of_one_half_when_labels_are_taken_then_so_many_are_other_ones(
    generator: object, flipped: float
) -> None:
    """Given noise .5, then the points stay where they are, and 25 % of the circle's and 17.5 % of xor's labels flip."""
    assert callable(generator)
    x, labels = generator(rng(), 200_000, 0.0)
    moved_x, moved_labels = generator(rng(), 200_000, 0.5)
    assert (x == moved_x).all()
    assert np.mean(labels != moved_labels) == pytest.approx(flipped, abs=0.004)


@pytest.mark.parametrize(("noise", "variance"), [(0.0, 0.5), (0.25, 2.25), (0.5, 4.0)])
def test_given_noise_when_gauss_is_drawn_then_the_clouds_have_this_variance(
    noise: float, variance: float
) -> None:
    x, y = gauss(rng(), [100_000, 100_000], noise)
    for number, middle in ((0.0, -2.0), (1.0, 2.0)):
        cloud = x[:, y == number]
        np.testing.assert_allclose(cloud.mean(axis=1), middle, atol=0.02)
        np.testing.assert_allclose(cloud.var(axis=1), variance, rtol=0.02)


def test_given_four_points_an_arm_when_a_spiral_is_drawn_then_they_lie_there() -> None:
    """Given i of m = 4, then r = 5 i / 4 and t = 3.5 pi i / 4, the second arm turned by pi."""
    x, y = spiral(rng(), [4, 4], 0.0)
    assert y.tolist() == [0.0, 0.0, 0.0, 0.0, 1.0, 1.0, 1.0, 1.0]
    arm = [
        [0.0, 1.25 * np.sin(0.875 * np.pi), 2.5 * np.sin(1.75 * np.pi), 3.75 * np.sin(2.625 * np.pi)],
        [0.0, 1.25 * np.cos(0.875 * np.pi), 2.5 * np.cos(1.75 * np.pi), 3.75 * np.cos(2.625 * np.pi)],
    ]  # fmt: skip
    np.testing.assert_allclose(x[:, :4], arm, atol=1e-12)
    np.testing.assert_allclose(x[:, 4:], -np.array(arm), atol=1e-12)


def test_given_three_arms_when_a_spiral_is_drawn_then_each_is_turned_by_a_third() -> None:
    x, y = spiral(rng(), [50, 50, 50], 0.0)
    turn = np.exp(-2j * np.pi / 3)  # the angle is measured from upwards, clockwise
    arms = [x[0, y == number] + 1j * x[1, y == number] for number in (0.0, 1.0, 2.0)]
    np.testing.assert_allclose(arms[1], arms[0] * turn, atol=1e-12)
    np.testing.assert_allclose(arms[2], arms[1] * turn, atol=1e-12)


def test_given_noise_when_a_spiral_is_drawn_then_no_point_strays_farther_on_an_axis() -> None:
    straight, _ = spiral(rng(), [500, 500], 0.0)
    strayed, _ = spiral(rng(), [500, 500], 0.5)
    distance = np.abs(strayed - straight)
    assert 0.49 < distance.max() <= 0.5
    assert distance.mean() == pytest.approx(0.25, abs=0.02)


def test_given_no_noise_when_a_plane_is_drawn_then_the_value_is_a_tenth_of_the_sum() -> None:
    x, y = plane(rng(), 1000, 0.0)
    np.testing.assert_allclose(y, (x[0] + x[1]) / 10.0, atol=1e-15)
    assert 5.9 < np.abs(x).max() <= 6.0


def test_given_noise_when_a_plane_is_drawn_then_values_are_off_by_this_deviation() -> None:
    """Given U(-6, 6) .5 on both axes, then the sum has variance 2 * 36 * .25 / 3 = 6."""
    x, y = plane(rng(), 100_000, 0.5)
    assert (10.0 * y - x.sum(axis=0)).var() == pytest.approx(6.0, rel=0.02)


def height(x: float, y: float) -> float:
    """The value of one point, worked out as the table of formulas says it."""
    cones = [(-4, 2.5, 1), (0, 2.5, -1), (4, 2.5, 1), (-4, -2.5, -1), (0, -2.5, 1), (4, -2.5, -1)]
    heights = [
        sign * max(0.0, 1.0 - float(np.hypot(x - cx, y - cy)) / 2.0) for cx, cy, sign in cones
    ]
    return max(heights, key=abs)


def test_given_no_noise_when_the_cones_are_drawn_then_every_value_is_that_of_the_nearest_one() -> (
    None
):
    x, y = gaussian(rng(), 2000, 0.0)
    expected = [height(*point) for point in x.T.tolist()]
    np.testing.assert_allclose(y, expected, atol=1e-12)
    assert y.max() > 0.9
    assert y.min() < -0.9
    assert (y == 0.0).sum() > 100


def test_given_no_noise_when_a_sine_is_drawn_then_it_is_one_and_noise_is_a_deviation() -> None:
    x, y = sine(rng(), 1000, 0.0)
    assert x.shape == (1, 1000)
    assert np.pi - 0.05 < np.abs(x).max() <= np.pi
    np.testing.assert_allclose(y, np.sin(x[0]), atol=1e-15)
    x, y = sine(rng(), 100_000, 0.3)
    assert (y - np.sin(x[0])).std() == pytest.approx(0.3, rel=0.02)


def test_given_counts_when_points_are_drawn_until_then_classes_have_exactly_these() -> None:
    """Given a class that one point in ten belongs to, then more are drawn until there are enough."""
    generator = rng()

    def draw(samples: int) -> tuple[Array, Array]:
        y = (generator.random(samples) < 0.1).astype(np.float64)
        return np.stack([y, y]), y

    x, y = until([3, 500], draw)
    assert y.tolist() == [0.0] * 3 + [1.0] * 500
    assert (x[0] == y).all()
