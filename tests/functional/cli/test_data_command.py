"""`moonwalk data`, and data through a pipe, as a person and a script use them."""

import json
from pathlib import Path

import pytest

from engine.config.data_sets import DATA_SETS
from helpers.command_line import in_shell, moonwalk
from helpers.dashboard_terminal import COMMAND, exit_status, wait_for_progress
from helpers.pseudo_terminal import PseudoTerminal

ROWS = "".join(f"{n},{n * 7 % 11},{'pq'[n % 2]}\n" for n in range(40))


@pytest.mark.slow
def test_given_no_name_when_listed_then_every_data_set_is_there_in_80_columns() -> None:
    finished = moonwalk("data", LC_ALL="C.UTF-8")
    assert (finished.returncode, finished.stderr) == (0, "")
    lines = finished.stdout.splitlines()
    assert [line[16:].split()[0] for line in lines[::4]] == list(DATA_SETS)
    assert max(map(len, lines)) <= 80
    assert "\x1b" not in finished.stdout


def test_given_json_when_listed_then_figures_are_printed() -> None:
    finished = moonwalk("data", "--json")
    figures = {one["data"]: one for one in json.loads(finished.stdout)}
    assert list(figures) == list(DATA_SETS)
    assert figures["spiral"]["most_noise"] == 0.5
    assert figures["iris"]["noise"] is None


def test_given_a_file_when_shown_then_it_is_drawn_with_its_facts(tmp_path: Path) -> None:
    path = tmp_path / "mine.csv"
    path.write_text("one,two,kind\n" + ROWS + ",1,p\n")
    finished = moonwalk("data", str(path), "--ascii")
    assert (finished.returncode, finished.stderr) == (0, "")
    assert finished.stdout.isascii()
    lines = finished.stdout.splitlines()
    assert lines[20] == "40 points: 30 to train on, 10 to test with"
    assert "1 row was left out: a value is missing" in lines
    assert "  one 0 to 39               two 0 to 10" in lines


def test_given_json_when_a_file_is_shown_then_figures_are_printed(tmp_path: Path) -> None:
    path = tmp_path / "mine.csv"
    path.write_text("one,two,kind\n" + ROWS)
    finished = moonwalk("data", str(path), "--json", "--target", "one", "--columns", "two")
    figures = json.loads(finished.stdout)
    assert (figures["problem"], figures["classes"]) == ("regression", None)
    assert (figures["values"], figures["inputs"]) == ([0.0, 39.0], {"two": [0.0, 10.0]})
    assert (figures["points"], figures["train"], figures["test"]) == (40, 30, 10)


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (["moon"], "data: 'moon' is neither a file nor one of"),
        (["xor", "--noise", "2"], "noise: 2.0 is not a number from 0 to 0.5"),
        (["iris", "--samples", "3"], "samples: 3 is not a whole number from 4 to 1000000"),
        (["--test-size", "2"], "test-size: 2.0 is not a number between 0 and 1"),
        (["-"], "stdin: it is empty"),
    ],
)
def test_given_what_is_not_allowed_when_shown_then_one_line_says_so(
    args: list[str], message: str, tmp_path: Path
) -> None:
    finished = moonwalk("data", *args, XDG_STATE_HOME=str(tmp_path))
    assert (finished.returncode, finished.stdout) == (2, "")
    assert finished.stderr.startswith(f"moonwalk: {message}")
    assert finished.stderr.count("\n") == 1


def test_given_a_pipe_when_trained_without_a_dashboard_then_its_rows_are_learned(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    path = tmp_path / "mine.csv"
    path.write_text(ROWS)
    finished = in_shell(f"cat {path} | $MOONWALK --data - --headless --json --steps 5")
    assert finished.returncode == 0
    kept = list((tmp_path / "moonwalk" / "data").glob("*/stdin.csv"))
    assert [one.read_text() for one in kept] == [ROWS]
    assert json.loads(finished.stdout)["data"] == str(kept[0])


@pytest.mark.slow
def test_given_a_pipe_when_a_dashboard_opens_then_it_can_be_steered(tmp_path: Path) -> None:
    path = tmp_path / "mine.csv"
    path.write_text(ROWS)
    line = f"cat {path} | {' '.join(COMMAND)} --data - --steps 100000000"
    with PseudoTerminal(["sh", "-c", line], tmp_path) as terminal:
        wait_for_progress(terminal)
        terminal.press(" ")
        terminal.wait_for("paused")
        assert exit_status(terminal) == 0
