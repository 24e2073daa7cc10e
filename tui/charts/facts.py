"""What is trained, in the words of the settings and of the field."""

from engine.config.setting import words_of
from engine.config.task import Task
from engine.config.training_config import TrainingConfig
from engine.messages.snapshot import Figures
from tui.drawing.glyphs import Glyphs
from tui.drawing.number_format import percent, r_squared

QUALITY_COLUMNS = 6
"""What `quality` takes."""


def facts_of(config: TrainingConfig, task: Task) -> dict[str, str]:
    """The header's words by setting: data and network first, the seed last, as what does not fit is
    left out from the end.
    """
    words = words_of(config, task)
    seed = words.pop("seed", "")
    return {**words, "seed": seed} if seed else words


def loss_name(config: TrainingConfig, task: Task) -> str:
    """How the loss that is trained is called in a sentence."""
    if config.loss == "half_squared_error":
        return "half the mean squared error"
    if config.loss == "squared_error" or task.is_regression:
        return "the mean squared error"
    return "binary cross-entropy" if task.is_binary else "cross-entropy"


def quality(figures: Figures, glyphs: Glyphs) -> str:
    """How good a network is, in QUALITY_COLUMNS: the share of right classes, or R² of values."""
    if figures.accuracy is not None:
        return percent(figures.accuracy)
    if figures.r2 is not None:
        return glyphs.r_squared + r_squared(figures.r2)
    return "-".rjust(QUALITY_COLUMNS)


def joined(facts: list[str], room: int) -> str:
    """As many of `facts` as have `room`, the first ones first, each whole: half a number would be
    another. Only the first of all is cut, and says so.
    """
    while len(facts) > 1 and len("   ".join(facts)) > room:
        facts = facts[:-1]
    text = "   ".join(facts)
    return text if len(text) <= room else f"{text[: max(room - 2, 0)]}.."[: max(room, 0)]
