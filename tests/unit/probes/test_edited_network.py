"""What a dashboard is told of a network that was edited by hand."""

from engine.messages.commands import (
    Freeze,
    SetParameter,
    SwitchNode,
)
from engine.messages.snapshot import ClassField, Field
from engine.messages.view import View, Window
from helpers.runs import (
    carry_out,
    new_run,
)


def test_given_edits_when_looked_at_then_the_layer_says_what_is_frozen_and_what_is_off() -> None:
    run = new_run()
    carry_out(
        run, [20, SwitchNode(0, 2, on=False), Freeze(0, 1, 0, "node"), Freeze(0, 3, 2, "parameter")]
    )

    seen = run.snapshot(View(window=Window(0, node=1, nodes=3, input=1, inputs=2))).layer
    last = run.snapshot(View(window=Window(1, nodes=1, inputs=5))).layer

    assert seen.frozen == [[True, True], [False, False], [False, True]]
    assert (seen.off, last.frozen, last.off) == ([2], None, [])
    assert seen.gradient[1].tolist() == [0.0, 0.0]
    assert seen.gradient[0].any()


def test_given_a_node_that_is_off_when_idle_ones_are_counted_then_it_is_none_of_them() -> None:
    run = new_run()
    run.advance(20)
    # below 0 for every point, and above
    carry_out(run, [SetParameter(0, node, 2, 100.0 if node != 1 else -100.0) for node in range(4)])
    assert run.snapshot(View()).layer.idle_nodes == 1

    run.apply(SwitchNode(0, 1, on=False))

    assert run.snapshot(View()).layer.idle_nodes == 0


def certainty_in(field: Field) -> list[list[int]]:
    assert isinstance(field, ClassField)
    certainty: list[list[int]] = field.certainty.tolist()
    return certainty


def test_given_a_node_switched_when_looked_at_then_pictures_and_losses_are_of_the_network_now() -> (
    None
):
    run = new_run()
    run.advance(200)
    view = View(field_rows=6, field_columns=8)
    on = run.snapshot(view)
    run.apply(SwitchNode(0, 1, on=False))
    off = run.snapshot(view)
    run.apply(SwitchNode(0, 1, on=True))
    again = run.snapshot(view)

    assert off.train_loss > on.train_loss
    assert certainty_in(off.field) != certainty_in(on.field) == certainty_in(again.field)
    assert (again.train, again.test) == (on.train, on.test)
    assert (off.points_number, again.points_number) == (on.points_number, on.points_number)
