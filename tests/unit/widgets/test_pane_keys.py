"""The keys of panes: what explains them, and which of them the palette finds."""

from textual.binding import Binding

from tui.widgets.layer_pane import FOOT_KEYS, LAYER_KEYS, LayerPane
from tui.widgets.loss_pane import LossPane
from tui.widgets.network_pane import NetworkPane
from tui.widgets.pane import Pane
from tui.widgets.pane_keys import pane_key
from tui.widgets.predicted_pane import PredictedPane
from tui.widgets.setup.sheet import SetupSheet

PANES: list[type[Pane]] = [LayerPane, LossPane, NetworkPane, PredictedPane, SetupSheet]


def test_given_a_key_that_another_stands_for_when_bound_then_neither_help_nor_palette_has_it() -> (
    None
):
    explained = pane_key("predicted", "up", "move(1)", "up", "Move", display="arrows")
    silent = pane_key("predicted", "down", "move(-1)", "down")

    assert (explained.id, explained.tooltip, explained.key_display) == (
        "predicted.up",
        "Move",
        "arrows",
    )
    assert (silent.id, silent.tooltip, silent.key_display) == (None, "", None)


def test_given_all_panes_when_their_keys_are_named_then_each_name_is_in_lower_case_and_there_once() -> (
    None
):
    for pane in PANES:
        named = [one.id for one in pane.BINDINGS if isinstance(one, Binding) and one.id]
        assert named
        assert len(set(named)) == len(named)
        assert all(name == name.lower() for name in named)
        assert all(name.startswith(f"{pane.NAME}.") for name in named)


def test_given_the_keys_on_the_edge_of_the_layer_pane_when_looked_up_then_it_has_them() -> None:
    bound = {one.key for one in LAYER_KEYS if isinstance(one, Binding)}
    assert {key for key, _ in FOOT_KEYS} | {"0"} <= bound
