"""The course that a reset gives up is kept, and can be gone back to as it stood."""

import msgspec
import pytest

from engine.errors import ConfigError, FileError
from engine.messages.commands import NextSeed, Reset, RestoreCourse, SetAlpha, StartOver
from engine.messages.snapshot import KeptSummary
from engine.messages.view import View
from engine.run.run import Run
from engine.storage import checkpoint
from helpers.data import DATA_FOLDER
from helpers.runs import SMALL, carry_out, new_run, state_of


def trained(steps: int, seconds: float) -> Run:
    run = new_run()
    run.advance(steps, seconds)
    return run


def test_given_a_course_when_given_up_and_restored_then_it_goes_on_as_if_nothing_had_been() -> None:
    run, never = new_run(), new_run()
    for one in (run, never):
        carry_out(one, [120, SetAlpha(0.125), 33])
    carry_out(run, [StartOver(), SetAlpha(2.0), 70])

    run.apply(RestoreCourse())

    assert state_of(run.trainer) == state_of(never.trainer)
    for one in (run, never):
        one.advance(300)
    assert state_of(run.trainer) == state_of(never.trainer)


def test_given_another_seed_when_restored_then_data_and_seed_are_those_of_before() -> None:
    run = Run(SMALL, pace=0)
    run.advance(120)
    before, points = state_of(run.trainer), run.points
    carry_out(run, [NextSeed(), 50])
    assert (run.trainer.config.seed, run.number) == (1, 1)

    run.apply(RestoreCourse())

    assert state_of(run.trainer) == before
    assert (run.trainer.config.seed, run.number) == (0, 2)
    assert (run.points.train_x == points.train_x).all()


def test_given_a_restored_course_when_restored_again_then_the_newer_one_is_back() -> None:
    run = new_run()
    carry_out(run, [120, StartOver(), 70])
    newer = state_of(run.trainer)
    assert run.snapshot(View()).kept == KeptSummary(120, newer=False)

    run.apply(RestoreCourse())
    assert run.snapshot(View()).kept == KeptSummary(70, newer=True)

    run.apply(RestoreCourse())
    assert state_of(run.trainer) == newer
    assert run.snapshot(View()).kept == KeptSummary(120, newer=False)


def test_given_nothing_was_given_up_when_restored_then_it_is_refused() -> None:
    run = new_run()
    carry_out(run, [StartOver(), 50])
    with pytest.raises(ConfigError, match=r"^restore: no course was given up before$"):
        run.apply(RestoreCourse())
    assert (run.trainer.step, run.snapshot(View()).kept) == (50, None)


@pytest.mark.parametrize(
    ("seconds", "then", "kept"), [(31.0, 5.0, 120), (31.0, 31.0, 50), (5.0, 1.0, 50)]
)
def test_given_a_kept_course_when_reset_again_then_a_short_one_never_displaces_a_long_one(
    seconds: float, then: float, kept: int
) -> None:
    run = trained(120, seconds)
    run.apply(StartOver())
    run.advance(50, then)

    run.apply(StartOver())

    assert run.kept is not None
    assert run.kept.trainer.learned.step == kept


def test_given_time_was_trained_when_saved_reset_and_restored_then_it_is_the_courses_own() -> None:
    run = trained(120, 40.0)
    again = checkpoint.decode(checkpoint.encode(run))
    assert again.trained_seconds == 40.0
    again.advance(10, 2.0)
    assert again.snapshot(View()).trained_seconds == 42.0

    again.apply(StartOver())
    assert again.trained_seconds == 0.0
    again.apply(RestoreCourse())
    assert again.trained_seconds == 42.0


def test_given_a_kept_course_when_saved_and_loaded_then_it_can_be_restored_to_the_same() -> None:
    run = Run(SMALL, pace=0)
    run.advance(120, 40.0)
    carry_out(run, [NextSeed(), 70])
    again = checkpoint.decode(checkpoint.encode(run))
    assert checkpoint.encode(again) == checkpoint.encode(run)

    for one in (run, again):
        carry_out(one, [RestoreCourse(), 60])

    assert state_of(again.trainer) == state_of(run.trainer)
    assert again.commands == run.commands


def test_given_a_kept_course_that_cannot_be_when_loaded_then_it_is_refused() -> None:
    run = new_run()
    carry_out(run, [120, Reset(), 70])
    assert run.kept is not None
    run.kept = msgspec.structs.replace(run.kept, commands=7)
    with pytest.raises(FileError, match="it is damaged: commands: 7 is not a whole number"):
        checkpoint.decode(checkpoint.encode(run))


def test_given_a_checkpoint_of_the_first_version_when_loaded_then_nothing_is_kept_and_no_time_known() -> (
    None
):
    run = checkpoint.load(DATA_FOLDER / "version1.npz")
    assert (run.kept, run.trained_seconds, run.trainer.used_alpha) == (None, 0.0, 0.25)


@pytest.mark.parametrize(("alpha", "commands"), [(1e9, [Reset(alpha=0.25)]), (0.5, [Reset()])])
def test_given_an_alpha_that_diverged_or_not_when_started_over_then_it_goes_or_stays(
    alpha: float, commands: list[Reset]
) -> None:
    run = new_run()
    carry_out(run, [120, SetAlpha(alpha), 50, StartOver()])
    assert [one.command for one in run.commands][1:] == commands
    assert run.trainer.alpha == (commands[0].alpha or alpha)


def test_given_a_course_that_was_not_to_be_kept_when_reset_again_then_a_resumed_run_keeps_the_same() -> (
    None
):
    run = new_run()
    carry_out(run, [1, Reset(alpha=0.25, keeps=False)])
    resumed = checkpoint.decode(checkpoint.encode(run))

    for one in (run, resumed):
        one.apply(Reset())

    assert (run.kept, resumed.kept) == (None, None)
    assert checkpoint.encode(run) == checkpoint.encode(resumed)
