"""Binary cross-entropy of predictions, the function; the losses of training are in test_loss_*.py."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.errors import ShapeError
from engine.network.losses import binary_cross_entropy

labelled_predictions = st.lists(
    st.tuples(st.floats(1e-6, 1.0 - 1e-6), st.sampled_from([0.0, 1.0])), min_size=1, max_size=20
)


@pytest.mark.parametrize(
    ("predictions", "labels", "loss"),
    [
        ([0.5], [1.0], 0.6931471805599453),
        ([0.5], [0.0], 0.6931471805599453),
        ([0.8], [1.0], 0.2231435513142097),
        ([0.8], [0.0], 1.6094379124341003),
        # (ln 10/9 + ln 5/4 + ln 2) / 3
        ([0.9, 0.2, 0.5], [1.0, 0.0, 1.0], 0.3405504158439939),
    ],
)
def test_given_predictions_when_the_loss_is_taken_then_it_is_the_value_worked_out_by_hand(
    predictions: list[float], labels: list[float], loss: float
) -> None:
    """Given predictions and labels, then the loss is the mean of -ln of the right class's share."""
    assert binary_cross_entropy(np.array(predictions), np.array(labels)) == pytest.approx(
        loss, rel=1e-13
    )


def test_given_a_row_or_a_flat_batch_when_the_loss_is_taken_then_it_is_the_same() -> None:
    """Given predictions of shape (1, batch), then the loss is that of shape (batch,)."""
    row = binary_cross_entropy(np.array([[0.8, 0.5]]), np.array([1.0, 0.0]))
    assert row == pytest.approx(0.4581453659370775, rel=1e-13)


@pytest.mark.parametrize(("prediction", "label"), [(0.0, 1.0), (1.0, 0.0)])
def test_given_a_certain_and_wrong_prediction_when_the_loss_is_taken_then_it_is_large_and_finite(
    prediction: float, label: float
) -> None:
    """Given a prediction of exactly 0 or 1 on the wrong side, then the loss is large and finite."""
    loss = binary_cross_entropy(np.array([prediction]), np.array([label]))
    assert 30.0 < loss < 1000.0


@pytest.mark.parametrize("label", [0.0, 1.0])
def test_given_a_certain_and_right_prediction_when_the_loss_is_taken_then_it_is_zero(
    label: float,
) -> None:
    assert binary_cross_entropy(np.array([label]), np.array([label])) == pytest.approx(
        0.0, abs=1e-12
    )


@given(labelled_predictions)
@settings(deadline=None)
def test_given_a_batch_when_classes_are_swapped_then_the_loss_is_the_same(
    batch: list[tuple[float, float]],
) -> None:
    """Given (a, y), when both classes change names to (1 - a, 1 - y), then the loss stays."""
    predictions, labels = np.array(batch).T
    assert binary_cross_entropy(1.0 - predictions, 1.0 - labels) == pytest.approx(
        binary_cross_entropy(predictions, labels), rel=1e-9, abs=1e-9
    )


@given(labelled_predictions)
@settings(deadline=None)
def test_given_any_batch_when_the_loss_is_taken_then_it_agrees_with_the_formula_summed_by_loop(
    batch: list[tuple[float, float]],
) -> None:
    """Given any batch, then the loss is the mean of -(y ln a + (1 - y) ln(1 - a))."""
    total = 0.0
    for a, y in batch:
        total -= y * math.log(a) + (1.0 - y) * math.log(1.0 - a)
    predictions, labels = np.array(batch).T
    assert binary_cross_entropy(predictions, labels) == pytest.approx(
        total / len(batch), rel=1e-9, abs=1e-12
    )


def test_given_arrays_when_the_loss_is_taken_then_they_stay_as_they_are() -> None:
    predictions, labels = np.array([0.25, 0.75]), np.array([0.0, 1.0])
    binary_cross_entropy(predictions, labels)
    assert predictions.tolist() == [0.25, 0.75]
    assert labels.tolist() == [0.0, 1.0]


def test_given_fewer_labels_than_predictions_when_the_loss_is_taken_then_it_is_refused() -> None:
    """Given 3 predictions and 2 labels, then a ShapeError names both counts."""
    with pytest.raises(ShapeError, match=r"\b3\b.*\b2\b"):
        binary_cross_entropy(np.array([0.1, 0.2, 0.3]), np.array([0.0, 1.0]))


def test_given_one_label_when_the_loss_of_a_batch_is_taken_then_it_is_not_stretched() -> None:
    with pytest.raises(ShapeError):
        binary_cross_entropy(np.array([0.1, 0.2, 0.3]), np.array([1.0]))
