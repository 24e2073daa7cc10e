"""A first hour with the program, in a real terminal: data of one's own, another network, a look at what
every neuron does, changes by hand, and one command for a colleague.
"""

import csv
import json
import math
import shlex
from pathlib import Path

import pytest

from helpers.command_line import moonwalk
from helpers.dashboard_terminal import (
    DOWN,
    ESCAPE,
    Start,
    assert_restored,
    wait_for_picture,
)
from helpers.pseudo_terminal import PseudoTerminal

pytestmark = pytest.mark.slow

LEFT, RIGHT, ENTER, TAB, CONTROL_U = "\x1b[D", "\x1b[C", "\r", "\t", "\x15"
SIZES = [(120, 40), (80, 24)]


def write_rings(path: Path) -> None:
    """A disc inside a ring, 120 points."""
    with path.open("w", newline="") as file:
        table = csv.writer(file)
        table.writerow(["width", "height", "kind"])
        for number in range(120):
            inside = number % 2 == 0
            radius = 0.2 + 0.006 * number if inside else 1.8 + 0.004 * number
            angle = 2.4 * number
            row = (radius * math.cos(angle), radius * math.sin(angle))
            table.writerow([*(f"{value:.4f}" for value in row), "disc" if inside else "ring"])


def set_up(terminal: PseudoTerminal, path: Path) -> None:
    """In the set-up: the file, then layers of 8 and 4 with tanh."""
    terminal.press("c")
    terminal.wait_for(" Set-up ")
    terminal.press(ENTER)
    terminal.wait_for("enter take")
    terminal.press(CONTROL_U + str(path.parent) + "/rin" + TAB)
    terminal.wait_for("rings.csv")
    terminal.press(ENTER)
    terminal.wait_for(lambda: " rings.csv 2-16-16-1 " in terminal.screen[0])
    terminal.press(TAB + TAB)
    terminal.wait_for("layer 1 ")
    terminal.press("8" + ENTER)
    terminal.wait_for(lambda: " 2-8-16-1 " in terminal.screen[0])
    terminal.press(DOWN)
    terminal.press("4" + ENTER)
    terminal.wait_for(lambda: " 2-8-4-1 " in terminal.screen[0])
    terminal.press(DOWN + DOWN + RIGHT)
    terminal.wait_for("‹ tanh ›")
    terminal.press(ESCAPE)
    terminal.wait_for_no(" Set-up ")


def switch_a_node_off_and_on(terminal: PseudoTerminal) -> None:
    """In the network: the third node of the first layer."""
    terminal.press("g")
    terminal.wait_for(" layer 1, node 1 ")
    terminal.press(DOWN)
    terminal.wait_for(" layer 1, node 2 ")
    terminal.press(DOWN)
    terminal.wait_for(" layer 1, node 3 ")
    terminal.wait_for("node 3 = tanh(")
    terminal.press("0")
    terminal.wait_for(lambda: " node 3  off " in terminal.text)
    terminal.press("0")
    terminal.wait_for(lambda: " node 3  off " not in terminal.text)


def type_a_weight(terminal: PseudoTerminal) -> None:
    """In the layer pane: 3 for the weight under the cursor; training moves it on from there."""
    terminal.press(ENTER)
    terminal.wait_for("width to node 3")
    terminal.press(" ")
    terminal.wait_for(" paused ")
    terminal.press(ENTER)
    terminal.wait_for("Weight from ")
    terminal.press(CONTROL_U + "3" + ENTER)
    terminal.wait_for("+3.0000")
    terminal.press(" ")
    terminal.wait_for(" running ")
    terminal.wait_for_no("+3.0000")


def line_of(terminal: PseudoTerminal) -> list[str]:
    """The words of the command line that `y` shows."""
    terminal.press("y")
    terminal.wait_for("This makes the run again")
    terminal.wait_for(" close")
    _, _, below = terminal.text.partition("This makes the run again")
    block = below.split("\n\n")[1]
    terminal.press(ESCAPE)
    terminal.wait_for_no("This makes the run again")
    return shlex.split(block.replace("\\\n", ""))  # lines that are joined as a shell does


@pytest.mark.parametrize("size", SIZES)
def test_given_a_file_when_toured_then_a_colleague_gets_the_same_from_one_command(
    start: Start, tmp_path: Path, size: tuple[int, int]
) -> None:
    rings, recording = tmp_path / "rings.csv", tmp_path / "tour.jsonl"
    write_rings(rings)
    columns, rows = size
    terminal = start("--record", str(recording), "--alpha", "0.1", columns=columns, rows=rows)
    wait_for_picture(terminal)

    set_up(terminal, rings)
    switch_a_node_off_and_on(terminal)
    type_a_weight(terminal)
    program, *options = line_of(terminal)
    assert program == "moonwalk"
    terminal.press("q")
    assert terminal.wait_for_end() == 0
    assert_restored(terminal)

    # the set-up, from the command line alone
    made = moonwalk(*options, "--headless", "--json", "--steps", "200")
    assert made.returncode == 0, made.stderr
    again = json.loads(made.stdout)
    assert again["layers"] == [8, 4]
    assert again["data"].endswith("rings.csv")
    # the run itself, with everything that was done to it, to the same bits
    replayed = moonwalk("replay", str(recording), "--headless", "--json")
    assert replayed.returncode == 0, replayed.stderr
    lines = [json.loads(line) for line in recording.read_text().splitlines()[1:]]
    assert json.loads(replayed.stdout)["parameters_sha256"] == lines[-1]["value"]
    done = [line["command"] for line in lines]
    assert [one for one in done if one in ("configure", "adjust", "node", "parameter")] == [
        *("configure", "adjust", "adjust", "adjust"),
        *("node", "node", "parameter"),
    ]
