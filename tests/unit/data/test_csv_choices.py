"""Which columns of a person's file are used, and what is read beside them."""

import hashlib
import io
from typing import Any

import numpy as np
import pytest

from engine.data import csv_table
from engine.data.csv_file import read_table
from engine.errors import ConfigError, FileError, MoonwalkError

DATA = b"a,b,c\n1,x,2\n2,y,3\n3,z,4\n4,w,5\n"


def read(data: bytes, **options: Any) -> csv_table.Table:
    return read_table(io.BytesIO(data), "f.csv", **options)


@pytest.mark.parametrize("target", ["b", " b ", "2"])
def test_given_a_target_when_read_then_a_name_or_a_number_from_one_finds_it(target: str) -> None:
    table = read(DATA, target=target)
    assert (table.target_name, table.class_names) == ("b", ("w", "x", "y", "z"))
    assert table.input_names == ("a", "c")


def test_given_a_column_with_a_number_for_a_name_when_asked_for_then_the_name_comes_first() -> None:
    table = read(b"0,1,2\n.5,6.5,7.5\n1,2,3\n4,5,6\n7,8,8\n", target="2", columns=("1",))
    assert (table.input_names, table.target_name) == (("1",), "2")


def test_given_columns_when_read_then_the_inputs_are_those_in_that_order() -> None:
    """Given columns that are not asked for, then a missing value in them leaves no row out."""
    table = read(
        b"a,b,c,d\n1,2,3,0\n4,5,6,1\n7,8,9,\n1,,1,1\n3,2,,0\n9,9,9,1\n", columns=("3", "a")
    )
    assert table.input_names == ("c", "a")
    assert table.inputs.tolist() == [[3, 6, 1, 9], [1, 4, 1, 9]]
    assert (table.left_out, table.ignored) == (2, ())


WRONG: dict[str, tuple[dict[str, Any], str]] = {
    "no such target": ({"target": "z"}, "target: there is no column 'z' among a, b, c"),
    "no such number": ({"target": "4"}, "target: there is no column '4' among a, b, c"),
    "column zero": ({"target": "0"}, "target: there is no column '0' among a, b, c"),
    "a negative number": ({"target": "-1"}, "target: there is no column '-1' among a, b, c"),
    "a long number": (
        {"target": "1" * 30},
        f"target: there is no column '{'1' * 30}' among a, b, c",
    ),
    "no such input": ({"columns": ("a", "z")}, "columns: there is no column 'z' among a, b, c"),
    "the target an input": ({"columns": ("a", "3")}, "columns: 'c' is the target"),
    "an input twice": ({"columns": ("a", "1")}, "columns: 'a' is named twice"),
    "an input of text": ({"columns": ("a", "b")}, "f.csv: line 2, column 'b': 'x' is not a number"),
    "too many inputs": (
        {"columns": ("a",) * 65},
        "columns: at most 64 can be inputs, not 65",
    ),
}


@pytest.mark.parametrize(("options", "problem"), WRONG.values(), ids=WRONG.keys())
def test_given_a_wrong_choice_of_columns_when_read_then_one_line_says_so(
    options: dict[str, Any], problem: str
) -> None:
    with pytest.raises(MoonwalkError) as caught:
        read(DATA, **options)
    assert str(caught.value) == problem


def test_given_an_input_without_a_value_when_asked_for_then_it_is_refused() -> None:
    with pytest.raises(FileError) as caught:
        read(b"a,b\n,1\nNA,2\n-,3\n?,4\n", columns=("a",))
    assert str(caught.value) == "f.csv: column 'a' has no value"


def test_given_65_columns_of_numbers_when_read_then_64_are_to_be_named() -> None:
    names = [f"c{number}" for number in range(66)]
    rows = [",".join(names)] + [",".join(str(row * 7.5) for _ in names) for row in range(4)]
    data = "\n".join(rows).encode()
    with pytest.raises(ConfigError) as caught:
        read(data)
    assert str(caught.value) == "columns: 65 columns could be inputs; name at most 64 of them"
    assert read(data, columns=names[:64]).inputs.shape == (64, 4)


def test_given_a_text_of_many_kinds_for_a_target_when_read_then_it_is_refused() -> None:
    rows = "".join(f"{row},name {row}\n" for row in range(300))
    with pytest.raises(ConfigError) as caught:
        read(b"a,b\n" + rows.encode())
    assert str(caught.value) == (
        "target: 'b' is text with over 255 different values: neither numbers nor a few classes"
    )


def test_given_more_rows_than_allowed_when_read_then_it_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(csv_table, "MAX_SAMPLES", 1_500)
    rows = b"1,2\n" * 1_500
    assert read(b"a,b\n" + rows).inputs.shape == (1, 1_500)
    with pytest.raises(FileError) as caught:
        read(b"a,b\n" + rows + b"1,2\n")
    assert str(caught.value) == "f.csv: it has over 1,500 rows"


def test_given_an_error_after_many_rows_with_line_breaks_when_read_then_its_own_line_is_named() -> (
    None
):
    """Given 3,000 rows of two lines each and a blank one, then the last begins on line 6,003."""
    data = b"a,b,t\n\n" + b'1,2,"x\r\ny"\n' * 3_000 + b"1,z,x\n"
    with pytest.raises(FileError) as caught:
        read(data)
    assert str(caught.value) == "f.csv: line 6003, column 'b': 'z' is not a number"


def test_given_a_file_when_read_then_its_digest_is_that_of_its_bytes() -> None:
    for data in (DATA, b"\xef\xbb\xbf" + DATA, DATA.decode().encode("utf-16")):
        assert read(data).digest == hashlib.sha256(data).hexdigest()


def test_given_a_pipe_that_fails_when_read_then_the_file_is_named() -> None:
    class Broken(io.BytesIO):
        def read(self, size: int | None = -1, /) -> bytes:
            raise OSError(5, "Input/output error")

    with pytest.raises(FileError) as caught:
        read_table(Broken(), "f.csv")
    assert str(caught.value) == "f.csv: Input/output error"


def test_given_a_table_when_written_to_then_it_refuses() -> None:
    numbers, texts = read(DATA), read(DATA, target="b")
    assert numbers.inputs.dtype == np.float64
    for array in (numbers.inputs, numbers.values, texts.labels):
        assert array is not None
        with pytest.raises(ValueError, match="read-only"):
            array[...] = 0
