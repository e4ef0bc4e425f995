"""The same enrichment with no broker: raw articles in, and the very records that would go on the topic out."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from itertools import islice

from services.enrich.outcome import Message, Outcome
from services.enrich.pool import Pool

_CHUNK = 16
_AHEAD = 2  # chunks per child: one at work, one waiting


async def annotate(values: Iterable[bytes], pool: Pool, children: int, on_outcome: Callable[[Outcome], None]) -> None:
    """Enrich raw articles, each in JSON; `on_outcome` is called for each, in the order of `values`.

    Reads no further ahead than the children can take. The pool is started and stopped here.
    """
    await pool.start()
    ahead: deque[asyncio.Task[list[tuple[Outcome, int]]]] = deque()
    try:
        chunks = _chunks(values)
        # Input may be slow, as a pipe is: it is waited for beside the loop that watches the children.
        while chunk := await asyncio.to_thread(next, chunks, None):
            ahead.append(asyncio.create_task(pool.handle(chunk)))
            if len(ahead) >= _AHEAD * children:
                await _finish(ahead, on_outcome)
        while ahead:
            await _finish(ahead, on_outcome)
    finally:
        for task in ahead:
            task.cancel()
        await asyncio.gather(*ahead, return_exceptions=True)
        await pool.stop()


async def _finish(ahead: deque[asyncio.Task[list[tuple[Outcome, int]]]], on_outcome: Callable[[Outcome], None]) -> None:
    for outcome, _ in await ahead[0]:
        on_outcome(outcome)
    ahead.popleft()


def _chunks(values: Iterable[bytes]) -> Iterator[list[Message]]:
    rest = iter(values)
    while chunk := [Message(value) for value in islice(rest, _CHUNK)]:
        yield chunk
