"""Keys that change the points, and how they are drawn."""

from engine.messages.commands import NextData, NextWeights
from tui.screens.action import Action
from tui.screens.key_context import decides_course

# fmt: off
POINTS = (
    Action("run.new_data", "N", "new data", "Go on with the same weights on new points: the next data seed",
           does=NextData(), when=decides_course,
           words="points other samples regenerate seed"),
    Action("run.new_weights", "W", "new weights", "Start over from other weights on the same points",
           does=NextWeights(), when=decides_course, again="takes new weights",
           words="initial random start seed initialization"),
)
# fmt: on
