"""How a worker and its child processes talk: frames over pipes, each a length and a MessagePack value.

A frame is whole or it is not there: a child that dies in the middle of one leaves an incomplete frame, which reads
as the end. Nothing is pickled: a child that is hit by a hostile article can send wrong values, not code.
"""

from __future__ import annotations

import asyncio
import struct
from collections.abc import Sequence
from typing import Any, BinaryIO

import srsly

from schemas.deadletter import Reason
from services.enrich.outcome import Enriched, Message, Outcome
from services.errors import Poison

_LENGTH = struct.Struct(">I")
MAX_FRAME = 512 * 1024 * 1024  # more than a chunk of the largest articles; beyond it, a length is garbage


def pack(value: Any) -> bytes:
    """A frame that holds `value`: lists, strings, bytes, numbers, None."""
    body: bytes = srsly.msgpack_dumps(value)
    return _LENGTH.pack(len(body)) + body


def read_frame(stream: BinaryIO) -> Any:
    """The next frame's value; raises EOFError at the end, also in the middle of a frame."""
    head = stream.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        raise EOFError
    (length,) = _LENGTH.unpack(head)
    body = stream.read(length)
    if len(body) < length:
        raise EOFError
    return srsly.msgpack_loads(body)


async def read_frame_async(stream: asyncio.StreamReader) -> Any:
    """The same for asyncio; raises EOFError at the end."""
    try:
        (length,) = _LENGTH.unpack(await stream.readexactly(_LENGTH.size))
        if length > MAX_FRAME:
            raise EOFError
        body = await stream.readexactly(length)
    except (asyncio.IncompleteReadError, ConnectionError) as end:
        raise EOFError from end
    return srsly.msgpack_loads(body)


def messages_to_plain(messages: Sequence[Message]) -> list[list[Any]]:
    """Messages as plain lists."""
    return [[message.value, [list(header) for header in message.headers]] for message in messages]


def messages_from_plain(plain: Sequence[Sequence[Any]]) -> list[Message]:
    """And back."""
    return [Message(value, tuple((name, content) for name, content in headers)) for value, headers in plain]


def outcomes_to_plain(outcomes: Sequence[Outcome]) -> list[list[Any]]:
    """Outcomes as plain lists."""
    return [
        ["poison", outcome.reason.value, outcome.message, outcome.exception]
        if isinstance(outcome, Poison)
        else ["enriched", outcome.id, outcome.version, outcome.value, outcome.skipped]
        for outcome in outcomes
    ]


def outcomes_from_plain(plain: Sequence[Sequence[Any]]) -> list[Outcome]:
    """And back."""
    return [Poison(Reason(rest[0]), *rest[1:]) if kind == "poison" else Enriched(*rest) for kind, *rest in plain]
