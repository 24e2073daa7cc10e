"""The network's pane: neurons are chosen, switched off and looked at, in every size."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from textual.geometry import Region

from engine.config.training_config import TrainingConfig
from engine.messages.commands import SetAlpha, SwitchNode
from helpers.apps import ASCII_OPTIONS, OPTIONS, Dashboard, WatchedSession, dashboard
from tui.charts.network.layout import Neuron
from tui.widgets.layer_pane import LayerPane
from tui.widgets.network_pane import DRAWN_EVERY, NetworkPane

CONFIG = TrainingConfig(steps=4_000, layers=(4, 2), activation="tanh")

SIZES = [(60, 18), (80, 24), (120, 40), (200, 60)]
every_size = pytest.mark.parametrize("size", SIZES, ids=[f"{w}x{h}" for w, h in SIZES])


@asynccontextmanager
async def network(
    *keys: str, size: tuple[int, int] = (120, 40), **how: object
) -> AsyncIterator[Dashboard]:
    """A dashboard of 2-4-2-1, with these keys pressed; the first shows the network."""
    session = WatchedSession(CONFIG)
    async with dashboard(session, size=size, ticks=1, **how) as shown:  # type: ignore[arg-type] # as dashboard takes it
        await shown.press(*keys)
        yield shown


def pane_of(shown: Dashboard) -> NetworkPane:
    return shown.app.dashboard.query_one(NetworkPane)


async def newly_drawn(shown: Dashboard) -> None:
    """Let frames pass until the newest is drawn."""
    await shown.tick()
    while pane_of(shown).drawn is not pane_of(shown).snapshot:
        await shown.tick()


@every_size
async def test_given_any_size_when_the_network_is_shown_then_neurons_can_be_walked_and_it_goes_again(
    size: tuple[int, int],
) -> None:
    async with network(size=size) as shown:
        before = shown.focused, pane_of(shown).display
        if not before[1]:
            await shown.press("g")
        else:
            await shown.press("g", "g")
        assert shown.focused == "network"
        assert "layer 1, node 1" in shown.text

        await shown.press("down", "down")
        assert "layer 1, node 3" in shown.text
        await shown.press("right")
        assert "layer 2, node 2" in shown.text
        assert "to P(class 1): " in shown.text
        await shown.press("right")
        assert "output P(class 1)" in shown.text
        await shown.press("right", "down")
        assert pane_of(shown).chosen == Neuron(3, 0)
        await shown.press("left", "left", "left", "left", "up", "up")
        assert "feature x" in shown.text

        await shown.press("g")
        assert not pane_of(shown).display
        assert "feature x" not in shown.text


@pytest.mark.parametrize("size", [(60, 18), (80, 24), (120, 40)])
async def test_given_the_network_when_escape_is_pressed_then_what_was_there_is_there_again(
    size: tuple[int, int],
) -> None:
    async with network("space", size=size) as shown:
        before = shown.text
        await shown.press("g")
        assert shown.text != before

        await shown.press("escape")

        assert not pane_of(shown).display
        # the focus may be elsewhere, which the frames and the key line show
        assert [line[2:-2] for line in shown.lines[3:-4]] == [
            line[2:-2] for line in before.splitlines()[3:-4]
        ]


async def test_given_the_maximized_network_when_escape_is_pressed_then_it_keeps_its_own_place() -> (
    None
):
    async with network("g", "m") as shown:
        assert "Predicted" not in shown.text

        await shown.press("escape")

        assert "Predicted" in shown.text
        assert "Network" in shown.text
        assert "Real classes" not in shown.text


async def test_given_a_node_when_0_is_pressed_then_it_is_off_and_said_to_be_and_on_again() -> None:
    async with network("space", "g", "down", "0") as shown:
        assert shown.session.carried_out[1:] == [SwitchNode(0, 1, on=False)]
        assert "switched off: puts out 0" in shown.text
        assert shown.session.run.trainer.edits.off == ((0, 1),)

        await shown.press("0")

        assert shown.session.carried_out[1:] == [
            SwitchNode(0, 1, on=False),
            SwitchNode(0, 1, on=True),
        ]
        assert "switched off" not in shown.text


async def test_given_a_feature_or_an_output_when_0_is_pressed_then_it_says_that_it_cannot() -> None:
    async with network("g", "left", "0") as shown:
        assert "a feature cannot be switched off" in " ".join(shown.text.split())
        await shown.press("right", "right", "right", "0")
        assert "an output cannot be switched off" in " ".join(shown.text.split())
        assert shown.session.carried_out == []


@pytest.mark.parametrize("size", [(60, 18), (80, 24), (120, 40)])
async def test_given_a_node_when_enter_is_pressed_then_the_layer_pane_has_it(
    size: tuple[int, int],
) -> None:
    async with network("g", "right", "down", "enter", size=size) as shown:
        layer = shown.app.dashboard.query_one(LayerPane)
        assert shown.focused == "layer"
        assert layer.display
        assert (layer.cursor.layer, layer.cursor.node) == (1, 1)


async def test_given_a_picture_when_clicked_then_its_neuron_is_chosen() -> None:
    async with network("g", "m") as shown:
        layout = pane_of(shown).layout_here
        assert layout is not None
        region = pane_of(shown).region
        left, top = layout.left_of(2), layout.top_of(2, 1)

        await shown.click(region.x + 1 + left + 2, region.y + 1 + top + 1)

        assert pane_of(shown).chosen == Neuron(2, 1)
        assert "layer 2, node 2" in shown.text

        await shown.click(region.x + 1 + left + 2, region.y + 1)  # beside all pictures
        assert pane_of(shown).chosen == Neuron(2, 1)


async def test_given_a_run_under_way_when_frames_pass_then_one_of_some_is_drawn() -> None:
    async with network("g") as shown:
        pane = pane_of(shown)
        await newly_drawn(shown)
        drawn = pane.drawn
        for _ in range(DRAWN_EVERY - 1):
            await shown.tick()
            assert pane.drawn is drawn

        await shown.tick()

        assert pane.drawn is not drawn
        assert pane.drawn is pane.snapshot


async def test_given_a_run_under_way_when_a_person_acts_then_it_is_drawn_at_once() -> None:
    async with network("g") as shown:
        pane = pane_of(shown)
        await newly_drawn(shown)
        await shown.tick()
        assert pane.drawn is not pane.snapshot
        await shown.session.send(SetAlpha(0.5))
        await shown.settle()
        assert pane.drawn is pane.snapshot

        await shown.tick()
        assert pane.drawn is not pane.snapshot
        await shown.press("space")
        assert pane.drawn is pane.snapshot


async def test_given_a_hidden_network_when_frames_are_asked_for_then_none_is_told() -> None:
    async with network() as shown:
        assert shown.app.dashboard.view.network is None

        await shown.press("g")

        assert shown.app.dashboard.view.network is not None


async def test_given_a_lost_run_when_its_network_was_never_seen_then_the_pane_says_so() -> None:
    async with network() as shown:
        shown.session.lose()
        await shown.settle()

        await shown.press("g")

        assert "the run was lost before this was seen" in shown.text


async def test_given_only_ascii_and_no_colour_when_shown_then_every_character_is_ascii() -> None:
    async with network("g", "m", options=ASCII_OPTIONS, color=None) as shown:
        assert shown.text.isascii()
        assert "layer 1, node 1" in shown.text


async def test_given_a_dashboard_that_was_too_small_when_it_grows_then_the_network_fits_again() -> (
    None
):
    async with network("g", "down", options=OPTIONS) as shown:
        await shown.resize(58, 12)
        await shown.resize(120, 40)
        assert "layer 1, node 2" in shown.text


async def test_given_a_paused_run_when_another_neuron_is_chosen_then_the_run_is_asked_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with network("space", "g") as shown:
        asked = 0
        frames = shown.app.link.frames
        view_changed = frames.view_changed

        def count() -> None:
            nonlocal asked
            asked += 1
            view_changed()

        monkeypatch.setattr(frames, "view_changed", count)
        before = shown.session.answers
        await shown.press("right")
        assert shown.session.answers == before + 1
        assert asked == 1


async def test_given_many_changes_in_a_row_when_they_are_drawn_then_textual_writes_the_row_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with network("space", "g", "m") as shown:
        rows: list[list[int]] = []
        pane = pane_of(shown)
        refresh = pane.refresh

        def note(*regions: Region, **how: bool) -> object:
            rows.append([region.y for region in regions])
            return refresh(*regions, **how)

        monkeypatch.setattr(pane, "refresh", note)
        await shown.press("right")
        assert max(map(len, rows)) > 10
        assert all(len(one) == len(set(one)) for one in rows)
