"""A file that is no recording, or one with a line that cannot be, is refused with the line's number."""

import json
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from engine.errors import FileError
from engine.run.command_log import Recording
from engine.storage import recording
from helpers.runs import one_line

HEADER = b'{"format":"moonwalk recording","version":1,"config":{"steps":600}}\n'
PAUSE = b'{"step":120,"command":"pause"}\n'


def refusal(data: bytes) -> str:
    """What is said of `data`, in one line."""
    with pytest.raises(FileError) as caught:
        recording.decode(data)
    return one_line(caught.value)


# ---- something else


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\n",
        b"Dear moon,\nhow are you?\n",
        b"[1, 2]\n",
        b"{}\n",
        b'{"format":"moonwalk checkpoint","version":1,"config":{}}\n',
        b'{"format":"moonwalk recording","config":{}}\n',
        b'{"format":"moonwalk recording","version":"1","config":{}}\n',
        b"\n" + HEADER,
        HEADER[:-9],
        b"\x89PNG\r\n\x1a\n" + bytes(100),
        b"PK\x03\x04checkpoint.json",
    ],
    ids=lambda data: repr(data)[2:42],
)
def test_given_something_else_when_read_then_it_is_said_to_be_foreign(data: bytes) -> None:
    assert refusal(data) == "not a recording of moonwalk"


@pytest.mark.parametrize("version", [0, 3, 99])
def test_given_another_version_when_read_then_both_are_named(version: int) -> None:
    """Given lines that this version cannot read, then it is the version that is said."""
    header = {"format": "moonwalk recording", "version": version, "configuration": "elsewhere"}
    assert refusal(json.dumps(header).encode() + b"\nmore\n\n") == (
        f"a recording of format {version}; this moonwalk reads formats 1 to 2"
    )


def test_given_a_longer_file_than_any_recording_when_read_then_it_is_refused(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(recording, "MAX_BYTES", 500)
    path = tmp_path / "long.jsonl"
    path.write_bytes(HEADER.ljust(500, b"\n"))
    assert recording.load(path).commands == []
    path.write_bytes(HEADER.ljust(501, b"\n"))
    with pytest.raises(FileError) as caught:
        recording.load(path)
    assert str(caught.value) == f"{path}: not a recording of moonwalk"


# ---- lines that cannot be


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (
            b'{"step":130,"command":"dance"}',
            "command: 'dance' is not one of add-point, adjust, alpha, configure, extend, freeze, new-data, node,"
            " pace, parameter, pause, remove-point, reset, restore, resume, rewind, steps, end",
        ),
        (b'{"step":130}', "Object missing required field `command`"),
        (b'{"command":"pause"}', "Object missing required field `step`"),
        (b'{"step":"130","command":"pause"}', "Expected `int`, got `str` - at `$.step`"),
        (b'{"step":130,"command":"pause","why":1}', "Object contains unknown field `why`"),
        (b'{"step":130,"command":"pause","value":1}', "pause: it takes no value"),
        (b'{"step":130,"command":"restore","value":1}', "restore: it takes no value"),
        (b'{"step":130,"command":"alpha"}', "Expected `float`, got `null`"),
        (b'{"step":130,"command":"alpha","value":"1"}', "Expected `float`, got `str`"),
        (
            b'{"step":130,"command":"alpha","value":0}',
            "alpha: 0.0 is not a number above 0, up to 1e+300",
        ),
        (
            b'{"step":130,"command":"alpha","value":-0.25}',
            "alpha: -0.25 is not a number above 0, up to 1e+300",
        ),
        (
            b'{"step":130,"command":"alpha","value":2e300}',
            "alpha: 2e+300 is not a number above 0, up to 1e+300",
        ),
        (b'{"step":130,"command":"reset","value":0.5}', "Expected `int | null`, got `float`"),
        (
            b'{"step":130,"command":"reset","value":-1}',
            "reset: -1 is not a whole number from 0 to 4294967295",
        ),
        (b'{"step":130,"command":"extend"}', "Expected `int`, got `null`"),
        (
            b'{"step":130,"command":"extend","value":0}',
            "extend: 0 is not a whole number from 1 to 1000000000000",
        ),
        (b'{"step":130,"command":"steps","value":"5"}', "Expected `int`, got `str`"),
        (b'{"step":130,"command":"pace"}', "Expected `int`, got `null`"),
        (b'{"step":119,"command":"pause"}', "pause: step 119 comes after step 120"),
        (b'{"step":-1,"command":"pause"}', "pause: step -1 comes after step 120"),
        (
            b'{"step":9999999999999,"command":"pause"}',
            "step: 9999999999999 is not a whole number from 0 to 1000000000000",
        ),
    ],
)
def test_given_a_line_that_cannot_be_when_read_then_its_number_and_what_is_wrong_are_said(
    line: bytes, said: str
) -> None:
    assert refusal(HEADER + PAUSE + line + b"\n") == f"line 3: {said}"


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (b"pause", "JSON is malformed: invalid character (byte 0)"),
        (b'{"step":130,"command":"pause","value":1}', "pause: it takes no value"),
        (b'{"step":119,"command":"pause"}', "pause: step 119 comes after step 120"),
    ],
)
def test_given_blank_lines_before_a_bad_one_when_read_then_the_number_is_that_which_an_editor_shows(
    line: bytes, said: str
) -> None:
    assert refusal(HEADER + b"\n" + PAUSE + b" \n\n" + line + b"\n") == f"line 6: {said}"


def test_given_a_first_line_nested_without_end_when_read_then_it_is_refused() -> None:
    refusal(HEADER.replace(b'"config"', b'"x":' + b"[" * 100_000 + b',"config"'))


@pytest.mark.parametrize(
    "line",
    [
        b'{"step":130,',
        b"pause",
        b"\xff\xfe",
        b'{"step":1e99,"command":"pause"}',
        b'{"step":130,"command":"alpha","value":1e999}',
        b'{"step":130,"command":"alpha","value":true}',
        b'{"step":130,"command":"alpha","value":NaN}',
        b'{"step":130,"command":"alpha","value":1' + b"0" * 400 + b"}",
        b'{"step":130,"command":"pause\\n","value":1}',
        b'{"step":130,"command":"pause","a\\nb":1}',
        b'{"step":130,"command":"pause","value":' + b"[" * 100_000,
    ],
    ids=lambda line: repr(line)[2:62],
)
def test_given_a_line_that_makes_no_sense_when_read_then_its_number_is_said(line: bytes) -> None:
    said = refusal(HEADER + PAUSE + line + b"\n" + b'{"step":130,"command":"pause"}\n')
    assert said.startswith("line 3: ")


@pytest.mark.parametrize("line", [PAUSE, b'{"step":130,"command":"end","value":"ab12"}\n'])
def test_given_a_line_after_the_end_when_read_then_its_number_is_said(line: bytes) -> None:
    said = refusal(HEADER + b'{"step":120,"command":"end","value":"ab12"}\n\n' + line)
    assert said.startswith("line 4: ")
    assert said.endswith("nothing comes after the end")


@pytest.mark.parametrize(
    "config",
    [b'{"steps":0}', b'{"rule":"other"}', b'{"a\\nb":1}', b'{"alpha":1e999}', b"[]", b"\xff"],
)
def test_given_a_configuration_that_cannot_be_when_read_then_the_first_line_is_named(
    config: bytes,
) -> None:
    said = refusal(HEADER.replace(b'{"steps":600}', config) + PAUSE)
    assert said.startswith("line 1: ") or (config == b"\xff" and said.startswith("not a recording"))


@pytest.mark.parametrize(
    "line",
    [
        b'{"step":119,"command":"end","value":"ab12"}',
        b'{"step":600,"command":"end"}',
        b'{"step":600,"command":"end","value":5}',
        b'{"step":9999999999999,"command":"end","value":"ab12"}',
    ],
)
def test_given_an_end_that_cannot_be_when_read_then_it_is_refused(line: bytes) -> None:
    """Given an end before the last command, past every run, or with no digest."""
    refusal(HEADER + PAUSE + line + b"\n")


def test_given_steps_that_go_back_by_a_reset_or_a_rewind_when_read_then_they_are_allowed() -> None:
    read = recording.decode(
        HEADER
        + b'{"step":120,"command":"reset"}\n'
        + b'{"step":30,"command":"pause"}\n'
        + b'{"step":99,"command":"rewind","diverged":true}\n'
        + b'{"step":50,"command":"resume"}\n'
        + b'{"step":50,"command":"end","value":"ab12"}\n'
    )
    assert [one.step for one in read.commands] == [120, 30, 99, 50]
    after_reset = b'{"step":30,"command":"reset"}\n{"step":9,"command":"pause"}\n'
    assert refusal(HEADER + after_reset + b'{"step":8,"command":"pause"}\n') == (
        "line 4: pause: step 8 comes after step 9"
    )


def attempt(data: bytes) -> None:
    """Read `data`, or be refused in one line; nothing else."""
    try:
        read = recording.decode(data)
    except FileError as error:
        one_line(error)
    else:
        assert isinstance(read, Recording)


@given(st.binary(max_size=200))
@example(b"\xff\xfe\x00\n" * 40)
@settings(deadline=None, max_examples=150)
def test_given_any_bytes_when_read_then_they_are_refused(data: bytes) -> None:
    """Given them as a file, as its first line, or as what follows that, never another error."""
    assert refusal(data) == "not a recording of moonwalk"
    attempt(HEADER + data)
    attempt(HEADER + data + b"\n" + PAUSE)
    attempt(HEADER.replace(b'{"steps":600}', data))


@given(st.integers(0, 10**6), st.binary(max_size=3), st.integers(0, 5))
@settings(deadline=None, max_examples=400)
def test_given_a_recording_when_damaged_anywhere_then_it_is_read_or_refused(
    position: int, other: bytes, lost: int
) -> None:
    whole = (
        HEADER
        + PAUSE
        + b'{"step":121,"command":"alpha","value":0.25,"diverged":true}\n'
        + b'{"step":121,"command":"rewind","diverged":true}\n'
        + b'{"step":150,"command":"reset","value":7}\n'
        + b'{"step":600,"command":"extend","value":80}\n'
        + b'{"step":680,"command":"end","value":"ab12"}\n'
    )
    assert recording.decode(whole).end is not None
    position %= len(whole)
    attempt(whole[:position] + other + whole[position + lost :])


# ---- files


@pytest.mark.parametrize(
    ("name", "said"), [("none", "No such file or directory"), ("folder", "not a file")]
)
def test_given_no_file_when_read_then_it_is_named(name: str, said: str, tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    with pytest.raises(FileError) as caught:
        recording.load(tmp_path / name)
    assert str(caught.value) == f"{tmp_path / name}: {said}"
    assert not recording.is_recording(tmp_path / name)


def test_given_a_bad_file_when_loaded_then_file_and_line_are_named_and_it_is_left_alone(
    tmp_path: Path,
) -> None:
    path, data = tmp_path / "run.jsonl", HEADER + b"moon\n" + PAUSE
    path.write_bytes(data)
    with pytest.raises(FileError) as caught:
        recording.load(path)
    assert str(caught.value).startswith(f"{path}: line 2: ")
    assert path.read_bytes() == data
    assert recording.is_recording(path)


@pytest.mark.parametrize("data", [b"", b"{}\n", b"PK\x03\x04", b"\xff" * 5_000])
def test_given_another_file_when_read_then_it_is_no_recording(data: bytes, tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(data)
    assert not recording.is_recording(tmp_path / "file")
