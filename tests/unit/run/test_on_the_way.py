"""What was done to the present course of a run, by the names of recordings."""

from engine.messages.commands import (
    Adjust,
    Command,
    Configure,
    Extend,
    Pause,
    Reset,
    RestoreCourse,
    SetAlpha,
    SetPace,
)
from engine.messages.view import View
from engine.run.run import Run
from engine.storage import checkpoint
from helpers.runs import carry_out, new_run


def after(*doings: Command | int) -> tuple[str, ...]:
    run = new_run()
    carry_out(run, doings)
    return run.on_the_way


def test_given_nothing_that_decides_the_course_when_asked_then_nothing() -> None:
    assert after(5, Pause(), SetPace(3)) == ()


def test_given_alpha_when_set_before_the_first_update_then_it_is_part_of_the_beginning() -> None:
    assert after(SetAlpha(0.5), 5) == ()
    assert after(5, SetAlpha(0.5)) == ("alpha",)


def test_given_commands_when_done_again_then_each_once_in_order() -> None:
    done = after(5, Adjust({"l2": 0.1}), SetAlpha(0.5), Adjust({"l2": 0.2}), Extend(3))

    assert done == ("adjust", "alpha", "extend")


def test_given_a_new_beginning_when_asked_then_what_was_before_counts_no_more() -> None:
    assert after(5, SetAlpha(0.5), 5, Reset()) == ()
    assert after(5, SetAlpha(0.5), 5, Configure({"layers": (3,)}), 5, SetAlpha(0.1)) == ("alpha",)


def test_given_a_course_that_is_brought_back_when_asked_then_its_own_commands() -> None:
    doings: list[Command | int] = [5, Adjust({"l2": 0.1}), 5, Reset(), 5, SetAlpha(0.5)]

    assert after(*doings, RestoreCourse()) == ("adjust",)
    assert after(*doings, RestoreCourse(), RestoreCourse()) == ("alpha",)


def test_given_a_reset_before_any_update_when_brought_back_then_the_course_before_it() -> None:
    doings: list[Command | int] = [5, Adjust({"l2": 0.1}), 5, Reset(), Adjust({"l2": 0.2}), Reset()]

    assert after(*doings, 5, RestoreCourse()) == ("adjust",)


def test_given_a_saved_run_when_it_goes_on_then_it_knows_what_was_done() -> None:
    run = new_run()
    carry_out(run, [5, SetAlpha(0.5)])

    again = Run.from_state(run.state_for_saving(), run.trainer.dataset)

    assert again.on_the_way == ("alpha",)
    assert again.snapshot(View()).on_the_way == ("alpha",)
    assert checkpoint.decode(checkpoint.encode(run)).commands == run.commands
