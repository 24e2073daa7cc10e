"""Laws of reading: what was written comes back, whichever way it was written."""

import csv
import io

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from engine.data.csv_file import read_table
from engine.data.csv_numbers import parse_number, parse_numbers
from engine.errors import MoonwalkError

NUMBERS = st.floats(-1e100, 1e100, allow_nan=False)
DELIMITERS = st.sampled_from([",", ";", "\t"])
LINE_ENDS = st.sampled_from(["\n", "\r\n", "\r"])
ENCODINGS = st.sampled_from(["utf-8", "utf-8-sig", "utf-16"])
QUOTING = st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL, csv.QUOTE_NONNUMERIC])
TABLES = st.integers(2, 6).flatmap(
    lambda width: st.lists(
        st.lists(NUMBERS, min_size=width, max_size=width), min_size=4, max_size=30
    )
)
LABELS = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=12)


def written(
    rows: list[list[float | str]], delimiter: str, line_end: str, encoding: str, quoting: int
) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter, lineterminator=line_end, quoting=quoting).writerows(rows)
    return text.getvalue().encode(encoding)


@given(TABLES, DELIMITERS, LINE_ENDS, ENCODINGS, QUOTING, st.booleans(), st.booleans())
def test_given_any_numbers_when_written_and_read_then_every_bit_is_the_same(
    rows: list[list[float]],
    delimiter: str,
    line_end: str,
    encoding: str,
    quoting: int,
    header: bool,
    decimal_comma: bool,
) -> None:
    cells: list[list[float | str]] = [list(row) for row in rows]
    if decimal_comma and delimiter != ",":
        cells = [[repr(value).replace(".", ",") for value in row] for row in rows]
    names = [f"name {place}" for place in range(len(rows[0]))]
    if header:
        cells.insert(0, list(names))
    else:
        first = rows[0]
        assume(
            any(value != first[0] + place for place, value in enumerate(first)) or len(first) < 3
        )

    table = read_table(io.BytesIO(written(cells, delimiter, line_end, encoding, quoting)), "f.csv")

    assert table.values is not None
    assert np.vstack([table.inputs, table.values]).T.tobytes() == np.array(rows).tobytes()
    assert table.left_out == 0
    if header:
        assert [*table.input_names, table.target_name] == names


@given(st.lists(LABELS, min_size=4, max_size=30), DELIMITERS, LINE_ENDS, ENCODINGS, QUOTING)
def test_given_any_text_target_when_written_and_read_then_the_classes_are_the_same(
    labels: list[str], delimiter: str, line_end: str, encoding: str, quoting: int
) -> None:
    """Given labels that begin with a letter, so that none is a number or missing."""
    if quoting == csv.QUOTE_MINIMAL:
        labels = ["".join(label.splitlines()) for label in labels]  # not always quoted
    labels = [f"Label {label}".strip() for label in labels]
    rows: list[list[float | str]] = [["x", "t"]]
    rows += [[float(place), label] for place, label in enumerate(labels)]

    table = read_table(io.BytesIO(written(rows, delimiter, line_end, encoding, quoting)), "f.csv")

    assert table.labels is not None
    classes = sorted(set(labels))
    assert table.labels.tolist() == [classes.index(label) for label in labels]
    assert table.inputs.tolist() == [[float(place) for place in range(len(labels))]]


CELLS = st.one_of(
    st.text(st.sampled_from('0123456789.,-+eE _[]"\n\tnulNA?'), max_size=8),
    NUMBERS.map(repr),
    st.integers().map(str),
    st.sampled_from(["inf", "-Infinity", "nan", "-NaN", "true", "1e400", "٣", "\xa01"]),
)


@given(st.lists(CELLS, max_size=6), st.booleans())
def test_given_any_cells_when_read_together_then_they_are_what_each_is_alone(
    cells: list[str], decimal_comma: bool
) -> None:
    alone = [parse_number(cell, decimal_comma) for cell in cells]

    values, text_at = parse_numbers(cells, decimal_comma)

    np.testing.assert_array_equal(values, np.array(alone, np.float64))
    assert text_at == [place for place, number in enumerate(alone) if number is None]


@pytest.mark.parametrize("start", [b"", b"a,b\n1,2\n", b"\xff\xfe", b"\xef\xbb\xbf"])
@given(st.one_of(st.binary(max_size=200), st.text(',;\t"\r\n1.ax-', max_size=80).map(str.encode)))
def test_given_any_bytes_when_read_then_they_are_a_table_or_one_line(
    start: bytes, data: bytes
) -> None:
    try:
        table = read_table(io.BytesIO(start + data), "f.csv")
    except MoonwalkError as error:
        message = str(error)
    else:
        assert table.inputs.shape[1] >= 4
        assert np.all(np.isfinite(table.inputs))
        return
    assert message
    assert message.isprintable()
