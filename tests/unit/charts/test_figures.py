"""The table of figures: where each of them stands."""

import msgspec
import pytest

from engine.config.training_config import TrainingConfig
from engine.messages.view import View
from engine.run.run import Run
from tui.charts.figures import draw_figures_table
from tui.drawing.glyphs import ASCII
from tui.drawing.palette import PRINTED

RUN = Run(TrainingConfig(data="xor", samples=40, noise=0.0, layers=(4,), steps=300), 10)


@pytest.mark.parametrize(
    ("step", "line"),
    [
        (0, "least test    at 0   0.0010"),
        (850, "least test  at 850   0.0010"),
        (6_000, "least test   6,000   0.0010"),
        (250_600, "least test 250,600   0.0010"),
        (1_250_600, "least test           0.0010"),
    ],
)
def test_given_a_step_when_the_least_test_loss_was_there_then_it_stands_apart_from_its_name(
    step: int, line: str
) -> None:
    snapshot = RUN.snapshot(View(series_points=8))
    test = msgspec.structs.replace(snapshot.test, loss=0.001)
    snapshot = msgspec.structs.replace(snapshot, step=step, test=test)
    lines = draw_figures_table(snapshot, 10, 27, PRINTED, ASCII).lines()
    assert line in lines
