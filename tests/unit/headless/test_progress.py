"""A run without a dashboard: its progress, what interrupts it, and its figures as JSON."""

import os
import signal

import numpy as np
import pytest

from engine.config.training_config import TrainingConfig
from engine.data.dataset import Dataset, Points
from engine.host.run_to_end import HeadlessRun, Progress, next_mark
from engine.run.run import Run
from tui.cli.output import finite, json_text
from tui.headless import progress as headless
from tui.headless.interruption import interruption


class TestJson:
    def test_given_numbers_that_json_lacks_when_written_then_null_stands_for_them(self) -> None:
        figures = {"a": float("nan"), "b": [1.5, [float("-inf")]], "c": "nan", "d": 2}

        assert json_text(figures) == '{"a": null, "b": [1.5, [null]], "c": "nan", "d": 2}'

    def test_given_finite_values_when_made_finite_then_they_stay_what_they_are(self) -> None:
        assert finite({"x": [0.1, 3, None, True]}) == {"x": [0.1, 3, None, True]}


class Recorder:
    """Keeps what it is shown; may send this process a signal at a step."""

    def __init__(self, signal_at: int | None = None) -> None:
        self.moments: list[Progress] = []
        self._signal_at = signal_at

    def show(self, moment: Progress) -> None:
        self.moments.append(moment)
        if moment.step == self._signal_at:
            signal.raise_signal(signal.SIGTERM)


def small_run(steps: int) -> Run:
    points = Points(np.array([[0.0, 1.0], [1.0, 0.0]]), np.array([0.0, 1.0]))
    return Run(TrainingConfig(steps=steps, layers=(2,)), 0, Dataset(points, points))


class TestHeadless:
    @pytest.mark.parametrize(
        ("step", "total", "mark"),
        [(0, 20_000, 2_000), (1_999, 20_000, 2_000), (2_000, 20_000, 4_000), (19_999, 20_000, 20_000),
         (0, 3, 1), (1, 3, 2), (2, 3, 3), (0, 25, 3), (3, 25, 5)],
    )  # fmt: skip
    def test_given_a_step_when_asked_then_the_next_tenth(
        self, step: int, total: int, mark: int
    ) -> None:
        assert next_mark(step, total) == mark

    def test_given_a_run_when_trained_then_no_burst_goes_past_a_tenth(self) -> None:
        run, recorder = small_run(250), Recorder()

        HeadlessRun(run).train(recorder.show, lambda: False, pytest.fail)

        steps = [moment.step for moment in recorder.moments]
        assert set(steps) >= {25, 50, 75, 100, 125, 150, 175, 200, 225, 250}
        assert run.state == "done"
        assert recorder.moments[0].train_loss == pytest.approx(
            float(run.trainer.losses.train.reduced(4096).mean[0])
        )

    def test_given_a_signal_when_training_then_it_ends_after_that_burst_and_handlers_are_back(
        self,
    ) -> None:
        before = signal.getsignal(signal.SIGTERM)
        run = small_run(1_000)

        with interruption() as interrupted:
            HeadlessRun(run).train(
                Recorder(signal_at=100).show, lambda: interrupted.by is not None, pytest.fail
            )

        assert run.trainer.step == 100
        assert interrupted.by == signal.SIGTERM
        assert signal.getsignal(signal.SIGTERM) is before

    def test_given_a_first_signal_when_a_second_comes_then_it_ends_at_once(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        before = signal.signal(signal.SIGINT, signal.default_int_handler)
        try:
            with interruption():
                signal.raise_signal(signal.SIGINT)
                with pytest.raises(KeyboardInterrupt):
                    signal.raise_signal(signal.SIGINT)
        finally:
            signal.signal(signal.SIGINT, before)

    def test_given_a_signal_ignored_from_the_start_when_it_comes_then_it_stays_ignored(
        self,
    ) -> None:
        before = signal.signal(signal.SIGINT, signal.SIG_IGN)
        try:
            with interruption() as interrupted:
                os.kill(os.getpid(), signal.SIGINT)
        finally:
            signal.signal(signal.SIGINT, before)

        assert interrupted.by is None

    def test_given_a_short_run_when_told_in_lines_then_one_a_tenth(
        self, capsys: pytest.CaptureFixture[str]
    ) -> None:
        lines = headless.Lines(clock=lambda: 0.0)

        for step in range(50, 1_001, 50):
            lines.show(Progress(step, 1_000, 0.25, 43_051.0))

        told = capsys.readouterr().err.splitlines()
        assert told[0] == "step 100 of 1,000  train 0.2500  43,100 steps/s"
        assert len(told) == 10
        assert told[-1] == "step 1,000 of 1,000  train 0.2500  43,100 steps/s"

    def test_given_no_loss_when_told_then_a_dash_stands_for_it(self) -> None:
        line = headless.in_words(Progress(5, 10, float("nan"), 10.0))

        assert line == "step 5 of 10  train -  10 steps/s"

    def test_given_a_long_run_when_told_in_lines_then_every_two_seconds_and_later_more_seldom(
        self, capsys: pytest.CaptureFixture[str]
    ) -> None:
        now = 0.0
        lines = headless.Lines(clock=lambda: now)
        told_at = []

        for second in range(1, 61):
            now = float(second)
            lines.show(Progress(second, 1_000_000, 0.25, 1.0))
            if capsys.readouterr().err:
                told_at.append(second)

        assert told_at[:5] == [2, 4, 6, 8, 10]
        assert told_at[-2:] == [53, 59]

    @pytest.mark.parametrize(
        ("loss", "text"), [(2.584, "2.5840"), (0.0196, "0.0196"), (0.000085, "8.50e-05")]
    )
    def test_given_a_loss_when_told_then_with_digits_that_count(
        self, loss: float, text: str
    ) -> None:
        assert headless.loss_text(loss) == text

    @pytest.mark.parametrize(
        ("rate", "text"),
        [(43_051.0, "43,100 steps/s"), (99.94, "99.9 steps/s"), (0.1234, "0.123 steps/s")],
    )
    def test_given_a_rate_when_told_then_with_three_digits(self, rate: float, text: str) -> None:
        assert headless.rate_text(rate) == text
