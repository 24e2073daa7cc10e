"""A copy of a layer, network, cache or trainer goes on learning as the original does."""

import copy
import pickle
from collections.abc import Callable
from typing import Any

import cloudpickle
import numpy as np
import pytest

from engine.config.training_config import TrainingConfig
from engine.messages.view import View
from engine.network.neural_network import NeuralNetwork
from engine.training.trainer import Trainer
from helpers.runs import assert_same_field, moons, new_run

WAYS: dict[str, Callable[[Any], Any]] = {
    "deepcopy": copy.deepcopy,
    "pickle": lambda original: pickle.loads(pickle.dumps(original)),
    "cloudpickle": lambda original: cloudpickle.loads(cloudpickle.dumps(original)),
}

copied = pytest.mark.parametrize("way", WAYS.values(), ids=WAYS.keys())

CONFIG = TrainingConfig(samples=40, layers=(4, 3), steps=1_000)


def network() -> NeuralNetwork:
    rng = np.random.default_rng(3)
    return NeuralNetwork(2, [4, 3, 1], ["relu", "relu", "sigmoid"], rng)


def taught(network: NeuralNetwork, updates: int = 100) -> str:
    train = moons(CONFIG).train
    for _ in range(updates):
        _, cache = network.forward(train.x)
        network.backward(cache, train.y, 0.25)
    return network.sha256()


@copied
def test_given_a_copied_network_when_both_learn_then_they_come_to_the_same_bits(
    way: Callable[[Any], Any],
) -> None:
    original = network()
    before = taught(original, 10)

    other = way(original)

    assert other.sha256() == before
    after = taught(other)
    assert after != before
    assert original.sha256() == before
    assert taught(original) == after


@copied
def test_given_a_copied_trainer_when_both_advance_then_they_come_to_the_same_bits(
    way: Callable[[Any], Any],
) -> None:
    original = Trainer(CONFIG, moons(CONFIG))
    original.advance(77)
    original.set_alpha(0.5)
    before = original.network.sha256()

    other = way(original)
    other.advance(100)

    assert original.network.sha256() == before != other.network.sha256()
    original.advance(100)
    assert other.network.sha256() == original.network.sha256()
    assert other.alpha_changes == original.alpha_changes == [(77, 0.5)]
    assert other.best.loss == original.best.loss
    for one, another in (
        (other.losses.train, original.losses.train),
        (other.losses.test, original.losses.test),
    ):
        assert one.count == another.count
        assert one.buckets.tobytes() == another.buckets.tobytes()
    assert other.losses.early.state() == original.losses.early.state()


@copied
def test_given_a_copied_layer_when_changed_then_it_computes_with_what_it_has(
    way: Callable[[Any], Any],
) -> None:
    original = network().layers[0]
    inputs = np.array([0.5, -1.0])

    other = way(original)
    other.weights[...] *= 2.0
    other.biases[...] = 1.0

    a, z = other.forward(inputs)
    assert z.tolist() == (2.0 * original.weights @ inputs + 1.0).tolist()
    assert original.biases.tolist() == [0.0] * 4
    assert a.shape == (4,)


@copied
@pytest.mark.parametrize("cache_first", [True, False])
def test_given_a_network_copied_with_its_cache_when_run_then_they_belong_together(
    way: Callable[[Any], Any], cache_first: bool
) -> None:
    original, train = network(), moons(CONFIG).train
    cache = original.make_cache(train.y.size, keep_z=False)
    cache.inputs[...] = train.x
    taught(original, 5)
    pair = (cache, original) if cache_first else (original, cache)

    copies = way(pair)
    other, its_cache = reversed(copies) if cache_first else copies
    taught(other, 5)
    for operation in its_cache.forward_operations:
        operation()

    expected, _ = other.forward(train.x)
    assert its_cache.predictions.tobytes() == expected.tobytes()
    assert its_cache.inputs.tobytes() == train.x.tobytes()


@copied
def test_given_a_cache_after_a_backward_pass_when_copied_then_its_gradients_are_there(
    way: Callable[[Any], Any],
) -> None:
    original, train = network(), moons(CONFIG).train
    _, cache = original.forward(train.x)
    original.backward(cache, train.y, 0.25)

    other = way(cache)

    for layer in range(3):
        assert other.dw[layer].tobytes() == cache.dw[layer].tobytes()
        assert other.db[layer].tobytes() == cache.db[layer].tobytes()
        assert other.z[layer].tobytes() == cache.z[layer].tobytes()
        assert other.a[layer].tobytes() == cache.a[layer].tobytes()
    other.gradient[...] = 7.0
    assert other.dw[0].tolist() == [[7.0, 7.0]] * 4


def test_given_the_state_of_another_network_when_made_a_trainer_then_it_is_refused() -> None:
    state = Trainer(CONFIG, moons(CONFIG)).state()
    other = Trainer(TrainingConfig(samples=40, layers=(2,)), moons(CONFIG)).state()
    from msgspec.structs import replace

    with pytest.raises(ValueError, match="9 parameters for a network of 31"):
        Trainer.from_state(replace(state, learned=other.learned), moons(CONFIG))


def test_given_a_shallow_copy_of_a_network_when_the_original_learns_then_it_still_does() -> None:
    original, control = network(), network()

    other = copy.copy(original)

    assert taught(original) == taught(control)
    assert other.sha256() == network().sha256()


def test_given_a_copied_run_when_both_advance_then_their_pictures_are_the_same() -> None:
    original = new_run()
    original.advance(20)

    other = copy.deepcopy(original)
    for run in (original, other):
        run.advance(100)
        run.touch()

    view = View(field_rows=8, field_columns=8)
    assert_same_field(other.snapshot(view).field, original.snapshot(view).field)
    assert other.trainer.network.sha256() == original.trainer.network.sha256()
