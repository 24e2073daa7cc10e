"""The figures of a run that has ended, and the report that stays on the terminal."""

import msgspec
import numpy as np
import pytest

from engine.config.task import TWO_CLASSES
from engine.config.training_config import TrainingConfig
from engine.messages.report import RunReport
from engine.messages.run_state import State
from engine.messages.snapshot import Bounds, ClassField, DataPoints, Figures, Labels, LossCurves
from engine.training.divergence import Divergence
from tui.charts.loss.chart import chart_of_report
from tui.charts.report.summary import SUMMARY_ROWS, draw_summary, headline_of, settings_of
from tui.drawing.glyphs import ASCII, UNICODE, Glyphs
from tui.drawing.palette import PRINTED, Palette
from tui.drawing.pens import style_of
from tui.headless.print_report import (
    GREATEST_WIDTH,
    LEAST_WIDTH,
    LOSS_ROWS,
    POINTS_ROWS,
    draw_report,
    print_report,
)
from tui.themes import NIGHT

PALETTE = Palette.from_variables(NIGHT.variables, textured=False)

LOSSES = 0.7 * 0.5 ** np.arange(10.0)
POINTS = np.array([[0.0, 1.0, 2.0, 3.0], [3.0, 2.0, 1.0, 0.0]])
NO_VALUES = np.empty(0)
CLASSES = Labels(np.array([0, 0, 1, 1], dtype=np.uint8), NO_VALUES)

REPORT = RunReport(
    config=TrainingConfig(steps=20_000, seed=7),
    task=TWO_CLASSES,
    state=State.DONE,
    steps=20_000,
    total_steps=20_000,
    epochs=20_000.0,
    alpha=0.3,
    alpha_changes=[(10_000, 0.3)],
    train=Figures(0.0123, accuracy=0.9933),
    test=Figures(0.25, accuracy=0.75),
    confusion_matrix=[[2, 0], [1, 1]],
    steps_per_second=24_200.0,
    parameters_sha256="0" * 64,
    divergence=None,
    curves=LossCurves(
        train_steps=np.arange(10) * 2_000.0,
        train_low=LOSSES,
        train_high=LOSSES,
        test_steps=np.arange(10) * 2_000.0,
        test_low=LOSSES + 0.01,
        test_high=LOSSES + 0.01,
    ),
    points=DataPoints(
        POINTS,
        CLASSES,
        POINTS,
        CLASSES,
        Bounds(-0.5, 3.5, -0.5, 3.5),
        task=TWO_CLASSES,
        plane=("x", "y"),
        train_count=4,
        test_count=4,
        class_counts=[2, 2],
    ),
    test_predictions=Labels(np.array([0, 0, 0, 1], dtype=np.uint8), NO_VALUES),
    field=ClassField(
        np.repeat([[0, 1]], 4, axis=0).astype(np.uint8), np.full((4, 2), 255, np.uint8)
    ),
)


def with_(**changes: object) -> RunReport:
    return msgspec.structs.replace(REPORT, **changes)


DIVERGED = with_(
    state=State.DIVERGED, steps=1_234, divergence=Divergence(1_234, 2, "weights", float("inf"), 1e6)
)


def printed(
    capsys: pytest.CaptureFixture[str], ascii_only: bool, width: int | None = None
) -> list[str]:
    print_report(REPORT, ascii_only=ascii_only, width=width)
    output = capsys.readouterr()
    assert output.err == ""
    return output.out.splitlines()


def test_given_a_report_when_the_summary_is_drawn_then_it_is_this() -> None:
    picture = draw_summary(REPORT, 80, PALETTE, UNICODE)
    assert [line.rstrip() for line in picture.lines()] == [
        "Done: 20,000 steps",
        "make_moons 2-16-16-1   sgd, full batch   exact rule   alpha 0.3   seed 7",
        "24.2k steps/s",
        "          loss    accuracy                test points  predicted o predicted x",
        "test    0.2500      75.0%  3 of 4             real o             2           0",
        "train   0.0123      99.3%                     real x             1           1",
        "",
    ]
    assert (picture.rows, picture.columns) == (SUMMARY_ROWS, 80)


def test_given_a_confusion_matrix_when_drawn_then_counts_stand_under_their_class_and_wrong_ones_stand_out() -> (
    None
):
    """Given a wrong count above 0, then it alone has the alarm's pen."""
    picture = draw_summary(REPORT, 80, PALETTE, UNICODE)
    alarm = np.argwhere(picture.pens == PALETTE.alarm).tolist()
    assert [picture.chars[row, column] for row, column in alarm if column > 42] == ["1"]
    assert {row for row, _ in alarm} == {5}


@pytest.mark.parametrize(
    ("report", "headline"),
    [
        (REPORT, "Done: 20,000 steps"),
        (with_(state=State.RUNNING, steps=1_000), "After 1,000 of 20,000 steps"),
        (with_(state=State.PAUSED, steps=0), "After 0 of 20,000 steps"),
        (
            with_(steps=1_000, stopped="the test loss has not fallen for 500 steps"),
            "Done after 1,000 of 20,000 steps: the test loss has not fallen for 500 steps",
        ),
        (
            DIVERGED,
            "Diverged after 1,234 steps: with alpha 1e+06, weights of layer 2 would reach inf at step 1,235",
        ),
    ],
)
def test_given_a_state_when_the_headline_is_written_then_it_is_this(
    report: RunReport, headline: str
) -> None:
    assert headline_of(report) == headline
    assert draw_summary(report, 100, PALETTE, UNICODE).lines()[0].rstrip() == headline


def test_given_less_room_than_the_headline_takes_when_drawn_then_it_goes_on_in_the_next_line() -> (
    None
):
    lines = [line.rstrip() for line in draw_summary(DIVERGED, 80, PALETTE, UNICODE).lines()]
    assert lines[:2] == [
        "Diverged after 1,234 steps: with alpha 1e+06, weights of layer 2 would reach inf",
        "at step 1,235",
    ]
    assert lines[2].startswith("make_moons 2-16-16-1")
    assert lines[3].split() == [
        "loss",
        "accuracy",
        "test",
        "points",
        *["predicted", "o"],
        *["predicted", "x"],
    ]


def test_given_a_divergence_when_the_headline_is_drawn_then_it_has_the_pen_of_an_alarm() -> None:
    assert draw_summary(DIVERGED, 100, PALETTE, UNICODE).pens[0, 0] == PALETTE.alarm
    assert draw_summary(REPORT, 100, PALETTE, UNICODE).pens[0, 0] == PALETTE.accent


def test_given_a_report_when_settings_are_written_then_they_name_the_last_alpha_and_no_unknown_rate() -> (
    None
):
    report = with_(
        config=TrainingConfig(layers=(8,), rule="article", initialization="article"),
        steps_per_second=0.0,
    )
    assert settings_of(report) == (
        "make_moons 2-8-1   sgd, full batch   article rule   alpha 0.3   seed 0"
    )


@pytest.mark.parametrize("columns", [0, 1, 10, 40, 60, 79, 300])
def test_given_any_width_when_the_summary_is_drawn_then_it_has_its_size(columns: int) -> None:
    for report in (REPORT, DIVERGED):
        picture = draw_summary(report, columns, PALETTE, ASCII)
        assert (picture.rows, picture.columns) == (SUMMARY_ROWS, columns)


def test_given_the_least_width_when_the_matrix_is_drawn_then_it_is_whole() -> None:
    """Given a terminal of 60 columns, then all four counts are there."""
    lines = draw_summary(REPORT, LEAST_WIDTH, PALETTE, UNICODE).lines()
    assert lines[5].split()[-2:] == ["1", "1"]


@pytest.mark.parametrize("glyphs", [UNICODE, ASCII])
def test_given_a_report_when_drawn_then_it_holds_summary_chart_and_points(glyphs: Glyphs) -> None:
    picture = draw_report(REPORT, 80, PRINTED, glyphs)
    lines = picture.lines()
    assert picture.rows == SUMMARY_ROWS + LOSS_ROWS + POINTS_ROWS
    assert [len(line) for line in lines] == [80] * picture.rows
    assert lines[:SUMMARY_ROWS] == draw_summary(REPORT, 80, PRINTED, glyphs).lines()
    assert lines[SUMMARY_ROWS][2:6] == "Loss"
    train = "*" if glyphs.ascii_only else "⠒"
    assert f" {train} train   + test   # both   log " in lines[SUMMARY_ROWS]
    assert "alpha 0.3" in lines[SUMMARY_ROWS + 1]
    points = lines[SUMMARY_ROWS + LOSS_ROWS :]
    assert "Test points: real classes" in points[0]
    assert "Predicted classes" in points[0]
    assert "1 wrong" in points[0]
    inside = [line[1:39] for line in points[1:-1]], [line[41:79] for line in points[1:-1]]
    real, predicted = ("".join(side) for side in inside)
    assert [real.count(char) for char in "oxOX"] == [2, 2, 0, 0]
    assert [predicted.count(char) for char in "oxOX"] == [2, 1, 1, 0]
    assert glyphs.textures[1] in predicted
    assert glyphs.textures[1] not in real


def test_given_the_printed_palette_when_used_then_it_leaves_the_terminals_own_background() -> None:
    pens = draw_report(REPORT, 80, PRINTED, UNICODE).pens
    assert all(style_of(pen).bgcolor is None for pen in np.unique(pens).tolist())


def test_given_a_report_when_its_chart_is_made_then_it_ends_where_the_run_did() -> None:
    chart = chart_of_report(with_(steps=1_000, state=State.RUNNING))
    assert (chart.step, chart.total_steps, chart.train_loss) == (1_000, 20_000, 0.0123)


@pytest.mark.parametrize("ascii_only", [False, True])
@pytest.mark.parametrize("variables", [{}, {"FORCE_COLOR": "1"}, {"TTY_COMPATIBLE": "1"}])
def test_given_a_pipe_when_printed_then_it_gets_no_escape_bytes(
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    ascii_only: bool,
    variables: dict[str, str],
) -> None:
    """Given a pipe, even where colour is forced, then plain text without trailing spaces."""
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    lines = printed(capsys, ascii_only, 80)
    picture = draw_report(REPORT, 80, PRINTED, ASCII if ascii_only else UNICODE)
    assert lines == [line.rstrip() for line in picture.lines()]
    assert all(char.isprintable() for line in lines for char in line)
    assert all(line.isascii() for line in lines) == ascii_only


@pytest.mark.parametrize(
    ("asked", "terminal", "width"),
    [(70, 200, 70), (None, 81, 80), (None, 500, GREATEST_WIDTH), (None, 20, LEAST_WIDTH)],
)
def test_given_a_terminal_when_printed_then_the_width_is_its_own_within_limits(
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    asked: int | None,
    terminal: int,
    width: int,
) -> None:
    monkeypatch.setenv("COLUMNS", str(terminal))
    assert max(map(len, printed(capsys, True, asked))) == width


@pytest.mark.parametrize("ascii_only", [False, True])
def test_given_a_run_without_a_step_when_printed_then_there_is_a_report(
    capsys: pytest.CaptureFixture[str], ascii_only: bool
) -> None:
    """Given no step made and no loss recorded, then a report without a line, and no error."""
    nothing = LossCurves(*[np.empty(0)] * 6)
    report = with_(steps=0, state=State.PAUSED, curves=nothing, alpha_changes=[])
    print_report(report, ascii_only=ascii_only, width=80)
    assert "After 0 of 20,000 steps" in capsys.readouterr().out
