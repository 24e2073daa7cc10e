"""A run and everybody who is there for it: its founder, further dashboards, and the run's keeper."""

import asyncio
import contextlib
import logging
import os
import socket
import sys
import time
from collections.abc import Coroutine
from pathlib import Path
from typing import Any

from engine.errors import FileError, ProtocolError
from engine.host.autosave import Keeper
from engine.host.connection import Connection, Desk, greet, part, send
from engine.host.encoded_snapshots import Answers
from engine.host.pacer import Driver
from engine.host.run_names import new_name
from engine.messages.snapshot import State
from engine.network.losses import binary_cross_entropy
from engine.run.run import Run
from engine.wire import sockets as doors
from engine.wire.protocol import Attach, Ended, Hello, Home, Inquire, Notice, Ready, Refused, Status

GREETING_SECONDS = 5.0
"""How long whoever knocks may take to say who it is."""

MAX_CONNECTIONS = 128

PAUSED_SECONDS = 24 * 3600.0
"""How long a paused run that nobody watches stays."""

_log = logging.getLogger("engine.host")


class House:
    """Lives as long as the run: until it is stopped, or nobody is there and it has nothing to do."""

    def __init__(self, run: Run, home: Home, frames_per_second: float) -> None:
        self.driver = Driver(run, frames_per_second)
        self._home = home
        self._frames_per_second = frames_per_second
        self._began = time.time()
        self._stopped = asyncio.Event()
        self._leaving: asyncio.TimerHandle | None = None
        self._connections: set[Connection] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self._at_door = 0
        """Those who have been let in and not been received yet."""
        self._untold: list[Notice] = []
        """Bad news from before anybody was there."""
        folder = None if home.state_folder is None else Path(home.state_folder)
        self._name = new_name(_names_taken(folder, home.socket_folder))
        self._sockets = self._open_door()
        self._state_file = None if folder is None else folder / f"{self._name}.npz"
        own_record = None if folder is None else folder / f"{self._name}.jsonl"
        self._keeper = Keeper(
            run,
            self._state_file,
            Path(home.save_file) if home.save_file else None,
            Path(home.record_file) if home.record_file else own_record,
            self._tell_trouble,
            self.driver.ears,
        )
        self._desk = Desk(self.driver, Answers(run), self._keeper.save, self._stopped.set)
        self.driver.watchers.add(self._keeper.record)
        self.driver.watchers.add(self._reconsider)

    @property
    def status(self) -> Status:
        """The run in a few words."""
        run = self.driver.run
        trainer = run.trainer
        trainer.evaluate()
        return Status(
            name=self._name,
            pid=os.getpid(),
            state=run.state,
            step=trainer.step,
            total_steps=trainer.total_steps,
            alpha=trainer.alpha,
            train_loss=binary_cross_entropy(trainer.cache.predictions, trainer.dataset.train.y),
            config=trainer.config,
            began=self._began,
            watchers=len(self._connections),
            replays=run.replays,
            can_be_found=self._sockets is not None,
            saves_to=None if self._state_file is None else str(self._state_file),
            save_file=self._home.save_file,
            record_file=self._home.record_file,
            frames_per_second=self._frames_per_second,
        )

    # -- its life

    async def live(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Serve the founder and whoever knocks, until the run is over. It is saved at its end."""
        driving = asyncio.create_task(self.driver.drive())
        keeping = asyncio.create_task(self._keeper.keep())
        stopping: asyncio.Task[bool] = asyncio.create_task(self._stopped.wait())
        tasks: set[asyncio.Task[Any]] = {driving, keeping, stopping}
        self._welcome(self._receive(reader, writer, watches=False))
        server = fault = None
        try:
            server = await self._server()
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
            if server is not None:
                server.close()
            await self._end(fault)

    async def _server(self) -> asyncio.Server | None:
        """Open to all, if there is a door."""
        if self._sockets is None:
            return None
        self.driver.ears.open_to(self._sockets)
        # from 3.13 on, asyncio would take the socket's file away, by a name that it no longer has
        options: dict[str, Any] = {} if sys.version_info < (3, 13) else {"cleanup_socket": False}
        return await asyncio.start_unix_server(self._answer_door, sock=self._sockets, **options)

    def stop(self) -> None:
        """Begin to end."""
        self.driver.heed()
        self._stopped.set()

    async def _end(self, fault: Exception | None) -> None:
        reported = {connection for connection in self._connections if connection.wants_end}
        for connection in reported:
            connection.send(self.driver.run.report())
        problem = await self._keeper.finish()
        for connection in self._connections - reported:
            if connection.wants_end:  # it came while the run was being saved
                connection.send(self.driver.run.report())
        if self._home.socket_folder is not None:
            doors.shut(Path(self._home.socket_folder), self._name)
        for connection in self._connections:
            connection.send(
                Refused("", f"{type(fault).__name__}: {fault}")
                if fault
                else self._last_word(problem)
            )
        for task in self._tasks:
            task.cancel()
        if self._tasks:
            await asyncio.wait(self._tasks)

    def _last_word(self, problem: str | None) -> Ended:
        if problem is not None:
            return Ended(f"the run has ended, not saved: {problem}", saved=False)
        keeps = self._state_file is not None or self._home.save_file is not None
        return Ended("the run was saved and ended" if keeps else "the run has ended", saved=True)

    def _reconsider(self) -> None:
        """Whether there is still something to stay for."""
        state = self.driver.run.state
        if self._connections or state is State.RUNNING:
            if self._leaving is not None:
                self._leaving.cancel()
                self._leaving = None
        elif self._leaving is None:
            stays = PAUSED_SECONDS if state is State.PAUSED else self._home.linger_seconds
            self._leaving = asyncio.get_running_loop().call_later(stays, self.stop)

    def _tell_trouble(self, text: str) -> None:
        _log.warning("%s", text)
        notice = Notice(text, trouble=True)
        if not self._connections:
            self._untold.append(notice)
        for connection in self._connections:
            connection.send(notice)

    # -- who is there

    def _welcome(self, coroutine: Coroutine[None, None, None]) -> None:
        task = asyncio.create_task(coroutine)
        self._tasks.add(task)
        task.add_done_callback(self._farewell)

    def _farewell(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        error = None if task.cancelled() else task.exception()
        if error is not None:
            _log.error("something went wrong with a dashboard", exc_info=error)

    async def _receive(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, *, watches: bool
    ) -> None:
        """Serve one dashboard."""
        connection = Connection(reader, writer, self._desk, watches=watches)
        self._connections.add(connection)
        self._at_door = max(self._at_door - 1, 0)
        self._reconsider()
        try:
            connection.send(Ready(self.status))
            while self._untold:
                connection.send(self._untold.pop(0))
            await connection.serve()
        except ProtocolError as error:
            _log.error("%s", error)
            connection.send(Refused("", str(error)))
        finally:
            self._connections.discard(connection)
            self._reconsider()
            await part(writer)
            done = self.driver.run.state is State.DONE
            if not self._connections and (self._sockets is None or (connection.hung_up and done)):
                self.stop()  # nobody can come back, or needs to

    async def _answer_door(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        """Let in whoever belongs here and says so."""
        try:
            with self.driver.ears.opened_to(writer.get_extra_info("socket")):
                async with asyncio.timeout(GREETING_SECONDS):
                    first = await self._greet_at_door(reader, writer)
        except (TimeoutError, ProtocolError) as error:
            send(writer, Refused("", str(error) or "no greeting came"))
            first = None
        if isinstance(first, Attach):
            self._at_door += 1
            self._welcome(self._receive(reader, writer, watches=first.watches))
            return
        if isinstance(first, Inquire):
            send(writer, Ready(self.status))
        await part(writer)

    async def _greet_at_door(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> Attach | Inquire | None:
        if not doors.peer_is_this_user(writer.get_extra_info("socket")):
            raise ProtocolError("this run belongs to another user")
        first = await greet(reader)
        if isinstance(first, Hello):
            raise ProtocolError("this run has begun already")
        if isinstance(first, Attach) and len(self._connections) + self._at_door >= MAX_CONNECTIONS:
            raise ProtocolError(f"{MAX_CONNECTIONS} dashboards are open on this run already")
        return first

    def _open_door(self) -> socket.socket | None:
        if self._home.socket_folder is None:
            return None
        try:
            return doors.opened(doors.secured(Path(self._home.socket_folder)), self._name)
        except FileError as error:
            self._tell_trouble(f"nobody can attach to this run: {error}")
            return None


def _names_taken(state_folder: Path | None, socket_folder: str | None) -> set[str]:
    taken: set[str] = set()
    if state_folder is not None:
        with contextlib.suppress(OSError):
            taken |= {path.stem for path in state_folder.iterdir()}
    if socket_folder is not None:
        with contextlib.suppress(OSError):
            taken |= set(doors.names_in(Path(socket_folder)))
    return taken
