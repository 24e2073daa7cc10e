"""How the network does on both sides, and what that says: a table for where there is little room."""

import numpy as np

from engine.messages.snapshot import Figures, Snapshot
from tui.drawing.glyphs import Glyphs
from tui.drawing.number_format import figure, fixed, percent, r_squared, signed, small, thousands
from tui.drawing.palette import Palette
from tui.drawing.picture import Picture

TRAIN_END, TEST_END = 18, 27
"""Columns before which the figures of each side end."""

LEAST = "least test"

Row = tuple[str, str, str]
"""A label, and its value for the training and for the test points."""


def draw_figures_table(
    snapshot: Snapshot, rows: int, columns: int, palette: Palette, glyphs: Glyphs
) -> Picture:
    """As many lines as there are `rows`, what matters most first."""
    picture = Picture.blank(rows, columns, palette.base)
    picture.write_right(0, TRAIN_END, "train", palette.accent)
    picture.write_right(0, TEST_END, "test", palette.test)
    lines = [*_of_both_sides(snapshot, glyphs), *_of_the_run(snapshot)]
    for row, (label, train, test) in enumerate(lines[: max(rows - 1, 0)], start=1):
        picture.write(row, 0, label, palette.faint)
        picture.write_right(row, TRAIN_END, train, palette.strong)
        picture.write_right(row, TEST_END, test, palette.strong)
    return picture


def _of_both_sides(snapshot: Snapshot, glyphs: Glyphs) -> list[Row]:
    train, test = snapshot.train, snapshot.test
    if snapshot.task.is_regression:
        return [
            ("loss", figure(train.loss, 7), figure(test.loss, 7)),
            (glyphs.r_squared, _r2(train), _r2(test)),
            ("rmse", figure(_or_nan(train.rmse), 7), figure(_or_nan(test.rmse), 7)),
        ]
    rows = [
        ("loss", fixed(train.loss, 7, 4), fixed(test.loss, 7, 4)),
        ("accuracy", _share(train), _share(test)),
    ]
    points = snapshot.points
    if points is not None:
        wrong = _wrong(train, points.train_count), _wrong(test, points.test_count)
        rows.append(("wrong", *wrong))
    return rows


def _of_the_run(snapshot: Snapshot) -> list[Row]:
    """How far both sides are apart, the best test loss, and how steep it still is."""
    gap = signed(snapshot.test.loss - snapshot.train.loss, 7, 4)
    step, least = _least(snapshot)
    return [
        ("test - train", "", gap),
        (LEAST, _place_of_least(step) if np.isfinite(least) else "", figure(least, 7)),
        ("epoch", "", f"{snapshot.epochs:,.1f}"),
        (
            f"gradient, layer {snapshot.layer.window.layer + 1}",
            "",
            small(snapshot.layer.gradient_norm, 8).replace("+", " "),
        ),
    ]


def _place_of_least(step: int) -> str:
    """The step in the room that there is behind the label."""
    forms = f"at {thousands(step)}", thousands(step)
    return next((form for form in forms if len(LEAST) + len(form) < TRAIN_END), "")


def _least(snapshot: Snapshot) -> tuple[int, float]:
    """The step of the least test loss so far, and that loss; NaN where there is none."""
    steps = np.append(snapshot.curves.test_steps, snapshot.step)
    losses = np.append(snapshot.curves.test_low, snapshot.test.loss)
    losses = np.where(np.isnan(losses), np.inf, losses)
    place = int(losses.argmin())
    found = float(losses[place])
    return int(steps[place]), found if np.isfinite(found) else float("nan")


def _wrong(side: Figures, count: int) -> str:
    if side.accuracy is None:
        return "-"
    return f"{thousands(round((1.0 - side.accuracy) * count))}/{thousands(count)}"


def _share(side: Figures) -> str:
    return "-" if side.accuracy is None else percent(side.accuracy)


def _r2(side: Figures) -> str:
    return r_squared(_or_nan(side.r2))


def _or_nan(value: float | None) -> float:
    return float("nan") if value is None else value
