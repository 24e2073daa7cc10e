"""A recording: lines that a person can read and edit."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.config.training_config import TrainingConfig
from engine.messages.commands import (
    Command,
    Extend,
    MakeSteps,
    Pause,
    Reset,
    RestoreCourse,
    Resume,
    Rewind,
    SetAlpha,
    SetPace,
)
from engine.run.command_log import End, Recorded, Recording
from engine.storage import environment, recording
from helpers.runs import carry_out, commands, doings, new_run

HEADER = b'{"format":"moonwalk recording","version":1,"config":{"steps":600}}\n'

EXAMPLES: list[tuple[Recorded, bytes]] = [
    (Recorded(120, SetAlpha(0.125)), b'{"step":120,"command":"alpha","value":0.125}\n'),
    (Recorded(0, SetAlpha(1e300)), b'{"step":0,"command":"alpha","value":1e300}\n'),
    (
        Recorded(121, SetAlpha(0.25), True),
        b'{"step":121,"command":"alpha","value":0.25,"diverged":true}\n',
    ),
    (Recorded(121, Rewind(), True), b'{"step":121,"command":"rewind","diverged":true}\n'),
    (
        Recorded(121, Rewind(0.25), True),
        b'{"step":121,"command":"rewind","value":0.25,"diverged":true}\n',
    ),
    (Recorded(121, Extend(80)), b'{"step":121,"command":"extend","value":80}\n'),
    (Recorded(122, Pause()), b'{"step":122,"command":"pause"}\n'),
    (Recorded(122, MakeSteps(5)), b'{"step":122,"command":"steps","value":5}\n'),
    (Recorded(122, MakeSteps()), b'{"step":122,"command":"steps","value":1}\n'),
    (Recorded(127, Resume()), b'{"step":127,"command":"resume"}\n'),
    (Recorded(127, SetPace(0)), b'{"step":127,"command":"pace","value":0}\n'),
    (Recorded(130, Reset(None)), b'{"step":130,"command":"reset"}\n'),
    (Recorded(130, Reset(0)), b'{"step":130,"command":"reset","value":0}\n'),
    (Recorded(130, Reset(7)), b'{"step":130,"command":"reset","value":7}\n'),
    (
        Recorded(130, Reset(7, 0.5, keeps=False)),
        b'{"step":130,"command":"reset","value":{"seed":7,"alpha":0.5,"keeps":false}}\n',
    ),
    (Recorded(130, RestoreCourse()), b'{"step":130,"command":"restore"}\n'),
]


# ---- lines


@pytest.mark.parametrize(("recorded", "line"), EXAMPLES)
def test_given_a_command_when_written_then_its_line_is_this_and_back(
    recorded: Recorded, line: bytes
) -> None:
    assert recording.encoded([recorded]) == line
    assert recording.decode(HEADER + line).commands == [recorded]


@pytest.mark.parametrize(
    ("end", "line"),
    [
        (End(600, "ab12"), b'{"step":600,"command":"end","value":"ab12"}\n'),
        (End(0, "ab12", True), b'{"step":0,"command":"end","value":"ab12","diverged":true}\n'),
    ],
)
def test_given_an_end_when_written_then_its_line_is_this_and_back(end: End, line: bytes) -> None:
    assert recording.ending(end) == line
    assert recording.decode(HEADER + line) == Recording(TrainingConfig(steps=600), [], end, {})


def test_given_a_configuration_when_written_then_the_first_line_holds_all_of_it() -> None:
    line = recording.header(TrainingConfig(steps=600, layers=(8, 4), seed=3))
    assert line.endswith(b"}\n")
    assert line.count(b"\n") == 1
    header = json.loads(line)
    assert sorted(header.pop("libraries")) == [
        "blas",
        "blas threads",
        "machine",
        "moonwalk",
        "numpy",
        "scikit-learn",
        "vector instructions",
    ]
    assert header == {
        "format": "moonwalk recording",
        "version": 2,
        "config": {
            "data": "moons",
            "data_digest": "",
            "samples": 200,
            "noise": 0.2,
            "test_size": 0.25,
            "balance": None,
            "seed": 3,
            "data_seed": None,
            "target": None,
            "columns": [],
            "problem": "auto",
            "keep_classes": [],
            "pca": None,
            "features": [],
            "scaling": "none",
            "plane": [],
            "layers": [8, 4],
            "activation": "relu",
            "loss": "auto",
            "initialization": "he",
            "weight_seed": None,
            "alpha": 0.25,
            "steps": 600,
            "batch_size": None,
            "order": "shuffled",
            "optimizer": "sgd",
            "momentum": 0.0,
            "nesterov": False,
            "schedule": "constant",
            "warm_up": 0,
            "l1": 0.0,
            "l2": 0.0,
            "dropout": 0.0,
            "clip": 1.0,
            "until_loss": None,
            "patience": None,
            "rule": "exact",
        },
    }


steps_and_commands = st.lists(
    st.tuples(st.integers(0, 50), commands, st.booleans()), max_size=30
).map(lambda drawn: recorded_from(drawn))


def recorded_from(drawn: list[tuple[int, Command, bool]]) -> list[Recorded]:
    """Commands so many steps after each other, and after a reset from the beginning."""
    made, step = [], 0
    for later, command, diverged in drawn:
        step += later
        made.append(Recorded(step, command, diverged or command == Rewind()))
        step = 0 if isinstance(command, Reset | Rewind) else step
    return made


@given(steps_and_commands, st.booleans())
@settings(deadline=None, max_examples=100)
def test_given_any_commands_when_written_and_read_then_they_are_the_same(
    made: list[Recorded], diverged: bool
) -> None:
    config, end = TrainingConfig(samples=40, layers=(4,)), End(10_000, "ab12", diverged)
    read = recording.decode(recording.whole(config, made, end))
    assert (read.config, read.commands, read.end) == (config, made, end)
    assert read.libraries == environment.libraries()


@given(doings)
@settings(deadline=None, max_examples=50)
def test_given_any_run_when_recorded_then_it_can_be_read(done: list[Command | int]) -> None:
    run = new_run()
    carry_out(run, done)
    read = recording.decode(recording.whole(run.config, run.commands, run.end))
    assert (read.config, read.commands, read.end) == (run.config, run.commands, run.end)


# ---- edited by hand


def test_given_blank_lines_other_ends_of_line_and_spaces_when_read_then_they_make_no_difference() -> (
    None
):
    edited = (
        HEADER.replace(b"\n", b"\r\n")
        + b"\n  \n"
        + b' { "command" : "alpha", "step" : 120, "value" : 2 } \r\n\r\n'
        + b'{"step":300,"command":"pause","diverged":false}\n\n'
        + b'{"step":600,"command":"end","value":"ab12"}'
    )
    read = recording.decode(edited)
    assert read.commands == [Recorded(120, SetAlpha(2.0)), Recorded(300, Pause())]
    assert read.end == End(600, "ab12")


def test_given_only_a_configuration_when_read_then_the_rest_is_as_always() -> None:
    read = recording.decode(b'{"config":{"seed":3},"version":1,"format":"moonwalk recording"}')
    assert read == Recording(TrainingConfig(seed=3), [], None, {})


def test_given_a_last_line_that_was_cut_off_anywhere_when_read_then_it_alone_is_dropped() -> None:
    """Given a process killed while it wrote, then all lines before are there."""
    last = b'{"step":130,"command":"alpha","value":0.5}'
    before = HEADER + b'{"step":120,"command":"pause"}\n'
    for length in range(len(last)):
        assert recording.decode(before + last[:length]).commands == [Recorded(120, Pause())]
    assert len(recording.decode(before + last).commands) == 2


def test_given_a_byte_order_mark_when_read_then_it_is_the_same_recording() -> None:
    run = new_run()
    carry_out(run, [20, SetAlpha(0.5)])
    data = recording.whole(run.config, run.commands, run.end)

    assert recording.decode(b"\xef\xbb\xbf" + data) == recording.decode(data)
    assert recording.decode(b"\xef\xbb\xbf" + data.replace(b"\n", b"\r\n")) == recording.decode(
        data
    )
