"""A point more or less: where it lies, and what of the data stays as it was."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.data.dataset import Dataset, Points
from engine.data.edited import with_point, without_point
from engine.data.plane import all_limits, drawn_limits
from engine.errors import ConfigError
from helpers.trainings import data_of

XY = (0, 1)
THREE_INPUTS = data_of(3, 3, 30, (), "standard")
VALUES = data_of(0, 1, 30, (), "none")


def added(
    dataset: Dataset,
    place: tuple[float, float] = (0.5, -0.25),
    label: float = 1.0,
    *,
    test: bool = False,
    plane: tuple[int, ...] = XY,
    most_drawn: int = 4096,
) -> Dataset:
    return with_point(dataset, plane, place, label, test=test, most_drawn=most_drawn)


@pytest.mark.parametrize("test", [False, True])
def test_given_three_inputs_when_a_point_is_added_then_the_third_is_the_median(test: bool) -> None:
    edited = added(THREE_INPUTS, label=2.0, test=test)

    before, after = (data.test if test else data.train for data in (THREE_INPUTS, edited))
    others = (edited.train, THREE_INPUTS.train) if test else (edited.test, THREE_INPUTS.test)
    assert after.x[:, -1].tolist() == [0.5, -0.25, np.median(THREE_INPUTS.train.x[2])]
    assert after.x[:, :-1].tolist() == before.x.tolist()
    assert after.y.tolist() == [*before.y.tolist(), 2.0]
    assert others[0] is others[1]
    assert (edited.transform, edited.target, edited.task) == (
        THREE_INPUTS.transform,
        THREE_INPUTS.target,
        THREE_INPUTS.task,
    )


def test_given_another_plane_when_a_point_is_added_then_it_lies_there() -> None:
    edited = added(THREE_INPUTS, plane=(2, 0))

    assert edited.train.x[:, -1].tolist() == [-0.25, np.median(THREE_INPUTS.train.x[1]), 0.5]


def test_given_one_input_when_a_point_is_added_then_the_label_is_what_it_is() -> None:
    edited = added(VALUES, (0.5, 99.0), 0.75, plane=(0,))

    assert (edited.train.x[:, -1].tolist(), edited.train.y[-1]) == ([0.5], 0.75)


def test_given_more_points_than_are_drawn_when_one_is_added_then_it_is_among_those_drawn() -> None:
    edited = added(THREE_INPUTS, most_drawn=5)

    assert edited.train.x[:2, 0].tolist() == [0.5, -0.25]
    assert edited.train.y[1:].tolist() == THREE_INPUTS.train.y.tolist()


@given(
    st.tuples(st.floats(-9.0, 9.0), st.floats(-9.0, 9.0)),
    st.sampled_from([0.0, 1.0, 2.0]),
    st.booleans(),
)
@settings(deadline=None, max_examples=50)
def test_given_a_point_that_was_added_when_removed_then_the_data_are_what_they_were(
    place: tuple[float, float], label: float, test: bool
) -> None:
    edited = added(THREE_INPUTS, place, label, test=test)
    side = edited.test if test else edited.train

    restored = without_point(edited, side.y.size - 1, test=test)

    for before, after in zip(THREE_INPUTS[:2], restored[:2], strict=True):
        assert (after.x.tobytes(), after.y.tobytes()) == (before.x.tobytes(), before.y.tobytes())
        assert (after.x.shape, after.x.flags.c_contiguous) == (before.x.shape, True)
    assert restored.edited is not None
    assert restored.edited.points == 2


def test_given_edited_data_when_written_to_then_they_refuse() -> None:
    edited = added(THREE_INPUTS)
    for array in edited.train:
        with pytest.raises(ValueError, match="read-only"):
            array[...] = 0.0


# ---- what is drawn of the plane


def test_given_points_within_what_is_drawn_when_added_or_removed_then_that_stays() -> None:
    before = drawn_limits(THREE_INPUTS, XY).tolist()
    leftmost = int(THREE_INPUTS.train.x[0].argmin())
    low, high = drawn_limits(THREE_INPUTS, XY)

    near_the_edge = added(THREE_INPUTS, (float(high[0]), float(low[1])))
    removed = without_point(near_the_edge, leftmost, test=False)

    assert drawn_limits(near_the_edge, XY).tolist() == before
    assert drawn_limits(removed, XY).tolist() == before
    assert all_limits(removed)[:, :2].tolist() == before


def test_given_a_point_outside_when_added_then_what_is_drawn_holds_it_with_a_margin() -> None:
    (left, bottom), (right, top) = drawn_limits(THREE_INPUTS, XY)

    limits = drawn_limits(added(THREE_INPUTS, (float(right) + 10.0, 0.0)), XY)

    farther = right + 10.0 + 0.08 * (right + 10.0 - left)
    assert limits.tolist() == [[left, bottom], [farther, top]]


def test_given_one_input_when_a_value_is_outside_then_what_is_drawn_reaches_to_it() -> None:
    (_, bottom), _ = drawn_limits(VALUES, (0,))

    _, (_, top) = drawn_limits(added(VALUES, (0.0, 0.0), 7.0, plane=(0,)), (0,))

    assert top == 7.0 + 0.08 * (7.0 - bottom)


# ---- what is refused


@pytest.mark.parametrize("label", [-1.0, 3.0, 0.5, float("nan")])
def test_given_a_class_that_there_is_none_of_when_added_then_one_line_says_what_there_is(
    label: float,
) -> None:
    with pytest.raises(ConfigError) as caught:
        added(THREE_INPUTS, label=label)

    said = f"point: there is no class number {label:g}; 0 to 2 are a, b, c"
    assert str(caught.value) == said


def test_given_a_value_that_is_no_number_when_added_then_it_is_refused() -> None:
    with pytest.raises(ConfigError, match="point: inf is no value"):
        added(VALUES, label=float("inf"), plane=(0,))


@pytest.mark.parametrize(("test", "name"), [(False, "training"), (True, "test")])
def test_given_the_last_point_of_a_side_when_removed_then_it_is_refused(
    test: bool, name: str
) -> None:
    one = Points(np.array([[0.0], [1.0]]), np.array([1.0]))

    with pytest.raises(ConfigError, match=f"point: it is the last {name} point"):
        without_point(Dataset(one, one), 0, test=test)


def test_given_as_many_points_as_there_may_be_when_one_is_added_then_it_is_refused() -> None:
    many = Points(np.zeros((1, 999_999)), np.zeros(999_999))
    one = Points(np.zeros((1, 1)), np.zeros(1))

    with pytest.raises(ConfigError, match="point: there are 1,000,000 already"):
        added(Dataset(many, one), label=0.0, plane=(0,))
