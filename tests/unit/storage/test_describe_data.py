"""What is told of data before anything is learnt from them."""

from pathlib import Path

from engine.storage.describe_data import describe_data
from helpers.data_sets import config_of


def test_given_a_file_when_described_then_rows_ranges_and_what_was_left_out_are_told(
    tmp_path: Path,
) -> None:
    path = tmp_path / "table.csv"
    rows = [f"{n},{10 - n},n{n},{'pq'[n % 2]}" for n in range(8)]
    path.write_text("one,two,name,kind\n" + "\n".join(rows) + "\n,5,n,p\n")
    summary = describe_data(config_of(str(path)))
    assert [(one.name, one.least, one.greatest) for one in summary.inputs] == [
        ("one", 0.0, 7.0),
        ("two", 3.0, 10.0),
    ]
    assert (summary.num_points, summary.left_out, summary.ignored) == (8, 1, ("name",))
    assert summary.class_counts == [4, 4]
    assert summary.points.plane == ("one", "two")


def test_given_a_plane_when_described_then_its_inputs_are_drawn() -> None:
    summary = describe_data(config_of("iris", plane=("petal width", "petal length")))
    assert summary.points.plane == ("petal width", "petal length")
    assert (summary.points.train_count, summary.points.test_count) == (112, 38)


def test_given_components_when_described_then_they_are_the_inputs() -> None:
    summary = describe_data(config_of("digits", pca=3))
    assert [one.name for one in summary.inputs] == ["pc1", "pc2", "pc3"]
