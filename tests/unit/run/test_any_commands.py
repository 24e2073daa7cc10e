"""One law of all commands on all configurations: what was done replays, goes on from a file and from a
copy to the same bits, and whatever a dashboard asks for meanwhile changes nothing and is a number.
"""

import copy
from typing import Any

import msgspec
import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from engine.config.edits import WIDER
from engine.messages.commands import (
    AddPoint,
    Command,
    ConfigureAnew,
    Freeze,
    FreezeWider,
    NewData,
    NextData,
    NextSeed,
    NextWeights,
    NudgeAlpha,
    RemovePoint,
    SetParameter,
    StartOver,
    SwitchNode,
    ToggleNode,
    TrainAgain,
)
from engine.messages.snapshot import Snapshot
from engine.messages.view import NetworkRequest, View, Window
from engine.run.replay import Replay
from engine.run.run import Run
from engine.storage import checkpoint
from engine.wire import codec, protocol
from helpers.runs import carry_out, play, recorded, state_of
from helpers.trainings import Training, as_many, cuts, trainings
from unit.run.test_changed_runs import NEW_DATA
from unit.run.test_changed_runs import commands as course_commands

numbers = st.integers(0, 6)
"""Of layers, nodes and inputs: there are some of them, and some not."""

places = st.floats(-4.0, 4.0)

data_commands: st.SearchStrategy[Command] = st.one_of(
    st.builds(AddPoint, places, places, st.sampled_from([0.0, 1.0, 2.0, 1e6]), st.booleans()),
    st.builds(RemovePoint, places, places, st.booleans()),
    st.builds(NewData, st.integers(0, 3)),
    st.just(NextData()),
)

network_commands: st.SearchStrategy[Command] = st.one_of(
    st.builds(ToggleNode, st.integers(0, 2), numbers),
    st.builds(SwitchNode, st.integers(0, 2), numbers, st.booleans()),
    st.builds(FreezeWider, st.integers(0, 3), numbers, numbers),
    st.builds(Freeze, st.integers(0, 3), numbers, numbers, st.sampled_from(list(WIDER))),
    st.builds(
        SetParameter,
        *(st.integers(0, 3), numbers, numbers),
        st.sampled_from([0.0, -0.0, 0.5, -3.0, 1000.0]),
    ),
)

relative_commands: st.SearchStrategy[Command] = st.one_of(
    st.builds(NudgeAlpha, st.integers(-20, 20)),
    st.builds(ConfigureAnew, st.sampled_from(NEW_DATA)),
    st.sampled_from([StartOver(), NextSeed(), NextWeights(), TrainAgain()]),
)

commands = st.one_of(data_commands, network_commands, course_commands, relative_commands)

requests = st.builds(
    NetworkRequest,
    rows=st.integers(0, 3),
    columns=st.integers(0, 4),
    first_column=st.integers(0, 2),
    first_nodes=st.lists(st.integers(0, 8), max_size=5).map(tuple),
    nodes=st.integers(0, 4),
    chosen=st.tuples(st.integers(0, 4), st.integers(0, 6)),
    large_rows=st.integers(0, 5),
    large_columns=st.integers(0, 4),
)

views = st.builds(
    View,
    series_points=st.sampled_from([0, 1, 40]),
    field_rows=st.integers(0, 3),
    field_columns=st.integers(0, 4),
    window=st.builds(
        Window,
        st.integers(-1, 4),
        st.integers(-1, 9),
        st.integers(0, 9),
        st.integers(-1, 9),
        st.integers(0, 9),
    ),
    cursor=st.none() | st.tuples(numbers, numbers),
    network=st.none() | requests,
    sample=st.none() | st.tuples(places, places),
    test_predictions=st.booleans(),
)
"""What a dashboard may ask for."""

Doing = Command | int | View

doings: st.SearchStrategy[list[Doing]] = st.lists(
    st.one_of(*[commands] * 3, st.integers(1, 130), views), min_size=1, max_size=20
)
"""What happens to a run: commands, bursts of so many updates, and looks at it."""


def looked_at(run: Run, view: View) -> Snapshot:
    """What a dashboard is told, through the wire."""
    body = codec.frame(protocol.SnapshotReply(1, run.snapshot(view)))[4:]
    reply = codec.decode_to_dashboard(body)
    assert isinstance(reply, protocol.SnapshotReply)
    return reply.snapshot


def told(snapshot: Snapshot) -> Any:
    """`snapshot` without what a run does not have in common with its copy: how it was watched, the curves
    of a course that is not kept, and the change that the last update made.
    """
    alike = msgspec.structs.replace(
        snapshot,
        revision=0,
        points_number=0,
        steps_per_second=0.0,
        trained_seconds=0.0,
        ghost=None,
        ghost_number=0,
        layer=msgspec.structs.replace(snapshot.layer, last_change=None),
    )
    return msgspec.to_builtins(alike, enc_hook=lambda array: (array.shape, array.tobytes()))


def assert_numbers(*figures: Any) -> None:
    for figure in figures:
        assert np.isfinite(figure).all(), figure


def assert_drawable(snapshot: Snapshot) -> None:
    """Fail where something that is drawn is no number, or steps do not rise."""
    network, layer, curves = snapshot.network, snapshot.layer, snapshot.curves
    assert_numbers(snapshot.epochs, curves.epochs, curves.alphas)
    assert (np.diff(curves.epochs) >= 0.0).all()
    assert (np.diff(curves.test_steps) > 0.0).all()
    assert_numbers(layer.parameters, layer.gradient)
    if layer.update is not None:
        update = layer.update
        assert_numbers(update.gradient, update.alpha, update.direction, update.updated)
    if layer.last_change is not None:
        assert_numbers(layer.last_change)
    if network is None:
        return
    for column in network.columns:
        assert_numbers(column.scales, column.middles, column.weights)
        assert (column.scales > 0.0).all()
    if (chosen := network.chosen) is not None:
        assert_numbers(chosen.scale, chosen.middle, chosen.least, chosen.greatest)
        assert chosen.scale > 0.0


def happen(run: Run, doings: list[Doing], *, is_watched: bool) -> None:
    """Do it all; where nobody watches, without the looks. What was looked at in a run is what is seen of
    one that has just been made: nothing drawn is of a moment before.
    """
    for doing in doings:
        if not isinstance(doing, View):
            carry_out(run, [doing])
        elif is_watched:
            snapshot = looked_at(run, doing)
            assert_drawable(snapshot)
            assert told(snapshot) == told(looked_at(copy.deepcopy(run), doing))


@given(trainings(), doings, cuts, st.integers(0, 20))
@as_many(8)
def test_given_anything_done_when_made_again_in_any_way_then_the_same_bits(
    training: Training, doings: list[Doing], lengths: list[int], before: int
) -> None:
    run = training.run()
    happen(run, doings[:before], is_watched=True)
    copied, resumed = copy.deepcopy(run), checkpoint.decode(checkpoint.encode(run))

    for one in (run, copied, resumed):
        happen(one, doings[before:], is_watched=one is run)
    replay = play(Replay(recorded(run), pace=0, dataset=training.dataset), lengths)

    assert replay.matches
    for one in (copied, resumed, replay):
        assert state_of(one.trainer) == state_of(run.trainer)
        assert one.on_the_way == run.on_the_way
    assert recorded(copied) == recorded(resumed) == recorded(run)
    assert checkpoint.encode(resumed) == checkpoint.encode(copied)
