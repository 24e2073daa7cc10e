"""A run that was given up has a save of its own, and one that was ended shows the same to all."""

from pathlib import Path

import pytest

from engine.client.session import Session
from engine.errors import RunEndedError
from engine.host.kept_saves import KeptSaves
from engine.messages.commands import RestoreCourse, SetAlpha, StartOver
from engine.run.run import Run
from engine.storage import checkpoint
from engine.storage.run_folder import BEFORE_RESTART
from helpers.hosts import VIEW, field_shape, until
from helpers.runs import new_run, state_of
from helpers.socket_clients import seen, village_in


class Told(list[tuple[str, bool]]):
    def __call__(self, text: str, trouble: bool) -> None:
        self.append((text, trouble))


def given_up(run: Run, folder: Path, seconds: float, dashboards: int = 1) -> tuple[KeptSaves, Told]:
    """A run that was trained for 120 updates in `seconds`, and then started over."""
    saves = KeptSaves(run, folder / "bodu.npz", lambda: dashboards, told := Told())
    run.advance(100, seconds)
    run.apply(SetAlpha(0.125))
    run.advance(20)
    run.apply(StartOver())
    saves.save_new()
    return saves, told


async def test_given_long_training_when_given_up_then_it_is_saved_as_it_stood(
    tmp_path: Path,
) -> None:
    run, before = new_run(), new_run()
    before.advance(100, 31.0)
    before.apply(SetAlpha(0.125))
    before.advance(20)

    saves, told = given_up(run, tmp_path, 31.0)
    await saves.finish()

    path = tmp_path / BEFORE_RESTART / "bodu-0.npz"
    assert told == [(f"the run before is saved in {path}; u brings it back", False)]
    found = checkpoint.load(path)
    assert state_of(found.trainer) == state_of(before.trainer)
    assert (found.commands, found.number, found.trained_seconds) == (before.commands, 0, 31.0)
    assert path.read_bytes() == checkpoint.encode(before)


@pytest.mark.parametrize(
    ("seconds", "dashboards", "files"), [(29.0, 1, []), (1.0, 2, ["bodu-0.npz"])]
)
async def test_given_a_short_run_when_given_up_then_it_has_a_file_only_if_others_watch(
    tmp_path: Path, seconds: float, dashboards: int, files: list[str]
) -> None:
    saves, _ = given_up(new_run(), tmp_path, seconds, dashboards)
    await saves.finish()
    assert [path.name for path in tmp_path.rglob("*.npz")] == files


async def test_given_a_long_run_when_the_one_before_is_brought_back_then_it_has_a_file(
    tmp_path: Path,
) -> None:
    run = new_run()
    saves, _ = given_up(run, tmp_path, 1.0)
    run.advance(50, 40.0)
    run.apply(RestoreCourse())
    saves.save_new()
    await saves.finish()
    steps = {path.name: checkpoint.load(path).trainer.step for path in tmp_path.rglob("*.npz")}
    assert steps == {"bodu-1.npz": 50}


async def test_given_a_long_run_that_is_kept_when_a_short_one_is_given_up_before_others_then_a_file(
    tmp_path: Path,
) -> None:
    run = new_run()
    given_up(run, tmp_path, 31.0)
    saves = KeptSaves(run, tmp_path / "bodu.npz", lambda: 2, told := Told())
    run.advance(7, 1.0)
    run.apply(StartOver())
    saves.save_new()
    await saves.finish()

    path = tmp_path / BEFORE_RESTART / "bodu-1.npz"
    assert told == [(f"the run before is saved in {path}", False)]  # u brings back the long one
    assert checkpoint.load(path).trainer.step == 7


async def test_given_two_long_runs_when_given_up_then_both_have_a_file(tmp_path: Path) -> None:
    run = new_run()
    saves, _ = given_up(run, tmp_path, 31.0)
    run.advance(50, 40.0)
    run.apply(StartOver())
    saves.save_new()
    await saves.finish()
    steps = {path.name: checkpoint.load(path).trainer.step for path in tmp_path.rglob("*.npz")}
    assert steps == {"bodu-0.npz": 120, "bodu-1.npz": 50}


async def test_given_no_room_for_the_file_when_given_up_then_it_is_told(tmp_path: Path) -> None:
    (tmp_path / BEFORE_RESTART).write_text("a file where a folder should be")
    saves, told = given_up(new_run(), tmp_path, 31.0)
    await saves.finish()
    [(text, trouble)] = told
    assert text.startswith(
        f"the run before has no file of its own: {tmp_path / BEFORE_RESTART}/bodu-0.npz"
    )
    assert text.endswith("; u brings it back")
    assert trouble


async def test_given_dashboards_when_one_comes_or_goes_then_the_others_know_how_many_they_are(
    tmp_path: Path,
) -> None:
    async with village_in(tmp_path) as village:
        founder, _ = await village.found()
        guest = await village.attach(founder.name, watches=True)
        await seen(founder, lambda now: now.dashboards == 2)
        assert (await guest.snapshot(VIEW)).dashboards == 2

        await guest.leave()
        await seen(founder, lambda now: now.dashboards == 1)


async def test_given_a_run_that_one_ends_when_others_are_told_then_they_have_the_same_last_figures(
    tmp_path: Path,
) -> None:
    async with village_in(tmp_path) as village:
        founder, _ = await village.found()
        others: list[Session] = [await village.attach(founder.name) for _ in range(2)]
        for one in others:
            await one.snapshot(VIEW)

        report = await founder.finish()
        await until(lambda: all(one.last_snapshot is not None for one in others))

        for one in others:
            last = one.last_snapshot
            assert isinstance(one.lost, RunEndedError)
            assert last is not None
            assert (last.step, last.train_loss) == (report.steps, report.train.loss)
            assert field_shape(last) == (VIEW.field_rows, VIEW.field_columns)
