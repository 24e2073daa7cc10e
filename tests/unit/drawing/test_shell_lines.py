"""Command lines in lines that are copied and run as they are."""

import shlex
import subprocess

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from tui.drawing.shell_lines import shell_lines


def as_shell_reads(lines: list[str]) -> list[str]:
    """The words of the command, once lines that go on are joined."""
    return shlex.split("\n".join(lines).replace("\\\n", ""))


def test_given_a_short_command_when_drawn_then_one_line() -> None:
    assert shell_lines(["moonwalk", "--seed", "3"], 40) == [" moonwalk --seed 3"]


def test_given_more_than_a_line_when_drawn_then_it_breaks_before_options() -> None:
    words = shlex.split("moonwalk --data circles --layers 8,4 --nesterov --alpha 0.03 --seed 3")

    assert shell_lines(words, 40) == [
        " moonwalk --data circles --layers 8,4  \\",
        "   --nesterov --alpha 0.03 --seed 3",
    ]


def test_given_a_word_beyond_a_line_when_drawn_then_its_parts_fill_lines_without_spaces() -> None:
    words = ["moonwalk", "replay", "/home/someone/a folder/with a name/of its own.jsonl"]

    assert shell_lines(words, 30) == [
        " moonwalk                    \\",
        "   replay '/home/someone/a f'\\",
        "'older/with a name/of its ow'\\",
        "n.jsonl",
    ]


def test_given_what_would_move_the_cursor_when_drawn_then_a_question_mark() -> None:
    assert shell_lines(["moonwalk", "--data", "a\x1b[2J\nb"], 40) == [" moonwalk --data 'a?[2J?b'"]


@pytest.mark.parametrize("width", [20, 33, 80])
def test_given_lines_when_a_shell_runs_them_then_every_word_arrives(width: int) -> None:
    words = ["--data", "it's a $long, \"quoted\" `name` of\\ a file in a folder.csv", "--nesterov",
             "--columns", "a,b c,*", "--layers", "8:tanh,4"]  # fmt: skip

    text = "\n".join(shell_lines(["printf", r"%s\n", *words], width))
    result = subprocess.run(["sh", "-c", text], capture_output=True, text=True, check=True)

    assert result.stdout.splitlines() == words


texts = st.text(
    st.characters(codec="utf-8", exclude_categories=["C", "Z", "M"]) | st.just(" "), max_size=60
)
options = st.tuples(st.sampled_from(["--data", "--columns", "--plane"]), texts)


@settings(max_examples=200)
@given(st.lists(options, max_size=4), st.integers(20, 100))
def test_given_any_options_when_drawn_then_within_the_width_and_read_back_the_same(
    given_options: list[tuple[str, str]], width: int
) -> None:
    words = ["moonwalk", *(word for option in given_options for word in option)]

    lines = shell_lines(words, width)

    assert as_shell_reads(lines) == words
    assert all(cell_len(line) <= width for line in lines)
    assert all(line.endswith("\\") for line in lines[:-1])
    # a line that ends in spaces before its backslash has that in the last column
    assert all(cell_len(line) == width for line in lines if line.endswith(" \\"))
