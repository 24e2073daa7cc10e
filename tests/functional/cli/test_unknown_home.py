"""A user id without an entry in the system and without HOME; a socket folder of another user."""

import asyncio
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from helpers.socket_clients import goes_on, short_folder, village_in
from tui.cli.exit_codes import fault_line
from tui.cli.locations import NO_HOME, log_file, runs_folder
from tui.cli.main import main
from tui.cli.new_run import run_places

NOBODY = 54321
as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can be somebody else")

STRANGER = f"""
import os, sys
import platformdirs, sklearn.datasets, sklearn.model_selection
import engine.client.discovery, tui.cli.new_run, tui.cli.output, tui.headless.run_headless
from tui.cli.main import main
os.setgroups([])
os.setgid({NOBODY})
os.setuid({NOBODY})
os.chdir("/")
sys.exit(main(sys.argv[1:]))
"""
"""Everything is loaded first, as nobody else may be allowed to read it."""


def as_stranger(*args: str) -> subprocess.CompletedProcess[str]:
    with short_folder() as folder:
        os.chown(folder, NOBODY, NOBODY)
        return subprocess.run(
            [sys.executable, "-c", STRANGER, *args],
            env={"PATH": os.defpath, "MOONWALK_SOCKETS": str(folder / "sockets")},
            capture_output=True,
            text=True,
            timeout=60,
        )


@as_root
def test_given_an_unknown_user_without_a_home_when_training_then_it_trains() -> None:
    result = as_stranger("--headless", "--json", "--steps", "20", "--samples", "40")

    assert json.loads(result.stdout)["steps"] == 20
    assert result.returncode == 0
    assert "fault" not in result.stderr


@as_root
@pytest.mark.parametrize(
    ("args", "line", "code"),
    [
        (("resume",), f"{NO_HOME}; or name a file", 2),
        (("list",), "no run goes on; moonwalk resume takes up the last saved one", 0),
        (("attach",), "no run goes on; moonwalk resume takes up the last saved one", 2),
    ],
)
def test_given_an_unknown_user_without_a_home_when_asked_for_runs_then_one_line(
    args: tuple[str, ...], line: str, code: int
) -> None:
    result = as_stranger(*args)
    assert (result.stderr, result.returncode) == (f"moonwalk: {line}\n", code)


def fails(*_: object, **__: object) -> Path:
    raise RuntimeError("could not determine the home directory")


def leaves_it(*_: object, **__: object) -> Path:
    return Path("~/.local/state/moonwalk")


@pytest.mark.parametrize("answer", [fails, leaves_it])
async def test_given_no_home_folder_when_a_run_begins_then_it_is_told_once_and_trains(
    answer: Callable[..., Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("platformdirs.user_state_path", answer)
    monkeypatch.setattr("platformdirs.user_log_path", answer)
    assert runs_folder() is None
    assert log_file() is None
    assert fault_line(ValueError("so")) == "internal fault: ValueError: so"
    places = run_places({})
    async with village_in(tmp_path) as village:
        founder, told = await village.found(
            state_folder=places.state_folder, state_problem=places.state_problem
        )
        await goes_on(founder)
        assert told.troubles == [f"not saved: {NO_HOME}; training goes on"]
        assert await founder.why_not_left() == ""


@as_root
async def test_given_a_socket_folder_of_another_user_when_asked_for_runs_then_advice_that_helps(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with short_folder() as folder:
        monkeypatch.setenv("MOONWALK_SOCKETS", str(folder))
        os.chown(folder, NOBODY, NOBODY)
        for args in (["list"], ["attach"], ["stop", "bodu"]):
            assert await asyncio.to_thread(main, args) == 2
            assert capsys.readouterr().err == (
                f"moonwalk: {folder}: it belongs to another user;"
                " MOONWALK_SOCKETS=DIR names another folder\n"
            )


@as_root
def test_given_a_socket_folder_out_of_reach_when_asked_for_runs_then_advice_that_helps() -> None:
    with short_folder() as folder:
        result = subprocess.run(
            [sys.executable, "-c", STRANGER, "list"],
            env={"PATH": os.defpath, "MOONWALK_SOCKETS": str(folder / "sockets")},
            capture_output=True,
            text=True,
            timeout=60,
        )
        assert result.stderr == (
            f"moonwalk: {folder}/sockets: Permission denied;"
            " MOONWALK_SOCKETS=DIR names another folder\n"
        )
        assert result.returncode == 2


async def test_given_the_help_when_read_then_it_names_the_variables_of_the_folders(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["--help"]) == 0
    shown = capsys.readouterr().out
    assert "MOONWALK_SOCKETS" in shown
    assert "XDG_STATE_HOME" in shown
