"""How the text of options becomes values, and what is found out about terminal and signals."""

import io
import os
import signal
import subprocess
import sys
from typing import Any

import click
import msgspec
import numpy as np
import pytest

import engine.run
import engine.snapshot
from engine.config import TrainingConfig
from engine.datasets import Dataset, Points
from engine.errors import ConfigError
from engine.layer import INITIALIZATIONS
from engine.rules import RULE_NAMES
from engine.run import Run
from tui import headless, options, terminal
from tui.cli import MoonwalkCommand
from tui.deliver import finite, json_text
from tui.options import DashboardOptions


def parsed(*args: str) -> dict[str, Any]:
    return MoonwalkCommand().make_context("moonwalk", list(args)).params


def config_of(*args: str) -> TrainingConfig:
    return options.training_config(parsed(*args))


def dashboard_of(*args: str) -> DashboardOptions:
    return options.dashboard_options(parsed(*args), ascii_only=False)


class TestRunSettings:
    def test_given_nothing_when_parsed_then_the_engines_own_defaults(self) -> None:
        assert config_of() == TrainingConfig()

    def test_given_every_setting_when_parsed_then_each_arrives(self) -> None:
        config = config_of(
            *("--steps", "7", "--alpha", "0.5", "--layers", "3,4,5", "--samples", "40"),
            *("--noise", "0.1", "--test-size", "0.5", "--seed", "9", "--rule", "article"),
            *("--initialization", "article"),
        )

        assert msgspec.structs.asdict(config) == {
            "steps": 7,
            "alpha": 0.5,
            "layers": (3, 4, 5),
            "samples": 40,
            "noise": 0.1,
            "test_size": 0.5,
            "seed": 9,
            "rule": "article",
            "initialization": "article",
        }

    def test_given_a_rule_alone_when_parsed_then_it_starts_as_the_rule_does(self) -> None:
        assert config_of("--rule", "article").initialization == "article"
        assert config_of("--rule", "exact").initialization == "he"

    @pytest.mark.parametrize("alpha", ["-1", "-0.5"])
    @pytest.mark.parametrize("form", ["{0} {1}", "{0}={1}"])
    def test_given_a_negative_number_when_parsed_then_it_is_a_value_and_no_option(
        self, form: str, alpha: str
    ) -> None:
        args = form.format("--alpha", alpha).split()

        assert parsed(*args)["alpha"] == float(alpha)

    @pytest.mark.parametrize(
        ("text", "value"),
        [("12", 12), ("-3", -3), ("1.5", "1.5"), ("a", "a"), ("", ""), ("9" * 5000, "9" * 5000)],
    )
    def test_given_text_when_read_as_a_whole_number_then_what_is_none_is_left_to_the_engine(
        self, text: str, value: object
    ) -> None:
        assert options.whole(text) == value

    @pytest.mark.parametrize(
        ("text", "value"),
        [("0.5", 0.5), ("-1", -1.0), ("nan", "nan"), ("-inf", "-inf"), ("1e999", "1e999")],
    )
    def test_given_text_when_read_as_a_number_then_what_is_not_finite_is_left_to_the_engine(
        self, text: str, value: object
    ) -> None:
        assert options.real(text) == value

    @pytest.mark.parametrize(
        ("text", "sizes"), [("16,16", (16, 16)), ("4", (4,)), (" 2, 3 ", (2, 3)), ("-1", (-1,))]
    )
    def test_given_a_list_when_read_as_layers_then_every_number_is_there(
        self, text: str, sizes: tuple[int, ...]
    ) -> None:
        assert options.layers(text) == sizes

    @pytest.mark.parametrize("text", ["", "a", "16,,16", "16,", "1.5", "16 16"])
    def test_given_no_list_when_read_as_layers_then_the_message_shows_one(self, text: str) -> None:
        with pytest.raises(click.BadParameter, match="with commas between, as 16,16"):
            options.layers(text)

    def test_given_a_setting_that_is_not_allowed_when_configured_then_the_engine_says_so(
        self,
    ) -> None:
        with pytest.raises(ConfigError, match="steps: '1e3' is not a whole number from 1 to"):
            config_of("--steps", "1e3")


class TestDisplaySettings:
    def test_given_nothing_when_parsed_then_the_usual_dashboard(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.delenv("SSH_CONNECTION", raising=False)

        assert dashboard_of() == DashboardOptions(
            pace=50, fps=20.0, ascii_only=False, mouse=True, theme="dark"
        )

    def test_given_every_setting_when_parsed_then_each_arrives(self) -> None:
        args = ("--pace", "max", "--fps", "7.5", "--ascii", "--no-mouse", "--theme", "light")

        assert options.dashboard_options(parsed(*args), ascii_only=True) == DashboardOptions(
            pace=0, fps=7.5, ascii_only=True, mouse=False, theme="light"
        )

    def test_given_a_remote_line_when_parsed_then_fewer_frames_unless_told(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("SSH_CONNECTION", "192.0.2.1 50000 192.0.2.2 22")

        assert dashboard_of().fps == 10.0
        assert dashboard_of("--fps", "20").fps == 20.0

    @pytest.mark.parametrize(("text", "steps"), [("1", 1), ("1000000", 1_000_000), ("max", 0)])
    def test_given_a_pace_when_read_then_steps_a_frame(self, text: str, steps: int) -> None:
        assert options.pace(text) == steps

    @pytest.mark.parametrize("text", ["0", "-1", "1000001", "fast", "", "2.5", "MAX"])
    def test_given_no_pace_when_read_then_the_message_names_what_is_allowed(
        self, text: str
    ) -> None:
        with pytest.raises(click.BadParameter, match=r"whole number from 1 to 1000000, or max$"):
            options.pace(text)

    @pytest.mark.parametrize("text", ["0", "0.99", "60.5", "-5", "nan", "inf", "often", ""])
    def test_given_no_frame_rate_when_read_then_the_message_names_what_is_allowed(
        self, text: str
    ) -> None:
        with pytest.raises(click.BadParameter, match=r"is not a number from 1 to 60$"):
            options.frames(text)

    def test_given_what_the_engine_allows_when_compared_then_the_options_offer_the_same(
        self,
    ) -> None:
        assert options.RULES == RULE_NAMES
        assert options.INITIALIZATIONS == INITIALIZATIONS
        assert options.MAX_PACE == engine.run.MAX_PACE
        assert options.AS_FAST_AS_IT_GOES == engine.snapshot.AS_FAST_AS_IT_GOES


@pytest.mark.parametrize(
    ("text", "short"),
    [
        ("abc", "'abc'"),
        ("a\nb\x1b[0m", "'a\\nb\\x1b[0m'"),
        ("9" * 10_000, "'" + "9" * 36 + "..."),
    ],
)
def test_given_any_text_when_shortened_then_one_line_of_at_most_forty_characters(
    text: str, short: str
) -> None:
    assert options.shortened(text) == short


class TestLocale:
    @pytest.mark.parametrize(
        ("environ", "coerced", "name"),
        [
            ({}, False, "C"),
            ({"LANG": "de_DE.UTF-8"}, False, "de_DE.UTF-8"),
            ({"LANG": "de_DE.UTF-8", "LC_CTYPE": "C"}, False, "C"),
            ({"LANG": "de_DE.UTF-8", "LC_CTYPE": "", "LC_ALL": ""}, False, "de_DE.UTF-8"),
            ({"LANG": "C", "LC_CTYPE": "C.UTF-8"}, False, "C.UTF-8"),
            ({"LANG": "C", "LC_CTYPE": "C.UTF-8"}, True, "C"),
            ({"LC_CTYPE": "C.UTF-8"}, True, "C"),
            ({"LC_ALL": "POSIX", "LANG": "de_DE.UTF-8"}, False, "POSIX"),
        ],
    )
    def test_given_variables_when_asked_then_the_locale_that_decides(
        self, environ: dict[str, str], coerced: bool, name: str
    ) -> None:
        assert terminal.locale_name(environ, coerced=coerced) == name

    @pytest.mark.parametrize("name", ["C.UTF-8", "C.utf8", "de_DE.UTF-8@euro", "UTF-8", "utf_8"])
    def test_given_a_name_with_utf8_when_asked_then_it_is(self, name: str) -> None:
        assert terminal.is_utf8(name)

    @pytest.mark.parametrize("name", ["C", "POSIX", "en_US", "en_US.ISO-8859-1", "ascii"])
    def test_given_a_name_without_utf8_when_asked_then_it_is_not(self, name: str) -> None:
        assert not terminal.is_utf8(name)

    @pytest.mark.parametrize(
        ("variables", "flag", "ascii_only"),
        [
            ("LANG=C.UTF-8", False, "False"),
            ("LANG=C.UTF-8", True, "True"),
            ("LANG=xx_XX.UTF-8", False, "False"),  # named but not installed here
            ("LC_CTYPE=C.UTF-8", False, "False"),
            ("LANG=C", False, "True"),
            ("LANG=POSIX", False, "True"),
            ("LANG=C.UTF-8 LC_ALL=C", False, "True"),
            ("LANG=en_US.ISO-8859-1", False, "True"),
            ("", False, "True"),  # no locale is the C locale
            ("LANG=C.UTF-8 PYTHONIOENCODING=ascii", False, "True"),
        ],
    )
    def test_given_a_locale_when_python_has_made_its_own_of_it_then_what_is_drawn_fits_the_terminal(
        self, variables: str, flag: bool, ascii_only: str
    ) -> None:
        code = f"from tui.terminal import needs_ascii; print(needs_ascii({flag}))"
        environ = dict(pair.split("=") for pair in variables.split())

        result = subprocess.run(
            [sys.executable, "-c", code], env=environ, capture_output=True, text=True, check=True
        )

        assert result.stdout == f"{ascii_only}\n"


class FakeStream(io.StringIO):
    def __init__(self, terminal: bool) -> None:
        super().__init__()
        self._terminal = terminal

    def isatty(self) -> bool:
        return self._terminal


class TestInteractive:
    @pytest.mark.parametrize(
        ("stdin", "stderr", "term", "interactive"),
        [
            (True, True, "xterm-256color", True),
            (False, True, "xterm-256color", False),
            (True, False, "xterm-256color", False),
            (True, True, "dumb", False),
            (True, True, "", False),
        ],
    )
    def test_given_streams_and_a_terminal_type_when_asked_then_whether_a_dashboard_can_be_shown(
        self,
        monkeypatch: pytest.MonkeyPatch,
        stdin: bool,
        stderr: bool,
        term: str,
        interactive: bool,
    ) -> None:
        monkeypatch.setattr(sys, "stdin", FakeStream(stdin))
        monkeypatch.setattr(sys, "stderr", FakeStream(stderr))
        monkeypatch.setenv("TERM", term)

        assert terminal.interactive() is interactive

    def test_given_no_terminal_type_when_asked_then_nothing_can_be_redrawn(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.delenv("TERM", raising=False)

        assert terminal.can_redraw(FakeStream(True)) is False

    def test_given_a_stream_that_is_missing_or_closed_when_asked_then_it_cannot_be_redrawn(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("TERM", "xterm")
        closed = io.StringIO()
        closed.close()

        assert terminal.can_redraw(None) is False
        assert terminal.can_redraw(closed) is False


class TestJson:
    def test_given_numbers_that_json_lacks_when_written_then_null_stands_for_them(self) -> None:
        figures = {"a": float("nan"), "b": [1.5, [float("-inf")]], "c": "nan", "d": 2}

        assert json_text(figures) == '{"a": null, "b": [1.5, [null]], "c": "nan", "d": 2}'

    def test_given_finite_values_when_made_finite_then_they_stay_what_they_are(self) -> None:
        assert finite({"x": [0.1, 3, None, True]}) == {"x": [0.1, 3, None, True]}


class Recorder:
    """Keeps what it is shown; may send this process a signal at a step."""

    def __init__(self, signal_at: int | None = None) -> None:
        self.moments: list[headless.Moment] = []
        self._signal_at = signal_at

    def show(self, moment: headless.Moment) -> None:
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
        assert headless.next_mark(step, total) == mark

    def test_given_a_run_when_trained_then_no_burst_goes_past_a_tenth(self) -> None:
        run, recorder = small_run(250), Recorder()

        headless.train(run, recorder, headless.Interruption(), headless.Saver(run, None))

        steps = [moment.step for moment in recorder.moments]
        assert set(steps) >= {25, 50, 75, 100, 125, 150, 175, 200, 225, 250}
        assert run.state == "done"
        assert recorder.moments[0].train_loss == pytest.approx(
            float(run.trainer.train_history.reduced(4096).mean[0])
        )

    def test_given_a_signal_when_training_then_it_ends_after_that_burst_and_handlers_are_back(
        self,
    ) -> None:
        before = signal.getsignal(signal.SIGTERM)
        run = small_run(1_000)

        with headless.interruption() as interrupted:
            headless.train(run, Recorder(signal_at=100), interrupted, headless.Saver(run, None))

        assert run.trainer.step == 100
        assert interrupted.by == signal.SIGTERM
        assert signal.getsignal(signal.SIGTERM) is before

    def test_given_a_first_signal_when_a_second_comes_then_it_ends_at_once(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        before = signal.signal(signal.SIGINT, signal.default_int_handler)
        try:
            with headless.interruption():
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
            with headless.interruption() as interrupted:
                os.kill(os.getpid(), signal.SIGINT)
        finally:
            signal.signal(signal.SIGINT, before)

        assert interrupted.by is None

    def test_given_a_short_run_when_told_in_lines_then_one_a_tenth(
        self, capsys: pytest.CaptureFixture[str]
    ) -> None:
        lines = headless.Lines(clock=lambda: 0.0)

        for step in range(50, 1_001, 50):
            lines.show(headless.Moment(step, 1_000, 0.25, 43_051.0))

        told = capsys.readouterr().err.splitlines()
        assert told[0] == "step 100 of 1,000  train 0.2500  43,100 steps/s"
        assert len(told) == 10
        assert told[-1] == "step 1,000 of 1,000  train 0.2500  43,100 steps/s"

    def test_given_a_long_run_when_told_in_lines_then_every_two_seconds_and_later_more_seldom(
        self, capsys: pytest.CaptureFixture[str]
    ) -> None:
        now = 0.0
        lines = headless.Lines(clock=lambda: now)
        told_at = []

        for second in range(1, 61):
            now = float(second)
            lines.show(headless.Moment(second, 1_000_000, 0.25, 1.0))
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
