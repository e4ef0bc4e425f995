"""What the pipeline found in a text, as sentences and entities with offsets into it."""

from __future__ import annotations

from pydantic import TypeAdapter
from spacy.tokens import Doc

from schemas.enriched import Entity
from schemas.events import Span
from services.enrich.nlp.groups import group_mentions
from services.enrich.nlp.text.markup import STOPS

# All of a text are checked in one go, which is quicker than one by one.
_SENTENCES = TypeAdapter(tuple[Span, ...])
_ENTITIES = TypeAdapter(tuple[Entity, ...])


def sentences_and_entities(doc: Doc, text: str | None = None) -> tuple[tuple[Span, ...], tuple[Entity, ...]]:
    """Sentences without the space around them, and entities in the order of the text, grouped by what they name.

    `text` is the article's where the parser read another of the same length.
    """
    parsed = doc.text  # spaCy joins it anew each time it is asked
    text = parsed if text is None else text
    sentences: list[dict[str, int]] = []
    sentence_of_token: list[int] = []
    for sent in doc.sents:
        # A sentence of space alone is none; its tokens count to the one before.
        start, end = _trim(parsed, sent.start_char, sent.end_char)
        while end > start and parsed[end - 1] == "." != text[end - 1] and text[end - 1] not in STOPS:
            # The parser was given a stop where markup or a line ends a sentence.
            start, end = _trim(parsed, start, end - 1)
        if start < end:
            sentences.append({"start": start, "end": end})
        sentence_of_token += [max(len(sentences) - 1, 0)] * len(sent)
    found: list[tuple[str, int, int, int]] = []
    for ent in doc.ents:
        start, end = _trim(parsed, ent.start_char, ent.end_char)
        if start < end:
            found.append((ent.label_, start, end, sentence_of_token[ent.start]))
    mentions = [(label, text[start:end]) for label, start, end, _ in found]
    entities = _ENTITIES.validate_python(
        [
            {
                "id": f"e{number}",
                "label": label,
                "text": text[start:end],
                "start": start,
                "end": end,
                "sentence": sentence,
                "group": group,
                "name": name,
            }
            for number, ((label, start, end, sentence), (group, name)) in enumerate(
                zip(found, group_mentions(mentions), strict=True), start=1
            )
        ]
    )
    return _SENTENCES.validate_python(sentences), entities


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    stretch = text[start:end]
    return start + len(stretch) - len(stretch.lstrip()), end - len(stretch) + len(stretch.rstrip())
