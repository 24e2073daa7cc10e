"""Keys that change the points, and how they are drawn."""

from engine.messages.commands import NextData, NextWeights
from tui.screens.action import Action, Call
from tui.screens.key_context import decides_course, has_run

# fmt: off
POINTS = (
    Action("view.tested", "t", "test points", "Show the test points, too, or hide them",
           does=Call("toggle_tested"), when=has_run,
           words="held out unseen validation generalization"),
    Action("view.region", "v", "region",
           "Draw the region hard, as lines, or by certainty again",
           does=Call("turn_region"), when=has_run,
           words="contours border boundary isolines class equal prediction"),
    Action("view.ask", "i", "ask", "Ask about a point: its inputs, prediction and loss",
           does=Call("ask"), when=has_run,
           words="inspect point sample inputs probability cursor"),
    Action("run.paint", "p", "paint", "Add and remove points by hand",
           does=Call("paint"), when=decides_course,
           words="draw edit data outlier add remove points cursor"),
    Action("run.new_data", "N", "new data", "Go on with new points: the next data seed",
           does=NextData(), when=decides_course,
           words="points other samples regenerate seed same weights"),
    Action("run.new_weights", "W", "new weights", "Start over from other weights on these points",
           does=NextWeights(), when=decides_course, again="takes new weights",
           words="random seed initialization reset"),
)
# fmt: on
