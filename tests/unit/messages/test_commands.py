"""Commands: relative ones become values, and a made-up one is known everywhere."""

from collections.abc import Iterator

import pytest

from engine.config.edits import Edits, Frozen
from engine.errors import ConfigError
from engine.messages.commands import (
    COMMANDS,
    Command,
    Configure,
    Extend,
    Freeze,
    FreezeWider,
    NewData,
    NextData,
    NextSeed,
    NextWeights,
    NudgeAlpha,
    NudgePace,
    Pause,
    RelativeCommand,
    Reset,
    Resume,
    Rewind,
    SetAlpha,
    SetPace,
    Standing,
    StartOver,
    SwitchNode,
    ToggleFullSpeed,
    ToggleNode,
    TogglePause,
    TrainAgain,
    UndoDivergence,
)
from engine.run.command_log import Recorded
from engine.run.effects import carry_out
from engine.run.run import Run
from engine.storage import recording
from engine.wire import codec
from helpers.runs import SMALL, new_run

NOW = Standing(alpha=0.25, pace=50, pace_before=50, paused=False, seed=3, steps=300)

EDITED = Edits(off=((0, 2),), frozen=(Frozen(1, 0, 3), Frozen(1, 4), Frozen(2)))
"""One node that is switched off; one parameter, one node and one layer that are frozen."""


@pytest.fixture
def set_both() -> Iterator[type[Command]]:
    class SetBoth(Command, frozen=True):
        """Made up: a command of two fields."""

        recorded_as = "both"
        changes_course = True

        alpha: float
        seed: int = 4

    @carry_out.register(SetBoth)
    def _(command: SetBoth, run: Run) -> None:
        run.trainer.set_alpha(command.alpha)

    yield SetBoth
    COMMANDS.remove(SetBoth)


def test_given_a_made_up_command_when_sent_then_it_arrives_whole(set_both: type[Command]) -> None:
    command = set_both(0.5, 7)

    assert codec.decode_to_host(codec.frame(command)[4:]) == command


def test_given_a_made_up_command_when_applied_then_its_effect_is_there_and_it_is_recorded(
    set_both: type[Command],
) -> None:
    run = new_run()
    run.advance(10)

    run.apply(set_both(0.5, 7))

    assert run.trainer.alpha == 0.5
    assert run.commands == [Recorded(10, set_both(0.5, 7))]


def test_given_a_command_of_two_fields_when_recorded_then_both_come_back(
    set_both: type[Command],
) -> None:
    commands = [Recorded(10, set_both(0.5, 7)), Recorded(20, set_both(0.125))]
    data = recording.header(SMALL) + recording.encoded(commands)

    assert b'{"step":10,"command":"both","value":{"alpha":0.5,"seed":7}}' in data
    assert recording.decode(data).commands == commands


def test_given_one_value_for_a_command_of_two_fields_when_read_then_it_is_the_first_one(
    set_both: type[Command],
) -> None:
    """So that a command that has come to have more fields reads the recordings of before."""
    data = recording.header(SMALL) + b'{"step":10,"command":"both","value":0.5}\n'

    assert recording.decode(data).commands == [Recorded(10, set_both(0.5, 4))]


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ('{"alpha":0.5,"beta":1}', "line 2: both: it has no beta"),
        ('{"seed":7}', "line 2: both: its alpha is missing"),
        ('"fast"', "line 2: Expected `float`, got `str`"),
        ("[0.5, 7]", "line 2: Expected `float`, got `array`"),
        ('{"alpha":"fast"}', "line 2: Expected `float`, got `str`"),
    ],
)
def test_given_fields_that_a_command_has_not_when_read_then_the_line_is_named(
    set_both: type[Command], value: str, said: str
) -> None:
    line = f'{{"step":10,"command":"both","value":{value}}}'.encode()

    with pytest.raises(recording.FileError) as caught:
        recording.decode(recording.header(SMALL) + line + b"\n")

    assert str(caught.value) == said


@pytest.mark.parametrize(
    ("command", "now", "meant"),
    [
        (TogglePause(), NOW, Pause()),
        (TogglePause(), NOW._replace(paused=True), Resume()),
        (NudgeAlpha(1), NOW, SetAlpha(0.3)),
        (NudgeAlpha(-1), NOW, SetAlpha(0.2)),
        (NudgeAlpha(10), NOW, SetAlpha(3.0)),
        (NudgePace(1), NOW, SetPace(100)),
        (NudgePace(-10), NOW, SetPace(1)),
        (NudgePace(10), NOW, SetPace(0)),
        (ToggleFullSpeed(), NOW, SetPace(0)),
        (ToggleFullSpeed(), NOW._replace(pace=0, pace_before=20), SetPace(20)),
        (NextSeed(), NOW, Reset(4)),
        (NextSeed(), NOW._replace(seed=2**32 - 1), Reset(0)),
        (TrainAgain(), NOW, Extend(300)),
        (StartOver(), NOW, Reset()),
        (StartOver(), NOW._replace(restart_alpha=0.25, keeps=False), Reset(keeps=False)),
        (StartOver(), NOW._replace(alpha=5e3, restart_alpha=0.25), Reset(alpha=0.25)),
        (NextSeed(), NOW._replace(alpha=5e3, restart_alpha=0.25), Reset(4, 0.25)),
        (
            NextSeed(),
            NOW._replace(data_seed=7, weight_seed=3, pins_seeds=True),
            Configure({"seed": 8, "data_seed": None, "weight_seed": None}),
        ),
        (UndoDivergence(), NOW._replace(undo_alpha=0.25), Rewind(0.25)),
        (NextData(), NOW._replace(data_seed=7), NewData(8)),
        (NextData(), NOW._replace(data_seed=2**32 - 1), NewData(0)),
        (NextWeights(), NOW._replace(weight_seed=7), Configure({"weight_seed": 8})),
        (ToggleNode(0, 2), NOW, SwitchNode(0, 2, on=False)),
        (ToggleNode(0, 2), NOW._replace(edits=EDITED), SwitchNode(0, 2, on=True)),
        (ToggleNode(1, 2), NOW._replace(edits=EDITED), SwitchNode(1, 2, on=False)),
        (FreezeWider(1, 0, 3), NOW, Freeze(1, 0, 3, "parameter")),
        (FreezeWider(1, 0, 3), NOW._replace(edits=EDITED), Freeze(1, 0, 3, "node")),
        (FreezeWider(1, 0, 2), NOW._replace(edits=EDITED), Freeze(1, 0, 2, "parameter")),
        (FreezeWider(1, 4, 2), NOW._replace(edits=EDITED), Freeze(1, 4, 2, "layer")),
        (FreezeWider(2, 5, 2), NOW._replace(edits=EDITED), Freeze(2, 5, 2, "nothing")),
    ],
)
def test_given_a_relative_command_when_resolved_then_it_has_the_value_that_it_means_now(
    command: RelativeCommand, now: Standing, meant: Command
) -> None:
    assert command.resolved(now) == meant


def test_given_ten_presses_when_applied_then_ten_rungs_and_ten_values_in_the_recording() -> None:
    run = new_run()

    for _ in range(10):
        run.apply(NudgeAlpha(1))

    assert run.trainer.alpha == 3.0
    assert [one.command for one in run.commands] == [
        SetAlpha(alpha) for alpha in (0.3, 0.4, 0.5, 0.6, 0.8, 1.0, 1.5, 2.0, 2.5, 3.0)
    ]


def test_given_full_speed_twice_when_applied_then_the_pace_before_is_back() -> None:
    run = new_run()
    run.apply(SetPace(20))
    run.apply(ToggleFullSpeed())
    assert run.pace == 0

    run.apply(ToggleFullSpeed())

    assert run.pace == 20


def test_given_too_many_rungs_when_applied_then_it_is_refused() -> None:
    with pytest.raises(ConfigError, match=r"^alpha: 1001 is not a whole number from -1000 to 1000"):
        new_run().apply(NudgeAlpha(1_001))


def test_given_every_command_when_listed_then_no_two_are_recorded_under_one_name() -> None:
    names = [command.recorded_as for command in COMMANDS if command.recorded_as]

    assert sorted(names) == [
        *("add-point", "adjust", "alpha", "configure", "extend", "freeze", "new-data", "node"),
        *("pace", "parameter", "pause", "remove-point", "reset", "restore", "resume", "rewind"),
        "steps",
    ]


def test_given_every_command_when_listed_then_these_cut_a_frame_and_these_change_the_course() -> (
    None
):
    cuts = {command.recorded_as for command in COMMANDS if command.cuts_frame}
    changes = {command.recorded_as for command in COMMANDS if command.changes_course}

    assert cuts == {"pause", "steps", "reset", "configure", "restore", "pace", "rewind"}
    assert changes == {
        *("add-point", "adjust", "alpha", "configure", "extend", "freeze", "new-data", "node"),
        *("parameter", "remove-point", "reset", "restore", "rewind"),
    }
