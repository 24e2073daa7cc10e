"""How a run ends, and how the app does: by wish, by a lost host, by a fault."""

import numpy as np
import pytest

from engine.config.training_config import TrainingConfig
from engine.errors import ConfigError, HostLostError
from engine.messages.commands import Command, Extend, Reset, SetAlpha
from engine.messages.report import RunReport
from engine.messages.run_state import State
from helpers.apps import CONFIG, NARROW, WatchedSession, dashboard
from tui.screens.report import ReportScreen

SHORT = TrainingConfig(steps=100)
ENDING_KEYS = " esc back  c train 100 more  r restart  n new seed  s save  d detach  ? help  q quit"


def short_session() -> WatchedSession:
    return WatchedSession(SHORT)


# the ending


async def test_given_the_last_step_when_it_is_made_then_the_ending_opens_once() -> None:
    async with dashboard(short_session(), ticks=9) as shown:
        assert shown.app.screen is shown.app.dashboard

        await shown.tick(3)
        assert isinstance(shown.app.screen, ReportScreen)
        assert shown.lines[1] == f"{' Done: 100 steps':<120}"
        assert (
            "make_moons 2-16-16-1   sgd, full batch   exact rule   alpha 0.25   seed 0"
            in shown.lines[2]
        )
        assert shown.keys.rstrip() == ENDING_KEYS

        await shown.press("escape")
        await shown.tick(3)
        await shown.resize(*NARROW)
        assert shown.app.screen is shown.app.dashboard
        assert "step 100 / 100" in shown.status


async def test_given_the_ending_when_read_then_it_says_what_the_report_says() -> None:
    async with dashboard(short_session(), ticks=10) as shown:
        report = shown.session.run.report()
        right = report.confusion_matrix[0][0] + report.confusion_matrix[1][1]
        wrong = sum(map(sum, report.confusion_matrix)) - right

        test, train = shown.lines[5], shown.lines[6]
        assert test.startswith(f" test   {report.test.loss:7.4f}")
        assert f"{report.test.accuracy:.1%}  {right} of 50" in test
        assert test.split()[-4:] == ["real", "o", *map(str, report.confusion_matrix[0])]
        assert train.startswith(f" train  {report.train.loss:7.4f}")
        assert f"{report.train.accuracy:.1%}" in train
        assert train.split()[-4:] == ["real", "x", *map(str, report.confusion_matrix[1])]
        assert f"{wrong} wrong" in shown.text
        assert shown.text.count("O") + shown.text.count("X") == wrong


@pytest.mark.parametrize("key", ["escape", "b", "e"])
async def test_given_the_middle_of_a_run_when_evaluated_then_there_is_a_way_back(key: str) -> None:
    async with dashboard(short_session(), ticks=4) as shown:
        await shown.press("e")
        assert " After 40 of 100 steps" in shown.text
        assert "train 100 more" not in shown.keys

        await shown.press("c")
        assert shown.session.commands == []

        await shown.press(key)
        assert shown.app.screen is shown.app.dashboard


SMALL_ENDING = """\
 Done: 100 steps
 make_moons 2-16-16-1   sgd, full batch
 exact rule   alpha 0.25   seed 0
           loss    accuracy
 test    0.2190      90.0%  45 of 50
 train   0.2013      92.7%

 predicted       o      x
 real o         18      5
 real x          0     27

 esc back ? help q quit"""


async def test_given_a_small_terminal_when_a_run_ends_then_its_figures_stand_below_one_another() -> (
    None
):
    async with dashboard(short_session(), size=(40, 12), ticks=10) as shown:
        assert [line.rstrip() for line in shown.lines] == SMALL_ENDING.split("\n")


@pytest.mark.parametrize(
    ("size", "there", "left_out"),
    [
        ((60, 18), ["real classes", "Predicted classes", "real x"], []),
        ((59, 18), ["Predicted classes", "real x"], ["real classes"]),
        ((40, 24), ["Predicted classes", "real x"], ["real classes"]),
        ((80, 12), ["test points", "real x"], ["Predicted classes"]),
        ((40, 8), ["Done", "test ", "train ", "make_moons"], ["real x", "Predicted"]),
        ((40, 4), ["Done", "test ", "train "], ["make_moons", "real x", "loss"]),
        ((20, 3), ["Done", "test "], ["train ", "loss"]),
    ],
    ids=str,
)
async def test_given_any_terminal_when_a_run_has_ended_then_what_matters_less_is_left_out(
    size: tuple[int, int], there: list[str], left_out: list[str]
) -> None:
    async with dashboard(short_session(), ticks=10) as shown:
        await shown.resize(*size)
        assert [words for words in there if words not in shown.text] == []
        assert [words for words in left_out if words in shown.text] == []
        assert "q quit" in shown.keys


async def test_given_the_ending_when_help_is_asked_for_then_it_explains_what_is_there() -> None:
    async with dashboard(short_session(), size=(80, 60), ticks=10) as shown:
        await shown.press("question_mark")
        await shown.until(lambda: "never learned from" in shown.text)
        for words in ("escape b e  Back", "c  Train for as many", "q  End the run", "ctrl+p"):
            assert words in shown.text
        assert "Pause" not in shown.text
        assert "Inspect" not in shown.text

        await shown.press("escape")
        assert isinstance(shown.app.screen, ReportScreen)


async def test_given_the_ending_when_trained_on_then_the_run_has_as_many_steps_again() -> None:
    async with dashboard(short_session(), ticks=10) as shown:
        await shown.press("c")
        await shown.tick(5)
        assert shown.session.carried_out == [Extend(100)]
        assert "step 150 / 200" in shown.status
        assert shown.lines[-3].startswith(" running ")

        await shown.tick(5)
        assert " Done: 200 steps" in shown.text


@pytest.mark.parametrize(("key", "seed"), [("r", None), ("n", 1)])
async def test_given_the_ending_when_started_over_then_it_runs_from_step_0(
    key: str, seed: int | None
) -> None:
    async with dashboard(short_session()) as shown:
        initial = shown.session.run.trainer.network.parameters.copy()
        await shown.tick(10)
        await shown.press(key)

        assert shown.session.carried_out == [Reset(seed)]
        assert "step   0 / 100" in shown.status
        same = np.array_equal(shown.session.run.trainer.network.parameters, initial)
        assert same is (seed is None)

        await shown.tick(10)
        assert f"alpha 0.25   seed {seed or 0}" in shown.lines[2]


async def test_given_a_run_that_diverged_when_evaluated_then_the_reason_is_told_again() -> None:
    session = WatchedSession(TrainingConfig(steps=400, alpha=1e6))
    async with dashboard(session, ticks=1) as shown:
        assert shown.app.screen is shown.app.dashboard
        await shown.press("e")

        assert (
            " Diverged after 0 steps: with alpha 1e+06, weights of layer 3 would reach 1.86e+05"
            in shown.text
        )
        assert "c train" not in shown.keys


async def test_given_a_run_done_before_its_first_snapshot_when_seen_then_the_ending_opens() -> None:
    session = WatchedSession(SHORT, held=True)
    async with dashboard(session, ticks=10) as shown:
        session.release()
        await shown.settle()
        assert isinstance(shown.app.screen, ReportScreen)


async def test_given_a_half_typed_alpha_when_the_run_ends_then_the_prompt_keeps_it() -> None:
    async with dashboard(short_session(), ticks=9) as shown:
        await shown.press("a", "1")
        await shown.tick()
        await shown.press("e", "minus", "4", "enter")
        assert shown.session.carried_out == [SetAlpha(1e-4)]


# leaving


@pytest.mark.parametrize("frames", [4, 10], ids=["while it runs", "from the ending"])
async def test_given_a_run_when_quit_then_its_report_is_handed_over(frames: int) -> None:
    async with dashboard(short_session(), ticks=frames) as shown:
        await shown.press("q")

    report = shown.app.return_value
    assert isinstance(report, RunReport)
    assert report.figures() == shown.session.run.report().figures()
    assert report.steps == 10 * frames
    assert shown.app.return_code == 0
    assert shown.app.shutdown.fault is None
    assert shown.session.closed


async def test_given_a_fault_in_the_last_report_when_left_then_the_app_still_ends() -> None:
    async with dashboard(SilentSession()) as shown:
        await shown.press("q")

    assert isinstance(shown.app.shutdown.fault, ZeroDivisionError)
    assert shown.app.return_code == 1
    assert shown.session.closed


async def test_given_a_fault_in_closing_when_left_then_the_app_still_ends() -> None:
    async with dashboard(UnclosableSession()) as shown:
        await shown.press("q")
        assert shown.app._exit

    assert shown.app.return_value is not None


@pytest.mark.parametrize("key", ["ctrl+c", "ctrl+q"])
async def test_given_a_run_when_interrupted_once_then_it_says_how_to_quit(key: str) -> None:
    async with dashboard(ticks=1) as shown:
        await shown.press(key)
        await shown.tick()
        await shown.until(lambda: "Press ctrl+c" in shown.text)

        assert "Press ctrl+c again, or q, to quit" in shown.text
        assert not shown.session.closed
        assert "step  20 / 400" in shown.status


@pytest.mark.parametrize("before", [(), ("question_mark",), ("a",), ("e",)])
async def test_given_any_screen_when_interrupted_twice_then_it_quits(before: tuple[str]) -> None:
    async with dashboard(ticks=1) as shown:
        await shown.press(*before, "ctrl+c", "ctrl+c")

    assert shown.app.return_value is not None
    assert shown.app.return_value.steps == 10
    assert shown.session.closed


# a lost host


async def test_given_a_lost_host_when_looked_at_then_the_panes_stay_and_it_is_told() -> None:
    async with dashboard(ticks=4) as shown:
        before = shown.lines
        shown.session.lose()
        await shown.settle()

        assert "training has ended; q leaves" in shown.status
        assert shown.lines[-3].startswith(" lost ")
        # the weights have more decimals, as they do not change any more
        assert [line[:78] for line in shown.lines[:-3]] == [line[:78] for line in before[:-3]]
        lost = shown.lines
        assert shown.keys.rstrip() == " [] layer  g network  m max  ? help  q quit"

        await shown.press("space", "full_stop", "up", "a", "greater_than_sign", "f", "r", "n", "e")
        assert shown.session.commands == []
        assert shown.app.screen is shown.app.dashboard

        await shown.press("right_square_bracket")
        assert "Layer 2 of 3" in shown.text
        await shown.press("left_square_bracket")
        assert shown.lines[:-3] == lost[:-3]


async def test_given_a_lost_host_when_left_then_the_app_says_that_it_failed() -> None:
    async with dashboard(ticks=1) as shown:
        shown.session.lose()
        await shown.settle()
        await shown.press("q")

    assert isinstance(shown.app.shutdown.fault, HostLostError)
    assert shown.app.return_code == 1
    assert shown.app.return_value is None
    assert shown.session.closed


async def test_given_a_host_lost_behind_the_ending_when_looked_at_then_no_key_steers() -> None:
    async with dashboard(short_session(), ticks=10) as shown:
        shown.session.lose()
        await shown.settle()
        assert shown.keys.rstrip() == " esc back  ? help  q quit"

        await shown.press("c", "r", "n")
        assert shown.session.commands == []
        await shown.press("escape")
        assert "training has ended; q leaves" in shown.status


# faults


class RefusingSession(WatchedSession):
    async def start(self) -> None:
        raise ConfigError("test-size", "leaves nothing to test")


class DeadSession(WatchedSession):
    async def start(self) -> None:
        raise HostLostError("no host to be had")


class SilentSession(WatchedSession):
    async def report(self) -> RunReport:
        raise ZeroDivisionError("a mistake of ours")

    async def finish(self) -> RunReport:
        raise ZeroDivisionError("a mistake of ours")


class UnclosableSession(WatchedSession):
    async def close(self) -> None:
        raise ZeroDivisionError("a mistake of ours")


class FaultySession(WatchedSession):
    async def send(self, command: Command) -> None:
        raise ZeroDivisionError("a mistake of ours")


async def test_given_data_that_cannot_be_split_when_started_then_the_app_ends_with_why() -> None:
    async with dashboard(RefusingSession()) as shown:
        pass

    assert str(shown.app.shutdown.fault) == "test-size: leaves nothing to test"
    assert isinstance(shown.app.shutdown.fault, ConfigError)
    assert shown.app.return_code == 1
    assert shown.app.return_value is None


async def test_given_no_host_from_the_start_when_looked_at_then_it_is_told() -> None:
    async with dashboard(DeadSession()) as shown:
        assert "no host to be had; q leaves" in shown.status
        await shown.press("q")

    assert shown.app.return_code == 1


async def test_given_a_mistake_in_the_app_when_it_happens_then_only_the_fault_is_kept(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with pytest.raises(ZeroDivisionError):
        async with dashboard(FaultySession()) as shown:
            await shown.press("up")

    assert isinstance(shown.app.shutdown.fault, ZeroDivisionError)
    assert shown.app.return_code == 1
    printed = capsys.readouterr()
    assert "Traceback" not in printed.out + printed.err
    assert "mistake" not in printed.out + printed.err


async def test_given_a_paused_run_when_it_is_left_then_the_report_says_that_it_is_paused() -> None:
    async with dashboard(WatchedSession(CONFIG), ticks=2) as shown:
        await shown.press("space", "q")

    assert shown.app.return_value is not None
    assert shown.app.return_value.state is State.PAUSED
