"""What is kept when a run ends: the newest state, whatever is slow, broken or gone by then."""

import asyncio
import errno
import json
import os
import shutil
import signal
import threading
from pathlib import Path

import numpy as np
import pytest

from engine.config.training_config import TrainingConfig
from engine.data.dataset import Dataset, Points
from engine.host import autosave
from engine.host.autosave import Autosave
from engine.host.recorder import Recorder
from engine.messages.commands import SetAlpha
from engine.run.run import Run
from engine.storage import checkpoint, output_file, recording
from engine.storage.output_file import OutputFile
from helpers.command_line import in_shell, moonwalk
from helpers.dashboard_terminal import Start, assert_only_host_stays, hosts, wait_for_picture
from helpers.hosts import until
from helpers.shell import LONG, Shell, detached
from tui.cli.main import main


def small_run() -> Run:
    rng = np.random.default_rng(0)
    side = Points(rng.normal(size=(2, 10)), np.tile([0.0, 1.0], 5))
    config = TrainingConfig(steps=1_000, layers=(3,), samples=20, test_size=0.5)
    return Run(config, 1, Dataset(side, side))


async def test_given_a_slow_disk_when_the_run_ends_then_the_last_save_is_the_newest(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    began, gate, written = tmp_path / "began", tmp_path / "gate", tmp_path / "written"
    os.mkfifo(gate)
    write = autosave._write_file

    def slow(file: OutputFile, data: bytes, in_folder: bool) -> None:
        if began.exists():
            write(file, data, in_folder)
        else:  # the first one
            began.touch()
            gate.read_text()
            write(file, data, in_folder)
            written.touch()

    monkeypatch.setattr(autosave, "_write_file", slow)
    run, told = small_run(), []
    kept = Autosave(run, OutputFile(tmp_path / "run.npz"), None, told.append)
    keeping = asyncio.create_task(kept.keep())
    await until(began.exists)
    run.advance(500)
    run.touch()

    keeping.cancel()
    finishing = asyncio.create_task(kept.finish())
    await asyncio.sleep(0.05)
    await asyncio.to_thread(gate.write_text, "go on")

    assert await finishing is None
    await until(written.exists)
    assert checkpoint.load(tmp_path / "run.npz").trainer.step == 500
    assert told == []


async def test_given_no_room_for_a_thread_when_saved_then_it_is_saved_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_: threading.Thread) -> None:
        raise RuntimeError("can't start new thread")

    monkeypatch.setattr(threading.Thread, "start", refuse)
    kept = Autosave(small_run(), OutputFile(tmp_path / "run.npz"), None, [].append)

    assert await kept.save() == str(tmp_path / "run.npz")
    assert await kept.finish() is None
    assert checkpoint.load(tmp_path / "run.npz").trainer.step == 0


def test_given_a_save_that_fails_when_run_headless_then_the_report_comes_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    def refuse(_: Path, data: bytes, check: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setattr(output_file, "write_whole", refuse)
    save = tmp_path / "run.npz"

    code = main(["--headless", "--json", "--steps", "20", "--save", str(save)])

    out, err = capfd.readouterr()
    assert json.loads(out)["steps"] == 20
    assert err.splitlines()[-1] == f"moonwalk: not saved: {save}: No space left on device"
    assert code == 1


def test_given_a_line_that_is_written_in_part_when_there_is_room_then_none_is_missing(
    tmp_path: Path,
) -> None:
    run, told = small_run(), []
    path = tmp_path / "run.jsonl"
    recorder = Recorder(run, OutputFile(path), told.append)

    class Full:
        """As a disk that fills up in the middle of a line."""

        def write(self, data: bytes) -> int:
            return file.write(data[:7])

        def fileno(self) -> int:
            return file.fileno()

        def close(self) -> None:
            file.close()

    file = recorder._file
    recorder._file = Full()
    run.apply(SetAlpha(0.5))
    recorder.record()
    assert [text.partition(":")[0] for text in told] == ["not recorded"]
    run.apply(SetAlpha(0.25))
    recorder.record()
    recorder.finish()

    saved = recording.load(path)
    assert [one.command for one in saved.commands] == [SetAlpha(0.5), SetAlpha(0.25)]
    assert saved.end == run.end


@pytest.mark.slow
def test_given_nobody_to_read_the_report_when_run_then_the_files_are_there(tmp_path: Path) -> None:
    save, record = tmp_path / "a.npz", tmp_path / "a.jsonl"

    in_shell(f"$MOONWALK --headless --json --steps 300 --save {save} --record {record} | true")

    assert checkpoint.load(save).trainer.step == 300
    assert recording.load(record).end is not None


@pytest.mark.parametrize(
    ("args", "line"),
    [
        (("--save", "k", "--record", "./k"),
         "record: ./k is to hold the saved run already; name another file"),
        (("--save", "."), "save: . is a folder; name a file"),
        (("--save", "nowhere/k"), "save: nowhere is not a folder that can be written to"),
        (("--record", "x" * 250), f"record: {'x' * 20}... is longer than 240 bytes"),
        (("--save", "/dev/null"), "save: /dev/null is no file that could be replaced"),
    ],
)  # fmt: skip
def test_given_a_file_that_cannot_be_kept_in_when_run_then_one_line_says_so(
    args: tuple[str, ...], line: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)

    result = moonwalk("--headless", "--steps", "10", *args)

    assert result.stderr == f"moonwalk: {line}\n"
    assert result.returncode == 2
    assert list(tmp_path.iterdir()) == []


def test_given_something_else_in_the_file_when_run_then_it_is_not_overwritten(
    tmp_path: Path,
) -> None:
    letter = tmp_path / "letter"
    letter.write_text("Dear all")

    for option in ("--save", "--record"):
        result = moonwalk("--headless", "--steps", "10", option, str(letter))
        assert result.stderr.endswith("letter holds something else, which is not overwritten\n")
        assert result.returncode == 2
    assert letter.read_text() == "Dear all"


@pytest.mark.slow
def test_given_two_dashboards_on_a_done_run_when_one_is_hung_up_then_the_other_stays(
    start: Start, shell: Shell
) -> None:
    first = start("--steps", "300", "--pace", "max")
    first.wait_for("c train 300 more")
    second = start("attach")
    second.wait_for("c train 300 more")

    second.hang_up()
    second.wait_for_end()

    first.press("c")
    first.wait_for("Done: 600 steps")
    assert [run["dashboards"] for run in shell.runs()] == [1]
    first.press("q")
    assert first.wait_for_end() == 0


@pytest.mark.slow
def test_given_no_place_for_the_last_save_when_stopped_then_it_is_said_and_exits_1(
    start: Start, shell: Shell
) -> None:
    terminal = start(*LONG)
    name = detached(terminal)
    assert_only_host_stays(terminal)
    shutil.rmtree(shell.folder)
    shell.folder.write_text("a file where a folder should be")

    result = shell.moonwalk("stop", name)

    assert result.stderr.startswith(f"moonwalk: the run {name} has ended, not saved: ")
    assert result.returncode == 1
    terminal.wait_for(lambda: hosts(terminal) == [])


@pytest.mark.slow
def test_given_a_run_that_is_taken_up_again_when_saved_then_in_the_file_that_was_asked_for(
    start: Start, shell: Shell
) -> None:
    save = shell.home / "mine.npz"
    terminal = start(*LONG, "--save", str(save))
    wait_for_picture(terminal)
    [host] = hosts(terminal)
    os.kill(host, signal.SIGKILL)
    terminal.wait_for("u resumes, q leaves")
    terminal.press("u")
    terminal.wait_for(lambda: hosts(terminal) not in ([], [host]))
    wait_for_picture(terminal)

    terminal.press("q")
    assert terminal.wait_for_end() == 0
    assert checkpoint.load(save).trainer.step > 0
    assert json.loads(shell.moonwalk("list", "--json").stdout) == []
