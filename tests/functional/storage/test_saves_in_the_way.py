"""What comes to stand where a run is saved, or takes its folder away, is said; the run is kept."""

import json
import os
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from engine.errors import ConfigError
from engine.host import autosave
from engine.host.autosave import Autosave, seconds_to_next_save
from engine.messages.commands import Pause, SetAlpha
from engine.messages.run_request import RunPlaces
from engine.run.run import Run
from engine.storage import checkpoint, recording
from engine.storage.output_file import OutputFile
from engine.wire.protocol import Ended, Notice, SaveRequest, StopRequest
from helpers.dashboard_terminal import Start, wait_for_picture
from helpers.hosts import until
from helpers.runs import new_run
from helpers.shell import LONG, Shell, detached
from helpers.socket_clients import CONFIG, Village, goes_on, house_in_here, village_in

THESIS = "my thesis"
SOMETHING_ELSE = "it holds something else now, which is not overwritten"


@pytest_asyncio.fixture
async def village(tmp_path: Path) -> AsyncIterator[Village]:
    async with village_in(tmp_path) as village:
        yield village


@pytest.mark.parametrize(
    ("took", "saves", "seconds"),
    [(0.0, 0, 1.0), (5.0, 0, 1.0), (0.0, 1, 1.0), (0.0, 2, 2.0), (0.0, 3, 4.0), (0.0, 4, 8.0),
     (0.0, 5, 10.0), (0.0, 5_000, 10.0), (0.5, 1, 25.0), (0.5, 9, 25.0)],
)  # fmt: skip
def test_given_saves_so_far_when_asked_then_the_first_come_soon(
    took: float, saves: int, seconds: float
) -> None:
    assert seconds_to_next_save(took, saves) == seconds


async def test_given_another_file_in_its_place_when_saved_and_ended_then_it_stays_and_the_run_too(
    tmp_path: Path,
) -> None:
    save, state = tmp_path / "mine.npz", tmp_path / "state"
    places = RunPlaces(state_folder=str(state), save_file=str(save))
    async with house_in_here(Run(CONFIG, 1), places) as (house, founder):
        save.write_text(THESIS)
        own = state / f"{house.status.name}.npz"

        founder.send(SaveRequest())
        notice = await founder.receive()

        assert notice == Notice(
            f"not saved: {save}: {SOMETHING_ELSE}; saved in {own} instead", trouble=True
        )
        assert own.exists()
        founder.send(StopRequest())
        while not isinstance(message := await founder.receive(), Ended):
            pass
        assert message == Ended(
            f"the run has ended, not saved: {save}: {SOMETHING_ELSE}; saved in {own} instead",
            saved=False,
        )
    assert save.read_text() == THESIS
    assert checkpoint.load(own).trainer.step > 0


async def test_given_a_state_folder_that_is_removed_when_it_goes_on_then_said_and_all_is_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(autosave, "SAVE_SECONDS", 0.01)
    monkeypatch.setattr(autosave, "SAVE_SHARE", 0)
    state = tmp_path / "state"
    async with house_in_here(Run(CONFIG, 1), RunPlaces(state_folder=str(state))) as (
        house,
        founder,
    ):
        save = state / f"{house.status.name}.npz"
        founder.send(Pause())
        await until(lambda: save.exists() and checkpoint.load(save).paused)  # saves no more
        shutil.rmtree(state.rename(tmp_path / "removed"))  # at once, not file by file

        assert await founder.receive() == Notice(
            f"{save} was removed; the run is saved there again", trouble=True
        )
        assert save.exists()
        founder.send(SetAlpha(0.125))
        record = save.with_suffix(".jsonl")
        assert await founder.receive() == Notice(
            f"the recording {record} was removed; it goes on, whole, in {record}", trouble=True
        )
        assert [one.command for one in recording.load(record).commands] == [
            Pause(),
            SetAlpha(0.125),
        ]
        assert (state / f".{save.name}.lock").exists()


async def test_given_a_file_that_one_run_writes_when_another_is_to_then_it_does_not_begin(
    village: Village,
) -> None:
    save, record = village.scratch / "mine.npz", village.scratch / "mine.jsonl"
    founder, _ = await village.found(save_file=str(save), record_file=str(record))

    for setting, path in (("save", save), ("record", record)):
        with pytest.raises(ConfigError) as caught:
            await village.found(**{f"{setting}_file": str(path)})
        assert str(caught.value) == f"{setting}: another run is writing {path}; name another file"

    await goes_on(founder)
    await founder.close()
    await village.found(save_file=str(save), record_file=str(record))


async def test_given_a_run_that_cannot_save_anywhere_when_saved_then_only_that_is_said(
    tmp_path: Path,
) -> None:
    (tmp_path / "state").write_text("a file where a folder should be")
    save = OutputFile(tmp_path / "mine.npz")
    os.mkfifo(save.path)
    kept = Autosave(new_run(), OutputFile(tmp_path / "state" / "run.npz"), save, [].append)

    problem = await kept.finish()

    assert problem == f"{save.path}: a pipe is in its place now, which is not replaced"


@pytest.mark.slow
def test_given_a_run_without_its_socket_when_resumed_then_it_is_known_to_go_on(
    start: Start, shell: Shell
) -> None:
    terminal = start(*LONG, "--pace", "1")
    name = detached(terminal)
    [run] = shell.runs()
    (shell.home / "sockets" / f"{name}.sock").unlink(missing_ok=True)

    result = shell.moonwalk("resume")

    assert f"the last run, {name}, goes on" in result.stderr
    assert result.returncode == 2
    os.kill(int(str(run["pid"])), 15)
    terminal.wait_for(lambda: not list(shell.folder.glob(".*.lock")))


@pytest.mark.slow
def test_given_a_dashboard_that_saves_in_a_file_when_another_command_is_to_then_refused(
    start: Start, shell: Shell
) -> None:
    save = shell.home / "mine.npz"
    terminal = start(*LONG, "--save", str(save))
    wait_for_picture(terminal)

    result = shell.moonwalk("--headless", "--steps", "10", "--save", str(save))

    assert result.stderr == (f"moonwalk: save: another run is writing {save}; name another file\n")
    assert result.returncode == 2
    terminal.press("q")
    assert terminal.wait_for_end() == 0
    again = shell.moonwalk("--headless", "--json", "--steps", "10", "--save", str(save))
    assert json.loads(again.stdout)["steps"] == 10
