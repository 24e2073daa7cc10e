"""A run and its dashboards: the one that started it, and those that attach to it later."""

import asyncio
import contextlib
import logging
import os
import time
from collections.abc import Coroutine
from pathlib import Path
from typing import Any

from engine.errors import ProtocolError
from engine.host.autosave import Autosave
from engine.host.connection import Connection, HostServices, greet, part, send
from engine.host.encoded_snapshots import EncodedSnapshots
from engine.host.exporter import Exporter
from engine.host.kept_saves import KeptSaves
from engine.host.listener import Listener
from engine.host.pacer import Pacer
from engine.host.recorder import Recorder
from engine.host.run_files import RunFiles
from engine.messages.run_request import RunPlaces
from engine.messages.run_state import State
from engine.messages.status import Status
from engine.run.run import Run
from engine.storage.environment import differences
from engine.wire import sockets
from engine.wire.protocol import Attach, Ended, Hello, Notice, Ready, Refused, StatusRequest

GREETING_SECONDS = 5.0
"""How long a new connection may take to send its first message."""

MAX_CONNECTIONS = 128

PAUSED_SECONDS = 24 * 3600.0
"""How long a paused run without dashboards stays."""

_log = logging.getLogger("engine.host")


class RunServer:
    """Serves a run until it is stopped, or no dashboard is open and there is nothing left to do."""

    def __init__(self, run: Run, places: RunPlaces, frames_per_second: float) -> None:
        self.pacer = Pacer(run, frames_per_second)
        self._places = places
        self._frames_per_second = frames_per_second
        self._began = time.time()
        self._stopped = asyncio.Event()
        self._end_timer: asyncio.TimerHandle | None = None
        self._connections: set[Connection] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self._accepted = 0
        """Connections that were accepted and are not served yet."""
        self._unsent: list[Notice] = []
        """Bad news from before the first dashboard was served."""
        self._files = files = RunFiles(places, _names_taken(places.socket_folder))
        self._name = files.name
        sockets_in = None if places.socket_folder is None else Path(places.socket_folder)
        self._listener = Listener(sockets_in, self._name, self._tell_trouble)
        self._state_file = None if files.state is None else files.state.path
        self._autosave = Autosave(run, files.state, files.save, self._tell_trouble)
        self._recorder = Recorder(run, files.record, self._tell_trouble)
        made_elsewhere = differences(run.libraries)
        if made_elsewhere is not None:
            self._tell_trouble(made_elsewhere)
        self._kept_saves = KeptSaves(run, self._state_file, self._count_dashboards, self._tell)
        self._exporter = Exporter(run)
        self._services = HostServices(
            self.pacer,
            EncodedSnapshots(run, self._count_dashboards),
            self._autosave.save,
            self._exporter.begin,
            self._stopped.set,
            self._stopped.is_set,
            self._listener.why_not_found,
            self._tell_trouble,
        )
        if places.state_problem:
            self._tell_trouble(f"not saved: {places.state_problem}; training goes on")
        self.pacer.watchers.add(self._recorder.record)
        self.pacer.watchers.add(self._kept_saves.save_new)
        self.pacer.watchers.add(self._end_if_unused)

    @property
    def status(self) -> Status:
        """The run in a few words; that it can be found is true now."""
        run = self.pacer.run
        trainer = run.trainer
        return Status(
            name=self._name,
            pid=os.getpid(),
            state=run.state,
            step=trainer.step,
            total_steps=trainer.total_steps,
            alpha=trainer.alpha,
            train_loss=run.evaluation.train.loss,
            config=trainer.config,
            began=self._began,
            watchers=sum(connection.is_open for connection in self._connections),
            replays=run.replays,
            can_be_found=self._listener.check(),
            saves_to=None if self._state_file is None else str(self._state_file),
            save_file=self._places.save_file,
            record_file=str(self._recorder.path) if self._places.record_file else None,
            frames_per_second=self._frames_per_second,
        )

    # -- from beginning to end

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Serve the first dashboard and those that attach, until the run is over; save it at its end."""
        driving = asyncio.create_task(self.pacer.drive())
        saving = asyncio.create_task(self._autosave.keep())
        stopping: asyncio.Task[bool] = asyncio.create_task(self._stopped.wait())
        listening = asyncio.create_task(self._listener.listen(self._accept))
        tasks: set[asyncio.Task[Any]] = {driving, saving, stopping, listening}
        self._start(self._serve(reader, writer, watches=False))
        fault = None
        try:
            await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
            for task in tasks:
                if task.done():
                    task.result()  # raises what went wrong in it
        except Exception as error:
            fault = error
            raise
        finally:
            for task in tasks:
                task.cancel()
            await self._end(fault)

    def stop(self) -> None:
        """Begin to end."""
        self._stopped.set()

    async def _end(self, fault: Exception | None) -> None:
        reported = {connection for connection in self._connections if connection.wants_report}
        for connection in reported:
            connection.send(self.pacer.run.report())
        await self._kept_saves.finish()
        await self._exporter.finish()
        unsaved = await self._autosave.finish()
        problem = None if unsaved is None else f"not saved: {unsaved}"
        unrecorded = self._recorder.finish()
        if self._places.record_file is not None:
            problem = problem or unrecorded
        self._files.release()
        for connection in self._connections - reported:
            if connection.wants_report:  # it came while the run was being saved
                connection.send(self.pacer.run.report())
        self._listener.remove()
        self.pacer.run.touch()  # so that all get the same last figures
        for connection in self._connections:
            if fault:
                connection.send(Refused("", f"{type(fault).__name__}: {fault}"))
            else:
                connection.send_end(self._ended_message(problem))
        for task in self._tasks:
            task.cancel()
        if self._tasks:
            await asyncio.wait(self._tasks)

    def _ended_message(self, problem: str | None) -> Ended:
        if problem is not None:
            return Ended(f"the run has ended, {problem}", saved=False)
        keeps = self._state_file is not None or self._places.save_file is not None
        return Ended("the run was saved and ended" if keeps else "the run has ended", saved=True)

    def _end_if_unused(self) -> None:
        """End after a while if no dashboard is open and no update is to be made."""
        state = self.pacer.run.state
        if self._connections or state is State.RUNNING:
            if self._end_timer is not None:
                self._end_timer.cancel()
                self._end_timer = None
        elif self._end_timer is None:
            stays = PAUSED_SECONDS if state is State.PAUSED else self._places.linger_seconds
            self._end_timer = asyncio.get_running_loop().call_later(stays, self.stop)

    def _tell_trouble(self, text: str) -> None:
        self._tell(text, trouble=True)

    def _tell(self, text: str, trouble: bool) -> None:
        """Tell all dashboards, or the next one that comes."""
        if trouble:
            _log.warning("%s", text)
        notice = Notice(text, trouble)
        present = [connection for connection in self._connections if connection.is_open]
        if not present:
            self._unsent.append(notice)
        for connection in present:
            connection.send(notice)

    # -- dashboards

    def _count_dashboards(self) -> int:
        return len(self._connections)

    def _connections_changed(self) -> None:
        """Show all dashboards how many they are."""
        if not self._stopped.is_set():
            self.pacer.run.touch()
            self.pacer.tell()
        self._end_if_unused()

    def _start(self, coroutine: Coroutine[None, None, None]) -> None:
        task = asyncio.create_task(coroutine)
        self._tasks.add(task)
        task.add_done_callback(self._done)

    def _done(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        error = None if task.cancelled() else task.exception()
        if error is not None:
            _log.error("something went wrong with a dashboard", exc_info=error)

    async def _serve(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, *, watches: bool
    ) -> None:
        """Serve one dashboard."""
        connection = Connection(reader, writer, self._services, watches=watches)
        self._connections.add(connection)
        self._accepted = max(self._accepted - 1, 0)
        self._connections_changed()
        try:
            connection.send(Ready(self.status))
            while self._unsent and connection.is_open:
                connection.send(self._unsent.pop(0))
            await connection.serve()
        except ProtocolError as error:
            _log.error("%s", error)
            connection.send(Refused("", str(error)))
        finally:
            self._connections.discard(connection)
            self._connections_changed()
            await part(writer)
            done = self.pacer.run.state is State.DONE
            if not self._connections and (
                not self._listener.check() or (connection.disconnected and done)
            ):
                self.stop()  # no dashboard can come back, or needs to

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Serve what connects to the socket, once its first message says what it is."""
        try:
            async with asyncio.timeout(GREETING_SECONDS):
                first = await self._first_message(reader, writer)
        except (TimeoutError, ProtocolError) as error:
            send(writer, Refused("", str(error) or "no greeting came"))
            first = None
        if isinstance(first, Attach):
            self._accepted += 1
            self._start(self._serve(reader, writer, watches=first.watches))
            return
        if isinstance(first, StatusRequest):
            send(writer, Ready(self.status))
        await part(writer)

    async def _first_message(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> Attach | StatusRequest | None:
        if not sockets.peer_is_this_user(writer.get_extra_info("socket")):
            raise ProtocolError("this run belongs to another user")
        first = await greet(reader)
        if isinstance(first, Hello):
            raise ProtocolError("this run has begun already")
        if isinstance(first, Attach) and len(self._connections) + self._accepted >= MAX_CONNECTIONS:
            raise ProtocolError(f"{MAX_CONNECTIONS} dashboards are open on this run already")
        return first


def _names_taken(socket_folder: str | None) -> set[str]:
    taken: set[str] = set()
    if socket_folder is not None:
        with contextlib.suppress(OSError):
            taken |= set(sockets.names_in(Path(socket_folder)))
    return taken
