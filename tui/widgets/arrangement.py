"""Where each pane lies: a pure function of the room there is and of what a person wants to see."""

from collections.abc import Sequence
from dataclasses import dataclass

from textual.geometry import Region

PaneRows = Sequence[Sequence[str]]
"""Names of panes, row by row."""

NARROW = 100
"""Columns below which the picture of what is predicted takes one half, and the rest share the other."""

LARGE_COLUMNS, LARGE_ROWS = 160, 45
"""The room from which on the network and a layer lie beside everything else."""

FIRST_SHARE, LEAST_FIRST = 0.36, 8
"""Share of the rows that the first row of panes takes, and the least of them."""

LOSS, REAL, PREDICTED, NETWORK, LAYER, FIGURES = (
    *("loss", "real", "predicted"),
    *("network", "layer", "figures"),
)
"""The panes that have a place of their own somewhere; any other one lies where it is listed."""

EVERY = {LOSS, REAL, PREDICTED, NETWORK, LAYER, FIGURES}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a person wants to see."""

    maximized: str | None = None
    """The pane that has all the room."""
    network: bool | None = None
    """Whether the network is to be seen; None: where there is room for it beside everything else."""
    called: str | None = None
    """The pane that was called for last, where there is not room for all."""
    stacked: bool = False
    """Whether what is narrow is so because something else stands beside it."""


def arrangement(rows: PaneRows, columns: int, height: int, wanted: Wanted) -> dict[str, Region]:
    """The place of every pane that is seen, of those in `rows`."""
    names = _names(rows)
    if not columns or not height:
        return {}
    if wanted.maximized in names:
        return {wanted.maximized: Region(0, 0, columns, height)}
    if is_narrow(rows, columns) and wanted.stacked:
        return _stacked(names, columns, height, wanted)
    if is_narrow(rows, columns):
        return _halves(names, columns, height, wanted)
    is_large = _is_large(columns, height) and set(names) == EVERY
    if is_large and _shows_network(columns, height, wanted):
        return _large(columns, height)
    return _in_rows(_of_wide(rows, columns, height, wanted), columns, height)


def reachable(rows: PaneRows, columns: int, height: int, wanted: Wanted) -> list[str]:
    """The panes in the order in which tab goes through them: those that are seen, and where they take
    turns, all.
    """
    if wanted.maximized is None and is_narrow(rows, columns):
        return [LOSS, PREDICTED, *_others(_names(rows))]
    return list(arrangement(rows, columns, height, wanted))


def is_narrow(rows: PaneRows, columns: int) -> bool:
    """Whether all panes but two take turns in one place."""
    return columns < NARROW and {LOSS, PREDICTED} <= set(_names(rows))


def _names(rows: PaneRows) -> list[str]:
    return [name for row in rows for name in row]


def _others(names: list[str]) -> list[str]:
    """The panes that take turns where the terminal is narrow, the figures first."""
    rest = [name for name in names if name not in (LOSS, PREDICTED)]
    return sorted(rest, key=lambda name: name != FIGURES)


def _is_large(columns: int, height: int) -> bool:
    return columns >= LARGE_COLUMNS and height >= LARGE_ROWS


def _shows_network(columns: int, height: int, wanted: Wanted) -> bool:
    return _is_large(columns, height) if wanted.network is None else wanted.network


def _halves(names: list[str], columns: int, height: int, wanted: Wanted) -> dict[str, Region]:
    """The picture in the left half; the loss above one of all other panes in the right one."""
    left = columns // 2
    rest = _others(names)
    called = wanted.called if wanted.called in rest else rest[0] if rest else None
    top = height if called is None else height // 2
    places = {
        LOSS: Region(left, 0, columns - left, top),
        PREDICTED: Region(0, 0, left, height),
    }
    if called is not None:
        places[called] = Region(left, top, columns - left, height - top)
    return places


def _stacked(names: list[str], columns: int, height: int, wanted: Wanted) -> dict[str, Region]:
    """The loss above the picture, or above the pane that was called for last."""
    below = wanted.called if wanted.called in _others(names) else PREDICTED
    return _in_rows([[LOSS], [below]], columns, height)


def _of_wide(rows: PaneRows, columns: int, height: int, wanted: Wanted) -> list[list[str]]:
    """`rows` without the panes that are not seen: the network takes the place of the real classes, or
    one beside them.
    """
    hidden = {FIGURES}
    if not _shows_network(columns, height, wanted):
        hidden.add(NETWORK)
    elif columns < LARGE_COLUMNS and NETWORK in _names(rows):
        hidden.add(REAL)
    seen = [[name for name in row if name not in hidden] for row in rows]
    return [row for row in seen if row]


def _in_rows(rows: list[list[str]], columns: int, height: int) -> dict[str, Region]:
    """The first row lower than the others, and in each the same width for all."""
    first = height if len(rows) == 1 else min(max(int(height * FIRST_SHARE), LEAST_FIRST), height)
    heights = [first, *_parts(height - first, len(rows) - 1)]
    places: dict[str, Region] = {}
    y = 0
    for row, tall in zip(rows, heights, strict=True):
        x = 0
        for name, wide in zip(row, _parts(columns, len(row)), strict=True):
            places[name] = Region(x, y, wide, tall)
            x += wide
        y += tall
    return places


def _large(columns: int, height: int) -> dict[str, Region]:
    """Loss and points on the left, one below the other; network and layer on the right."""
    left = columns // 3
    loss, real, predicted = _parts(height, 3)
    network = height * 11 // 20
    return {
        LOSS: Region(0, 0, left, loss),
        REAL: Region(0, loss, left, real),
        PREDICTED: Region(0, loss + real, left, predicted),
        NETWORK: Region(left, 0, columns - left, network),
        LAYER: Region(left, network, columns - left, height - network),
    }


def _parts(whole: int, count: int) -> list[int]:
    """`whole` in `count` parts that differ by no more than one."""
    return [(index + 1) * whole // count - index * whole // count for index in range(count)]
