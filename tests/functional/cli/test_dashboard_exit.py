"""How a dashboard ends for the shell: the report, the line that says why, the exit code."""

import json
import sys
import types
from pathlib import Path
from typing import Any

import msgspec
import pytest

from engine.config.training_config import TrainingConfig
from engine.data.load import load_dataset
from engine.errors import ConfigError, HostLostError
from engine.messages.report import RunReport
from engine.messages.run_request import Fresh, RunPlaces
from engine.messages.run_state import State
from engine.probes.report import report_on
from engine.training.divergence import Divergence
from engine.training.trainer import Trainer
from tui.app.dashboard_options import DashboardOptions
from tui.app.launch import DashboardResult
from tui.cli import main as cli
from tui.terminal import capabilities as terminal

pytestmark = pytest.mark.usefixtures("private_environment")


@pytest.fixture(scope="module")
def report() -> RunReport:
    config = TrainingConfig(steps=5, samples=20)
    trainer = Trainer(config, load_dataset(config))
    trainer.advance(5)
    return report_on(trainer, State.DONE, 100.0)


class Dashboard:
    """Stands for `tui.app.launch` and `tui.headless.print_report`: notes what it is asked, and ends as it is told."""

    def __init__(self, end: RunReport | BaseException) -> None:
        self.end = end
        self.asked: list[Any] = []
        self.reported: list[Any] = []

    def run_dashboard(
        self, task: Any, how: DashboardOptions, home: RunPlaces, log_path: Path
    ) -> Any:
        self.asked += [task, how]
        if isinstance(self.end, BaseException):
            raise self.end
        return DashboardResult(self.end, None, None, None, False, [])

    def print_report(self, report: RunReport, *, ascii_only: bool, width: Any = None) -> None:
        self.reported += [report, ascii_only]


def end_with(end: RunReport | BaseException, monkeypatch: pytest.MonkeyPatch) -> Dashboard:
    """Have a terminal, and a dashboard on it that ends with `end`."""
    dashboard = Dashboard(end)
    for name in ("tui.app.launch", "tui.headless.print_report"):
        stand_in = types.ModuleType(name)
        monkeypatch.setitem(sys.modules, name, stand_in)
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
            DashboardOptions(0, 5.0, ascii_only=True, mouse=False, theme="dark"),
        ]
        assert dashboard.reported == [report, True]
        assert capfd.readouterr() == ("", "")

    def test_given_json_when_the_dashboard_is_left_then_figures_with_null_for_nan(
        self, report: RunReport, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
    ) -> None:
        undefined = msgspec.structs.replace(report.test, loss=float("nan"))
        dashboard = end_with(msgspec.structs.replace(report, test=undefined), monkeypatch)

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
            "moonwalk: diverged: with alpha 1e+06, biases of layer 2 would reach inf at step 5;"
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
