"""A run outlives its terminal: it is left, found, watched, ended and taken up again."""

import json
import os
import re
import signal

import pytest

from helpers.dashboard_terminal import (
    Start,
    assert_gone,
    assert_only_host_stays,
    assert_restored,
    exit_status,
    hosts,
    step_of,
    wait_for_picture,
    wait_for_progress,
)
from helpers.pseudo_terminal import PseudoTerminal
from helpers.shell import LONG, Shell, detached

pytestmark = pytest.mark.slow


def test_given_a_run_when_detached_then_it_is_listed_attached_to_and_stopped(
    start: Start, shell: Shell
) -> None:
    first = start(*LONG)
    wait_for_picture(first)
    wait_for_progress(first)
    name = detached(first)
    assert_only_host_stays(first)
    [run] = shell.runs()
    assert (run["run"], run["state"], run["dashboards"]) == (name, "running", 0)
    assert (run["data"], run["layers"], run["batch_size"]) == ("moons", [16, 16], None)
    assert (run["optimizer"], run["rule"], run["seed"]) == ("sgd", "exact", 0)
    table = shell.moonwalk("list").stdout.splitlines()
    assert table[0].split() == [
        "RUN",
        "STATE",
        "STEP",
        "OF",
        "LOSS",
        "ALPHA",
        "DASHBOARDS",
        "SINCE",
    ]
    assert table[1].split()[:2] == [name, "running"]
    line = f"moonwalk {' '.join(LONG)}\n"
    assert [shell.moonwalk("setup").stdout, shell.moonwalk("setup", name).stdout] == [line, line]
    refused = shell.moonwalk("setup", "zzzz")
    assert (refused.stderr, refused.returncode) == (
        f"moonwalk: no run is called 'zzzz'; there is {name}\n",
        2,
    )

    second = start("attach", name, columns=80, rows=24)
    wait_for_picture(second)
    assert step_of(second) >= int(str(run["step"]))
    assert re.search(r"││ +0 ", second.text)  # the curve begins at its beginning
    wait_for_progress(second)

    result = shell.moonwalk("stop", name)
    assert re.fullmatch(
        rf"moonwalk: the run {name} was saved and ended; its last save is .*{name}\.npz\n",
        result.stderr,
    )
    assert result.returncode == 0
    second.wait_for("the run was saved and ended; q leaves")
    second.wait_for(lambda: second.screen[-3].startswith(" ended "))
    second.press("q")
    assert second.wait_for_end() == 0
    assert_restored(second)
    assert_gone(first)
    assert shell.runs() == []


def test_given_one_that_drives_when_another_watches_then_only_one_can_steer(
    start: Start, shell: Shell
) -> None:
    driver = start(*LONG)
    wait_for_picture(driver)
    watcher = start("attach", "--watch", columns=80, rows=24)
    wait_for_picture_of_watcher(watcher)

    watcher.press(" ")
    wait_for_progress(driver)
    driver.press(" ")
    driver.wait_for(" paused ")
    watcher.wait_for(" paused ")
    assert step_of(watcher) == step_of(driver)
    assert "pause" not in watcher.screen[-1]

    watcher.press("q")
    assert watcher.wait_for_end() == 0
    [run] = shell.runs()
    assert run["state"] == "paused"
    assert watcher.scrollback == goes_on(str(run["run"]))
    assert exit_status(driver) == 0
    assert shell.runs() == []


def wait_for_picture_of_watcher(terminal: PseudoTerminal) -> None:
    terminal.wait_for(
        lambda: re.fullmatch(r" \[\] layer .* q leave *", terminal.screen[-1]) is not None
    )
    terminal.wait_for(lambda: re.search(r"step +[\d,]+ /", terminal.text) is not None)


@pytest.mark.parametrize("how", [signal.SIGHUP, signal.SIGKILL, None], ids=str)
def test_given_a_lost_terminal_when_attached_again_then_the_run_has_gone_on(
    start: Start, shell: Shell, how: signal.Signals | None
) -> None:
    first = start(*LONG)
    wait_for_picture(first)
    wait_for_progress(first)
    seen = step_of(first)
    if how is None:
        first.hang_up()
    else:
        first.process.send_signal(how)
    first.wait_for_end()
    [run] = shell.runs()
    assert int(str(run["step"])) >= seen

    second = start("attach")
    wait_for_picture(second)
    wait_for_progress(second)
    second.press("Q")
    second.wait_for("Q again ends the run for all")
    second.press("Q")
    assert second.wait_for_end() == 0
    assert "After " in second.scrollback
    assert_gone(first)


def test_given_a_guest_when_it_quits_then_the_run_goes_on_and_when_its_starter_does_it_is_asked(
    start: Start, shell: Shell
) -> None:
    starter = start(*LONG)
    wait_for_picture(starter)
    guest = start("attach", columns=80, rows=24)
    wait_for_picture(guest)
    wait_until_it_knows_of_others(starter)

    starter.press("q")
    starter.wait_for("1 other is watching, d leaves the run to them; q again ends the run")
    guest.press("q")
    assert guest.wait_for_end() == 0
    [run] = shell.runs()
    assert guest.scrollback == goes_on(str(run["run"]))

    other, terminated = start("attach", columns=120), start("attach")
    wait_for_picture(other)
    wait_for_picture(terminated)
    terminated.process.send_signal(signal.SIGTERM)
    assert terminated.wait_for_end() == 143
    wait_for_progress(other)
    starter.wait_for_no("q again ends the run")
    wait_until_it_knows_of_others(starter)
    starter.press("q")
    starter.wait_for("q again ends the run")
    starter.press("q")
    assert starter.wait_for_end() == 0

    other.wait_for("the run was saved and ended; q leaves")
    other.wait_for(lambda: other.screen[-3].startswith(" ended "))
    reported = re.search(r"After ([\d,]+) of", starter.scrollback)
    assert reported is not None
    assert step_of(other) == int(reported[1].replace(",", ""))
    other.press("q")
    assert other.wait_for_end() == 0
    assert_gone(starter)


def wait_until_it_knows_of_others(terminal: PseudoTerminal) -> None:
    """What is on the screen may be some frames old."""
    for _ in range(3):
        wait_for_progress(terminal)


def goes_on(name: str) -> str:
    return f"moonwalk: the run {name} goes on; moonwalk attach {name} comes back to it"


def test_given_a_host_that_was_killed_when_u_is_pressed_then_the_run_goes_on_from_its_last_save(
    start: Start, shell: Shell
) -> None:
    terminal = start(*LONG)
    wait_for_picture(terminal)
    terminal.press("\x1b[B")  # alpha down
    terminal.wait_for("alpha 0.2 ")
    wait_for_progress(terminal)
    terminal.press("s")
    terminal.wait_for("saved in ")
    saved = step_of(terminal)
    [host] = hosts(terminal)

    os.kill(host, signal.SIGKILL)
    terminal.wait_for("training has ended (killed by signal 9); u resumes, q leaves")
    terminal.press("u")

    terminal.wait_for(lambda: hosts(terminal) not in ([], [host]))
    wait_for_progress(terminal)
    wait_for_picture(terminal)
    assert "alpha 0.2 " in terminal.text
    assert step_of(terminal) >= saved - 500  # it was saved just before it was seen
    assert exit_status(terminal) == 0
    assert_gone(terminal)


def test_given_a_termination_when_running_then_it_is_saved_as_it_is_reported(
    start: Start, shell: Shell
) -> None:
    terminal = start(*LONG)
    wait_for_picture(terminal)
    wait_for_progress(terminal)

    terminal.process.send_signal(signal.SIGTERM)
    assert terminal.wait_for_end() == 143
    assert_restored(terminal)
    reported = re.search(r"interrupted at step ([\d,]+) of", terminal.scrollback)
    assert reported is not None

    [recording] = shell.folder.glob("*.jsonl")
    end = json.loads(recording.read_text().splitlines()[-1])
    assert end["step"] >= int(reported[1].replace(",", ""))
    replayed = shell.moonwalk("replay", str(recording), "--headless", "--json")
    assert json.loads(replayed.stdout)["parameters_sha256"] == end["value"]
    assert replayed.returncode == 0

    again = start("resume")
    wait_for_picture(again)
    assert step_of(again) >= end["step"]
    assert exit_status(again) == 0


def test_given_a_live_run_with_commands_when_replayed_then_it_comes_to_the_same_parameters(
    start: Start, shell: Shell
) -> None:
    report, course = shell.home / "report.json", shell.home / "course.jsonl"
    with report.open("wb") as stdout:
        terminal = start("--json", "--record", str(course), "--pace", "7", stdout=stdout)
    wait_for_picture(terminal)
    wait_for_progress(terminal)
    for keys, shown in (
        ("\x1b[A", "alpha 0.3 "),
        (" ", " paused "),
        ("...\x1b[B\x1b[B", "alpha 0.2 "),
        (" >", "10/frame"),
        ("r", " running "),
        ("\x1b[A", "alpha 0.25 "),
        ("f", "full speed"),
    ):
        terminal.press(keys)
        terminal.wait_for(shown)
    wait_for_progress(terminal)
    assert exit_status(terminal) == 0

    live = json.loads(report.read_text())
    replayed = shell.moonwalk("replay", str(course), "--headless", "--json")
    again = json.loads(replayed.stdout)
    assert again["parameters_sha256"] == live["parameters_sha256"]
    assert (again["steps"], again["alpha"]) == (live["steps"], live["alpha"])

    shown = start("replay", str(course), "--pace", "max")
    shown.wait_for("Done: ")
    shown.press("q")
    assert shown.wait_for_end() == 0
    assert_restored(shown)


def test_given_no_place_for_saves_when_running_then_it_is_told_once_and_training_goes_on(
    start: Start, shell: Shell
) -> None:
    shell.folder.parent.mkdir(parents=True)
    shell.folder.write_text("a file where a folder should be")

    terminal = start(*LONG)
    terminal.wait_for("not saved: ")
    wait_for_progress(terminal)

    assert exit_status(terminal) == 0
    told = [line for line in terminal.scrollback.splitlines() if "moonwalk: not saved" in line]
    assert len(told) == 1
    assert shell.folder.read_text() == "a file where a folder should be"


def test_given_a_divergence_when_undone_then_it_goes_on_from_before(start: Start) -> None:
    terminal = start(*LONG, columns=120)
    wait_for_picture(terminal)
    wait_for_progress(terminal)
    terminal.press("a")
    terminal.wait_for("Alpha, the learning rate")
    terminal.press("1e6\r")
    terminal.wait_for(lambda: terminal.screen[-3].startswith(" diverged "))
    terminal.wait_for("u undoes, r restarts, with 0.25")
    terminal.press("u")  # the last one that held
    terminal.wait_for("alpha 0.25 ")
    terminal.wait_for(lambda: terminal.screen[-3].startswith(" running "))
    wait_for_progress(terminal)
    assert "nan" not in terminal.text.lower()
    assert exit_status(terminal) == 0
