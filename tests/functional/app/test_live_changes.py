"""A dashboard on a run whose set-up changes under it, as another dashboard may do."""

from engine.config.training_config import TrainingConfig
from engine.messages.commands import Adjust, Configure, RestoreCourse
from helpers.apps import Dashboard, WatchedSession, dashboard


def spiral() -> WatchedSession:
    """A session on three arms of a spiral."""
    config = TrainingConfig(
        data="spiral:3",
        samples=90,
        noise=0.0,
        layers=(8, 6),
        initialization="pytorch",
        optimizer="adam",
        alpha=0.02,
    )
    return WatchedSession(config)


async def change(shown: Dashboard, command: Adjust | Configure | RestoreCourse) -> None:
    """Send `command` as from elsewhere, and look at the next frame."""
    await shown.session.send(command)
    await shown.tick()


async def test_given_three_classes_when_shown_then_each_has_its_mark_and_the_header_names_all() -> (
    None
):
    async with dashboard(ticks=3, session=spiral()) as shown:
        assert "spiral:3 2-8-6-3   adam, full batch" in shown.lines[0]
        assert " o 2" in shown.text
        assert " m 2" in shown.text


async def test_given_the_last_layer_inspected_when_layers_go_then_the_new_last_one_is_shown() -> (
    None
):
    async with dashboard(ticks=2, session=spiral()) as shown:
        await shown.press("left_square_bracket")
        assert "Layer 3 of 3" in shown.text

        await change(shown, Adjust({"layers": [5]}))
        await shown.tick()

        assert "Layer 2 of 2" in shown.text
        assert "3×5 softmax" in shown.text
        assert "2-5-3" in shown.lines[0]


async def test_given_a_batch_chosen_when_it_goes_on_then_the_header_and_the_epochs_say_so() -> None:
    async with dashboard(ticks=2, session=spiral()) as shown:
        await change(shown, Adjust({"batch_size": 10, "optimizer": "sgd", "momentum": 0.9}))

        assert "sgd, batch 10" in shown.lines[0]
        assert "epoch" in shown.status


async def test_given_other_data_when_begun_with_then_values_are_drawn_and_u_brings_the_classes_back() -> (
    None
):
    async with dashboard(ticks=2, session=spiral()) as shown:
        await change(shown, Configure({"data": "plane", "layers": [4]}))
        await shown.tick()

        assert "plane 2-4-1" in shown.lines[0]
        assert "R²" in shown.status
        assert "values" in shown.text

        await change(shown, RestoreCourse())
        await shown.tick()

        assert "spiral:3 2-8-6-3" in shown.lines[0]
        assert "%" in shown.status
