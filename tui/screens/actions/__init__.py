"""Everything that a key does on the training view and on the report: one table for each.

From these come the key bindings, the key line, the help, the palette and the keys in `--help`. To
add an action is to add an entry. Neither Textual nor NumPy is loaded here, so that `--help` answers
at once.
"""

from tui.screens.actions.dashboard import DASHBOARD_ACTIONS
from tui.screens.actions.report import REPORT_ACTIONS
from tui.screens.actions.shared import END_RUN

__all__ = ["DASHBOARD_ACTIONS", "END_RUN", "REPORT_ACTIONS"]
