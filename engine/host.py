"""The process that trains: `python -m engine.host --fd N`, N being one end of a socket pair.

Training and messages share one event loop, so a command takes effect between two updates and
nothing is ever locked. The host ends when the dashboard's end of the socket is closed.
"""

import argparse
import asyncio
import contextlib
import faulthandler
import logging
import signal
import socket
import sys
from collections.abc import Callable

import msgspec

from engine import protocol
from engine.commands import Command, MakeSteps, Pause, Reset, SetPace
from engine.config import MAX_STEPS, check_positive
from engine.errors import ConfigError, HostLostError
from engine.protocol import AskReport, Hello, Look, Ready, Refused, Seen, ToDashboard, ToHost
from engine.run import Run
from engine.snapshot import AS_FAST_AS_IT_GOES, State
from engine.trainer import EVALUATION_INTERVAL

BURST_SECONDS = 0.002
"""How long the loop may be kept from its messages. To let them in costs some 10 us each time."""

TURNS_FOR_A_MESSAGE = 3
"""Turns of the loop from bytes in the socket to the message handled: one to see and read them,
one to wake the connection, one until it has run."""

MAX_FRAMES_PER_SECOND = 1_000.0

FAREWELL_SECONDS = 1.0
"""How long a dashboard may take to read the last message."""

_CUTS = Pause | MakeSteps | Reset | SetPace
"""The commands that cut short the frame that they come in."""

_log = logging.getLogger("engine.host")


class Driver:
    """Lets a run go at its pace, frame by frame in short bursts, and tells its watchers.

    A frame lasts a fixed time. At a pace, it brings so many updates and then rest; as fast as it
    goes, it is full of updates. Its end, and every command, is a change that watchers are told of.
    """

    def __init__(self, run: Run, frames_per_second: float) -> None:
        check_positive("fps", frames_per_second, MAX_FRAMES_PER_SECOND)
        self.run = run
        self.watchers: set[Callable[[], None]] = set()
        """Called, between two updates, whenever the run's revision has grown."""
        self._period = 1.0 / frames_per_second
        self._clock = asyncio.get_running_loop().time
        self._awake = asyncio.Event()
        self._cut = False
        self._burst_steps = 1
        self._unshown = False
        # updates that the rate meter does not have yet, and since when; None between frames
        self._uncounted = 0
        self._counted_until: float | None = None

    def apply(self, command: Command) -> None:
        """Carry out `command` now; ConfigError if it is not allowed."""
        cuts = isinstance(command, _CUTS)
        if cuts:
            self._count()  # what was done at the old pace, or in the old run
        self.run.apply(command)
        if cuts:
            self._cut, self._counted_until = True, None
        self._unshown = False
        self._awake.set()
        self._tell()

    async def drive(self) -> None:
        """Make updates for ever; without a timer or a wake-up while there are none to make."""
        while True:
            while self.run.state is not State.RUNNING:
                self._awake.clear()
                await self._awake.wait()
            await self._run_frames()

    @property
    def _goes_on(self) -> bool:
        return not self._cut and self.run.state is State.RUNNING

    async def _run_frames(self) -> None:
        """Frame after frame, as long as the run goes on as it does."""
        self._cut = False
        pace = self.run.pace
        quota = MAX_STEPS if pace == AS_FAST_AS_IT_GOES else pace
        start = self._counted_until = self._clock()
        self._uncounted = left = 0
        while self._goes_on:
            end = start + self._period
            # what a frame had no time for is the next one's, but never more than one frame's worth
            left = quota + min(left, quota)
            left -= await self._make_updates(left, end)
            if not (self._goes_on and self._clock() < end):
                self._count()  # no rest follows: the snapshot can have the rate of these, too
            self._show()
            await self._wait_until(end)
            self._count()
            now = self._clock()
            start = end if now < end + self._period else now
        self._counted_until = None

    async def _make_updates(self, most: int, end: float) -> int:
        """Make `most` updates, or as many as there is time for; returns how many."""
        made = 0
        while made < most and self._goes_on and self._clock() < end:
            made += self._burst(most - made)
            for _ in range(TURNS_FOR_A_MESSAGE):
                await asyncio.sleep(0)
        return made

    def _burst(self, most: int) -> int:
        """Make up to `most` updates in about BURST_SECONDS; returns how many."""
        steps = min(most, self._burst_steps)
        # the trainer works out losses an interval at a time: stop between two where one ends here
        beyond = (self.run.trainer.step + steps) % EVALUATION_INTERVAL
        if beyond < steps:
            steps -= beyond
        began = self._clock()
        made = self.run.advance(steps)
        took = max(self._clock() - began, 1e-9)
        # up in doubling steps only, as a step's time is a guess at first and varies later
        fitting = min(int(made * BURST_SECONDS / took), 2 * self._burst_steps)
        self._burst_steps = max(1, fitting)
        self._uncounted += made
        self._unshown = True
        return made

    def _show(self) -> None:
        """Tell of the updates made, if any were since watchers were last told."""
        if self._unshown:
            self._unshown = False
            self.run.touch()
            self._tell()

    def _tell(self) -> None:
        for watcher in list(self.watchers):
            watcher()

    async def _wait_until(self, end: float) -> None:
        """Rest until `end`, or until the run goes on no longer as it does."""
        if not (self._goes_on and self._clock() < end):
            return
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout_at(end):
                while self._goes_on:
                    self._awake.clear()
                    await self._awake.wait()

    def _count(self) -> None:
        """Give the rate meter what was done since the last time; rest within a frame counts."""
        if self._counted_until is None:
            return
        now = self._clock()
        self.run.rate.add(self._uncounted, now - self._counted_until)
        self._uncounted, self._counted_until = 0, now


class Connection:
    """One dashboard: hears its messages, and answers its open Look once there is news."""

    def __init__(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, driver: Driver
    ) -> None:
        self._reader = reader
        self._writer = writer
        self._driver = driver
        self._look: Look | None = None

    async def serve(self) -> None:
        """Until the dashboard is gone; HostLostError or msgspec.DecodeError if what it sends makes
        no sense.
        """
        self._driver.watchers.add(self._answer)
        try:
            while (body := await protocol.read_body(self._reader)) is not None:
                self._handle(protocol.decode_to_host(body))
                # whoever does not read is not heard either; training does not wait here
                await self._writer.drain()
        except ConnectionError:
            pass  # gone in the middle of an answer
        finally:
            self._driver.watchers.discard(self._answer)

    def _handle(self, message: ToHost) -> None:
        match message:
            case Hello():
                raise HostLostError("a second Hello")
            case Look():
                self._look = message
                self._answer()
            case AskReport():
                send(self._writer, self._driver.run.report())
            case _:
                try:
                    self._driver.apply(message)
                except ConfigError as error:
                    send(self._writer, refusal(error))

    def _answer(self) -> None:
        look, run = self._look, self._driver.run
        if look is not None and run.revision > look.after:
            self._look = None
            send(self._writer, Seen(look.number, run.snapshot(look.view)))


def send(writer: asyncio.StreamWriter, message: ToDashboard) -> None:
    """Send `message` without waiting: what the socket does not take now is kept for it."""
    writer.write(protocol.frame(message))


def refusal(error: ConfigError) -> Refused:
    """The message from which the other side can make `error` again."""
    return Refused(error.setting, str(error).removeprefix(f"{error.setting}: "))


async def greet(reader: asyncio.StreamReader) -> Hello | None:
    """Take the first message; None if the dashboard has left without one."""
    body = await protocol.read_body(reader)
    if body is None:
        return None
    version = protocol.version_of(body)
    if version != protocol.VERSION:
        raise HostLostError(
            f"the dashboard speaks protocol {version} and the host {protocol.VERSION}:"
            " both must come from one installation"
        )
    hello = protocol.decode_to_host(body)
    assert isinstance(hello, Hello)
    return hello


async def train_for(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Do what the dashboard asks for, from its Hello until it is gone or SIGTERM comes."""
    hello = await greet(reader)
    if hello is None:
        return
    driver = Driver(Run(hello.config, hello.pace), hello.frames_per_second)
    send(writer, Ready())
    driving = asyncio.create_task(driver.drive())
    serving = asyncio.create_task(Connection(reader, writer, driver).serve())
    # not before there is a run: until then, to die at once is clean enough
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, serving.cancel)
    done, pending = await asyncio.wait({driving, serving}, return_when=asyncio.FIRST_COMPLETED)
    for task in pending:
        task.cancel()
    for task in done:
        if not task.cancelled():
            task.result()


async def serve(end: socket.socket) -> int:
    """Serve the dashboard at the other `end` of a socket pair. Returns the exit status."""
    reader, writer = await asyncio.open_unix_connection(sock=end)
    try:
        await train_for(reader, writer)
        return 0
    except ConfigError as error:
        send(writer, refusal(error))
    except (HostLostError, msgspec.DecodeError) as error:
        _log.error("what the dashboard sent makes no sense: %s", error)
        send(writer, Refused("", str(error)))
    finally:
        writer.close()
        with contextlib.suppress(TimeoutError, ConnectionError):
            await asyncio.wait_for(writer.wait_closed(), FAREWELL_SECONDS)
    return 1


def main() -> None:
    """Run the host; what goes wrong in it goes to stderr, which the dashboard makes a log file."""
    parser = argparse.ArgumentParser("python -m engine.host", description=__doc__)
    parser.add_argument("--fd", type=int, required=True, help="a connected Unix socket")
    descriptor = parser.parse_args().fd
    # ctrl+c is the dashboard's to understand
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    faulthandler.enable()
    logging.basicConfig(format="%(asctime)s %(name)s[%(process)d] %(levelname)s %(message)s")
    try:
        status = asyncio.run(serve(socket.socket(fileno=descriptor)))
    except Exception:
        _log.exception("the host ends, as something went wrong in it")
        status = 1
    sys.exit(status)


if __name__ == "__main__":
    main()
