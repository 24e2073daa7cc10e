"""The path of a file, as it is typed."""

from pathlib import Path

import pytest

from engine.errors import ConfigError
from tui.widgets.setup.paths import candidates, completed, whole_path


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "houses.csv").write_text("a,b\n")
    (tmp_path / "houses-2.csv").write_text("a,b\n")
    (tmp_path / ".hidden.csv").write_text("a,b\n")
    (tmp_path / "more").mkdir()
    (tmp_path / "more" / "deep.csv").write_text("a,b\n")
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("hou", ["houses-2.csv", "houses.csv"]),
        ("m", ["moons", "more/"]),
        ("more/", ["more/deep.csv"]),
        ("~/more/d", ["~/more/deep.csv"]),
        ("", ["houses-2.csv", "houses.csv", "more/"]),
        (".h", [".hidden.csv"]),
        ("spi", ["spiral"]),
        ("nowhere/x", []),
        ("\0", []),
    ],
)
def test_given_a_beginning_when_looked_up_then_these_go_on_with_it(
    folder: Path, typed: str, found: list[str]
) -> None:
    assert candidates(typed) == found


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("hou", "houses"),
        ("houses.", "houses.csv"),
        ("mor", "more/"),
        ("more/", "more/deep.csv"),
        ("~/mo", "~/more/"),
        ("zebra", "zebra"),
        ("m", "mo"),
    ],
)
def test_given_a_beginning_when_completed_then_it_goes_as_far_as_all_do(
    folder: Path, typed: str, text: str
) -> None:
    assert completed(typed) == text


def test_given_a_whole_path_when_completed_from_the_root_then_it_is_whole(folder: Path) -> None:
    assert completed(f"{folder}/mo") == f"{folder}/more/"


def test_given_a_path_when_taken_then_it_is_whole_and_a_name_stays(folder: Path) -> None:
    assert whole_path("data", " houses.csv ") == str(folder / "houses.csv")
    assert whole_path("data", "~/more/deep.csv") == str(folder / "more" / "deep.csv")
    assert whole_path("data", "spiral:3") == "spiral:3"
    assert whole_path("data", "spiral:9") == "spiral:9"  # whose refusal names the arms


@pytest.mark.parametrize("typed", ["houses", "more", "-", "~nobody-of-that-name/x", "a\0b"])
def test_given_no_file_when_taken_then_it_says_so(folder: Path, typed: str) -> None:
    with pytest.raises(ConfigError, match="there is no data set and no file"):
        whole_path("data", typed)
