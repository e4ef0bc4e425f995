"""Labels in their places: the words of a label become spans of the very text that the coder's offsets index.

A label's words without `start` stand for each place where they are whole words; which one is meant is seldom in doubt,
since a name is the same wherever it stands. Raises UserError for words that the text does not have.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from services.errors import UserError
from services.evaluate.labels import LabelledActor, LabelledEvent, RowLine, Words
from services.evaluate.reading import Read

Place = tuple[int, int]
Places = tuple[Place, ...]
"""All places that one label may mean: code points of the text, half-open."""

Normaliser = Callable[[str, str], str]
"""Title and body -> the text that offsets index, as enrichment makes it."""

UNMARKED = "unmarked"
"""The part of texts that name none."""
LabelledPair = tuple[Places, Places]
"""All places of the source, and of the target."""


@dataclass(frozen=True, slots=True)
class Document:
    """A text to be coded. `text` is what is scored against: title and body, normalised."""

    place: str
    id: str
    title: str
    body: str
    text: str
    published_at: datetime | None
    language: str
    pair: LabelledPair | None = None
    """Of a row: source and target, which the coder is told."""

    @property
    def words(self) -> int:
        """Words between blanks."""
        return len(self.text.split())


@dataclass(frozen=True, slots=True)
class GoldActor:
    """A labelled participant and where it may stand."""

    label: LabelledActor
    places: Places


@dataclass(frozen=True, slots=True)
class GoldEvent:
    """A labelled event in its places."""

    label: LabelledEvent
    sources: tuple[GoldActor, ...]
    targets: tuple[GoldActor, ...]
    trigger: Places
    attribution: tuple[Places, ...]


@dataclass(frozen=True, slots=True)
class GoldText:
    """A text with all its events."""

    document: Document
    part: str
    kind: str
    events: tuple[GoldEvent, ...]


@dataclass(frozen=True, slots=True)
class GoldRow:
    """A text with one pair; a span that is not in the text, as 'a recipient', has no places."""

    document: Document
    source: Places
    target: Places
    root: str


def gold_of(read: Read, normalise: Normaliser) -> GoldText | GoldRow:
    """Put a line's labels in their places. Raises UserError naming the line and the label."""
    line = read.line
    if isinstance(line, RowLine):
        document = _document(read, "", line.text, normalise)
        spans = [
            _occurrences(document.text, normalise("", span)) if span and span.strip() else ()
            for span in (line.source, line.target)
        ]
        document = replace(document, pair=(spans[0], spans[1]))
        return GoldRow(document, spans[0], spans[1], str(line.root))
    title, body = ("", line.text) if line.text.strip() else (line.title, line.body)
    document = _document(read, title, body, normalise)
    given = "\n\n".join(part for part in (title, body) if part)
    placer = _Placer(read.place, given, document.text, normalise)
    events = tuple(placer.event(f"events.{number}", event) for number, event in enumerate(line.events))
    kind = line.kind or ("article" if "\n" in document.text else "sentence")
    return GoldText(document, line.part or UNMARKED, kind, events)


def _document(read: Read, title: str, body: str, normalise: Normaliser) -> Document:
    line = read.line
    return Document(read.place, read.id, title, body, normalise(title, body), line.published_at, line.language)


@dataclass(frozen=True, slots=True)
class _Placer:
    line: str
    given: str
    text: str
    normalise: Normaliser

    def event(self, name: str, label: LabelledEvent) -> GoldEvent:
        """The event of one label; `name` is where it is in the line."""
        sources, targets = (
            tuple(GoldActor(actor, self.places(f"{name}.{role}.{n}", actor)) for n, actor in enumerate(actors))
            for role, actors in (("sources", label.sources), ("targets", label.targets))
        )
        trigger = self.places(f"{name}.trigger", label.trigger) if label.trigger else ()
        said = tuple(self.places(f"{name}.attribution.{n}", words) for n, words in enumerate(label.attribution))
        return GoldEvent(label, sources, targets, trigger, said)

    def places(self, name: str, words: Words) -> Places:
        """Where the words stand."""
        needle = self.normalise("", words.text)
        if words.start is None:
            found = _occurrences(self.text, needle)
            if not found:
                raise UserError(f"{self.line}: {name}: {words.text!r} is not in the text as whole words")
            return found
        if not self.given.startswith(words.text, words.start):
            raise UserError(f"{self.line}: {name}: {words.text!r} is not at {words.start}")
        # What is before it, normalised, tells about where it went; of all places the nearest is the one.
        about = len(self.normalise("", self.given[: words.start]))
        starts = [found.start() for found in re.finditer(f"(?={re.escape(needle)})", self.text)]
        if not needle or not starts:
            raise UserError(f"{self.line}: {name}: {words.text!r} is not in the text")
        start = min(starts, key=lambda start: abs(start - about))
        return ((start, start + len(needle)),)


def _occurrences(text: str, needle: str) -> Places:
    if not needle:
        return ()
    before = r"(?<!\w)" if re.match(r"\w", needle) else ""
    after = r"(?!\w)" if re.search(r"\w\Z", needle) else ""
    return tuple(found.span() for found in re.finditer(f"{before}{re.escape(needle)}{after}", text))
