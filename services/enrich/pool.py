"""The worker's child processes: who is at work, who died, and what is tried again.

A child that is slow, killed or crashed costs one article at most. Its batch is tried again in a new child; if that
fails too, its articles go one by one, and the one that fails alone, twice, is Poison. Each child has pipes of its
own, so that a dead one holds no lock that another needs, and what it was at is known.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import sys
import time
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass

import structlog

from schemas.deadletter import Reason
from services.enrich.frames import messages_to_plain, outcomes_from_plain, pack, read_frame_async
from services.enrich.outcome import Message, Outcome
from services.errors import DatelineError, Poison, SettingsError

log = structlog.get_logger(__name__)

# One thread each: the children share the cores, and a product of small matrices is no faster on two.
_ONE_THREAD = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}
_TRIES = 2  # with all of a batch, and then with one article alone


class ChildrenDoNotStart(DatelineError):
    """A child ended before it was ready, again and again: the cause is ours, not an article's."""


@dataclass(frozen=True, slots=True)
class Failure:
    """How a try ended without an answer."""

    reason: Reason
    message: str


@dataclass(slots=True, eq=False)
class _Child:
    process: asyncio.subprocess.Process

    async def ask(self, messages: Sequence[Message], seconds: float) -> list[Outcome] | Failure:
        if self.process.stdin is None or self.process.stdout is None:
            raise TypeError("the child was started without pipes")
        try:
            async with asyncio.timeout(seconds):
                self.process.stdin.write(pack(messages_to_plain(messages)))
                await self.process.stdin.drain()
                outcomes = outcomes_from_plain(await read_frame_async(self.process.stdout))
        except TimeoutError:
            return Failure(Reason.TIMED_OUT, f"took longer than {seconds:g} s")
        except (EOFError, ConnectionError):
            code = await self.process.wait()
            how = f"signal {-code}" if code < 0 else f"exit code {code}"
            return Failure(Reason.CRASHED, f"its process ended with {how}")
        return outcomes

    async def kill(self) -> None:
        with contextlib.suppress(ProcessLookupError):
            self.process.kill()
        # Part of a large reply may be left; unread, it would keep asyncio from seeing the pipe's end, and wait() from
        # returning.
        if self.process.stdout is not None:
            with contextlib.suppress(ConnectionError):
                while await self.process.stdout.read(2**16):
                    pass
        await self.process.wait()


class Pool:
    """A fixed number of children behind `parts`. Start it before use, stop it after."""

    def __init__(
        self,
        command: Sequence[str],
        children: int,
        *,
        article_timeout: float,
        chunk_size: int = 16,
        start_timeout: float = 120.0,
        on_restart: Callable[[str], None] = lambda _cause: None,
        on_retry: Callable[[], None] = lambda: None,
    ) -> None:
        """`command` starts a child; `article_timeout` seconds is the limit for one article, and for one chunk."""
        self._command = list(command)
        self._count = children
        self._article_timeout = article_timeout
        self._chunk_size = chunk_size
        self._start_timeout = start_timeout
        self._on_restart = on_restart
        self._on_retry = on_retry
        self._idle: asyncio.Queue[_Child] = asyncio.Queue()
        self._all: set[_Child] = set()

    async def start(self) -> None:
        """Start all children and wait until each has loaded its model.

        Raises SettingsError where a setting is to blame, ChildrenDoNotStart where a child ends before it is ready.
        """
        before = time.perf_counter()
        for child in await asyncio.gather(*(self._spawn() for _ in range(self._count))):
            self._idle.put_nowait(child)
        log.info("children_ready", children=self._count, seconds=round(time.perf_counter() - before, 2))

    async def stop(self) -> None:
        """Close the pipes of all children, which end then; kill those that do not."""
        for child in self._all:
            if child.process.stdin is not None:
                child.process.stdin.close()
        for child in tuple(self._all):
            try:
                await asyncio.wait_for(child.process.wait(), timeout=2)
            except TimeoutError:
                await child.kill()
        self._all.clear()

    @property
    def pids(self) -> list[int]:
        """Process ids of the children alive now."""
        return [child.process.pid for child in self._all]

    async def parts(self, messages: Sequence[Message]) -> AsyncIterator[list[tuple[Outcome, int]]]:
        """An outcome and the number of tries for each message, in order and part by part; the children share them."""
        size = max(1, min(self._chunk_size, -(-len(messages) // self._count)))
        chunks = (messages[first : first + size] for first in range(0, len(messages), size))
        tasks = [asyncio.create_task(self._chunk(chunk)) for chunk in chunks]
        try:
            for task in tasks:
                yield await task
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    async def handle(self, messages: Sequence[Message]) -> list[tuple[Outcome, int]]:
        """The same, when all of it is there."""
        return [answer async for part in self.parts(messages) for answer in part]

    async def _chunk(self, messages: Sequence[Message]) -> list[tuple[Outcome, int]]:
        for attempt in range(1, _TRIES + 1):
            answer = await self._ask(messages)
            if not isinstance(answer, Failure):
                return [(outcome, attempt) for outcome in answer]
            if len(messages) == 1:
                failure = answer
            elif answer.reason is Reason.TIMED_OUT:
                break  # a second time would take as long again
            self._on_retry()
        if len(messages) == 1:
            exception = f"dateline.{failure.reason.value}"
            return [(Poison(failure.reason, f"alone, {_TRIES} times: {failure.message}", exception), _TRIES)]
        alone = [await self._chunk([message]) for message in messages]
        return [(outcome, attempt + tries) for [(outcome, tries)] in alone]

    async def _ask(self, messages: Sequence[Message]) -> list[Outcome] | Failure:
        child = await self._idle.get()
        if child.process.returncode is not None:
            # It died with nothing to do: no article is to blame, so this is no try.
            child = await self._replace(child, Reason.CRASHED)
        try:
            answer = await child.ask(messages, self._article_timeout)
        except BaseException:
            # Cancelled in the middle: its pipes hold half a conversation.
            self._all.discard(child)
            await child.kill()
            raise
        if not isinstance(answer, Failure):
            self._idle.put_nowait(child)
            return answer
        log.warning("child_lost", pid=child.process.pid, cause=answer.reason.value, articles=len(messages))
        self._idle.put_nowait(await self._replace(child, answer.reason))
        return answer

    async def _replace(self, child: _Child, cause: Reason) -> _Child:
        self._all.discard(child)
        await child.kill()
        self._on_restart(cause.value)
        return await self._spawn()

    async def _spawn(self) -> _Child:
        for _ in range(_TRIES + 1):
            child = await self._start_one()
            if child is not None:
                return child
        raise ChildrenDoNotStart(f"children end before they are ready: {' '.join(self._command)}")

    async def _start_one(self) -> _Child | None:
        process = await asyncio.create_subprocess_exec(
            *self._command,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            env=os.environ | _ONE_THREAD,
        )
        child = _Child(process)
        self._all.add(child)
        try:
            async with asyncio.timeout(self._start_timeout):
                kind, *rest = await read_frame_async(process.stdout)  # type: ignore[arg-type] # there is a pipe
        except (TimeoutError, EOFError):
            self._all.discard(child)
            await child.kill()
            log.warning("child_did_not_start", pid=process.pid, exit_code=process.returncode)
            return None
        if kind == "settings":
            self._all.discard(child)
            await child.kill()
            raise SettingsError(*rest)
        return child


def child_command(model: str, max_text_chars: int) -> list[str]:
    """The command line of a child with this Python."""
    return [sys.executable, "-m", "services.enrich.child", model, str(max_text_chars)]
