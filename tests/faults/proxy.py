"""A network between the clients and the broker that can be made bad: slow, silent, torn, or open one way only.

It passes bytes between two ports of this machine on a thread of its own. The broker must advertise the proxy's port,
or clients would go around it after their first question.
"""

from __future__ import annotations

import asyncio
import socket
import struct
import threading
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any, TypeVar

_CHUNK = 64 * 1024
# Linger on, for no time: closing sends RST in place of FIN.
_RESET = struct.pack("ii", 1, 0)

ResultT = TypeVar("ResultT")


@dataclass(slots=True)
class Weather:
    """How the network is now. Connections that are open feel a change at their next byte."""

    delay: float = 0.0  # seconds that each chunk is held back
    passes_requests: asyncio.Event | None = None
    passes_answers: asyncio.Event | None = None
    takes_connections: bool = True


class Proxy:
    """Listens on `port` of the loopback interface, and passes everything on to `target`."""

    def __init__(self, port: int, target: int) -> None:
        self.port, self.target = port, target
        self.connections = 0
        self._open: set[asyncio.StreamWriter] = set()
        self._loop = asyncio.new_event_loop()
        self._weather = Weather()
        self._thread = threading.Thread(target=self._loop.run_forever, name="proxy", daemon=True)
        self._thread.start()
        self._server = self._on_loop(self._listen())

    def fair(self) -> None:
        """Everything passes at once."""
        self._change(self._set_fair)

    def delay(self, seconds: float) -> None:
        """Each chunk is held back so long, in both directions."""
        self._change(lambda: setattr(self._weather, "delay", seconds))

    def stall(self) -> None:
        """Nothing passes, and nobody is told: as a cable that was pulled."""
        self._change(lambda: self._set_passing(requests=False, answers=False))

    def cut_in_half(self) -> None:
        """What clients send arrives; no answer comes back."""
        self._change(lambda: self._set_passing(requests=True, answers=False))

    def reset(self) -> None:
        """Every open connection is torn, in the middle of whatever it carries; new ones are taken."""
        self._change(self._tear)

    def refuse(self) -> None:
        """Open connections are torn, and new ones as soon as they are made."""

        def refuse() -> None:
            self._weather.takes_connections = False
            self._tear()

        self._change(refuse)

    def close(self) -> None:
        """Tear what is open, and end the thread."""
        self.refuse()
        self._on_loop(self._end())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    async def _listen(self) -> asyncio.Server:
        self._set_fair()
        return await asyncio.start_server(self._serve, "127.0.0.1", self.port)

    async def _end(self) -> None:
        self._server.close()
        self._set_fair()
        others = asyncio.all_tasks() - {asyncio.current_task()}
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        self._open.add(writer)
        if not self._weather.takes_connections:
            self._tear()
            return
        try:
            there, back = await asyncio.open_connection("127.0.0.1", self.target)
        except OSError:
            # The broker itself is away.
            self._tear_one(writer)
            return
        self._open.add(back)
        passing = [
            asyncio.create_task(self._pass(reader, back, lambda: self._weather.passes_requests)),
            asyncio.create_task(self._pass(there, writer, lambda: self._weather.passes_answers)),
        ]
        await asyncio.wait(passing, return_when=asyncio.FIRST_COMPLETED)
        for task in passing:
            task.cancel()
        await asyncio.gather(*passing, return_exceptions=True)
        for end in (writer, back):
            self._open.discard(end)
            end.close()

    async def _pass(
        self, source: asyncio.StreamReader, target: asyncio.StreamWriter, gate: Callable[[], asyncio.Event | None]
    ) -> None:
        with suppress(OSError):
            while chunk := await source.read(_CHUNK):
                if self._weather.delay:
                    await asyncio.sleep(self._weather.delay)
                if (event := gate()) is not None:
                    await event.wait()
                target.write(chunk)
                await target.drain()

    def _set_fair(self) -> None:
        self._weather.delay = 0.0
        self._weather.takes_connections = True
        self._set_passing(requests=True, answers=True)

    def _set_passing(self, *, requests: bool, answers: bool) -> None:
        weather = self._weather
        weather.passes_requests = weather.passes_requests or asyncio.Event()
        weather.passes_answers = weather.passes_answers or asyncio.Event()
        for event, on in ((weather.passes_requests, requests), (weather.passes_answers, answers)):
            if on:
                event.set()
            else:
                event.clear()

    def _tear(self) -> None:
        for writer in list(self._open):
            self._tear_one(writer)

    def _tear_one(self, writer: asyncio.StreamWriter) -> None:
        self._open.discard(writer)
        found = writer.get_extra_info("socket")
        if found is not None:
            with suppress(OSError):
                found.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET)
        writer.transport.abort()

    def _change(self, act: Callable[[], None]) -> None:
        async def on_loop() -> None:
            act()

        self._on_loop(on_loop())

    def _on_loop(self, work: Coroutine[Any, Any, ResultT]) -> ResultT:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(10)


@contextmanager
def proxy(port: int, target: int) -> Iterator[Proxy]:
    """A proxy for the time of the block."""
    made = Proxy(port, target)
    try:
        yield made
    finally:
        made.close()
