"""The command as a person or a script meets it: what it prints where, and how it ends."""

import json
import os
import pty
import re
import signal
import subprocess
import sys
import types
from pathlib import Path
from typing import Any

import msgspec
import pytest

from engine.config import TrainingConfig
from engine.errors import ConfigError, HostLostError
from engine.protocol import Fresh, Home
from engine.report import RunReport, report_on
from engine.snapshot import State
from engine.trainer import Divergence, Trainer
from tui import cli, options, terminal
from tui.launch import Outcome

COMMAND = (sys.executable, "-m", "tui.cli")
NINES = "9" * 10_000
SHORTENED = "'" + "9" * 36 + "..."
ESCAPE = "\x1b"
SETTLED = {
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "TEXTUAL_ANIMATIONS": "none",
}
"""What `main` settles for NumPy and Textual."""


@pytest.fixture(autouse=True)
def private_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No log outside of this test, and a terminal type and colours asked for in vain."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("LANG", "C.UTF-8")
    for variable in ("LC_ALL", "LC_CTYPE", "NO_COLOR", "COLUMNS", "_MOONWALK_COMPLETE"):
        monkeypatch.delenv(variable, raising=False)
    for variable in SETTLED:  # set first, so that it is undone what `main` makes of them here
        monkeypatch.setenv(variable, "")
        monkeypatch.delenv(variable)


def moonwalk(*args: str, **environ: str) -> subprocess.CompletedProcess[str]:
    """Run the command without a terminal, all streams piped."""
    return subprocess.run(
        [*COMMAND, *args],
        env=os.environ | environ,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=60,
    )


def in_shell(line: str) -> subprocess.CompletedProcess[str]:
    """Run `line`, in which $MOONWALK stands for the command."""
    environ = os.environ | {"MOONWALK": f"{sys.executable} -m tui.cli"}
    return subprocess.run(
        ["sh", "-c", line], env=environ, capture_output=True, text=True, timeout=60
    )


def without_reader(*args: str) -> subprocess.CompletedProcess[str]:
    """Run the command with a pipe for stdout that nobody reads from."""
    reader, writer = os.pipe()
    os.close(reader)
    try:
        return subprocess.run(
            [*COMMAND, *args], stdout=writer, stderr=subprocess.PIPE, text=True, timeout=60
        )
    finally:
        os.close(writer)


class TestRefusals:
    @pytest.mark.parametrize(
        ("args", "line"),
        [
            (("--alpha", "0"), "alpha: 0.0 is not a number above 0, up to 1e+300"),
            (("--alpha", "-1"), "alpha: -1.0 is not a number above 0, up to 1e+300"),
            (("--alpha=-1",), "alpha: -1.0 is not a number above 0, up to 1e+300"),
            (("--alpha", "nan"), "alpha: 'nan' is not a number above 0, up to 1e+300"),
            (("--alpha", NINES), f"alpha: {SHORTENED} is not a number above 0, up to 1e+300"),
            (("--alpha", "\x1b[1m\n"), r"alpha: '\x1b[1m\n' is not a number above 0, up to 1e+300"),
            (("--steps", "0"), "steps: 0 is not a whole number from 1 to 1000000000000"),
            (("--steps", "-5"), "steps: -5 is not a whole number from 1 to 1000000000000"),
            (("--steps", NINES), f"steps: {SHORTENED} is not a whole number from 1 to 1000000000000"),
            (("--samples", "0"), "samples: 0 is not a whole number from 4 to 1000000"),
            (("--samples", "-8"), "samples: -8 is not a whole number from 4 to 1000000"),
            (("--noise", "0"), "noise: 0.0 is not a number above 0, up to 1e+06"),
            (("--noise", "-0.2"), "noise: -0.2 is not a number above 0, up to 1e+06"),
            (("--layers", "16,0"), "layers: 0 is not a whole number from 1 to 4096"),
            (("--layers", "-16"), "layers: -16 is not a whole number from 1 to 4096"),
            (("--layers", ""),
             "layers: '' is not a list of whole numbers with commas between, as 16,16"),
            (("--layers", "16,,16"),
             "layers: '16,,16' is not a list of whole numbers with commas between, as 16,16"),
            (("--layers", "a"),
             "layers: 'a' is not a list of whole numbers with commas between, as 16,16"),
            (("--test-size", "1"), "test-size: 1.0 is not a number between 0 and 1"),
            (("--test-size", "0.9", "--samples", "10"),
             "test-size: 0.9 of 10 samples leaves 1 to train on and 9 to test;"
             " each side needs at least 2"),
            (("--seed", "-1"), "seed: -1 is not a whole number from 0 to 4294967295"),
            (("--rule", "magic"), "rule: 'magic' is not one of exact, article"),
            (("--initialization", "zero"), "initialization: 'zero' is not one of he, article"),
            (("--pace", "0"), "pace: '0' is not a whole number from 1 to 1000000, or max"),
            (("--pace", "-1"), "pace: '-1' is not a whole number from 1 to 1000000, or max"),
            (("--pace", "fast"), "pace: 'fast' is not a whole number from 1 to 1000000, or max"),
            (("--fps", "0"), "fps: '0' is not a number from 1 to 60"),
            (("--fps", "-1"), "fps: '-1' is not a number from 1 to 60"),
            (("--fps", "nan"), "fps: 'nan' is not a number from 1 to 60"),
            (("--fps", "61"), "fps: '61' is not a number from 1 to 60"),
            (("--theme", "pink"), "theme: 'pink' is not one of dark, light"),
            (("--stepz", "5"), "'--stepz': no such option; did you mean --steps?"),
            (("--xyzzy",), "'--xyzzy': no such option; see moonwalk --help"),
            (("moons",),
             "'moons': no such command; there are resume, replay, list, attach, stop;"
             " see moonwalk --help"),
            (("--alpha",), "alpha: Option '--alpha' requires an argument"),
            (("--json=yes",), "json: Option '--json' does not take a value"),
        ],
        ids=lambda value: " ".join(value)[:20] if isinstance(value, tuple) else "",
    )  # fmt: skip
    def test_given_what_is_not_allowed_when_run_then_one_line_says_what_is(
        self, args: tuple[str, ...], line: str
    ) -> None:
        result = moonwalk(*args)

        assert result.stderr == f"moonwalk: {line}\n"
        assert result.stdout == ""
        assert result.returncode == 2

    def test_given_a_split_without_a_class_when_run_then_one_line_once_the_data_are_there(
        self, capfd: pytest.CaptureFixture[str]
    ) -> None:
        code = cli.main(["--samples", "4", "--test-size", "0.5", "--headless"])

        assert capfd.readouterr() == (
            "",
            "moonwalk: test-size: 0.5 of 4 samples leaves no point of class 1 on the training side;"
            " take more samples or another share or seed\n",
        )
        assert code == 2


class TestHeadlessRuns:
    def test_given_one_configuration_when_run_twice_then_the_same_parameters_as_a_trainers(
        self,
    ) -> None:
        args = ("--steps", "1000", "--seed", "3", "--layers", "4,3", "--rule", "article", "--json")

        asked, by_itself = moonwalk(*args, "--headless"), moonwalk(*args)

        trainer = Trainer(
            TrainingConfig(
                steps=1000, seed=3, layers=(4, 3), rule="article", initialization="article"
            )
        )
        trainer.advance(1000)
        for result in (asked, by_itself):
            figures = json.loads(result.stdout)
            assert list(figures) == [
                "steps", "alpha", "layers", "rule", "seed", "train_loss", "train_accuracy",
                "test_loss", "test_accuracy", "confusion_matrix", "steps_per_second",
                "parameters_sha256",
            ]  # fmt: skip
            assert figures["parameters_sha256"] == trainer.network.sha256()
            assert figures["layers"] == [4, 3]
            assert figures["rule"] == "article"
            assert result.stdout.count("\n") == 1
            assert ESCAPE not in result.stdout + result.stderr
            assert result.returncode == 0
            told = result.stderr.splitlines()
            steps = {line.partition(" of 1,000  train 0.")[0] for line in told}
            assert steps >= {f"step {step}" for step in range(100, 1000, 100)}
            assert re.fullmatch(r"step 1,000 of 1,000  train 0\.\d{4}  [\d,.]+ steps/s", told[-1])

    def test_given_no_colour_asked_for_when_run_then_the_report_is_plain_text(self) -> None:
        result = moonwalk("--headless", "--steps", "10", FORCE_COLOR="")

        assert len(result.stdout.splitlines()) > 5
        assert ESCAPE not in result.stdout + result.stderr
        assert result.returncode == 0

    def test_given_too_large_an_alpha_when_run_then_the_figures_come_and_it_exits_3(self) -> None:
        result = moonwalk("--alpha", "1000", "--json")

        assert json.loads(result.stdout)["steps"] == 2
        assert result.stderr.splitlines()[-1] == (
            "moonwalk: diverged: weights of layer 3 would reach 2.19e+03 at step 3;"
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


class TestQuickAnswers:
    def test_given_version_when_run_then_only_that(self) -> None:
        result = moonwalk("--version")

        assert result.stdout == "moonwalk 0.1.0\n"
        assert result.stderr == ""
        assert result.returncode == 0

    def test_given_help_when_run_then_every_option_in_eighty_ascii_columns(self) -> None:
        result = moonwalk("--help", COLUMNS="200")

        lines = result.stdout.splitlines()
        assert max(len(line) for line in lines) <= 80
        assert result.stdout.isascii()
        assert set(re.findall(r"^  (--[a-z-]+)", result.stdout, re.MULTILINE)) == {
            "--steps", "--alpha", "--layers", "--samples", "--noise", "--test-size", "--seed",
            "--rule", "--initialization", "--pace", "--fps", "--ascii", "--no-mouse", "--stats", "--headless",
            "--json", "--theme", "--save", "--record", "--version", "--help",
        }  # fmt: skip
        assert "_MOONWALK_COMPLETE=bash_source" in result.stdout
        assert [line.split()[0] for line in lines[lines.index("Exit codes:") + 1 :][:5]] == [
            "0", "1", "2", "3", "130,",
        ]  # fmt: skip
        assert result.stderr == ""
        assert result.returncode == 0

    def test_given_a_reader_that_left_when_help_is_printed_then_not_a_word(self) -> None:
        result = without_reader("--help")

        assert result.stderr == ""
        assert result.returncode == 141

    def test_given_a_shell_when_it_asks_for_completion_then_a_script_and_names(self) -> None:
        script = moonwalk(_MOONWALK_COMPLETE="bash_source")
        asked = {"_MOONWALK_COMPLETE": "bash_complete", "COMP_CWORD": "1"}
        option = moonwalk(**asked, COMP_WORDS="moonwalk --ru")
        value = moonwalk(**asked | {"COMP_CWORD": "2"}, COMP_WORDS="moonwalk --theme l")

        assert "complete -o nosort -F _moonwalk_completion moonwalk" in script.stdout
        assert option.stdout == "plain,--rule\n"
        assert value.stdout == "plain,light\n"
        assert [result.returncode for result in (script, option, value)] == [0, 0, 0]

    def test_given_an_unknown_shell_when_it_asks_for_completion_then_it_is_told_which(self) -> None:
        result = moonwalk(_MOONWALK_COMPLETE="tcsh_source")

        assert result.stderr == (
            "moonwalk: _MOONWALK_COMPLETE: 'tcsh_source' is not one of"
            " bash_source, zsh_source, fish_source\n"
        )
        assert result.returncode == 2

    def test_given_a_fresh_interpreter_when_the_command_is_imported_then_nothing_heavy_is(
        self,
    ) -> None:
        code = "import tui.cli, sys; print(*{name.partition('.')[0] for name in sys.modules})"

        result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)

        loaded = set(result.stdout.split())
        assert {"tui", "click"} <= loaded
        assert loaded.isdisjoint({"numpy", "textual", "sklearn", "rich", "plotext", "engine"})

    @pytest.mark.parametrize(
        ("line", "said"),
        [
            ("$MOONWALK --version >/dev/full; echo $? >&2",
             "moonwalk: no space left for the output\n1\n"),
            ("$MOONWALK --help >&-; echo $? >&2", "0\n"),
            ("$MOONWALK --pace 0 2>&-; echo $? >&2", "2\n"),
        ],
    )  # fmt: skip
    def test_given_a_stream_that_takes_nothing_when_run_then_no_traceback(
        self, line: str, said: str
    ) -> None:
        result = in_shell(line)

        assert result.stderr == said
        assert result.stdout == ""


class TestSettledBeforehand:
    def test_given_nothing_set_when_settled_then_one_thread_and_no_animations(self) -> None:
        cli.set_defaults()

        assert {name: os.environ[name] for name in SETTLED} == SETTLED

    def test_given_a_person_has_set_them_when_settled_then_they_stay(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        for name in SETTLED:
            monkeypatch.setenv(name, "mine")

        cli.set_defaults()

        assert {os.environ[name] for name in SETTLED} == {"mine"}


@pytest.fixture(scope="module")
def report() -> RunReport:
    trainer = Trainer(TrainingConfig(steps=5, samples=20))
    trainer.advance(5)
    return report_on(trainer, State.DONE, 100.0)


class Dashboard:
    """Stands for `tui.launch` and `tui.report`: notes what it is asked, and ends as it is told."""

    def __init__(self, end: RunReport | BaseException) -> None:
        self.end = end
        self.asked: list[Any] = []
        self.reported: list[Any] = []

    def run_dashboard(
        self, task: Any, how: options.DashboardOptions, home: Home, log_path: Path
    ) -> Any:
        self.asked += [task, how]
        if isinstance(self.end, BaseException):
            raise self.end
        return Outcome(self.end, None, None, None, False, [])

    def print_report(self, report: RunReport, *, ascii_only: bool, width: Any = None) -> None:
        self.reported += [report, ascii_only]


def end_with(end: RunReport | BaseException, monkeypatch: pytest.MonkeyPatch) -> Dashboard:
    """Have a terminal, and a dashboard on it that ends with `end`."""
    dashboard = Dashboard(end)
    for name in ("launch", "report"):
        stand_in = types.ModuleType(f"tui.{name}")
        monkeypatch.setitem(sys.modules, f"tui.{name}", stand_in)
        monkeypatch.setattr(stand_in, "run_dashboard", dashboard.run_dashboard, raising=False)
        monkeypatch.setattr(stand_in, "print_report", dashboard.print_report, raising=False)
    monkeypatch.setattr(terminal, "interactive", lambda: True)
    return dashboard


class TestDashboards:
    def test_given_a_terminal_when_run_then_the_dashboard_as_asked_and_its_report(
        self, report: RunReport, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
    ) -> None:
        dashboard = end_with(report, monkeypatch)

        code = cli.main(["--seed", "4", "--pace", "max", "--fps", "5", "--ascii", "--no-mouse"])

        assert code == 0
        assert dashboard.asked == [
            Fresh(TrainingConfig(seed=4), 0),
            options.DashboardOptions(0, 5.0, ascii_only=True, mouse=False, theme="dark"),
        ]
        assert dashboard.reported == [report, True]
        assert capfd.readouterr() == ("", "")

    def test_given_json_when_the_dashboard_is_left_then_figures_with_null_for_nan(
        self, report: RunReport, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
    ) -> None:
        dashboard = end_with(msgspec.structs.replace(report, test_loss=float("nan")), monkeypatch)

        code = cli.main(["--json"])

        out, err = capfd.readouterr()
        assert json.loads(out) == report.figures() | {"test_loss": None}
        assert (code, err, dashboard.reported) == (0, "", [])

    def test_given_a_diverged_run_when_the_dashboard_is_left_then_it_exits_3(
        self, report: RunReport, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
    ) -> None:
        diverged = msgspec.structs.replace(
            report, state=State.DIVERGED, divergence=Divergence(4, 2, "biases", float("inf"), 1e6)
        )
        dashboard = end_with(diverged, monkeypatch)

        code = cli.main([])

        assert dashboard.reported == [diverged, False]
        assert capfd.readouterr().err == (
            "moonwalk: diverged: biases of layer 2 would reach inf at step 5;"
            " take a smaller --alpha\n"
        )
        assert code == 3

    @pytest.mark.parametrize(
        ("end", "line", "code"),
        [
            (HostLostError("the training process is gone"), "the training process is gone", 1),
            (ConfigError("test-size", "too small"), "test-size: too small", 2),
            (KeyboardInterrupt(), "interrupted", 130),
            (MemoryError(),
             "layers, samples: not enough memory for this network and these points;"
             " take fewer of either", 2),
        ],
    )  # fmt: skip
    def test_given_no_report_when_the_dashboard_is_left_then_one_line_and_its_code(
        self,
        end: BaseException,
        line: str,
        code: int,
        monkeypatch: pytest.MonkeyPatch,
        capfd: pytest.CaptureFixture[str],
    ) -> None:
        end_with(end, monkeypatch)

        assert cli.main([]) == code
        assert capfd.readouterr() == ("", f"moonwalk: {line}\n")

    def test_given_a_fault_when_run_then_one_line_and_the_traceback_in_the_log(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
    ) -> None:
        end_with(LookupError("no\nsuch\x1b[31m thing"), monkeypatch)

        codes = [cli.main([]), cli.main([])]

        out, err = capfd.readouterr()
        first = err.splitlines()[0]
        assert first.startswith(
            "moonwalk: internal fault: LookupError: no such?[31m thing; the details are in "
        )
        assert err == f"{first}\n" * 2
        assert (out, codes) == ("", [1, 1])
        log = Path(first.partition("the details are in ")[2])
        assert log.is_relative_to(tmp_path)
        assert log.read_text().count("Traceback (most recent call last):") == 2

    def test_given_no_place_for_a_log_when_a_fault_comes_then_the_line_without_one(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
    ) -> None:
        (tmp_path / "file").touch()
        monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "file"))
        end_with(LookupError("no such thing"), monkeypatch)

        assert cli.main([]) == 1
        assert capfd.readouterr().err == ("moonwalk: internal fault: LookupError: no such thing\n")
