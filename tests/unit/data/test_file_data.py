"""A file of a person's own: what is learnt of it, and what is told where that is impossible."""

import hashlib
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from engine.data.load import load_dataset, raw_data
from engine.errors import ConfigError, FileError, MoonwalkError
from helpers.data_sets import config_of

NAMES = (
    "moons, circles, xor, gauss, spiral, plane, gaussian, sine, iris, wine, cancer, digits,"
    " diabetes"
)
LETTERS = "abcdefghijkl"


@pytest.fixture
def table(tmp_path: Path) -> Path:
    """40 rows of two numbers, a name, a value, and a class of ten rows each."""
    rows = [f"{n},{n * n % 7},n{n},{n / 4},{'pqrs'[n % 4]}" for n in range(40)]
    path = tmp_path / "table.csv"
    path.write_text("one,two,name,size,kind\n" + "\n".join(rows) + "\n")
    return path


def test_given_a_file_when_loaded_then_its_last_column_is_learned_from_those_with_numbers(
    table: Path,
) -> None:
    raw = raw_data(config_of(str(table)))
    assert raw.input_names == ("one", "two", "size")
    assert (raw.target, raw.classes, raw.ignored) == ("kind", ("p", "q", "r", "s"), ("name",))
    assert raw.class_counts == [10, 10, 10, 10]
    assert raw.digest == hashlib.sha256(table.read_bytes()).hexdigest()


def test_given_a_file_when_loaded_then_both_sides_are_scaled_and_hold_every_class(
    table: Path,
) -> None:
    dataset = load_dataset(config_of(str(table)))
    assert (dataset.train.x.shape, dataset.test.x.shape) == ((3, 30), (3, 10))
    assert set(dataset.train.y) == set(dataset.test.y) == {0.0, 1.0, 2.0, 3.0}
    np.testing.assert_allclose(dataset.transform(dataset.train.x).std(axis=1), 1.0)
    assert dataset.digest == hashlib.sha256(table.read_bytes()).hexdigest()


def test_given_a_column_of_many_numbers_when_it_is_the_target_then_its_value_is_learned(
    table: Path,
) -> None:
    dataset = load_dataset(config_of(str(table), target="size", columns=("two", "one")))
    assert dataset.task.is_regression
    assert (dataset.task.inputs, dataset.task.target) == (("two", "one"), "size")
    assert dataset.target.center == pytest.approx(dataset.train.y.mean())


def test_given_classes_when_chosen_then_only_their_rows_are_learned(table: Path) -> None:
    raw = raw_data(config_of(str(table), keep_classes=("s", "q")))
    assert (raw.classes, raw.class_counts) == (("s", "q"), [10, 10])


def test_given_more_than_ten_classes_when_two_are_chosen_then_they_are_learned(
    tmp_path: Path,
) -> None:
    path = tmp_path / "letters.csv"
    path.write_text("".join(f"{n},{LETTERS[n % 12]}\n" for n in range(48)))
    with pytest.raises(ConfigError, match="has 12 different values; there can be 2 to 10 classes"):
        raw_data(config_of(str(path)))
    raw = raw_data(config_of(str(path), keep_classes=("l", "a")))
    assert (raw.classes, raw.class_counts) == (("l", "a"), [4, 4])


def test_given_numbers_when_classes_of_them_are_chosen_then_they_are_classes(
    tmp_path: Path,
) -> None:
    path = tmp_path / "numbers.csv"
    path.write_text("".join(f"{n},{n % 12}\n" for n in range(48)))
    raw = raw_data(config_of(str(path), keep_classes=("0", "11")))
    assert (raw.problem, raw.class_counts) == ("classification", [4, 4])


def test_given_a_digest_when_the_file_has_changed_then_it_is_refused(table: Path) -> None:
    digest = hashlib.sha256(table.read_bytes()).hexdigest()
    load_dataset(config_of(str(table), data_digest=digest))
    with table.open("a") as file:
        file.write("1,2,n,3,p\n")
    with pytest.raises(FileError, match="it has changed since this run began") as caught:
        load_dataset(config_of(str(table), data_digest=digest))
    assert digest[:12] in str(caught.value)


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("moon", f"data: 'moon' is neither a file nor one of {NAMES}; did you mean moons?"),
        ("Iris", f"data: 'Iris' is neither a file nor one of {NAMES}; did you mean iris?"),
        ("zzz", f"data: 'zzz' is neither a file nor one of {NAMES}"),
        ("spiral:6", "data: 'spiral:6': give 2 to 5 arms, as spiral:3"),
        ("iris:3", "data: 'iris:3': iris takes no number"),
        ("table.csv", "data: there is no file 'table.csv'"),
        ("folder/table", "data: there is no file 'folder/table'"),
        ("/dev/null", "data: '/dev/null' is no regular file; --data - reads from a pipe"),
        ("/", "data: '/' is a folder; name a file in it"),
        ("x" * 300, f"data: '{'x' * 36}...: File name too long"),
    ],
)
def test_given_no_file_when_loaded_then_one_line_says_what_there_is(
    name: str, message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ConfigError) as caught:
        load_dataset(config_of(name))
    assert str(caught.value) == message


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"noise": 0.3}, "noise: points of a file are what they are"),
        ({"samples": 41}, "samples: 41 are more than the 40 rows that there are"),
        ({"problem": "regression"}, "problem: a regression needs numbers, and 'kind' is text"),
        ({"target": "weight"}, "target: there is no column 'weight' among one, two"),
        ({"columns": ("kind",)}, "columns: 'kind' is the target"),
        ({"keep_classes": ("p", "z")}, "classes: there is no class 'z' among p, q, r, s"),
        ({"keep_classes": ("p",)}, "classes: 'p' alone leaves nothing to tell apart; name two"),
        ({"target": "size", "balance": 0.5}, "balance: it is for classes, and these are values"),
        ({"features": ("x", "xy")}, "features: they are made of two inputs, and there are 3"),
        ({"plane": ("one", "name")}, "plane: there is no input 'name' among one, two, size"),
        ({"pca": 4}, "pca: 4 components of 3 inputs and 30 training points; there are 3"),
        ({"test_size": 0.05}, "test-size: 0.05 of 40 samples leaves no point of class"),
        ({"test_size": 0.02}, "test-size: 0.02 of 40 samples leaves 39 to train on and 1 to test"),
    ],
)
def test_given_what_does_not_fit_the_file_when_loaded_then_one_line_says_so(
    table: Path, values: dict[str, Any], message: str
) -> None:
    with pytest.raises(MoonwalkError) as caught:
        load_dataset(config_of(str(table), **values))
    assert str(caught.value).startswith(message)


@pytest.mark.filterwarnings("error")
def test_given_inputs_whose_squares_have_no_spread_when_features_are_made_then_one_line_says_so(
    tmp_path: Path,
) -> None:
    path = tmp_path / "large.csv"
    path.write_text("\n".join(f"{n}e90,{n * n % 7},{'pq'[n % 2]}" for n in range(40)))
    with pytest.raises(ConfigError) as caught:
        load_dataset(config_of(str(path), features=("x2", "y"), scaling="standard"))
    assert str(caught.value) == "features: of inputs up to 4e+91, they are too large"
