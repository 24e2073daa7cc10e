"""Where data come from, made readable for another process."""

import io
import sys
from pathlib import Path
from typing import Any

import pytest

from engine.errors import ConfigError, FileError
from helpers.data_sets import config_of
from tui.cli.data_source import readable_data


class Stdin(io.TextIOWrapper):
    def __init__(self, data: bytes, *, is_terminal: bool = False) -> None:
        super().__init__(io.BytesIO(data))
        self.is_terminal = is_terminal

    def isatty(self) -> bool:
        return self.is_terminal


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def read(data: str, **values: Any) -> str:
    return readable_data(config_of(data, **values), opens_dashboard=False).data


def test_given_a_file_when_made_readable_then_its_path_is_whole(home: Path) -> None:
    (home / "mine.csv").write_text("1,a\n")
    assert read("mine.csv") == str(home / "mine.csv")


@pytest.mark.parametrize("name", ["moons", "spiral:3", "moon", "absent.csv", "x" * 300])
def test_given_no_file_when_made_readable_then_its_name_stays(name: str) -> None:
    assert read(name) == name


def test_given_a_data_set_when_a_file_has_its_name_then_the_data_set_is_meant(home: Path) -> None:
    (home / "moons").write_text("1,a\n")
    assert read("moons") == "moons"
    assert read("./moons") == str(home / "moons")


def test_given_a_pipe_when_read_then_its_data_are_kept_in_the_state_folder(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", Stdin(b"1,a\n2,b\n"))
    path = Path(read("-"))
    assert path.parent.parent == home / "state" / "moonwalk" / "data"
    assert path.read_bytes() == b"1,a\n2,b\n"


def test_given_no_home_when_a_pipe_is_read_then_its_data_are_kept_in_a_temporary_file(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tui.cli.data_source.data_folder", lambda: None)
    monkeypatch.setattr("tempfile.tempdir", str(home))
    monkeypatch.setattr(sys, "stdin", Stdin(b"1,a\n"))
    path = Path(read("-"))
    assert path.read_bytes() == b"1,a\n"
    assert path.parent.parent.name.startswith("moonwalk-")
    assert path.parent.stat().st_mode & 0o777 == 0o700


def test_given_a_terminal_when_stdin_is_asked_for_then_it_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sys, "stdin", Stdin(b"", is_terminal=True))
    with pytest.raises(ConfigError, match="- reads from a pipe, as in: moonwalk --data - < FILE"):
        read("-")


def test_given_a_folder_that_cannot_be_written_when_a_pipe_is_read_then_one_line_says_so(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (home / "state").write_text("a file where the folder should be")
    monkeypatch.setattr(sys, "stdin", Stdin(b"1,a\n"))
    with pytest.raises(FileError, match=r"what stdin holds cannot be kept in .*: Not a directory"):
        read("-")
