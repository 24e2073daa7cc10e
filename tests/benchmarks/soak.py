"""The real program in a real pseudo-terminal, in the hands of somebody who presses anything.

    python tests/benchmarks/soak.py [--minutes 10] [--seed 0]

Keys, typed alphas, mouse events, sizes from 1x1 to 500x200, a terminal's answers and pastes, whole or
in pieces; pauses, times in which the terminal does not read, slow lines, and answers to requests for
its status that come late or never. In the first part also `d`, after which it is attached to again,
kill -9 of the interface, attached to again, kill -9 of the host, taken up again with `u`, and `q` or
`ctrl+c` twice, gone on with from its save; then the last pair of processes is left alone, so that the
memory it takes can be compared with what it took before. At the end comes `q`. The same seed does the
same; what it meets differs, as the program goes by the clock.

A fault is a traceback, a picture that does not come, one that differs from the same drawn anew, an
exit status that is not 0 (or 3, diverged), a terminal left otherwise than it was, a process that
stays, a run that is left without a save, a line in the log, and a recording that does not come to the
parameters of the report.
"""

import argparse
import json
import os
import re
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack, suppress
from pathlib import Path

from rich.console import Console
from rich.table import Table
from soak_person import INTERRUPT_SECONDS, SoakPerson
from soak_terminal import resident

# after soak_person, which knows where this is
from helpers.dashboard_terminal import COMMAND, CONTROL_C, ESCAPE  # isort: skip
from helpers.processes import Process, processes_with  # isort: skip

RUN = ("--steps", "200000", "--layers", "6,6", "--pace", "200", "--json")
SET_UPS = (
    (),
    ("--data", "spiral:3", "--optimizer", "adam", "--alpha", "0.01", "--batch", "20"),
    ("--data", "iris", "--batch", "16", "--dropout", "0.1", "--patience", "5000"),
    ("--data", "sine", "--activation", "tanh", "--schedule", "cosine"),
    ("--data", "diabetes", "--plane", "bmi,bp", "--l2", "0.1", "--batch", "32"),
    ("--data", "digits", "--optimizer", "adam", "--alpha", "0.003", "--batch", "64"),
)
ALLOWED_STATUS = (0, 3)
DISTURBED = 0.6
"""The part of the time in which processes come and go."""
SECONDS_BETWEEN = 9.0
"""From one disturbance to the next."""
LOG_SHOWN = 30_000


class Soak(SoakPerson):
    """One person, one home, one run after the other; what was done, and what went wrong."""

    def __init__(self, home: Path, seed: int, terminals: ExitStack) -> None:
        super().__init__(home, seed, terminals)
        self.faults: list[str] = []
        self._open(*self._run())

    def act(self) -> None:
        """Something; and begin again if that has ended the dashboard."""
        super().act()
        if self.terminal._ended:
            self._begin_again()

    def _begin_again(self) -> None:
        self.done["left by a click or the palette"] += 1
        self._see_out()
        self._open(*(("attach", "--json") if self.hosts else self._run()))

    def _run(self) -> tuple[str, ...]:
        """A new run, of any kind."""
        return (*RUN, *self._random.choice(SET_UPS))

    @property
    def processes(self) -> list[Process]:
        """All that this person has."""
        return processes_with(f"HOME={self._home}")

    @property
    def hosts(self) -> list[int]:
        return [each.pid for each in self.processes if "engine.host" in each.command]

    @property
    def memory(self) -> list[float]:
        """Megabytes of the interface and its host, at the usual size."""
        self._back_to_dashboard()
        self.terminal.looks = False
        return [resident(pid) for pid in (self.terminal.process.pid, *self.hosts)]

    def fault(self, what: str) -> None:
        print(f"fault: {what}", file=sys.stderr)
        self.faults.append(what)

    # -- processes that come and go

    def disturb(self) -> None:
        """Take one of the two processes away, and have it back."""
        ways = [self._detach, self._kill_interface, self._kill_host, self._quit]
        way = self._random.choice([*ways, self._compare_screen])
        try:
            self._back_to_dashboard()
            way()
        except (AssertionError, OSError) as error:
            self.fault(f"{way.__name__}: {error}")
            self.terminal.process.kill()
            self.terminal.wait_for_end()
            self._open(*(("attach", "--json") if self.hosts else self._run()))
        self.terminal.looks = False

    def _back_to_dashboard(self) -> None:
        """Out of every prompt and screen; asleep, as escape is a key only if nothing follows."""
        self.terminal.be_quick()
        # whatever a string or paste without an end would swallow; once only, as twice leaves
        self.terminal.watch(INTERRUPT_SECONDS)
        with suppress(OSError):
            self._send([CONTROL_C])
        self.terminal.watch(INTERRUPT_SECONDS)
        for _ in range(4):
            with suppress(OSError):  # it is over
                self._send([ESCAPE])
            self.terminal.watch(0.3)
        try:
            self.terminal.look()
        except AssertionError:  # on a busy machine, a report that was asked for comes after that
            self._send([ESCAPE])
            self.terminal.look()
        if self.terminal._ended:  # what was pressed before has ended it
            self._begin_again()
            self.terminal.look()

    def _detach(self) -> None:
        self.terminal.press("d")
        status = self.terminal.wait_for_end()
        if "goes on; moonwalk attach" not in self.terminal.printed or status != 0:
            self.fault(f"d: status {status}, {self.terminal.printed[-300:]!r}")
        self._see_out()
        self.done["detaches"] += 1
        self._open("attach", "--json")

    def _kill_interface(self) -> None:
        self.terminal.process.kill()
        self.terminal.wait_for_end()
        self.done["kills of the interface"] += 1
        self._open("attach", "--json")

    def _kill_host(self) -> None:
        before = self.hosts
        self._send(["s"])
        self.terminal.watch(1.0)
        for pid in before:
            os.kill(pid, signal.SIGKILL)
        self.done["kills of the host"] += 1
        self._back_to_dashboard()  # the ending may have come meanwhile
        self.terminal.wait_for("u resumes, q leaves")
        self._send(["u"])
        self.terminal.wait_for(lambda: set(self.hosts) - set(before) != set())
        self.terminal.wait_for_no("u resumes, q leaves")
        self.terminal.watch(1.0)
        if not self.hosts:
            self.fault(f"u: there is no host\n{self.terminal.text}")

    def _quit(self) -> None:
        """In the middle of whatever goes on; the run is saved, and goes on from there."""
        self._own()
        self._change_line()
        if self._random.random() < 0.5:
            self._paste()
        keys = self._random.choice(["q", CONTROL_C * 2])
        self.terminal.press(keys)
        # a paste that never ends may have taken these, but not for ever
        for _ in range(3):
            self.terminal.watch(2.0)
            if not self.terminal._ended:
                self.terminal.press(CONTROL_C * 2)
        self._see_out()
        self._wait_for_no_process()
        self.done["quits"] += 1
        if not list(self._runs_folder.glob("*.npz")):
            self.fault("a run that was ended is not saved")
        self._open("resume", "--json")

    def _own(self) -> None:
        """Have a dashboard that the run ends with: one that was attached may leave it."""
        if not self._attached:
            return
        self.terminal.press("d")
        self._see_out()
        environ = {**os.environ, **self.terminal._environment(self._home)}
        listed = subprocess.run(
            [*COMMAND, "list", "--json"], env=environ, capture_output=True, timeout=60, check=True
        )
        for run in json.loads(listed.stdout):
            stop = [*COMMAND, "stop", run["run"]]
            subprocess.run(stop, env=environ, capture_output=True, timeout=60, check=True)
        self._wait_for_no_process()
        self._open("resume", "--json")
        self._back_to_dashboard()

    def _compare_screen(self) -> None:
        """What has come bit by bit, over whatever line, is what is drawn from nothing."""
        if re.search(r"^ running ", self.terminal.text, re.MULTILINE):
            self._send([" "])
            self.terminal.wait_for(lambda: not self.terminal.screen[-3].startswith(" running "))
        self._change_line()
        for _ in range(8):
            self._send([self._random.choice(["]", "l", "m", "+", "\t", ".", "-"])])
            self.terminal.watch(self._random.uniform(0.0, 0.3))
            self._answer()
        shown = self.terminal.when_quiet()
        self.terminal.be_quick()
        shown = self.terminal.when_quiet()
        self.terminal.repaint()
        anew = self.terminal.when_quiet()
        self.done["screens compared"] += 1
        if shown != anew:
            rows = [f"{a!r}\n{b!r}" for a, b in zip(shown, anew, strict=True) if a != b]
            self.fault("shown, and the same drawn anew:\n" + "\n".join(rows))

    # -- the end

    @property
    def _runs_folder(self) -> Path:
        return self._home / "state" / "moonwalk" / "runs"

    def _wait_for_no_process(self) -> None:
        deadline = time.monotonic() + 10.0
        while self.processes and time.monotonic() < deadline:
            time.sleep(0.1)
        if self.processes:
            self.fault(f"processes that stay: {self.processes}")

    def _see_out(self) -> None:
        """Look after a dashboard that has been left."""
        status, unusual = self.terminal.wait_for_end(), self.terminal.unusual
        if status not in ALLOWED_STATUS:
            self.fault(f"exit status {status}: {self.terminal.printed[-500:]!r}")
        if unusual:
            self.fault(f"the terminal is left otherwise: {unusual}")
        if b"Traceback" in self.terminal.output:
            self.fault(f"traceback: {self.terminal.printed[-2000:]!r}")

    def end(self) -> None:
        """Quit, and look after what is left."""
        self._back_to_dashboard()
        self._own()
        self.terminal.press("q")
        self._see_out()
        self._wait_for_no_process()
        log = self._home / "state" / "moonwalk" / "log" / "moonwalk.log"
        if log.exists() and log.read_text():
            self.fault(f"in the log: {log.read_text()[-LOG_SHOWN:]}")
        self._replay()

    def _replay(self) -> None:
        recording = max(self._runs_folder.glob("*.jsonl"), key=lambda path: path.stat().st_mtime)
        reported = re.findall(r'"parameters_sha256": "(\w+)"', self.terminal.printed)
        self.done["lines of the recording"] = len(recording.read_text().splitlines())
        began = time.monotonic()
        result = subprocess.run(
            [*COMMAND, "replay", str(recording), "--headless", "--json"],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
        )
        self.done["seconds of the replay"] = round(time.monotonic() - began)
        found = json.loads(result.stdout)["parameters_sha256"] if result.stdout else result.stderr
        if [found] != reported:
            self.fault(f"the replay of {recording.name} comes to {found}, reported is {reported}")


def main() -> int:
    parser = argparse.ArgumentParser(description="Press anything, for minutes.")
    parser.add_argument("--minutes", type=float, default=10.0)
    parser.add_argument("--seed", type=int, default=0)
    args = parser.parse_args()

    with ExitStack() as terminals:
        home = Path(terminals.enter_context(tempfile.TemporaryDirectory()))
        soak = Soak(home, args.seed, terminals)
        began = due = time.monotonic()
        seconds = args.minutes * 60
        before: list[float] = []
        while (passed := time.monotonic() - began) < seconds:
            if passed < seconds * DISTURBED and time.monotonic() - due > SECONDS_BETWEEN:
                soak.disturb()
                due = time.monotonic()
            if not before and passed > seconds * (DISTURBED + 0.1):
                before = soak.memory
            soak.act()
        after = soak.memory
        soak.end()

    table = Table("what", "how much", title=f"Pressed anything, seed {args.seed}")
    table.add_row("minutes", f"{args.minutes:g}")
    for what, count in soak.done.items():
        table.add_row(what, f"{count:,}")
    for what, old, new in zip(("interface", "host"), before, after, strict=False):
        quiet = seconds * (0.9 - DISTURBED)
        table.add_row(f"memory of the {what}, MB, {quiet:.0f} s apart", f"{old:.1f} -> {new:.1f}")
    table.add_row("faults", f"{len(soak.faults):,}")
    Console(width=120).print(table)
    return min(len(soak.faults), 1)


if __name__ == "__main__":
    sys.exit(main())
