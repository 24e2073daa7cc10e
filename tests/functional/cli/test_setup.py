"""`moonwalk setup`: how a run is made again, of options, of a file, of a run that goes on."""

from pathlib import Path

import pytest

from engine.config.training_config import TrainingConfig
from engine.messages.commands import Extend, SetAlpha
from engine.run.command_log import Recorded
from engine.run.run import Run
from engine.storage import checkpoint, recording
from helpers.runs import carry_out, new_run
from tui.cli import main as cli

pytestmark = pytest.mark.usefixtures("private_environment")

CONFIG = TrainingConfig(samples=40, layers=(4,), steps=300)
LINE = "moonwalk --samples 40 --layers 4 --steps 300\n"


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    monkeypatch.setenv("MOONWALK_SOCKETS", str(tmp_path / "sockets"))
    return new_run(CONFIG)


def test_given_options_when_set_up_then_the_shortest_command_line_alone(
    capfd: pytest.CaptureFixture[str],
) -> None:
    code = cli.main(
        [
            "setup",
            "--data",
            "my é $file.csv",
            "--alpha",
            "0.25",
            "--columns",
            'a,"b,c"',
            "--l2",
            ".5",
        ]
    )

    assert capfd.readouterr() == (
        "moonwalk --data 'my é $file.csv' --columns 'a,\"b,c\"' --l2 0.5\n",
        "",
    )
    assert code == 0


def test_given_a_checkpoint_when_set_up_then_that_of_its_run(
    run: Run, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    run.advance(10)
    checkpoint.save(run, tmp_path / "one.npz")

    assert cli.main(["setup", str(tmp_path / "one.npz")]) == 0
    assert capfd.readouterr() == (LINE, "")


def test_given_a_run_whose_alpha_and_steps_were_changed_when_set_up_then_those_in_force(
    run: Run, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    run.advance(300)
    carry_out(run, [SetAlpha(0.5), Extend(100)])
    checkpoint.save(run, tmp_path / "one.npz")

    assert cli.main(["setup", str(tmp_path / "one.npz")]) == 0
    assert capfd.readouterr() == (
        "moonwalk --samples 40 --layers 4 --alpha 0.5 --steps 400\n",
        "moonwalk: what was done to the run on its way is not in it\n",
    )


def test_given_a_run_that_was_steered_when_set_up_then_a_line_says_what_is_not_in_it(
    run: Run, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "one.jsonl").write_bytes(
        recording.whole(CONFIG, [Recorded(1, SetAlpha(0.5))], recording.End(2, "0"))
    )

    assert cli.main(["setup", str(tmp_path / "one.jsonl")]) == 0
    assert capfd.readouterr() == (
        LINE,
        "moonwalk: what was done to the run on its way is not in it\n",
    )


def test_given_a_file_of_another_kind_when_set_up_then_it_is_refused(
    run: Run, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "letter.txt"
    path.write_text("Dear reader\n")

    assert cli.main(["setup", str(path)]) == 2
    assert capfd.readouterr() == ("", f"moonwalk: {path}: not a recording of moonwalk\n")


def test_given_no_run_that_goes_on_when_set_up_then_it_is_told(
    run: Run, capfd: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["setup"]) == 2
    assert capfd.readouterr() == (
        "",
        "moonwalk: no run goes on; moonwalk resume takes up the last saved one\n",
    )
