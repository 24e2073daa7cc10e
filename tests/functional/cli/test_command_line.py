"""The command as a person or a script meets it: what it refuses, and what it says at once."""

import os
import re
import subprocess
import sys

import pytest

from helpers.command_line import SETTLED, in_shell, moonwalk, without_reader
from tui.cli import main as cli

pytestmark = pytest.mark.usefixtures("private_environment")

NINES = "9" * 10_000
SHORTENED = "'" + "9" * 36 + "..."


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
             "'moons': no such command; there are resume, replay, list, attach, stop,"
             " data; see moonwalk --help"),
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

    @pytest.mark.parametrize("option", ["--version", "--help"])
    def test_given_a_fresh_interpreter_when_a_question_is_answered_then_nothing_heavy_is_loaded(
        self, option: str
    ) -> None:
        code = (
            "import sys; from tui.cli.main import main; code = main(sys.argv[1:])\n"
            "print('loaded:', *sys.modules); sys.exit(code)"
        )

        result = subprocess.run(
            [sys.executable, "-c", code, option], capture_output=True, text=True, check=True
        )

        loaded = set(result.stdout.partition("loaded: ")[2].split())
        libraries = {name.partition(".")[0] for name in loaded}
        assert {"tui", "click", "engine"} <= libraries
        assert libraries.isdisjoint({"numpy", "textual", "sklearn", "rich", "plotext"})
        rooms = {name.split(".")[1] for name in loaded if name.startswith("engine.")}
        assert rooms <= {"config", "errors", "messages"}

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

    def test_given_a_person_has_set_them_when_settled_then_they_stay_but_for_the_threads(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        for name in SETTLED:
            monkeypatch.setenv(name, "mine")

        cli.set_defaults()

        assert {name: os.environ[name] for name in SETTLED} == {
            "OPENBLAS_NUM_THREADS": "1",
            "OMP_NUM_THREADS": "1",
            "MKL_NUM_THREADS": "1",
            "BLIS_NUM_THREADS": "1",
            "VECLIB_MAXIMUM_THREADS": "1",
            "TEXTUAL_ANIMATIONS": "mine",
            "TEXTUAL_COLOR_SYSTEM": "mine",
        }
