"""A text read as the coder reads it, and its quotations in the words of the text."""

from __future__ import annotations

from typing import NamedTuple

from spacy.language import Language

from services.enrich.nlp.actors.lexicon import load_actor_lexicon
from services.enrich.nlp.actors.resolve import find_actors
from services.enrich.nlp.quotations import Speech, read_speech
from services.enrich.nlp.syntax.grammar import Grammar
from services.enrich.nlp.syntax.repair import repair
from services.enrich.nlp.syntax.tree import Tree, read_tree


class Quoted(NamedTuple):
    """A quotation as a reader sees it: kind, content, name of the speaker, words that name him, cue."""

    kind: str
    content: str
    speaker: str | None
    named: str | None
    cue: str | None


def read(nlp: Language, text: str) -> tuple[Tree, Speech, list[Quoted]]:
    """Parse a text and find its quotations."""
    tree = read_tree(nlp(text))
    repair(tree)
    actors = find_actors(tree, None, load_actor_lexicon())
    speech = read_speech(tree, Grammar(tree), actors)
    names = {record.id: record.name for record in actors.records}
    quoted = [
        Quoted(
            quotation.kind.value,
            text[quotation.start : quotation.end],
            names[quotation.speaker] if quotation.speaker is not None else None,
            text[quotation.speaker_span.start : quotation.speaker_span.end] if quotation.speaker_span else None,
            quotation.cue,
        )
        for quotation in speech.quotations
    ]
    return tree, speech, quoted
