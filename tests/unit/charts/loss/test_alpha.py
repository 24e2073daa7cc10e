"""The learning rate that a schedule makes, under the loss chart."""

from dataclasses import replace

import msgspec
import numpy as np
import pytest

from engine.config.training_config import TrainingConfig
from helpers.loss_charts import PALETTE, chart_of, draw
from helpers.snapshots import CURVES, TWO
from tui.charts.loss.chart import LossChart, chart_of_report, chart_of_snapshot
from tui.charts.loss.draw import ROWS_WITH_ALPHA
from tui.drawing.glyphs import ASCII, UNICODE, Glyphs


def scheduled(alphas: list[float], total_steps: int, alpha: float = 0.25) -> LossChart:
    """A run that learned with these, a step each."""
    chart = chart_of([0.5] * len(alphas))
    curves = msgspec.structs.replace(chart.curves, alphas=np.array(alphas))
    return replace(chart, curves=curves, is_scheduled=True, alpha=alpha, total_steps=total_steps)


HALVED = [0.25] * 5 + [0.125] * 5 + [0.0625] * 5 + [0.0] * 5


@pytest.mark.parametrize(
    ("glyphs", "bars", "full"),
    [
        (UNICODE, " alpha █████████████▄▄▄▄▄▄▄▄▄▄▄▄▄▂▂▂▂▂▂▂▂▂▂▂▂             ", "       █ 0.25"),
        (ASCII, " alpha 888888888888844444444444442222222222220000000000000", "       8 0.25"),
    ],
)
def test_given_a_schedule_when_drawn_then_bars_under_the_chart_are_as_high_as_alpha_was(
    glyphs: Glyphs, bars: str, full: str
) -> None:
    """Given one that halves alpha, and a run not yet done, then there is nothing over what comes."""
    lines = draw(scheduled(HALVED, 40), 10, 71, glyphs).lines()

    assert lines[-1] == bars + full
    plain = draw(replace(scheduled(HALVED, 40), is_scheduled=False), 9, 71, glyphs).lines()
    assert lines[:-1] == plain


def test_given_a_finished_run_when_drawn_then_what_a_full_bar_is_stands_on_the_last_ones() -> None:
    line = draw(scheduled(HALVED, 20), 10, 47).lines()[-1]
    assert line == " alpha ██████████▄▄▄▄▄▄▄▄▄▄▂▂▂▂▂▂▂▂▂▂    █ 0.25"


def test_given_warm_up_when_drawn_then_the_scale_is_that_of_the_alpha_that_was_set() -> None:
    line = draw(scheduled([0.05, 0.1], 100), 10, 47).lines()[-1]
    assert set(line[7:15].strip()) == {"▂", "▄"}


def test_given_no_update_when_drawn_then_there_is_a_row_without_bars() -> None:
    assert draw(scheduled([], 100), 10, 47).lines()[-1].split() == ["alpha"]


def test_given_little_room_when_drawn_then_all_of_it_is_the_losses() -> None:
    chart = scheduled(HALVED, 40)
    plain = replace(chart, is_scheduled=False)
    for rows in range(1, ROWS_WITH_ALPHA):
        assert draw(chart, rows, 40).lines() == draw(plain, rows, 40).lines()


@pytest.mark.parametrize(
    ("changes", "alphas", "alpha_changes", "expected"),
    [
        ({}, [0.25], [], False),
        ({}, [], [], False),
        ({}, [0.25, 0.5], [(400, 0.5)], False),
        ({}, [0.25, 0.2, 0.15], [(400, 0.5)], True),
        ({"schedule": "cosine"}, [0.25], [], True),
        ({"schedule": "plateau:0.5:10"}, [], [], True),
        ({"warm_up": 10}, [0.25], [], True),
    ],
)
def test_given_a_run_when_its_chart_is_made_then_it_says_whether_alpha_changes_by_itself(
    changes: dict[str, object],
    alphas: list[float],
    alpha_changes: list[tuple[int, float]],
    expected: bool,
) -> None:
    """Also where a schedule was in force only in earlier steps."""
    config = msgspec.structs.replace(TrainingConfig(), **changes)
    curves = msgspec.structs.replace(CURVES, alphas=np.array(alphas))
    seen = {"config": config, "curves": curves, "alpha_changes": alpha_changes}

    charts = (
        chart_of_snapshot(TWO.snapshot(**seen), logarithmic=True, ghost=None, crosshair=None),
        chart_of_report(TWO.report(**seen)),
    )

    assert [chart.is_scheduled for chart in charts] == [expected, expected]


def test_given_bars_when_drawn_then_no_loss_has_their_pen() -> None:
    picture = draw(scheduled(HALVED, 40), 10, 71)
    losses = np.isin(picture.pens, [PALETTE.accent, PALETTE.test, PALETTE.both_losses])
    assert not losses[-1].any()
    assert losses[:-1].any()
