"""The layer pane on the dashboard: the next update, its keys, and what they do to the run."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from textual.events import Key
from textual.widgets import Input

from engine.config.training_config import TrainingConfig
from engine.messages.commands import Freeze, MakeSteps, SetAlpha, SetParameter, SwitchNode
from helpers.apps import ASCII_OPTIONS, Dashboard, WatchedSession, dashboard
from tui.charts.layer.grid import Cursor
from tui.widgets.layer_pane import LayerPane


def pane_of(shown: Dashboard) -> LayerPane:
    return shown.app.dashboard.query_one(LayerPane)


@asynccontextmanager
async def at_layer(
    *, size: tuple[int, int] = (120, 40), ticks: int = 1, config: TrainingConfig | None = None
) -> AsyncIterator[Dashboard]:
    """A dashboard in ASCII with the focus in the layer pane, which is seen."""
    session = WatchedSession(config or TrainingConfig(steps=400))
    async with dashboard(session, size=size, ticks=ticks, options=ASCII_OPTIONS) as shown:
        pane = pane_of(shown)
        shown.app.dashboard.show_pane(pane)
        pane.focus()
        await shown.settle()
        yield shown


def row(shown: Dashboard, words: str) -> str:
    """The part of the screen's last line with `words` that is in the layer pane."""
    line = next(line for line in reversed(shown.lines) if words in line)
    region = pane_of(shown).region
    return line[region.x + 1 : region.right - 1].rstrip()


def inside(shown: Dashboard) -> str:
    """What stands in the layer pane."""
    region = pane_of(shown).region
    lines = shown.lines[region.y + 1 : region.bottom - 1]
    return "\n".join(line[region.x + 1 : region.right - 1] for line in lines)


def shaft(shown: Dashboard) -> int:
    """How long the arrow is."""
    return row(shown, "*").count("=")


@pytest.mark.parametrize("size", [(60, 18), (80, 24), (120, 40), (200, 60)])
async def test_given_any_size_when_the_pane_is_seen_then_the_step_is_written_out_and_drawn(
    size: tuple[int, int],
) -> None:
    async with at_layer(size=size) as shown:
        weight = shown.session.run.trainer.network.layers[0].parameters[0, 0]
        assert row(shown, "w - alpha x gradient").split()[0][0] in "x1"
        assert row(shown, " - 0.25 x ").startswith(f"{weight:+.4f} - 0.25 x ")
        assert row(shown, "*")[0] == "-"


async def test_given_an_update_when_it_is_made_then_the_parameter_is_what_was_told() -> None:
    async with at_layer() as shown:
        await shown.press("space", "down", "right")
        told = row(shown, " = ").split(" = ")[1]
        await shown.press("full_stop")
        assert row(shown, " - 0.25 x ").startswith(f"{told} - ")
        assert shown.session.carried_out[-1] == MakeSteps(1)


async def test_given_an_update_when_alpha_is_raised_then_the_arrow_grows_with_the_next_picture() -> (
    None
):
    async with at_layer() as shown:
        await shown.press("space", "down", "right")
        before = shaft(shown)
        axis = row(shown, "*").split()[-1]
        await shown.press(*["plus"] * 6)
        assert shaft(shown) > before
        assert row(shown, "*").split()[-1] == axis
        assert isinstance(shown.session.carried_out[-1], SetAlpha)


async def test_given_a_paused_run_when_stepped_then_cells_say_which_way_they_moved() -> None:
    async with at_layer() as shown:
        assert not any(mark in row(shown, "node 2 ") for mark in ("^+", "^-", "v+", "v-"))
        before = shown.session.run.trainer.network.layers[0].parameters[1, 0]
        await shown.press("full_stop")
        after = shown.session.run.trainer.network.layers[0].parameters[1, 0]
        cell = row(shown, "node 2 ").split()[2]
        assert cell == f"{'^' if after > before else 'v'}{after:+.2f}"

        await shown.press("space")
        assert not any(mark in row(shown, "node 2 ") for mark in ("^+", "^-", "v+", "v-"))


async def test_given_the_pane_when_its_grid_is_turned_then_the_frame_says_what_it_shows() -> None:
    async with at_layer() as shown:
        assert "Layer 1 of 3 -" in shown.text
        await shown.press("space", "v")
        assert "Layer 1 of 3: gradients -" in shown.text
        gradient = pane_of(shown).snapshot
        assert gradient is not None
        value = gradient.layer.gradient[1, 1]
        unit = 10.0 ** int(shown.text.split("x 1e")[1].split()[0])
        assert f"{value / unit:+.2f}" in row(shown, "node 2 ")

        await shown.press("v")
        assert "Layer 1 of 3: last change -" in shown.text
        await shown.press("v")
        assert "Layer 1 of 3 -" in shown.text
        assert shown.session.run.trainer.step == 10


async def test_given_another_pane_when_it_has_the_focus_then_the_grid_is_not_turned() -> None:
    async with at_layer() as shown:
        shown.app.dashboard.query_one("#loss").focus()
        await shown.press("v")
        assert "gradients" not in shown.text


async def test_given_a_cursor_when_the_pane_changes_its_size_then_it_stays_where_it_is() -> None:
    async with at_layer() as shown:
        await shown.press("right_square_bracket", *["down"] * 12, *["right"] * 14)
        for _ in range(2):
            await shown.press("m")
            assert pane_of(shown).cursor == Cursor(1, 12, 14)
        await shown.resize(80, 24)
        await shown.resize(120, 40)
        assert pane_of(shown).cursor == Cursor(1, 12, 14)
        await shown.press("left_square_bracket", "right_square_bracket")
        assert pane_of(shown).cursor == Cursor(1, 12, 14)


# ---- what the keys do to the run


async def test_given_a_parameter_when_a_value_is_typed_then_it_has_it_and_the_run_goes_on() -> None:
    async with at_layer() as shown:
        await shown.press("down", "right", "enter")
        assert "Weight from in 2 to node 2 of layer 1" in shown.text
        await shown.press("ctrl+u", *"-0.5", "enter")
        assert shown.session.carried_out == [SetParameter(0, 1, 1, -0.5)]
        assert shown.session.run.trainer.network.layers[0].parameters[1, 1] == -0.5
        assert row(shown, " - 0.25 x ").startswith("-0.5000 - ")
        assert shown.focused == "layer"


async def test_given_a_value_that_is_not_allowed_when_typed_then_it_is_said_and_nothing_is_done() -> (
    None
):
    async with at_layer() as shown:
        await shown.press("enter", "ctrl+u", *"2e3", "enter")
        assert "2000.0 is not a number from" in shown.text
        await shown.press("ctrl+u", *"much", "enter")
        assert "'much' is not a number" in shown.text
        await shown.press("escape")
        assert shown.session.commands == []


async def test_given_a_burst_of_keys_when_it_opens_the_prompt_then_the_rest_is_typed_there() -> (
    None
):
    async with at_layer() as shown:
        driver = shown.app._driver
        assert driver is not None
        for key in ("enter", "1", "2"):
            driver.send_message(Key(key, key if len(key) == 1 else None))
        await shown.until(lambda: bool(shown.app.screen.query(Input)))
        await shown.settle()
        assert shown.app.screen.query_one(Input).value == "12"


async def test_given_a_parameter_when_frozen_wider_and_wider_then_pane_and_run_say_how_much() -> (
    None
):
    async with at_layer() as shown:
        await shown.press("space", "down", "down")
        for scope, marked in (("weight", 1), ("node", 3), ("layer", 48)):
            await shown.press("x")
            assert f"{scope} frozen" in shown.text
            assert inside(shown).count("#") == marked
            assert "stays" in inside(shown)
        await shown.press("x")
        assert "frozen" not in shown.text
        assert "#" not in inside(shown)
        scopes = ("parameter", "node", "layer", "nothing")
        assert shown.session.carried_out[1:] == [Freeze(0, 2, 0, scope) for scope in scopes]


async def test_given_a_frozen_parameter_when_trained_then_it_has_no_mark_of_a_step() -> None:
    async with at_layer() as shown:
        await shown.press("x", "full_stop")
        assert next(line for line in shown.lines if "node 1 [#+" in line)


async def test_given_a_node_when_switched_off_then_its_row_says_so_until_it_is_on_again() -> None:
    async with at_layer() as shown:
        await shown.press("down", "0")
        assert " off 2 " in shown.text
        assert "node off: it learns nothing" in shown.text
        assert " node off " in shown.text
        await shown.press("0")
        assert "off" not in inside(shown)
        assert shown.session.carried_out == [SwitchNode(0, 1, on=on) for on in (False, True)]


async def test_given_the_last_layer_when_0_is_pressed_then_nothing_is_switched_off() -> None:
    async with at_layer() as shown:
        await shown.press("left_square_bracket", "0")
        assert "Layer 3 of 3" in shown.text
        assert shown.session.commands == []


async def test_given_a_diverged_run_when_seen_then_there_is_no_arrow() -> None:
    async with at_layer(config=TrainingConfig(steps=400, alpha=1e9)) as shown:
        await shown.tick(2)
        assert "diverged: no next update" in shown.text


async def test_given_the_focus_when_there_is_room_then_the_lower_edge_names_the_keys() -> None:
    async with at_layer() as shown:
        assert "v turn  enter set  x freeze  0 off" in shown.text
        await shown.press("0")
        assert "0 on" not in shown.text  # what is special at the cursor goes before
        await shown.press("0", "left_square_bracket")
        assert "v turn  enter set  x freeze -" in shown.text
        await shown.press("tab")
        assert "v turn" not in shown.text


# ---- shown by others


async def test_given_a_node_of_another_layer_when_shown_then_the_cursor_goes_there() -> None:
    async with at_layer() as shown:
        await shown.press("right")
        shown.app.dashboard.query_one("#loss").focus()
        pane_of(shown).show_node(1, 7)
        await shown.settle()
        assert shown.focused == "layer"
        assert "in 1 to node 8" in shown.text
        pane_of(shown).show_node(0, 3)
        await shown.settle()
        assert "y to node 4" in shown.text
