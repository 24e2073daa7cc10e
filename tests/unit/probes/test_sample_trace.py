"""What is told of one point: which it is, and what the network makes of it."""

import math

import msgspec
import numpy as np
import pytest

from engine.data.dataset import Dataset
from engine.messages.commands import AddPoint
from engine.messages.network_view import SampleView
from engine.messages.snapshot import Bounds
from engine.messages.view import View
from engine.probes.nearest import nearest_point
from engine.run.run import Run
from engine.wire import codec
from engine.wire.protocol import SnapshotReply
from helpers.runs import SMALL, new_run
from helpers.trainings import data_of

STANDARD = msgspec.structs.replace(SMALL, scaling="standard")


def asked(run: Run, place: tuple[float, float], *, tested: bool = False) -> SampleView:
    sample = run.snapshot(View(sample=place, test_predictions=tested)).sample
    assert sample is not None
    return sample


def run_on(dataset: Dataset) -> Run:
    run = Run(STANDARD, pace=0, dataset=dataset)
    run.advance(50)
    return run


def test_given_nobody_asks_when_told_then_there_is_none() -> None:
    assert new_run().snapshot(View()).sample is None


@pytest.mark.parametrize(
    ("place", "number"), [((0.0, 0.0), 3), ((9.0, 0.9), 1), ((2.0, 1.1), 2), ((5.5, 1.0), 2)]
)
def test_given_places_when_asked_then_it_is_the_nearest_as_seen_and_the_last_of_equals(
    place: tuple[float, float], number: int
) -> None:
    """One upwards is as far as ten across."""
    x = np.array([[0.0, 10.0, 1.0, 0.0], [0.0, 1.0, 1.0, 0.0]])

    assert nearest_point(x, Bounds(0.0, 20.0, 0.0, 2.0), place).number == number


def test_given_a_point_of_two_classes_when_asked_then_all_of_its_way_is_told() -> None:
    run = new_run()
    run.advance(100)
    run.apply(AddPoint(0.5, 0.25, 1.0))
    _, cache = run.trainer.network.forward(np.array([[0.5], [0.25]]))

    sample = asked(run, (0.501, 0.249))

    assert (sample.test, sample.index) == (False, 30)
    assert (sample.across, sample.up, sample.label) == (0.5, 0.25, 1.0)
    assert sample.inputs == sample.features == [0.5, 0.25]
    assert sample.activations == [cache.a[0][:, 0].tolist(), cache.a[1][:, 0].tolist()]
    p = float(cache.a[1][0, 0])
    assert sample.probabilities == [1.0 - p, p]
    assert sample.prediction == (p >= 0.5)
    assert sample.loss == pytest.approx(-math.log(p), rel=1e-12)


def test_given_three_classes_on_a_scale_when_asked_then_inputs_are_as_in_the_data() -> None:
    run = run_on(data_of(3, 3, 30, (), "standard"))
    train = run.trainer.dataset.train

    sample = asked(run, (float(train.x[0, 4]), float(train.x[1, 4])))

    assert (sample.index, sample.inputs) == (4, train.x[:, 4].tolist())
    scaled = run.trainer.dataset.transform(train.x[:, 4:5])[:, 0]
    assert sample.features == scaled.tolist() != sample.inputs
    assert (len(sample.probabilities), sum(sample.probabilities)) == (3, pytest.approx(1.0))
    assert sample.prediction == np.argmax(sample.probabilities)
    likely = sample.probabilities[int(sample.label)]
    assert sample.loss == pytest.approx(-math.log(likely), rel=1e-9)


def test_given_values_when_asked_then_the_prediction_is_in_their_unit_and_the_loss_is_not() -> None:
    run = run_on(data_of(0, 1, 30, (), "standard"))
    dataset = run.trainer.dataset
    assert dataset.target.scale != 1.0

    sample = asked(run, (float(dataset.train.x[0, 4]), float(dataset.train.y[4])))

    assert (sample.index, sample.probabilities) == (4, [])
    assert sample.label == sample.up == dataset.train.y[4]
    predicted = run.snapshot(View()).train_predictions.values
    assert sample.prediction == pytest.approx(predicted[4], rel=1e-12)
    error = (sample.prediction - sample.label) / dataset.target.scale
    assert sample.loss == pytest.approx(error**2, rel=1e-9)


def test_given_a_test_point_that_is_nearest_when_asked_then_it_is_told_where_it_is_drawn() -> None:
    run = new_run()
    x, y = run.trainer.dataset.test.x[:, 3]

    hidden, shown = (asked(run, (float(x), float(y)), tested=tested) for tested in (False, True))

    assert (shown.test, shown.index, shown.inputs) == (True, 3, [x, y])
    assert not hidden.test


def test_given_a_sample_when_sent_then_it_arrives_whole() -> None:
    view = View(sample=(0.5, 0.25), test_predictions=True)
    snapshot = new_run().snapshot(view)
    reply = codec.decode_to_dashboard(codec.frame(SnapshotReply(1, snapshot))[4:])

    assert isinstance(reply, SnapshotReply)
    arrived = reply.snapshot
    assert isinstance(arrived.sample, SampleView)
    assert arrived.sample == snapshot.sample
    sent = snapshot.test_predictions
    assert sent is not None
    assert arrived.test_predictions is not None
    assert arrived.test_predictions.classes.tolist() == sent.classes.tolist()


@pytest.mark.parametrize("place", [(math.nan, 0.0), (0.0, math.inf)])
def test_given_a_place_that_is_nowhere_when_asked_then_the_view_is_refused(
    place: tuple[float, float],
) -> None:
    with pytest.raises(ValueError, match="nowhere"):
        View(sample=place)


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("place", [(1e308, 0.0), (-1e300, 1e300)])
def test_given_a_place_at_the_end_of_all_numbers_when_asked_then_some_point_is_told_in_silence(
    place: tuple[float, float],
) -> None:
    run = new_run()
    run.advance(10)

    assert asked(run, place, tested=True).index in range(30)
