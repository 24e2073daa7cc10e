"""How the text of options becomes values."""

from typing import Any

import click
import msgspec
import pytest

import engine.messages.snapshot
import engine.run.run
from engine.config.names import INITIALIZATIONS, RULES
from engine.config.training_config import TrainingConfig
from engine.errors import ConfigError
from tui.app.dashboard_options import DashboardOptions
from tui.cli import options
from tui.cli.main import MoonwalkCommand


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
        assert options.RULES == RULES
        assert options.INITIALIZATIONS == INITIALIZATIONS
        assert options.MAX_PACE == engine.run.run.MAX_PACE
        assert options.AS_FAST_AS_IT_GOES == engine.messages.snapshot.AS_FAST_AS_IT_GOES


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
