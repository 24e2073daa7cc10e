"""One fully connected layer: the article's worked example, shapes, initial parameters."""

import numpy as np
import pytest

from engine.errors import ConfigError, ShapeError
from engine.network.layer import FullyConnected


@pytest.fixture
def rng() -> np.random.Generator:
    return np.random.default_rng(0)


@pytest.fixture
def example(rng: np.random.Generator) -> FullyConnected:
    """The layer of the article's worked example: 2 inputs, 3 nodes, relu."""
    layer = FullyConnected(2, 3, "relu", rng)
    layer.weights[...] = [[0.5, 1.0], [0.1, -0.5], [-0.1, 0.1]]
    layer.biases[...] = [1.0, -1.0, 0.0]
    return layer


def test_given_the_worked_example_when_one_sample_goes_forward_then_z_and_a_are_the_articles(
    example: FullyConnected,
) -> None:
    """Given x = [5, 2] of shape (2,), then z and a are the article's, of shape (3,)."""
    a, z = example.forward(np.array([5.0, 2.0]))
    assert z.tolist() == pytest.approx([5.5, -1.5, -0.3], abs=1e-15)
    assert a.tolist() == pytest.approx([5.5, -0.075, -0.015], abs=1e-15)


def test_given_the_worked_example_when_a_batch_goes_forward_then_its_column_is_the_articles(
    example: FullyConnected,
) -> None:
    """Given x as a column beside another, then its column of the result is the article's."""
    a, z = example.forward(np.array([[5.0, 0.0], [2.0, 0.0]]))
    assert a.shape == z.shape == (3, 2)
    assert z[:, 0].tolist() == pytest.approx([5.5, -1.5, -0.3], abs=1e-15)
    assert a[:, 0].tolist() == pytest.approx([5.5, -0.075, -0.015], abs=1e-15)
    assert z[:, 1].tolist() == [1.0, -1.0, 0.0]
    assert a[:, 1].tolist() == pytest.approx([1.0, -0.05, 0.0], abs=1e-15)


@pytest.mark.parametrize("shape", [(3,), (3, 7), (1, 2), (2, 2, 2), ()])
def test_given_a_wrong_number_of_inputs_when_going_forward_then_the_error_names_both_shapes(
    example: FullyConnected, shape: tuple[int, ...]
) -> None:
    with pytest.raises(ShapeError) as caught:
        example.forward(np.zeros(shape))
    assert str(shape) in str(caught.value)
    assert "(3, 2)" in str(caught.value)


def test_given_a_wrong_shape_when_going_forward_then_it_can_be_caught_as_a_value_error(
    example: FullyConnected,
) -> None:
    with pytest.raises(ValueError, match="do not fit"):
        example.forward(np.zeros(5))


def test_given_the_result_of_one_pass_when_another_runs_then_the_first_stays(
    example: FullyConnected,
) -> None:
    first, _ = example.forward(np.array([5.0, 2.0]))
    example.forward(np.array([0.0, 0.0]))
    assert first[0] == 5.5


def test_given_assigned_parameters_when_going_forward_then_they_are_used(
    example: FullyConnected,
) -> None:
    """Given new values for the attributes, whole or in place, then the next pass uses them."""
    example.weights = np.zeros((3, 2))
    example.biases = np.array([1.0, 2.0, 3.0])
    example.weights[0, 0] = 10.0
    a, _ = example.forward(np.array([1.0, 0.0]))
    assert a.tolist() == [11.0, 2.0, 3.0]


@pytest.mark.parametrize("activation", ["relu", "sigmoid", "none"])
def test_given_large_inputs_when_going_forward_then_the_result_is_finite_and_without_warning(
    rng: np.random.Generator, activation: str, recwarn: pytest.WarningsRecorder
) -> None:
    """Given inputs of 1e12, then the result is finite and nothing is printed to the terminal."""
    layer = FullyConnected(2, 3, activation, rng)
    a, _ = layer.forward(np.full((2, 4), -1e12))
    assert np.isfinite(a).all()
    assert not recwarn.list


def test_given_he_initialization_when_drawn_then_it_scales_with_the_inputs(
    rng: np.random.Generator,
) -> None:
    """Given 200 inputs, then weights are normal with variance 2 / 200 and biases 0."""
    layer = FullyConnected(200, 300, "relu", rng, "he")
    assert layer.weights.mean() == pytest.approx(0.0, abs=0.002)
    assert layer.weights.std() == pytest.approx(0.1, rel=0.02)
    assert layer.biases.tolist() == [0.0] * 300


def test_given_the_articles_initialization_when_drawn_then_it_is_normal_around_minus_one(
    rng: np.random.Generator,
) -> None:
    """Given the article's initialization, then weights and biases have mean -1 and deviation 1."""
    layer = FullyConnected(30, 3000, "relu", rng, "article")
    for drawn in (layer.weights, layer.biases):
        assert drawn.mean() == pytest.approx(-1.0, abs=0.05)
        assert drawn.std() == pytest.approx(1.0, abs=0.05)


@pytest.mark.parametrize("initialization", ["he", "article"])
def test_given_the_same_seed_when_drawn_then_the_parameters_are_the_same(
    initialization: str,
) -> None:
    """Given two generators of one seed and a third of another, then only the two agree."""
    one, same, other = (
        FullyConnected(4, 5, "relu", np.random.default_rng(seed), initialization)  # type: ignore[arg-type]  # wrong on purpose
        for seed in (3, 3, 4)
    )
    assert one.parameters.tolist() == same.parameters.tolist()
    assert one.weights.tolist() != other.weights.tolist()


def test_given_an_unknown_initialization_when_asked_for_then_it_is_refused_with_the_known_names(
    rng: np.random.Generator,
) -> None:
    with pytest.raises(ConfigError, match=r"'ones'.*he, glorot, pytorch, article, uniform, zeros"):
        FullyConnected(2, 3, "relu", rng, "ones")  # type: ignore[arg-type]  # wrong on purpose


@pytest.mark.parametrize(("inputs", "nodes"), [(0, 3), (2, 0), (-1, 3), (2, -1)])
def test_given_no_inputs_or_nodes_when_made_then_the_layer_is_refused(
    rng: np.random.Generator, inputs: int, nodes: int
) -> None:
    with pytest.raises(ConfigError, match="at least one input and one node"):
        FullyConnected(inputs, nodes, "relu", rng)
