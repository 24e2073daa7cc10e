"""How the text of options becomes values."""

from typing import Any

import msgspec
import pytest

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
