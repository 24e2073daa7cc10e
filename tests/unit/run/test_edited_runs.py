"""Edits by hand in a run: recorded, replayed and resumed to the same bits; what is refused."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.config.edits import WIDER, Edits
from engine.errors import ConfigError, FileError
from engine.messages.commands import (
    Adjust,
    Command,
    Extend,
    Freeze,
    FreezeWider,
    Rewind,
    SetParameter,
    SwitchNode,
    ToggleNode,
)
from engine.messages.view import View
from engine.run.command_log import Recorded
from engine.storage import checkpoint, recording
from helpers.runs import (
    SMALL,
    carry_out,
    commands,
    cuts,
    new_replay,
    new_run,
    play,
    recorded,
    state_of,
)

# ---- recorded


def test_given_relative_edits_when_applied_then_what_they_mean_is_recorded() -> None:
    run = new_run()
    carry_out(
        run,
        [10, ToggleNode(0, 1), ToggleNode(0, 1), *[FreezeWider(1, 0, 2)] * 4, ToggleNode(0, 3)],
    )

    assert [one.command for one in run.commands] == [
        SwitchNode(0, 1, on=False),
        SwitchNode(0, 1, on=True),
        Freeze(1, 0, 2, "parameter"),
        Freeze(1, 0, 2, "node"),
        Freeze(1, 0, 2, "layer"),
        Freeze(1, 0, 2, "nothing"),
        SwitchNode(0, 3, on=False),
    ]
    assert run.trainer.edits == Edits(off=((0, 3),))
    assert run.snapshot(View()).edits == Edits(off=((0, 3),))


def test_given_edits_when_written_then_a_person_can_read_and_write_them() -> None:
    data = recording.encoded(
        [
            Recorded(120, SwitchNode(0, 2, on=False)),
            Recorded(127, Freeze(0, 1, 0, "node")),
            Recorded(157, SetParameter(0, 1, 2, 0.75)),
        ]
    )

    assert data.decode().splitlines() == [
        '{"step":120,"command":"node","value":{"layer":0,"node":2,"on":false}}',
        '{"step":127,"command":"freeze","value":{"layer":0,"node":1,"input":0,"scope":"node"}}',
        '{"step":157,"command":"parameter","value":{"layer":0,"node":1,"input":2,"value":0.75}}',
    ]
    assert [one.command for one in recording.decode(recording.header(SMALL) + data).commands] == [
        SwitchNode(0, 2, on=False),
        Freeze(0, 1, 0, "node"),
        SetParameter(0, 1, 2, 0.75),
    ]


some_edits: st.SearchStrategy[Command] = st.one_of(
    st.builds(ToggleNode, st.integers(0, 1), st.integers(0, 4)),
    st.builds(FreezeWider, st.integers(0, 1), st.integers(0, 3), st.integers(0, 4)),
    st.builds(
        Freeze,
        st.integers(0, 1),
        st.integers(0, 3),
        st.integers(0, 4),
        st.sampled_from(list(WIDER)),
    ),
    st.builds(
        SetParameter,
        st.integers(0, 1),
        st.integers(0, 3),
        st.integers(0, 4),
        st.sampled_from([0.0, -0.0, 0.5, -3.0, 1000.0]),
    ),
    st.just(Adjust({"layers": (6, 2)})),
    st.just(Adjust({"layers": (2,)})),
    st.just(Adjust({"optimizer": "adam"})),
    st.just(Adjust({"momentum": 0.9})),
)


@given(st.lists(st.one_of(some_edits, commands, st.integers(1, 130)), max_size=16), cuts)
@settings(deadline=None, max_examples=25)
def test_given_edits_among_all_else_when_replayed_or_resumed_then_the_same_bits(
    doings: list[Command | int], lengths: list[int]
) -> None:
    run = new_run()
    carry_out(run, doings)

    replay = play(new_replay(recorded(run)), lengths)
    resumed = checkpoint.decode(checkpoint.encode(run))

    assert state_of(replay.trainer) == state_of(resumed.trainer) == state_of(run.trainer)
    assert replay.matches is True
    for one in (resumed, run):
        carry_out(one, [60, Rewind(), Extend(40), 60])
    assert state_of(resumed.trainer) == state_of(run.trainer)


@pytest.mark.parametrize(
    "line",
    [
        '{"step":120,"command":"node","value":{"layer":0,"node":4,"on":false}}',
        '{"step":120,"command":"node","value":{"layer":1,"node":0,"on":false}}',
        '{"step":120,"command":"node","value":{"layer":9,"node":0,"on":true}}',
        '{"step":120,"command":"freeze","value":{"layer":0,"node":1,"input":3,"scope":"node"}}',
        '{"step":120,"command":"parameter","value":{"layer":1,"node":1,"input":0,"value":1}}',
    ],
)
def test_given_an_edit_of_what_is_not_there_when_replayed_then_it_is_passed_over(
    line: str,
) -> None:
    never = new_run()
    never.advance(300)
    edited = recording.decode(recording.header(SMALL) + line.encode() + b"\n")

    replay = play(new_replay(edited))

    assert state_of(replay.trainer) == state_of(never.trainer)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (
            '{"step":1,"command":"node","value":{"layer":0,"node":-1,"on":false}}',
            "line 2: node: -1 is not a whole number from 0 to 4096",
        ),
        (
            '{"step":1,"command":"node","value":{"layer":0,"node":1}}',
            "line 2: node: its on is missing",
        ),
        (
            '{"step":1,"command":"freeze","value":{"layer":0,"node":1,"input":0,"scope":"all"}}',
            "line 2: Invalid enum value 'all'",
        ),
        (
            '{"step":1,"command":"parameter","value":{"layer":0,"node":1,"input":0,"value":1e9}}',
            "line 2: parameter: 1000000000.0 is not a number from -1000 to 1000",
        ),
    ],
)
def test_given_an_edit_that_is_never_allowed_when_read_then_the_line_is_named(
    line: str, said: str
) -> None:
    with pytest.raises(FileError) as caught:
        recording.decode(recording.header(SMALL) + line.encode() + b"\n")

    assert str(caught.value) == said


# ---- refused


@pytest.mark.parametrize(
    ("command", "said"),
    [
        (
            SwitchNode(1, 0, on=False),
            "node: only a hidden node can be switched off, and this is an output",
        ),
        (SwitchNode(0, 4, on=False), "node: there is no node 5 in layer 1, which has 4"),
        (SwitchNode(0, 4, on=True), "node: there is no node 5 in layer 1, which has 4"),
        (ToggleNode(7, 0), "layer: there is no layer 8 among 2"),
        (
            FreezeWider(0, 0, 3),
            "input: there is no input 4 of layer 1, which has 2 and, after them, the bias",
        ),
        (Freeze(0, 4, 0, "nothing"), "node: there is no node 5 in layer 1, which has 4"),
        (Freeze(0, 0, 0, "all"), "freeze: 'all' is not one of nothing, parameter, node, layer"),  # type: ignore[arg-type] # a parameter of the test
        (SetParameter(1, 1, 0, 0.5), "node: there is no node 2 in layer 2, which has 1"),
        (SetParameter(0, 0, 0, 1001.0), "parameter: 1001.0 is not a number from -1000 to 1000"),
        (SetParameter(0, 0, 0, float("nan")), "parameter: nan is not a number from -1000 to 1000"),
    ],
    ids=str,
)
def test_given_an_edit_that_is_not_allowed_when_applied_then_it_is_said_and_nothing_has_changed(
    command: Command, said: str
) -> None:
    run = new_run()
    carry_out(run, [20, SwitchNode(0, 2, on=False), Freeze(0, 1, 0, "node")])
    before, log = state_of(run.trainer), list(run.commands)

    with pytest.raises(ConfigError) as caught:
        run.apply(command)

    assert str(caught.value) == said
    assert (state_of(run.trainer), run.commands) == (before, log)


def test_given_the_last_node_of_a_layer_that_is_on_when_switched_off_then_the_run_goes_on() -> None:
    run = new_run()
    carry_out(run, [20, *[SwitchNode(0, node, on=False) for node in range(4)]])
    before = run.trainer.network.layers[0].parameters.tolist()

    assert run.advance(100) == 100

    assert run.trainer.network.layers[0].parameters.tolist() == before
    assert len(set(run.snapshot(View()).train_predictions.classes.tolist())) == 1
