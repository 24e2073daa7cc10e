"""The pictures of the data sets, as far as the run has told them yet."""

from engine.config.data_sets import DATA_SETS
from engine.messages.snapshot import DataPoints, DataSetPoints
from tui.charts.setup.thumbnails import Grid, draw_thumbnails, fit_grid, thumbnail_at
from tui.drawing.look import Look
from tui.drawing.picture import Picture

NAMES = tuple(DATA_SETS)

LOAD_ORDER = sorted(NAMES, key=lambda name: DATA_SETS[name].is_real or name == "moons")
"""Those that have to load scikit-learn last."""

LEAST_COLUMNS = 50
"""Of the sheet, for thumbnails in it."""


class Thumbnails:
    """Asks for one data set after the other, and draws those that are known."""

    def __init__(self) -> None:
        self._points: dict[str, DataPoints | None] = {}
        self._drawn: tuple[tuple[object, ...], Picture] | None = None
        """The picture that was drawn last, with all that decides it."""

    def take(self, told: DataSetPoints | None) -> bool:
        """Keep what was told; returns whether that was something new."""
        if told is None or told.name in self._points:
            return False
        self._points[told.name] = told.points
        return True

    @property
    def wanted(self) -> str:
        """The next data set to ask for; empty if all are known."""
        return next((name for name in LOAD_ORDER if name not in self._points), "")

    def grid(self, rows: int, columns: int) -> Grid | None:
        """How they are laid out in that room; None if there is too little."""
        return fit_grid(len(NAMES), rows, columns) if columns >= LEAST_COLUMNS else None

    def draw(self, selected: str, grid: Grid, columns: int, look: Look) -> Picture:
        """All of them, with the data set of that name, or its kind, marked."""
        name = selected.partition(":")[0]
        decides = (name, grid, columns, len(self._points), look)
        if self._drawn is None or self._drawn[0] != decides:
            drawn = draw_thumbnails(NAMES, self._points, name, grid, columns, *look)
            self._drawn = decides, drawn
        return self._drawn[1]

    def name_at(self, grid: Grid, row: int, column: int) -> str | None:
        """The data set in that place of the picture."""
        place = thumbnail_at(len(NAMES), grid, row, column)
        return None if place is None else NAMES[place]
