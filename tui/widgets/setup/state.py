"""What the set-up sheet shows and what its keys do, apart from the terminal."""

from engine.config.changes import Changes
from engine.config.task import TWO_CLASSES
from engine.errors import ConfigError
from engine.messages.commands import Adjust, Command, ConfigureAnew, SetAlpha
from engine.messages.snapshot import Snapshot
from tui.charts.setup.sheet import SheetPicture, SheetRow, Typed
from tui.widgets.setup.draft import Draft
from tui.widgets.setup.effect import effect_of
from tui.widgets.setup.line_edit import LineEdit
from tui.widgets.setup.paths import candidates
from tui.widgets.setup.row import Row
from tui.widgets.setup.sections import sections_of

IN_A_MOMENT = "begins anew in a moment; enter: now, esc: not at all"
LOADING = "loading .."
NO_CANDIDATE = "No data set, file or folder begins with that."


class SetupState:
    """Sections, cursor, what is typed, and the changes that are on their way."""

    def __init__(self) -> None:
        self.sections = sections_of()
        self.section = 0
        self._selected: dict[int, str] = {}
        """The key of the row that was selected last in each section."""
        self._places: dict[int, int] = {}
        """Where that row stood."""
        self.edit: LineEdit | None = None
        """What is being typed."""
        self._tried = ""
        """What was typed last in the selected row."""
        self.problem = ""
        """Why what was tried is not allowed."""
        self.fixed = ""
        """Why nothing can be changed."""
        self.question = ""
        """What is asked before the run begins anew."""
        self.is_late = False
        """Whether an answer of the run is awaited longer than usual."""
        self.draft = Draft()
        self.snapshot: Snapshot | None = None
        self.rows: list[Row] = []
        """Those of the section that is shown."""

    def take(self, snapshot: Snapshot | None) -> None:
        """Learn how the run stands; what was wrong may be right for another one."""
        if snapshot and self.snapshot and snapshot.run != self.snapshot.run:
            self.problem = ""
        self.snapshot = snapshot
        if snapshot is not None:
            waits = bool(self.draft.sent)
            self.draft.take(snapshot)
            if waits and not self.draft.sent:
                self._tried = ""
            self.is_late = self.is_late and bool(self.draft.sent)
        self._make_rows()

    def _make_rows(self) -> None:
        task = TWO_CLASSES if self.snapshot is None else self.snapshot.task
        values = self.draft.values
        self.rows = self.sections[self.section].rows(values, task) if values else []

    # -- the cursor

    @property
    def selected(self) -> int:
        """The number of the selected row: the same as before if it is still there, else what stands in its place."""
        keys = [row.key for row in self.rows]
        key = self._selected.get(self.section, "")
        place = keys.index(key) if key in keys else self._places.get(self.section, 0)
        return min(place, max(len(keys) - 1, 0))

    @property
    def row(self) -> Row | None:
        """The selected row; None before anything is known."""
        return self.rows[self.selected] if self.rows else None

    def select(self, place: int) -> None:
        """Go to the row of that number, or to the nearest one."""
        place = min(max(place, 0), max(len(self.rows) - 1, 0))
        if self.rows:
            self._selected[self.section] = self.rows[place].key
            self._places[self.section] = place
        self.leave_row()

    def go_to_section(self, number: int) -> None:
        """Show the section of that number, behind the last one again the first."""
        self.leave_row()
        self.section = number % len(self.sections)
        self._make_rows()

    def go_to_row(self, section: str, key: str) -> None:
        """Show the section of that name with the row of that key selected."""
        self.go_to_section([one.name for one in self.sections].index(section))
        self.select([row.key for row in self.rows].index(key) if self.rows else 0)

    def leave_row(self) -> None:
        """What is typed or asked is left as it is."""
        self.edit, self._tried, self.problem, self.question = None, "", "", ""

    def end_typing(self) -> None:
        """What was typed is tried: if the run refuses it, it can be mended."""
        if self.edit is not None:
            self._tried, self.edit = self.edit.text, None

    # -- changes

    def propose(
        self, changes: Changes, *, live: bool, even_if_same: bool = False
    ) -> Command | None:
        """Try to change the settings: what is to be sent at once, if it changes live; what begins the run
        anew waits. Nothing of it where that is not allowed, or is no change unless `even_if_same`.
        """
        self.problem = self.question = ""
        if self.snapshot is None:
            return None
        try:
            self.draft.check(changes, self.snapshot)
        except ConfigError as error:
            self.problem = str(error)
            return None
        if not live:
            self.draft.put_off(changes, even_if_same=even_if_same)
            self._make_rows()
            return None
        if not self.draft.differs(changes):
            return None
        self.draft.send(changes)
        self._make_rows()
        return (
            SetAlpha(changes["alpha"]) if set(changes) == {"alpha"} else Adjust(_as_sent(changes))
        )

    def begin_anew(self, question: str) -> Command | None:
        """What is to be sent for the changes that wait; nothing while there is a `question` that has
        not been asked.
        """
        changes = self.draft.pending
        if not changes:
            return None
        if question and not self.question:
            self.question = question
            return None
        self.question = ""
        self.draft.drop()
        self.draft.send(changes)
        self._make_rows()
        return ConfigureAnew(_as_sent(changes))

    def drop(self) -> None:
        """Forget the changes that wait."""
        self.question = ""
        self.draft.drop()
        self._make_rows()

    def refuse(self, problem: str) -> None:
        """The run has not taken what it was told."""
        self.problem, self.is_late = problem, False
        if self._tried and self.edit is None:
            self.edit = LineEdit.of(self._tried)
        self.draft.refuse()
        self._make_rows()

    # -- the picture

    def picture(self) -> SheetPicture:
        """All that is drawn."""
        row, edit = self.row, self.edit
        return SheetPicture(
            sections=tuple((one.name, one.short) for one in self.sections),
            section=self.section,
            rows=tuple(one.drawn() for one in self.rows) or (SheetRow(""),),
            selected=self.selected,
            help=self._help(row),
            effect=self._effect(row),
            problem=bool(self.problem or self.question),
            typed=None if edit is None else Typed(edit.text, edit.cursor, edit.replaces),
        )

    def _help(self, row: Row | None) -> str:
        if row is None:
            return ""
        if self.edit is None or self.edit.replaces or not row.names_file:
            return row.help
        found = candidates(self.edit.text)
        return "  ".join(_last_part(one) for one in found) or NO_CANDIDATE

    def _effect(self, row: Row | None) -> str:
        if self.problem or self.question:
            return self.problem or f"{self.question} enter begins anew, esc leaves it"
        if self.fixed:
            return self.fixed
        if self.is_late:
            return LOADING
        if self.draft.pending:
            return IN_A_MOMENT
        return "" if row is None else effect_of(self.snapshot, is_live=row.is_live)


def _as_sent(changes: Changes) -> Changes:
    """`changes` as commands have them, which are recorded as JSON: without tuples."""
    return {
        field: list(value) if isinstance(value, tuple) else value
        for field, value in changes.items()
    }


def _last_part(path: str) -> str:
    """The name of a file or folder, this with its slash."""
    head, _, tail = path.rpartition("/")
    return tail or f"{head.rpartition('/')[2]}/"
