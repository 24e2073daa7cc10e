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
            *("--data", "a b.csv", "--samples", "40", "--noise", "0", "--test-size", "0.5"),
            *("--balance", "0.3", "--seed", "9", "--data-seed", "8", "--weight-seed", "7"),
            *("--target", "price", "--columns", 'a,"b,c"', "--problem", "classification"),
            *("--classes", "x,y", "--pca", "3", "--features", "x,y2", "--scaling", "minmax"),
            *("--plane", "a,b", "--layers", "3:tanh,4,5", "--activation", "relu:0.1"),
            *("--loss", "squared_error", "--initialization", "glorot", "--alpha", "0.5"),
            *("--steps", "7", "--batch", "11", "--order", "fixed", "--optimizer", "sgd"),
            *("--momentum", "0.9", "--nesterov", "--schedule", "step:20", "--warm-up", "2"),
            *("--l1", "0.25", "--l2", "0.125", "--dropout", "0.75", "--clip", "none"),
            *("--until-loss", "0.01", "--patience", "6", "--rule", "exact"),
        )

        assert msgspec.structs.asdict(config) == {
            "data": "a b.csv",
            "samples": 40,
            "noise": 0.0,
            "test_size": 0.5,
            "balance": 0.3,
            "seed": 9,
            "data_seed": 8,
            "target": "price",
            "columns": ("a", "b,c"),
            "problem": "classification",
            "keep_classes": ("x", "y"),
            "pca": 3,
            "features": ("x", "y2"),
            "scaling": "minmax",
            "plane": ("a", "b"),
            "layers": ("3:tanh", 4, 5),
            "activation": "relu:0.1",
            "loss": "squared_error",
            "initialization": "glorot",
            "weight_seed": 7,
            "alpha": 0.5,
            "steps": 7,
            "batch_size": 11,
            "order": "fixed",
            "optimizer": "sgd",
            "momentum": 0.9,
            "nesterov": True,
            "schedule": "step:20:0.5",
            "warm_up": 2,
            "l1": 0.25,
            "l2": 0.125,
            "dropout": 0.75,
            "clip": None,
            "until_loss": 0.01,
            "patience": 6,
            "rule": "exact",
            "data_digest": "",
        }

    @pytest.mark.parametrize(
        ("data", "samples", "noise", "scaling"),
        [
            ("moons", 200, 0.2, "none"),
            ("spiral:3", 500, 0.0, "none"),
            ("plane", 1200, 0.0, "none"),
            ("sine", 200, 0.1, "none"),
            ("iris", None, 0.0, "standard"),
            ("mine.csv", None, 0.0, "standard"),
        ],
    )
    def test_given_data_alone_when_parsed_then_points_noise_and_scale_are_as_usual_with_them(
        self, data: str, samples: int | None, noise: float, scaling: str
    ) -> None:
        config = config_of("--data", data)

        assert (config.samples, config.noise, config.scaling) == (samples, noise, scaling)

    def test_given_squares_as_features_when_parsed_then_they_are_scaled(self) -> None:
        assert config_of("--features", "x,y").scaling == "none"
        assert config_of("--features", "x2,y2").scaling == "standard"
        assert config_of("--features", "x2,y2", "--scaling", "none").scaling == "none"

    def test_given_none_as_a_value_when_parsed_then_it_wins_over_the_usual_one(self) -> None:
        assert config_of("--samples", "all").samples is None
        assert config_of("--preset", "playground", "--batch", "full").batch_size is None

    def test_given_a_preset_when_parsed_then_options_win_and_the_rest_is_as_usual(self) -> None:
        config = config_of("--alpha", "0.5", "--preset", "playground", "--data", "gaussian")

        assert config == TrainingConfig(
            data="gaussian",
            samples=1200,
            noise=0.0,
            test_size=0.5,
            layers=(4, 2),
            activation="tanh",
            loss="half_squared_error",
            initialization="uniform",
            alpha=0.5,
            batch_size=10,
            order="fixed",
        )

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
