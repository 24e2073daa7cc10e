"""Keys that hand a run to others: its command line, its files."""

from tui.screens.action import Action, Post
from tui.screens.key_context import has_run, has_shown

# fmt: off
COMMAND_LINE = Action(
    "run.command_line", "y", "copy line", "Copy the command line that makes this run again",
    does=Post("CommandLineWanted"), when=has_shown,
    words="share yank clipboard setup set-up options shell send",
)
EXPORT = Action(
    "run.export", "E", "export", "Write losses, weights or the screen into a file",
    does=Post("ExportWanted"), when=has_shown,
    words="share csv json npz numpy pytorch torch svg text screenshot table file download",
)
WRITE_POINTS = Action(
    "run.write_points", "w", "write points", "Write all points as CSV, to be learned again",
    does=Post("ExportWanted", ("points",)), when=has_run,
    words="export data table csv samples file",
)
# fmt: on

SHARING: tuple[Action, ...] = (COMMAND_LINE, EXPORT, WRITE_POINTS)
