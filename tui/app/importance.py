"""What of the screens is to be sent first, where the line to the terminal is slow."""

from collections.abc import Sequence

from textual.geometry import Region
from textual.screen import ModalScreen, Screen
from textual.widgets._toast import Toast

from tui.screens.dashboard import DashboardScreen
from tui.terminal.paint_order import Area, Importance
from tui.widgets.picture_view import PictureView


def importance_of(screens: Sequence[Screen[object]]) -> Importance:
    """The importance of what is seen of `screens`, the last of which lies on top.

    News first, then what lies on top of a screen, then lines with the run's state. Pictures follow
    in the order of the screen, the one that a person works with before the others.
    """
    lines: list[Region] = []
    pictures: list[Region] = []
    for screen in reversed(screens):
        lines += [toast.region for toast in screen.query(Toast)]
        if isinstance(screen, ModalScreen):
            lines += [widget.region for widget in screen.children if widget.region]
            continue
        views = [view for view in screen.query(PictureView) if view.display]
        worked_with = screen.worked_with if isinstance(screen, DashboardScreen) else None
        views.sort(key=lambda view: view is not worked_with)
        lines += [view.region for view in views if view.GOES_FIRST]
        pictures += [view.picture_region for view in views if view.picture_region]
        break
    return Importance(tuple(map(_area, lines)), tuple(map(_area, pictures)))


def _area(region: Region) -> Area:
    return Area(region.y, region.x, region.bottom, region.right)
