"""Runs without a dashboard that are cut short, or cannot be saved: kept, reported, said when it
happens.
"""

import json
import os
import pty
import shutil
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from engine.host import run_to_end
from engine.storage import checkpoint, recording
from helpers.command_line import moonwalk
from helpers.dashboard_terminal import COMMAND
from tui.cli.main import main

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("private_environment")]

ENDLESS = ("--headless", "--json", "--layers", "2", "--steps", "1000000000")


def default_signals() -> None:
    """As in a terminal: what pytest itself ignores is not ignored."""
    for number in (signal.SIGINT, signal.SIGHUP):
        signal.signal(number, signal.SIG_DFL)


def begun(*args: str, before: Callable[[], None] = default_signals) -> "subprocess.Popen[str]":
    """A run that has made its first steps."""
    process = subprocess.Popen(
        [*COMMAND, *ENDLESS, *args],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=before,
    )
    assert process.stderr is not None
    process.stderr.readline()
    return process


def wait_until(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 30.0
    while not condition():
        assert time.monotonic() < deadline, "it has not come to that in time"
        time.sleep(0.02)


@pytest.mark.parametrize(
    ("number", "code"),
    [(signal.SIGHUP, 129), (signal.SIGUSR1, 138), (signal.SIGUSR2, 140), (signal.SIGXCPU, 152),
     (signal.SIGTERM, 143)],
)  # fmt: skip
def test_given_a_signal_when_training_then_saved_recorded_reported_and_its_exit_code(
    number: signal.Signals, code: int, tmp_path: Path
) -> None:
    save, record = tmp_path / "run.npz", tmp_path / "run.jsonl"
    process = begun("--save", str(save), "--record", str(record))

    process.send_signal(number)
    if number is not signal.SIGTERM:  # a shell and the system both say that a line is gone
        process.send_signal(number)
    stdout, stderr = process.communicate(timeout=60)

    figures = json.loads(stdout)
    assert figures["steps"] > 0
    assert stderr.splitlines()[-1] == (
        f"moonwalk: interrupted at step {figures['steps']:,} of 1,000,000,000"
    )
    run, kept = checkpoint.load(save), recording.load(record)
    assert run.trainer.network.sha256() == figures["parameters_sha256"]
    assert kept.end == run.end
    assert process.returncode == code
    assert sorted(path.name for path in tmp_path.glob("*run*")) == ["run.jsonl", "run.npz"]


def test_given_nohup_when_hung_up_then_it_goes_on() -> None:
    process = begun(before=lambda: signal.signal(signal.SIGHUP, signal.SIG_IGN))

    process.send_signal(signal.SIGHUP)
    process.send_signal(signal.SIGTERM)
    stdout, _ = process.communicate(timeout=60)

    assert json.loads(stdout)["steps"] > 0
    assert process.returncode == 143


@pytest.mark.parametrize(("ignored", "code"), [(False, 129), (True, 143)])
def test_given_a_terminal_that_is_gone_when_training_then_no_fault_and_the_run_is_saved(
    ignored: bool, code: int, tmp_path: Path
) -> None:
    save = tmp_path / "run.npz"
    master, terminal = pty.openpty()
    process = subprocess.Popen(
        [*COMMAND, *ENDLESS, "--save", str(save)],
        stdin=terminal,
        stdout=terminal,
        stderr=terminal,
        preexec_fn=lambda: signal.signal(
            signal.SIGHUP, signal.SIG_IGN if ignored else signal.SIG_DFL
        ),
    )
    os.close(terminal)
    assert os.read(master, 100)
    os.close(master)
    wait_until(save.exists)
    step = checkpoint.load(save).trainer.step
    wait_until(lambda: checkpoint.load(save).trainer.step > step)  # it trains without a terminal

    process.send_signal(signal.SIGTERM if ignored else signal.SIGHUP)

    assert process.wait(timeout=60) == code
    assert checkpoint.load(save).trainer.step > step


def test_given_two_runs_with_one_file_when_the_second_begins_then_it_is_refused(
    tmp_path: Path,
) -> None:
    save, record = tmp_path / "run.npz", tmp_path / "run.jsonl"
    process = begun("--save", str(save), "--record", str(record))

    for setting, path in (("save", save), ("record", record)):
        second = moonwalk("--headless", "--steps", "10", f"--{setting}", str(path))
        assert second.stderr == (
            f"moonwalk: {setting}: another run is writing {path}; name another file\n"
        )
        assert second.returncode == 2

    process.kill()
    process.communicate(timeout=60)
    after = moonwalk("--headless", "--json", "--steps", "10", "--save", str(save))
    assert json.loads(after.stdout)["steps"] == 10
    assert after.returncode == 0


def test_given_a_save_that_fails_on_the_way_when_it_fails_then_it_is_said_and_kept_elsewhere(
    tmp_path: Path,
) -> None:
    save = tmp_path / "within" / "run.npz"
    save.parent.mkdir()
    process = begun("--save", str(save))
    wait_until(save.exists)
    shutil.rmtree(save.parent)

    assert process.stderr is not None
    for line in process.stderr:
        if not line.startswith("step "):
            break
    assert line == (f"moonwalk: not saved: {save}: No such file or directory; training goes on\n")
    process.send_signal(signal.SIGTERM)
    stdout, stderr = process.communicate(timeout=60)

    [rescued] = (tmp_path / "moonwalk" / "runs").glob("*.npz")
    assert stderr.splitlines()[-1] == (
        f"moonwalk: not saved: {save}: No such file or directory; saved in {rescued} instead"
    )
    sha256 = json.loads(stdout)["parameters_sha256"]
    assert checkpoint.load(rescued).trainer.network.sha256() == sha256
    assert process.returncode == 1
    assert not list(rescued.parent.glob(".*.lock"))


def test_given_another_file_in_its_place_when_the_run_ends_then_it_stays(tmp_path: Path) -> None:
    save, record = tmp_path / "run.npz", tmp_path / "run.jsonl"
    process = begun("--save", str(save), "--record", str(record))
    wait_until(save.exists)
    for path in (save, record):
        path.write_text("my thesis")

    process.send_signal(signal.SIGTERM)
    _, stderr = process.communicate(timeout=60)

    assert f"not saved: {save}: it holds something else now, which is not overwritten" in stderr
    assert f"it goes on, whole, in {tmp_path / 'run-2.jsonl'}" in stderr
    assert (save.read_text(), record.read_text()) == ("my thesis", "my thesis")
    assert recording.load(tmp_path / "run-2.jsonl").end is not None
    assert process.returncode == 1


def test_given_a_folder_that_takes_no_file_when_run_then_refused_before_the_first_step(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    def refuse(_: int) -> None:
        raise OSError(28, os.strerror(28))

    monkeypatch.setattr(os, "fsync", refuse)
    monkeypatch.delattr(run_to_end.HeadlessRun, "train")

    code = main(["--headless", "--steps", "10", "--save", str(tmp_path / "run.npz")])

    said = capfd.readouterr().err
    assert said == f"moonwalk: save: {tmp_path}/run.npz: No space left on device\n"
    assert code == 2
    assert list(tmp_path.iterdir()) == []


def test_given_any_number_of_threads_in_the_environment_when_run_then_the_same_bits(
    tmp_path: Path,
) -> None:
    args = ("--headless", "--json", "--layers", "256,256", "--steps", "20")
    record = tmp_path / "run.jsonl"

    one, two = (
        moonwalk(*args, "--record", str(record), OPENBLAS_NUM_THREADS=threads)
        for threads in ("1", "2")
    )
    replayed = moonwalk("replay", str(record), "--headless", "--json", OPENBLAS_NUM_THREADS="2")

    sha256 = {json.loads(run.stdout)["parameters_sha256"] for run in (one, two, replayed)}
    assert len(sha256) == 1
    assert recording.load(record).libraries["blas threads"] == "1"
    assert "made with" not in replayed.stderr


def test_given_a_run_from_elsewhere_when_resumed_or_replayed_then_one_line_says_so(
    tmp_path: Path,
) -> None:
    save, record = tmp_path / "run.npz", tmp_path / "run.jsonl"
    moonwalk("--headless", "--steps", "10", "--save", str(save), "--record", str(record))
    run = checkpoint.load(save)
    other = run.libraries | {"numpy": "1.26.4"}
    run.libraries = other
    checkpoint.save(run, save)
    here = run.libraries["numpy"], recording.load(record).libraries["numpy"]
    record.write_text(record.read_text().replace(f'"numpy":"{here[1]}"', '"numpy":"1.26.4"'))

    for command, path in (("resume", save), ("replay", record)):
        result = moonwalk(command, str(path), "--headless", "--json")
        [line] = [one for one in result.stderr.splitlines() if "made with" in one]
        assert line.startswith("moonwalk: made with numpy 1.26.4")
        assert line.endswith("the same steps may come to other last bits")
        assert result.returncode == 0
