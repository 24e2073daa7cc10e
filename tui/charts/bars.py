"""The lines above and below the panes: what is trained, how it goes, which keys act."""

from dataclasses import dataclass

from engine.config.checks import FULL_SPEED
from engine.messages.run_state import State
from engine.messages.snapshot import Figures, Snapshot
from tui.charts.facts import facts_of, joined, quality
from tui.drawing.glyphs import Glyphs
from tui.drawing.number_format import (
    clock,
    exact,
    figure,
    fixed,
    rough,
    short_count,
    thousands,
    tick_label,
)
from tui.drawing.palette import Palette
from tui.drawing.pens import BOLD
from tui.drawing.picture import Picture

STATUS_ROWS = 2

WIDE = 110
"""Columns from which on there is room for whole words."""

HEADER_GAP = 3
"""Columns between what stands in the header."""

ROOM_FOR_PACE, ROOM_FOR_RATE = 70, 78
"""Columns from which on these stand beside the losses."""

VERY_WIDE = 132
"""Columns from which on there is room for whole words beside the figures of values."""

SIDE_COLUMNS, RMSE_COLUMNS = 21, 12
"""What the figures of one side take, and that one more of them."""

NOW_COLUMNS = 12
"""What alpha as a schedule makes it takes."""

EPOCHS_COLUMNS, ROOM_FOR_EPOCHS = 15, 40
"""What the epochs take, and the columns of a progress bar that spares them."""


@dataclass(frozen=True, slots=True)
class Key:
    """A key on the bottom line: as it is shown, and the action that a click performs."""

    display: str
    label: str
    action: str


def draw_header(
    snapshot: Snapshot | None,
    columns: int,
    palette: Palette,
    stats: str = "",
    role: str = "",
    line_notice: str = "",
) -> Picture:
    """The program's name, what it trains and the `role` of this dashboard; on the right the number of
    points, or `stats` if given, and last `line_notice`, for which all else makes room. One row of
    `columns` cells.
    """
    picture = Picture.blank(1, columns, palette.base)
    right = columns - 1
    picture.write_right(0, right, line_notice[: max(right, 0)], palette.alarm)
    if line_notice:
        right -= len(line_notice) + HEADER_GAP
    # what lies beside the notice is a picture of its own, so that nothing is written over it
    picture.paste(0, 0, _draw_facts(snapshot, right + 1, palette, stats, role))
    return picture


def _draw_facts(
    snapshot: Snapshot | None, columns: int, palette: Palette, stats: str, role: str
) -> Picture:
    """The header without the notice; facts that do not fit are left out, the last ones first."""
    picture = Picture.blank(1, columns, palette.base)
    if columns < len(" moonwalk "):
        return picture
    picture.write(0, 1, "moonwalk", palette.accent | BOLD)
    if snapshot is None:
        picture.write(0, 12, "loading the data", palette.faint)
        return picture
    roles = [word for word in ("replay" if snapshot.replays else "", role) if word]
    facts = [*roles, *facts_of(snapshot.config, snapshot.task).values()]
    room = columns - 13
    counts = stats or f"{thousands(snapshot.num_points)} points"
    beside = room - len(counts) - HEADER_GAP
    # figures that were asked for go before facts; the number of points only where all fit
    shows_counts = beside >= 0 if stats else len("   ".join(facts)) < beside
    if shows_counts:
        picture.write_right(0, columns - 1, counts, palette.faint)
        room = beside
    if room >= len(facts[0]) or not shows_counts:
        picture.write(0, 12, joined(facts, room), palette.faint)
        picture.write(0, 12, joined(roles, room), palette.strong)
    return picture


def draw_status(
    snapshot: Snapshot | None, notice: str, columns: int, palette: Palette, glyphs: Glyphs
) -> Picture:
    """Two lines: where the run stands, and its figures. A notice takes the place of the bar."""
    picture = Picture.blank(STATUS_ROWS, columns, palette.base)
    if snapshot is None:
        picture.write(0, 1, notice or "starting", palette.alarm if notice else palette.faint)
        return picture
    _draw_progress(picture, snapshot, notice, palette, glyphs)
    _draw_figures(picture, snapshot, palette, glyphs)
    return picture


def _draw_progress(
    picture: Picture, snapshot: Snapshot, notice: str, palette: Palette, glyphs: Glyphs
) -> None:
    state = snapshot.state
    pen = palette.alarm if state is State.DIVERGED else palette.accent | BOLD
    picture.write(0, 1, f"{state.value:<8}", pen)
    total = thousands(snapshot.total_steps)
    steps = f"{thousands(snapshot.step):>{len(total)}}"
    stopped = snapshot.stopped if state is State.DONE else ""
    said = notice or stopped
    said_pen = palette.alarm if notice else palette.accent
    if said and picture.columns < WIDE:
        picture.write(0, 11, said[: picture.columns - 12], said_pen)
        return
    picture.write(0, 11, "step", palette.faint)
    picture.write(0, 16, steps, palette.strong)
    begin, end = 21 + 2 * len(total), picture.columns - 19
    if begin - 2 <= end or said:  # else the share has to do
        picture.write(0, 17 + len(steps), f"/ {total}", palette.faint)
    if snapshot.config.batch_size is not None and end - begin >= ROOM_FOR_EPOCHS:
        picture.write(0, begin, "epoch", palette.faint)
        picture.write(0, begin + 6, f"{_epochs(snapshot.epochs):<7}", palette.text)
        begin += EPOCHS_COLUMNS
    if said:
        picture.write(0, begin, said[: picture.columns - begin - 1], said_pen)
        return
    share = snapshot.step / snapshot.total_steps
    draw_bar(picture, 0, begin, end - begin, share, palette, glyphs)
    picture.write(0, end + 1, f"{100 * snapshot.step // snapshot.total_steps:3d}%", palette.text)
    picture.write_right(0, picture.columns - 1, f"{_time_left(snapshot):>12}", palette.faint)


def _epochs(epochs: float) -> str:
    """In at most seven characters: 12.3, 9,876.5, 12.3k."""
    return f"{epochs:,.1f}" if epochs < 9_999.95 else short_count(epochs)


def draw_bar(
    picture: Picture,
    row: int,
    column: int,
    width: int,
    share: float,
    palette: Palette,
    glyphs: Glyphs,
) -> None:
    """A progress bar in half cells."""
    if width < 4:
        return
    halves = int(share * width * 2)
    full, half = divmod(halves, 2)
    picture.write(row, column, glyphs.bar_full * full, palette.accent)
    if half:
        picture.write(row, column + full, glyphs.bar_half, palette.accent)
    rest = width - full - half
    picture.write(row, column + full + half, glyphs.bar_empty * rest, palette.frame)


def _time_left(snapshot: Snapshot) -> str:
    left = snapshot.total_steps - snapshot.step
    if snapshot.state is not State.RUNNING or not left or not snapshot.steps_per_second:
        return ""
    return f"{clock(left / snapshot.steps_per_second)} left"


def _draw_figures(picture: Picture, snapshot: Snapshot, palette: Palette, glyphs: Glyphs) -> None:
    """In fixed columns, so that only digits change."""
    columns = picture.columns
    has_rmse = snapshot.task.is_regression and columns >= WIDE
    now = _alpha_now(snapshot)
    wide = columns >= WIDE and not now and (not has_rmse or columns >= VERY_WIDE)
    picture.write(1, 1, "alpha", palette.faint)
    alpha = exact(snapshot.alpha)
    picture.write(1, 7, alpha if len(alpha) <= 9 else f"{snapshot.alpha:.3g}", palette.strong)
    shift = 0
    if now and columns >= ROOM_FOR_PACE:
        picture.write(1, 17, "now", palette.faint)
        picture.write(1, 21, now, palette.strong)
        shift = NOW_COLUMNS
    free = columns - 1 - _sides_width(has_rmse) - 1
    pace, rate = _pace(snapshot, wide=wide), _rate(snapshot, wide=wide)
    rate_at = (41 if wide else 29) + shift
    if columns >= ROOM_FOR_PACE and 18 + shift + len(pace) < free:
        picture.write(1, 18 + shift, pace, palette.text)
    if columns >= ROOM_FOR_RATE and rate_at + len(rate) <= free:
        picture.write(1, rate_at, rate, palette.text)
    end = columns - 1
    for side, name, pen in (
        (snapshot.test, "test", palette.test),
        (snapshot.train, "train", palette.accent),
    ):
        _draw_side(picture, end, side, name, pen, palette, glyphs, has_rmse=has_rmse)
        end -= SIDE_COLUMNS + (RMSE_COLUMNS if has_rmse else 0)


def _draw_side(
    picture: Picture,
    end: int,
    side: Figures,
    name: str,
    pen: int,
    palette: Palette,
    glyphs: Glyphs,
    *,
    has_rmse: bool,
) -> None:
    """The figures of one side, so that they end before column `end`."""
    picture.write_right(1, end, quality(side, glyphs), palette.text)
    if has_rmse:
        rmse = figure(float("nan") if side.rmse is None else side.rmse, 6)
        picture.write_right(1, end - 7, rmse, palette.text)
        picture.write_right(1, end - 14, "rmse", palette.faint)
        end -= RMSE_COLUMNS
    loss = fixed(side.loss, 6, 4) if side.accuracy is not None else figure(side.loss, 6)
    picture.write_right(1, end - 7, loss, palette.strong)
    picture.write_right(1, end - 14, name, pen)


def _sides_width(has_rmse: bool) -> int:
    """Columns of the figures of both sides."""
    return 2 * (SIDE_COLUMNS + (RMSE_COLUMNS if has_rmse else 0)) - 2


def _alpha_now(snapshot: Snapshot) -> str:
    """What the schedule has made of alpha; empty where it is as it was set."""
    return "" if snapshot.alpha_now == snapshot.alpha else f"{rough(snapshot.alpha_now):<7}"


def _pace(snapshot: Snapshot, *, wide: bool) -> str:
    if snapshot.pace == FULL_SPEED:
        return "full speed"
    word = "step" if snapshot.pace == 1 else "steps"
    steps = f"{thousands(snapshot.pace)} {word}" if wide else tick_label(snapshot.pace)
    return f"{steps}/frame"


def _rate(snapshot: Snapshot, *, wide: bool) -> str:
    rate = short_count(snapshot.steps_per_second) if snapshot.steps_per_second else "-"
    return f"{rate:>5} steps/s" if wide else f"{rate:>5}/s"


def draw_keys(
    keys: list[Key], columns: int, palette: Palette
) -> tuple[Picture, list[tuple[int, int, str]]]:
    """As many keys as fit, the first ones first, the last two always; with where each lies: start,
    end and action.
    """
    gap = 2 if _width(keys, 2) <= columns else 1
    while len(keys) > 2 and _width(keys, gap) > columns:
        keys = [*keys[:-3], *keys[-2:]]
    picture = Picture.blank(1, columns, palette.base)
    places, column = [], 1
    for key in keys:
        picture.write(0, column, key.display, palette.key)
        picture.write(0, column + len(key.display) + 1, key.label, palette.faint)
        width = len(key.display) + len(key.label) + 1
        places.append((column, column + width, key.action))
        column += width + gap
    return picture, places


def draw_question(question: str, columns: int, palette: Palette) -> Picture:
    """What is asked, in the place of the keys."""
    picture = Picture.blank(1, columns, palette.base)
    picture.write(0, 1, question[: columns - 1], palette.alarm)
    return picture


def _width(keys: list[Key], gap: int) -> int:
    return sum(len(key.display) + len(key.label) + 1 + gap for key in keys) + 2 - gap
