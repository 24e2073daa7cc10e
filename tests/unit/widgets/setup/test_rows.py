"""The rows of the set-up: what they show of the settings, and what their keys change."""

from typing import Annotated, Any

import msgspec
import pytest

from engine.config.kinds import Positive
from engine.config.presets import PRESETS
from engine.config.setting import Setting, filled
from engine.config.settings import LEARNS
from engine.config.task import TWO_CLASSES, Task
from engine.config.training_config import TrainingConfig
from engine.errors import ConfigError
from tui.charts.setup.sheet import SheetRow
from tui.widgets.setup.row import Row
from tui.widgets.setup.sections import sections_of

FOUR_INPUTS = Task("classification", tuple("abcd"), tuple("abcd"), ("0", "1", "2"))


class Extended(TrainingConfig, frozen=True):
    """The settings with one more."""

    inertia: Annotated[
        float,
        Setting(Positive(1.0), LEARNS, "How much of the last update is made again.", live=True),
    ] = 0.5


def rows_of(
    section: str,
    task: Task = TWO_CLASSES,
    table: type[TrainingConfig] = TrainingConfig,
    **given: Any,
) -> dict[str, Row]:
    """The rows of a section by key."""
    values = msgspec.structs.asdict(table(**filled(table, given)))
    found = next(one for one in sections_of(table) if one.name == section)
    return {row.key: row for row in found.rows(values, task)}


def test_given_a_setting_when_drawn_then_value_mark_and_whether_it_is_usual_are_there() -> None:
    rows = rows_of("Training", batch_size=32)

    assert rows["alpha"].drawn() == SheetRow("alpha", "0.25", mark="live", turns=True)
    assert rows["batch_size"].drawn() == SheetRow(
        "batch", "32", mark="live", turns=True, is_usual=False
    )
    assert rows["rule"].drawn() == SheetRow("rule", "exact", mark="anew", turns=True)


def test_given_one_more_setting_when_rows_are_made_then_it_is_there_by_itself() -> None:
    row = rows_of("Training", table=Extended)["inertia"]

    assert row.drawn() == SheetRow("inertia", "0.5", mark="live", turns=True)
    assert row.help == "How much of the last update is made again."
    assert row.turned(1) == {"inertia": 0.6}
    assert row.read("0.25") == {"inertia": 0.25}


@pytest.mark.parametrize(
    ("section", "key", "text", "changes"),
    [
        ("Training", "alpha", "1e-3", {"alpha": 0.001}),
        ("Training", "batch_size", "full", {"batch_size": None}),
        ("Training", "schedule", "step:10", {"schedule": "step:10:0.5"}),
        ("Network", "activation", "relu:.050", {"activation": "relu"}),
        ("Network", "layers:1", "4:tanh", {"layers": (16, "4:tanh")}),
        ("Data", "data", " spiral:3 ", {"data": "spiral:3"}),
        ("Data", "keep_classes", "3,8", {"keep_classes": ("3", "8")}),
        ("Features", "plane", "none", {"plane": ()}),
    ],
)
def test_given_a_text_when_read_then_it_is_this_change(
    section: str, key: str, text: str, changes: dict[str, Any]
) -> None:
    assert rows_of(section)[key].read(text) == changes


@pytest.mark.parametrize(
    ("section", "key", "text"),
    [
        ("Training", "alpha", "viel"),
        ("Training", "batch_size", "0"),
        ("Network", "layers:0", "8,8"),
        ("Network", "layers:0", "none"),
        ("Network", "layers:0", "8:tan"),
        ("Features", "columns", '"a'),
    ],
)
def test_given_a_text_that_spells_nothing_when_read_then_it_is_refused(
    section: str, key: str, text: str
) -> None:
    with pytest.raises(ConfigError):
        rows_of(section)[key].read(text)


def test_given_enter_when_pressed_then_choices_turn_and_others_are_typed() -> None:
    rows = rows_of("Training")

    assert rows["optimizer"].entered() == {"optimizer": "rmsprop"}
    assert rows["optimizer"].text is None
    assert rows["nesterov"].entered() == {"nesterov": True}
    assert rows["schedule"].entered() is None
    assert rows["schedule"].text == "constant"


def test_given_what_may_be_none_when_cleared_then_it_is_and_nothing_else_is() -> None:
    rows = rows_of("Training", clip=0.5)

    assert rows["clip"].cleared() == {"clip": None}
    assert rows["batch_size"].cleared() is None
    assert rows["alpha"].cleared() is None


# layers


def test_given_layers_when_drawn_then_each_has_a_row_and_one_adds_another() -> None:
    rows = rows_of("Network", layers=("8:tanh", 4), activation="elu")

    assert [row.drawn().name for row in rows.values()][:3] == ["layer 1", "layer 2", "add a layer"]
    assert rows["layers:0"].drawn().beside == "tanh"
    assert rows["layers:1"].drawn().beside == "(elu)"
    assert rows["layers:1"].turned(-1) == {"layers": ("8:tanh", 3)}
    assert rows["layers:0"].turned(2) == {"layers": ("10:tanh", 4)}
    assert rows["layers:1"].entered() == {"layers": ("8:tanh", "4:relu")}
    assert rows["layers:0"].cleared() == {"layers": (4,)}
    assert rows["layers:0"].added() == {"layers": ("8:tanh", "8:tanh", 4)}
    assert rows["layers:add"].entered() == {"layers": ("8:tanh", 4, 4)}


def test_given_the_last_activation_when_turned_then_the_layer_is_as_all() -> None:
    assert rows_of("Network", layers=("8:none",))["layers:0"].entered() == {"layers": (8,)}


def test_given_no_layer_when_drawn_then_it_is_called_a_linear_model() -> None:
    row = rows_of("Network", layers=())["layers:add"]

    assert row.drawn().name == "linear model"
    assert "one straight line" in row.help
    assert row.added() == {"layers": (8,)}


def test_given_as_many_layers_as_there_may_be_when_one_is_added_then_nothing_changes() -> None:
    rows = rows_of("Network", layers=(2,) * 16)
    assert rows["layers:0"].added() is None
    assert rows["layers:add"].entered() is None


# features


def test_given_two_inputs_when_features_are_drawn_then_each_has_a_row() -> None:
    rows = rows_of("Features", features=("x", "x2"))

    names = [row.drawn().value for key, row in rows.items() if key.startswith("features:")]
    assert names == ["in", "out", "in", "out", "out", "out", "out"]
    assert rows["features:siny"].entered() == {"features": ("x", "x2", "siny")}
    assert rows["features:x2"].turned(-1) == {"features": ("x",)}


def test_given_the_inputs_alone_when_a_feature_is_taken_out_then_one_stays() -> None:
    assert rows_of("Features")["features:x"].entered() == {"features": ("y",)}
    assert rows_of("Features", features=("y",))["features:y"].entered() is None
    assert rows_of("Features", features=("y",))["features:x"].entered() == {"features": ()}


def test_given_other_data_when_features_are_drawn_then_they_are_one_setting() -> None:
    assert "features" in rows_of("Features", FOUR_INPUTS, data="iris")


# presets


def test_given_presets_when_drawn_then_each_says_what_it_shows_and_begins_anew() -> None:
    rows = rows_of("Presets", **PRESETS["xor"].values)

    assert list(rows) == list(PRESETS)
    assert rows["xor"].drawn() == SheetRow("xor", "now", mark="anew", is_usual=False)
    assert "four nodes do" in rows["xor"].help
    changes = rows["linear"].entered()
    assert changes is not None
    assert TrainingConfig(**changes) == TrainingConfig(
        **filled(TrainingConfig, PRESETS["linear"].values)
    )


def test_given_every_row_when_it_is_selected_then_it_says_what_it_does() -> None:
    for section in sections_of():
        for row in rows_of(section.name).values():
            assert len(row.help) > 20, row.key
            assert row.mark in ("live", "anew")
