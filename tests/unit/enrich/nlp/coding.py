"""Code a sentence and look at what came out, in a form that reads as a table."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache
from typing import NamedTuple

from spacy.language import Language

from schemas.events import Event
from services.enrich.nlp.acts.pair import Pair
from services.enrich.nlp.coder import Coded, Knowledge, code, load_knowledge
from services.enrich.nlp.entities import sentences_and_entities
from services.enrich.nlp.syntax.tree import read_tree

PUBLISHED = datetime(2024, 5, 8, 12, tzinfo=UTC)  # a Wednesday


class Act(NamedTuple):
    """An event in short: who, what, whom."""

    who: str
    type: str
    whom: str


@cache
def knowledge() -> Knowledge:
    """All lexicons, read once."""
    return load_knowledge()


def coded(nlp: Language, text: str, pair: Pair | None = None) -> Coded:
    """All that the coder finds in a text, where it is told a pair perhaps."""
    doc = nlp(text)
    sentences, _ = sentences_and_entities(doc)
    return code(read_tree(doc), sentences, PUBLISHED, knowledge(), pair=pair)


def acts(nlp: Language, text: str) -> set[Act]:
    """The events of a text in short; several who did it together are joined by " + "."""
    return {short(event) for event in coded(nlp, text).events}


def short(event: Event) -> Act:
    """One event in short."""
    who, whom = (" + ".join(one.text for one in role) for role in (event.sources, event.targets))
    return Act(who, event.type.value, whom)


def only(nlp: Language, text: str) -> Event:
    """The one event of a text."""
    (event,) = coded(nlp, text).events
    return event
