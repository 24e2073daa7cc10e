"""The process that trains: `python -m engine.host --fd N`, N being one end of a socket pair.

Training and messages share one event loop, so a command takes effect between two updates and
nothing is ever locked.
"""

import argparse
import asyncio
import faulthandler
import logging
import signal
import socket
import sys

import msgspec

from engine.errors import ConfigError, FileError, ProtocolError
from engine.host.connection import greet, part, refusal, send
from engine.host.pacer import TURNS_FOR_A_MESSAGE
from engine.host.server import RunServer
from engine.storage.open_run import open_run
from engine.wire import streams
from engine.wire.protocol import Hello, Refused

_log = logging.getLogger("engine.host")


async def train_for(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Do what the first dashboard's Hello asks for, until the run is over or SIGTERM comes."""
    hello = await greet(reader)
    if hello is None:
        return
    if not isinstance(hello, Hello):
        raise ProtocolError("there is no run here yet")
    server = RunServer(open_run(hello.request), hello.places, hello.frames_per_second)
    for _ in range(TURNS_FOR_A_MESSAGE):  # no message was read while the data were loaded
        await asyncio.sleep(0)
    if reader.at_eof():
        return  # the dashboard was gone before the run had begun
    # not before there is a run: until then, to die at once is clean enough
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, server.stop)
    await server.serve(reader, writer)


async def serve(end: socket.socket) -> int:
    """Serve the dashboard at the other `end` of a socket pair. Returns the exit status."""
    reader, writer = await streams.opened(end)
    try:
        await train_for(reader, writer)
        return 0
    except ConfigError as error:
        send(writer, refusal(error))
    except FileError as error:
        send(writer, Refused("file", str(error)))
    except (ProtocolError, msgspec.DecodeError) as error:
        _log.error("%s", error)
        send(writer, Refused("", str(error)))
    finally:
        await part(writer)
    return 1


def main() -> None:
    """Run the host; what goes wrong in it goes to stderr, which the dashboard makes a log file."""
    parser = argparse.ArgumentParser("python -m engine.host", description=__doc__)
    parser.add_argument("--fd", type=int, required=True, help="a connected Unix socket")
    descriptor = parser.parse_args().fd
    # ctrl+c and the end of a terminal are the dashboard's to understand
    for number in (signal.SIGINT, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
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
