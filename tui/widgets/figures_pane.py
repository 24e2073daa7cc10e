"""The pane of figures, for terminals where there is no room for more than a few panes."""

from tui.charts.figures import draw_figures_table
from tui.drawing.look import Look
from tui.drawing.picture import Picture
from tui.widgets.pane import Pane


class FiguresPane(Pane):
    """How the network does on training and test points, as a table."""

    NAME = "figures"
    TITLE = SHORT_TITLE = "Figures"
    HELP = """\
### Figures

How the network does on the points that it learns from (train) and on those that it never sees (test):
its loss, the share of points that get the right class and how many do not, or for values how much of their
variation is predicted. `test - train` is how much worse it is on points that are new to it: where this
grows, it learns the training points by heart. Below stand the least test loss so far and its step, the
epochs, and how long the gradient of the layer is that the layer pane shows: where it is near 0, the
network hardly changes any more.

Where the terminal is narrow, `tab` brings the other panes into this place.
"""

    def draw_inside(self, rows: int, columns: int, look: Look) -> Picture:
        if self.snapshot is None or not rows:
            return Picture.blank(rows, columns, look.palette.base)
        return draw_figures_table(self.snapshot, rows, columns, *look)
