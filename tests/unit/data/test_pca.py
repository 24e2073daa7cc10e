"""Principal components, against scikit-learn's."""

import numpy as np
import pytest
from sklearn.decomposition import PCA
from sklearn.preprocessing import StandardScaler

from engine.config.names import Scaling
from engine.data.load import load_dataset
from engine.data.pca import fitted_pca
from engine.errors import ConfigError
from helpers.data_sets import config_of


@pytest.mark.parametrize("name", ["iris", "wine", "cancer", "digits"])
@pytest.mark.parametrize("scaling", ["standard", "none"])
def test_given_data_when_projected_then_it_is_scikit_learns_but_for_the_sign(
    name: str, scaling: Scaling
) -> None:
    x = load_dataset(config_of(name)).train.x
    rows = StandardScaler().fit_transform(x.T) if scaling == "standard" else x.T
    expected = PCA(2, svd_solver="full").fit_transform(rows).T
    made = fitted_pca(2, scaling, x)(x)
    signs = np.sign((made * expected).sum(axis=1, keepdims=True))
    np.testing.assert_allclose(made, expected * signs, atol=1e-8 * np.abs(expected).max())


def test_given_a_direction_when_either_sign_would_do_then_its_largest_entry_is_positive() -> None:
    x = load_dataset(config_of("cancer")).train.x
    for data in (x, -x):
        components = fitted_pca(5, "standard", data).components
        largest = np.abs(components).argmax(axis=1)
        assert (components[np.arange(5), largest] > 0.0).all()


def test_given_components_when_loaded_then_they_are_the_inputs_on_both_sides() -> None:
    plain, dataset = load_dataset(config_of("wine")), load_dataset(config_of("wine", pca=2))
    project = fitted_pca(2, "standard", plain.train.x)
    assert dataset.task.inputs == dataset.task.features == ("pc1", "pc2")
    np.testing.assert_allclose(dataset.train.x, project(plain.train.x), atol=1e-12)
    np.testing.assert_allclose(dataset.test.x, project(plain.test.x), atol=1e-12)
    assert dataset.train.x[0].var() > dataset.train.x[1].var()


def test_given_two_components_when_features_are_asked_for_then_they_are_x_and_y() -> None:
    dataset = load_dataset(config_of("wine", pca=2, features=("x", "x2"), scaling="standard"))
    assert dataset.task.features == ("x", "x2")
    assert dataset.transform(dataset.train.x).shape == (2, 133)


def test_given_more_components_than_training_points_when_asked_for_then_they_are_refused() -> None:
    with pytest.raises(ConfigError, match="pca: 13 components of 13 inputs and 8 training points"):
        load_dataset(config_of("wine", samples=12, test_size=0.3, pca=13))
