"""What reaches the terminal when the command line of a run is copied."""

import base64
import re
import subprocess
from pathlib import Path

import pytest

from helpers.dashboard_terminal import Start, exit_status

pytestmark = pytest.mark.slow

OSC_52 = re.compile(rb"\x1b\]52;c;([A-Za-z0-9+/=]*)\x07")


def test_given_a_run_when_y_is_pressed_then_its_line_goes_to_the_clipboard_once_and_on_the_screen(
    start: Start,
) -> None:
    terminal = start("--seed", "3", "--layers", "8,4", "--alpha", "0.1", columns=80, rows=24)
    terminal.wait_for("space pause")
    assert OSC_52.findall(terminal.output) == []

    terminal.press("y")
    terminal.wait_for(" moonwalk --seed 3 --layers 8,4 --alpha 0.1")
    terminal.press("q")
    terminal.wait_for_no("makes the run again")
    terminal.press("E")
    terminal.wait_for("losses.csv")
    terminal.press("\x1b")
    terminal.wait_for_no("losses.csv")

    assert exit_status(terminal) == 0
    [text] = OSC_52.findall(terminal.output)
    assert base64.b64decode(text) == b"moonwalk --seed 3 --layers 8,4 --alpha 0.1"


def test_given_the_lines_on_the_screen_when_copied_with_their_ends_then_a_shell_has_every_word(
    start: Start, tmp_path: Path
) -> None:
    data = tmp_path / f"a folder that is {'long, ' * 12}or nearly" / "my points.csv"
    data.parent.mkdir()
    data.write_text("x,y,z\n" + "".join(f"{n},{n * n % 7},{n % 2}\n" for n in range(40)))
    terminal = start(
        "--data", str(data), "--layers", "8:tanh,4", "--steps", "1000000", columns=60, rows=18
    )
    terminal.wait_for("space pause")

    terminal.press("y")
    terminal.wait_for("--steps 1000000")
    title = next(at for at, line in enumerate(terminal.screen) if "makes the run again" in line)
    first = title + 2
    last = next(at for at, line in enumerate(terminal.screen) if "--steps 1000000" in line)
    copied = "\n".join(terminal.screen[first : last + 1])
    result = subprocess.run(
        ["sh", "-c", copied.replace("moonwalk", r"printf '%s\n'", 1)],
        capture_output=True,
        text=True,
        check=True,
    )

    assert result.stdout.splitlines() == [
        *("--data", str(data), "--layers", "8:tanh,4", "--steps", "1000000")
    ]
    terminal.press("q")
    terminal.wait_for_no("makes the run again")
    assert exit_status(terminal) == 0
