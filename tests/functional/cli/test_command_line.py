"""The command as a person or a script meets it: what it refuses, and what it says at once."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from engine.config.presets import PRESETS
from helpers.command_line import SETTLED, in_shell, moonwalk, without_reader
from tui.cli import main as cli

pytestmark = pytest.mark.usefixtures("private_environment")


class TestRefusals:
    def test_given_what_is_not_allowed_when_run_as_a_process_then_one_line_and_exit_code_2(
        self,
    ) -> None:
        result = moonwalk("--alpha", "\x1b[1m\n")

        assert result.stderr == (
            "moonwalk: alpha: '\\x1b[1m\\n' is not a number above 0, up to 1e+300\n"
        )
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

    def test_given_a_file_with_text_and_gaps_when_run_then_it_is_told_what_is_not_learned(
        self, tmp_path: Path, capfd: pytest.CaptureFixture[str]
    ) -> None:
        path = tmp_path / "table.csv"
        path.write_text("a,b,c\n,x,1.5\n" + "1,x,1.5\n2,x,2.5\n" * 4)

        code = cli.main(["--data", str(path), "--headless", "--json", "--steps", "1"])

        assert capfd.readouterr().err.splitlines()[:2] == [
            "moonwalk: 1 row was left out: a value is missing",
            "moonwalk: not used, as they hold no numbers: b",
        ]
        assert code == 0


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
        assert set(re.findall(r"^  (--[a-z0-9-]+)", result.stdout, re.MULTILINE)) == {
            "--preset", "--data", "--samples", "--noise", "--test-size", "--balance", "--seed",
            "--data-seed", "--target", "--columns", "--problem", "--classes", "--pca", "--features",
            "--scaling", "--plane", "--layers", "--activation", "--loss", "--initialization",
            "--weight-seed", "--alpha", "--batch", "--order", "--optimizer", "--momentum",
            "--nesterov", "--schedule", "--warm-up", "--l1", "--l2", "--dropout", "--clip",
            "--rule", "--steps", "--until-loss", "--patience", "--pace", "--fps", "--theme",
            "--ascii", "--stats", "--no-mouse", "--save", "--record", "--headless", "--json",
            "--version", "--help",
        }  # fmt: skip
        assert re.findall(r"^(\S.*):$", result.stdout, re.MULTILINE) == [
            "Commands, each with a --help of its own", "Where to begin", "What is learned",
            "What learns it", "How it learns", "When it stops", "How it is shown", "How it is kept",
            "Without the dashboard", "Other", "Presets", "Keys in the dashboard", "Examples",
            "Exit codes", "Environment", "Completion with the tab key, switched on by this line",
        ]  # fmt: skip
        for name, preset in PRESETS.items():
            assert re.search(f"^  {name} +{preset.help[:30]}", result.stdout, re.MULTILINE)
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
        preset = moonwalk(**asked | {"COMP_CWORD": "2"}, COMP_WORDS="moonwalk --preset sp")

        assert "complete -o nosort -F _moonwalk_completion moonwalk" in script.stdout
        assert option.stdout == "plain,--rule\n"
        assert value.stdout == "plain,light\n"
        assert preset.stdout == "plain,spiral\n"
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
        assert libraries.isdisjoint({"numpy", "textual", "sklearn", "rich", "plotext", "asyncio"})
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
