"""Tables of a person's own: files with every usual layout, and what is said of the others."""

import io
from typing import Any, NamedTuple

import pytest

from engine.data.csv_file import read_table
from engine.errors import FileError

TEXT = "a,b\n1,2\n3,4\n5,6\n7,8\n"
UTF_8 = TEXT.encode()


class Read(NamedTuple):
    """What is expected of a file, in plain values."""

    inputs: dict[str, list[float]]
    target: str
    y: list[float]
    classes: tuple[str, ...] = ()
    left_out: int = 0
    ignored: tuple[str, ...] = ()


AS_WRITTEN = Read({"a": [1, 3, 5, 7]}, "b", [2, 4, 6, 8])
UNNAMED = Read({"column 1": [1, 3, 5, 7]}, "column 2", [2, 4, 6, 8])

READ: dict[str, tuple[bytes, Read]] = {
    "UTF-8": (UTF_8, AS_WRITTEN),
    "UTF-8 with its mark": (b"\xef\xbb\xbf" + UTF_8, AS_WRITTEN),
    "UTF-16, little end first": (b"\xff\xfe" + TEXT.encode("utf-16-le"), AS_WRITTEN),
    "UTF-16, big end first": (b"\xfe\xff" + TEXT.encode("utf-16-be"), AS_WRITTEN),
    "CRLF": (UTF_8.replace(b"\n", b"\r\n"), AS_WRITTEN),
    "lone CR": (UTF_8.replace(b"\n", b"\r"), AS_WRITTEN),
    "no line break at the end": (UTF_8.rstrip(), AS_WRITTEN),
    "semicolons": (UTF_8.replace(b",", b";"), AS_WRITTEN),
    "tabs": (UTF_8.replace(b",", b"\t"), AS_WRITTEN),
    "separator stated": (b"sep=;\r\n" + UTF_8.replace(b",", b";"), AS_WRITTEN),
    "no header": (b"1,2\n3,4\n5,6\n7,8\n", UNNAMED),
    "separators at the end": (UTF_8.replace(b"\n", b",\n"), AS_WRITTEN),
    "separator at the end of the header": (UTF_8.replace(b"b\n", b"b,\n"), AS_WRITTEN),
    "separators at the end of the rows": (b"a,b\n1,2,\n3,4,\n5,6,\n7,8,\n", AS_WRITTEN),
    "blank lines": (b"\n\na,b\n1,2\n\n3,4\n5,6\n7,8\n  \n,,\n", AS_WRITTEN),
    "spaces around": (b" a , b \n 1 , 2 \n 3, 4\n5 ,6\n7,8\n", AS_WRITTEN),
    "everything quoted": (b'"a","b"\n"1","2"\n"3","4"\n"5", "6"\n"7","8"\n', AS_WRITTEN),
    "other spellings": (
        b"a,b\n+1,2.\n0.3e1,04\n5E0,6e+0\n7.,80e-1\n",
        AS_WRITTEN,
    ),
    "decimal comma": (
        b"a;b\n1,5;2\n3;4,25\n-5;6\n,5;8\n",
        Read({"a": [1.5, 3, -5, 0.5]}, "b", [2, 4.25, 6, 8]),
    ),
    "decimal comma in every cell": (
        b"1,50;2,50\n3,50;4,50\n5,50;6,50\n7,50;8,50\n",
        Read({"column 1": [1.5, 3.5, 5.5, 7.5]}, "column 2", [2.5, 4.5, 6.5, 8.5]),
    ),
    "decimal comma beside text": (
        "Fläche;Straße;gebaut am;Preis\n"
        "1,5;Weg 1;1999-01-02;2,5\n3,5;Ring;1999-01-03;4,5\n;Weg 3;1999-01-04;1,5\n"
        "5,5;Öde;1999-01-05;6,5\n7,5;Ring;1999-01-06;8,5\n".encode(),
        Read(
            {"Fläche": [1.5, 3.5, 5.5, 7.5]},
            "Preis",
            [2.5, 4.5, 6.5, 8.5],
            left_out=1,
            ignored=("Straße", "gebaut am"),
        ),
    ),
    "decimal comma beside text, no header": (
        b"1,5;way;a;b;2,5\n3,5;ring;a;b;4,5\n5,5;way;a;b;6,5\n7,5;way;a;b;8,5\n",
        Read(
            {"column 1": [1.5, 3.5, 5.5, 7.5]},
            "column 5",
            [2.5, 4.5, 6.5, 8.5],
            ignored=("column 2", "column 3", "column 4"),
        ),
    ),
    "decimal comma and tabs": (
        b"a\tb\n1,5\t2\n3\t4\n5\t6\n7\t8\n",
        Read({"a": [1.5, 3, 5, 7]}, "b", [2, 4, 6, 8]),
    ),
    "semicolon in a text": (
        b"a,b\n1,x;y\n3,z\n5,z\n7,z\n",
        Read({"a": [1, 3, 5, 7]}, "b", [0, 1, 1, 1], ("x;y", "z")),
    ),
    "separators, quotation marks and line breaks in cells": (
        b'"a\nb","c,d",t\n1,2,"x\ny"\n3,4,"a ""b"", c"\n5,6,z\n7,8,z\n',
        Read(
            {"a b": [1, 3, 5, 7], "c,d": [2, 4, 6, 8]}, "t", [1, 0, 2, 2], ('a "b", c', "x y", "z")
        ),
    ),
    "text target": (
        b"5.1,3.5,virginica\n4,3,setosa\n6,2, virginica\n6,1,setosa\n",
        Read(
            {"column 1": [5.1, 4, 6, 6], "column 2": [3.5, 3, 2, 1]},
            "column 3",
            [1, 0, 1, 0],
            ("setosa", "virginica"),
        ),
    ),
    "years for names": (
        b"2019,2020,2021\n5,6,7\n1,2,3\n4,5,6\n7,8,8\n",
        Read({"2019": [5, 1, 4, 7], "2020": [6, 2, 5, 8]}, "2021", [7, 3, 6, 8]),
    ),
    "counted columns for names": (
        b"0,1,2\n.5,6.5,7.5\n1,2,3\n4,5,6\n7,8,8\n",
        Read({"0": [0.5, 1, 4, 7], "1": [6.5, 2, 5, 8]}, "2", [7.5, 3, 6, 8]),
    ),
    "whole numbers that count up are data": (
        b"0,1,2\n5,6,7\n1,2,4\n4,5,6\n",
        Read({"column 1": [0, 5, 1, 4], "column 2": [1, 6, 2, 5]}, "column 3", [2, 7, 4, 6]),
    ),
    "a name is missing": (
        b",b\n1,2\n3,4\n5,6\n7,8\n",
        Read({"column 1": [1, 3, 5, 7]}, "b", [2, 4, 6, 8]),
    ),
    "missing values": (
        b"a,b\n1,2\n,3\nNA,4\n5,?\n-,1\nnull,2\nNaN,3\nN/A,1\n#N/A,1\n 3, 4\n5,6\n NA ,6\n7,8\n",
        AS_WRITTEN._replace(left_out=9),
    ),
    "missing classes": (
        b"a,t\n1,Na\n2,NA\n3,K\n4,Na\n5,\n6,K\n",
        Read({"a": [1, 3, 4, 6]}, "t", [1, 0, 1, 0], ("K", "Na"), left_out=2),
    ),
    "classes plus and minus": (
        b"a,t\n1,+\n2,-\n3,+\n4,-\n",
        Read({"a": [1, 2, 3, 4]}, "t", [0, 1, 0, 1], ("+", "-")),
    ),
    "a column of text and one of nothing": (
        b"a,b,n,c\n1,x,,2\n2,y,,3\n3,z,,4\n4,w,,5\n",
        Read({"a": [1, 2, 3, 4]}, "c", [2, 3, 4, 5], ignored=("b", "n")),
    ),
    "a constant column": (
        b"a,b\n1,2\n1,3\n1,4\n1,5\n",
        Read({"a": [1, 1, 1, 1]}, "b", [2, 3, 4, 5]),
    ),
    "escape sequence in a name": (
        UTF_8.replace(b"a", b"\x1b[2Ja"),
        Read({"?[2Ja": [1, 3, 5, 7]}, "b", [2, 4, 6, 8]),
    ),
}


def plain(data: bytes, **options: Any) -> Read:
    table = read_table(io.BytesIO(data), "f.csv", **options)
    y = table.labels if table.values is None else table.values
    assert y is not None
    return Read(
        dict(zip(table.input_names, table.inputs.tolist(), strict=True)),
        table.target_name,
        y.tolist(),
        table.class_names,
        table.left_out,
        table.ignored,
    )


@pytest.mark.parametrize(("data", "expected"), READ.values(), ids=READ.keys())
def test_given_a_file_of_some_layout_when_read_then_it_is_the_table_it_says(
    data: bytes, expected: Read
) -> None:
    assert plain(data) == expected


ONE_COLUMN = "line 1: only one column; two or more are needed, separated by , or ; or tab"
NUL = "a NUL byte; the file is no text, or UTF-16 without a byte order mark"
REFUSED: dict[str, tuple[bytes, str]] = {
    "empty": (b"", "it is empty"),
    "blank": (b" \n\n", "it is empty"),
    "a mark and nothing": (b"\xef\xbb\xbf", "it is empty"),
    "header only": (b"a,b\n", "it has a header and no rows"),
    "too few rows": (b"a,b\n1,2\n3,4\n5,6\n", "it has 3 rows; at least 4 are needed"),
    "too few rows with values": (
        b"a,b\n1,2\n,4\n5,\n7,8\n,1\n",
        "it has 2 rows, with 3 more left out for missing values; at least 4 are needed",
    ),
    "one column": (b"a\n1\n2\n3\n4\n", ONE_COLUMN),
    "spaces between columns": (b"a b\n1 2\n3 4\n5 6\n7 8\n", ONE_COLUMN),
    "a row too long": (UTF_8 + b"1,2,3\n", "line 6: 3 cells, where 2 are expected"),
    "a row too short": (UTF_8 + b"\n1\n", "line 7: 1 cell, where 2 are expected"),
    "a name twice": (b"a, a,b\n1,2,3\n", "line 1: 2 columns are called 'a'"),
    "names and numbers": (
        b"\nx,2020\n1,2\n3,4\n",
        "line 2: 'x' reads as a name, '2020' as a number; write a letter into every name, or"
        " remove the line",
    ),
    "infinity": (UTF_8 + b"1,inf\n", "line 6, column 'b': 'inf' is beyond 1e+100"),
    "too large": (UTF_8 + b"-1e101,1\n", "line 6, column 'a': '-1e101' is beyond 1e+100"),
    "larger than any": (UTF_8 + b"1e999,1\n", "line 6, column 'a': '1e999' is beyond 1e+100"),
    "one cell of text": (
        b"a,b,c\n1,1,2\n2,2,3\n3,z,4\n",
        "line 4, column 'b': 'z' is not a number",
    ),
    "some cells of text": (
        b"a,b\n" + b"1,2\n" * 30 + b'"1,5",2\n' + b"x,2\n" * 2,
        "line 32, column 'a': '1,5' is not a number",
    ),
    "one target of text": (UTF_8 + b"9,1_000\n", "line 6, column 'b': '1_000' is not a number"),
    "digits of another script": (
        UTF_8 + "9,٣\n".encode(),
        "line 6, column 'b': '٣' is not a number",
    ),
    "point and comma": (
        b"a;b\n1,5;2\n3;4.25\n5;6\n7;8\n",
        "line 3, column 'b': '4.25' has a decimal point, but '1,5' on line 2 a decimal comma",
    ),
    "point and comma in a number": (
        b"a;b\n1.234,5;2\n3;4\n5;6\n7;8\n",
        "line 2, column 'a': '1.234,5' is not a number",
    ),
    "nothing but text": (
        b"a,b\nx,1\ny,2\nz,3\nw,4\n",
        "no column of numbers is left for the inputs beside the target",
    ),
    "no target": (b"a,b\n1,\n2,\n3,NA\n", "column 'b', the target, has no value"),
    "an open quotation mark": (b'a,b\n1,"2\n3,4\n', "line 2: a quotation mark is not closed"),
    "an open quotation mark after line breaks in cells": (
        b'"a\r\na",b\r\n"1",2\r\n3,"4',
        "line 4: a quotation mark is not closed",
    ),
    "text after a quotation mark": (
        b'a,b\n1,"2"x\n',
        "line 2: text follows a closing quotation mark; one inside a cell is written twice",
    ),
    "a cell too long": (
        b'a,b\n1,"' + b"x" * 131_073 + b'"\n',
        "line 2: a cell is longer than 131,072 characters; is a quotation mark not closed?",
    ),
    "a line too long": (
        b"a,b\n" + b"1," * 600_000,
        "line 2: it is longer than 1,048,576 bytes",
    ),
    "a NUL": (b"a,b\n1,\x002\n", f"line 2: {NUL}"),
    "a NUL far down": (UTF_8 + b"1,2\r\n" * 5_000 + b"1,\x00\n", f"line 5006: {NUL}"),
    "UTF-16 without a mark": (TEXT.encode("utf-16-le"), f"line 1: {NUL}"),
    "UTF-16 cut off": (
        b"\xff\xfe" + TEXT.encode("utf-16-le")[:-1],
        "line 5: it is not UTF-16; save the file as UTF-8",
    ),
    "UTF-32": (TEXT.encode("utf-32"), "it is UTF-32, not CSV; save the data as CSV in UTF-8"),
    "Latin-1": (b"a,b\n1,\xe9\n", "line 2: it is not UTF-8; save the file as UTF-8"),
    "Latin-1 far down": (
        UTF_8 + b"1,2\n" * 5_000 + b"1,\xe9\n",
        "line 5006: it is not UTF-8; save the file as UTF-8",
    ),
    "xlsx": (
        b"PK\x03\x04\x14\x00",
        "it is a spreadsheet (xlsx, ods) or another zip archive, not CSV; save the data as CSV in"
        " UTF-8",
    ),
    "png": (
        b"\x89PNG\r\n\x1a\n\x00",
        "it is a picture (png), not CSV; save the data as CSV in UTF-8",
    ),
    "gzip": (b"\x1f\x8b\x08", "it is compressed (gzip), not CSV; save the data as CSV in UTF-8"),
    "JSON": (b'{"a": [1, 2]}', "it has a header and no rows"),
}


@pytest.mark.parametrize(("data", "problem"), REFUSED.values(), ids=REFUSED.keys())
def test_given_a_file_that_cannot_be_read_when_read_then_one_line_says_where_and_why(
    data: bytes, problem: str
) -> None:
    with pytest.raises(FileError) as caught:
        read_table(io.BytesIO(data), "f.csv")
    assert str(caught.value) == f"f.csv: {problem}"
