"""Runs without a dashboard, from the command to the exit code."""

import json
import os
import pty
import re
import signal
import subprocess

import pytest

from engine.config.training_config import TrainingConfig
from engine.data.load import load_dataset
from engine.training.trainer import Trainer
from helpers.command_line import in_shell, moonwalk, without_reader
from helpers.dashboard_terminal import COMMAND

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("private_environment")]

ESCAPE = "\x1b"


class TestHeadlessRuns:
    def test_given_one_configuration_when_run_twice_then_the_same_parameters_as_a_trainers(
        self,
    ) -> None:
        args = ("--steps", "1000", "--seed", "3", "--layers", "4,3", "--rule", "article", "--json")

        asked, by_itself = moonwalk(*args, "--headless"), moonwalk(*args)

        config = TrainingConfig(
            steps=1000, seed=3, layers=(4, 3), rule="article", initialization="article"
        )
        trainer = Trainer(config, load_dataset(config))
        trainer.advance(1000)
        for result in (asked, by_itself):
            figures = json.loads(result.stdout)
            assert list(figures) == [
                "steps", "epochs", "alpha", "data", "seed", "layers", "batch_size", "optimizer",
                "rule", "features", "inputs", "problem", "classes", "train_loss",
                "train_accuracy", "train_rmse", "train_r2", "test_loss", "test_accuracy",
                "test_rmse", "test_r2", "confusion_matrix", "steps_per_second",
                "parameters_sha256",
            ]  # fmt: skip
            assert figures["parameters_sha256"] == trainer.network.sha256()
            assert figures["layers"] == [4, 3]
            assert figures["rule"] == "article"
            assert figures["data"] == "moons"
            assert figures["epochs"] == 1000
            assert figures["batch_size"] is figures["test_rmse"] is figures["test_r2"] is None
            assert figures["inputs"] == figures["features"] == ["x", "y"]
            assert figures["classes"] == ["0", "1"]
            assert result.stdout.count("\n") == 1
            assert ESCAPE not in result.stdout + result.stderr
            assert result.returncode == 0
            told = result.stderr.splitlines()
            steps = {line.partition(" of 1,000  train 0.")[0] for line in told}
            assert steps >= {f"step {step}" for step in range(100, 1000, 100)}
            assert re.fullmatch(r"step 1,000 of 1,000  train 0\.\d{4}  [\d,.]+ steps/s", told[-1])

    def test_given_a_set_up_that_was_hardly_meant_when_run_then_one_line_says_so_and_it_runs(
        self,
    ) -> None:
        result = moonwalk("--order", "fixed", "--steps", "10", "--json")

        assert result.stderr.splitlines()[0] == (
            "moonwalk: warning: order: it has no effect on the full batch"
        )
        assert json.loads(result.stdout)["steps"] == 10
        assert result.returncode == 0

    def test_given_no_colour_asked_for_when_run_then_the_report_is_plain_text(self) -> None:
        result = moonwalk("--headless", "--steps", "10", FORCE_COLOR="")

        assert len(result.stdout.splitlines()) > 5
        assert ESCAPE not in result.stdout + result.stderr
        assert result.returncode == 0

    def test_given_too_large_an_alpha_when_run_then_the_figures_come_and_it_exits_3(self) -> None:
        result = moonwalk("--alpha", "1000", "--json")

        assert json.loads(result.stdout)["steps"] == 2
        assert result.stderr.splitlines()[-1] == (
            "moonwalk: diverged: with alpha 1000, weights of layer 3 would reach 2.19e+03 at step 3;"
            " take a smaller --alpha"
        )
        assert result.returncode == 3

    @pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
    def test_given_a_long_run_when_a_signal_ends_it_then_the_figures_of_what_there_is(
        self, number: signal.Signals, code: int
    ) -> None:
        process = subprocess.Popen(
            [*COMMAND, "--headless", "--json", "--layers", "2", "--steps", "1000000"],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            # pytest may itself run where this is ignored
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
        )
        assert process.stderr is not None
        process.stderr.readline()

        process.send_signal(number)
        stdout, stderr = process.communicate(timeout=60)

        steps = json.loads(stdout)["steps"]
        assert 0 < steps < 1_000_000
        assert stderr.splitlines()[-1] == (f"moonwalk: interrupted at step {steps:,} of 1,000,000")
        assert process.returncode == code

    @pytest.mark.parametrize(("locale", "bar"), [("C.UTF-8", "━━━"), ("C", "---")])
    def test_given_a_terminal_on_stderr_when_run_then_a_bar_in_its_characters(
        self, locale: str, bar: str
    ) -> None:
        master, stderr = pty.openpty()
        with subprocess.Popen(
            [*COMMAND, "--headless", "--json", "--steps", "1000"],
            stdout=subprocess.PIPE,
            stderr=stderr,
            env=os.environ | {"LC_ALL": locale, "COLUMNS": "100"},
        ) as process:
            os.close(stderr)
            drawn = read_all(master)
            assert process.stdout is not None
            figures = json.loads(process.stdout.read())

        assert figures["steps"] == 1000
        assert f"{bar}" in drawn
        assert "100%" in drawn
        assert "step 1,000 of 1,000  train 0." in drawn
        assert drawn.isascii() is (locale == "C")
        assert process.returncode == 0

    @pytest.mark.parametrize(("streams", "printed"), [("<&- 2>/dev/null", 1), ("<&- >&- 2>&-", 0)])
    def test_given_closed_streams_when_run_then_it_trains_all_the_same(
        self, streams: str, printed: int
    ) -> None:
        result = in_shell(f"exec $MOONWALK --json --steps 10 {streams}")

        assert result.stdout.count('"steps": 10,') == printed
        assert result.stderr == ""
        assert result.returncode == 0

    def test_given_a_reader_that_left_when_run_then_quietly_the_shells_exit_code(self) -> None:
        result = without_reader("--headless", "--steps", "10")

        assert result.stderr.splitlines()[-1][:16] == "step 10 of 10  t"
        assert "Traceback" not in result.stderr
        assert result.returncode == 141


def read_all(descriptor: int) -> str:
    """What comes out of a pseudo-terminal until nobody holds its other end."""
    chunks: list[bytes] = []
    while True:
        try:
            chunk = os.read(descriptor, 65536)
        except OSError:
            chunk = b""
        if not chunk:
            os.close(descriptor)
            return b"".join(chunks).decode()
        chunks.append(chunk)
