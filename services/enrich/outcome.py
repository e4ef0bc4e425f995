"""What goes into enrichment and what comes out of it, one for one. Imports no spaCy: the worker needs none."""

from __future__ import annotations

from dataclasses import dataclass

from schemas.deadletter import Headers
from services.errors import Poison


@dataclass(frozen=True, slots=True)
class Message:
    """What arrived: value and headers, as bytes."""

    value: bytes | None
    headers: Headers = ()


@dataclass(frozen=True, slots=True)
class Enriched:
    """An article read, or passed through unread (`skipped` says why): `value` is its record in JSON."""

    id: str
    version: int
    value: bytes
    skipped: str | None = None


Outcome = Enriched | Poison
