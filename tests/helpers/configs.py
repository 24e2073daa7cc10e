"""Configurations drawn at random: any values of the settings that go together."""

from typing import Any

from hypothesis import strategies as st

from engine.config.activation_names import ACTIVATIONS
from engine.config.data_sets import DATA_SETS
from engine.config.kinds import Between, Choice, Flag, Positive, Share, Text, Whole
from engine.config.more_kinds import Layers, Maybe, Named, Names
from engine.config.presets import PRESETS, with_preset
from engine.config.schedule import SCHEDULES, canonical_schedule
from engine.config.setting import Entry, entries_of, filled
from engine.config.settings import Settings
from engine.config.training_config import TrainingConfig
from engine.errors import ConfigError

names = st.text(
    st.characters(exclude_characters="\0", exclude_categories=["Cs"]), min_size=1
).filter(lambda name: bool(name.strip()))
"""Whatever a file or a column can be called."""

nasty_names = st.sampled_from(
    [
        "-",
        "--help",
        "none",
        "last",
        '"last"',
        "a,b",
        '"',
        "it's",
        "$(ls)",
        " a ",
        "a\nb",
        "moons,",
        "É",
        "#",
        "~",
    ]
)

any_name = names | nasty_names

activations = st.sampled_from([*ACTIVATIONS, "relu:0", "relu:0.1"])

layer = st.integers(1, 4096) | st.builds("{}:{}".format, st.integers(1, 4096), activations)

schedules = st.sampled_from(SCHEDULES).map(
    lambda name: canonical_schedule("schedule", name)
) | st.builds("step:{}:{}".format, st.integers(1, 10**6), st.sampled_from([0.1, 0.5, 0.25]))


def values_of(entry: Entry) -> st.SearchStrategy[Any]:
    """Values that a setting allows."""
    if entry.field == "data":
        return st.sampled_from([*DATA_SETS, "spiral:2", "spiral:5"]) | any_name
    if entry.field == "schedule":
        return schedules
    return _values(entry.setting.kind)


def _values(kind: Any) -> st.SearchStrategy[Any]:
    match kind:
        case Maybe(inner):
            return st.none() | _values(inner)
        case Whole(least, most):
            return st.integers(least, most)
        case Positive(most):
            return st.floats(0.0, most, exclude_min=True)
        case Between(least, most):
            return st.floats(least, most)
        case Share():
            return st.floats(0.0, 1.0, exclude_min=True, exclude_max=True)
        case Choice(offered):
            return st.sampled_from(offered)
        case Flag():
            return st.booleans()
        case Text():
            return any_name
        case Named():
            return activations
        case Layers():
            return st.lists(layer, max_size=4).map(tuple)
        case Names(offered, count):
            one = st.sampled_from(offered) if offered else any_name
            lists = st.lists(one, min_size=count or 0, max_size=count or 4, unique=True)
            return lists.map(tuple) | st.just(())
    raise TypeError(kind)


@st.composite
def configs(draw: st.DrawFn) -> TrainingConfig:
    """Some settings as drawn, some of a preset, the others as they come by themselves; what does not go together with
    the rest is left out again.
    """
    settings = {entry.field: values_of(entry) for entry in entries_of(Settings)}
    chosen = draw(st.sets(st.sampled_from(list(settings)), max_size=12))
    preset = draw(st.sampled_from([None, *PRESETS]))
    given = with_preset(preset, {field: draw(settings[field]) for field in sorted(chosen)})
    fields = {entry.name: entry.field for entry in entries_of(Settings)}
    whole = draw(st.booleans())
    while True:
        try:
            return TrainingConfig(**(filled(TrainingConfig, given) if whole else given))
        except ConfigError as error:
            field = fields[error.setting]
            del given[field if field in given else next(iter(given))]
