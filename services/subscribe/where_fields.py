"""The fields that a filter of articles may name, and what a condition on each asks. Pure: no text is ever evaluated."""

from __future__ import annotations

import math
import operator
from collections.abc import Callable, Iterable, Mapping, Sequence
from enum import StrEnum
from typing import NamedTuple

from schemas.enriched import EnrichedArticle
from schemas.events import Actor, Event, Modality, Participant, PloverType, Polarity, Tense
from services.errors import UserError
from services.selection import ActorAsked, Coded, actor_of, country_of, named_of, word_of


class Seen(NamedTuple):
    """One event, and the actors of its article by id."""

    event: Event
    actors: Mapping[str, Actor]


EventTest = Callable[[Seen], bool]
ArticleTest = Callable[[EnrichedArticle], bool]
_Values = Sequence[str]

_COMPARED: Mapping[str, Callable[[float, float], bool]] = {
    "=": operator.eq,
    "!=": operator.ne,
    ">=": operator.ge,
    "<=": operator.le,
    ">": operator.gt,
    "<": operator.lt,
}


def _word(kind: type[StrEnum], of: Callable[[Event], StrEnum]) -> Callable[[str, str, _Values], EventTest]:
    def made(field: str, sign: str, values: _Values) -> EventTest:
        wanted, negated = {word_of(kind, field, value) for value in values}, _negated(field, sign)
        return lambda seen: (of(seen.event) in wanted) is not negated

    return made


def _text(of: Callable[[Event], str | None]) -> Callable[[str, str, _Values], EventTest]:
    def made(field: str, sign: str, values: _Values) -> EventTest:
        wanted, negated = {value.lower() for value in values}, _negated(field, sign)
        return lambda seen: ((of(seen.event) or "").lower() in wanted) is not negated

    return made


def _number(of: Callable[[Event], float]) -> Callable[[str, str, _Values], EventTest]:
    def made(field: str, sign: str, values: _Values) -> EventTest:
        numbers, compared = [_to_number(field, value) for value in values], _COMPARED[sign]
        if len(numbers) > 1 and sign not in ("=", "!="):
            raise UserError(f"{field}: {sign} takes one number")
        every = all if sign == "!=" else any
        return lambda seen: every(compared(of(seen.event), number) for number in numbers)

    return made


def _to_number(field: str, value: str) -> float:
    try:
        number = float(value)
    except ValueError as error:
        raise UserError(f"{field}: {value!r} is no number") from error
    if not math.isfinite(number):
        raise UserError(f"{field}: {value!r} is no number")
    return number


def _who(of: Callable[[Event], Iterable[Participant]]) -> Callable[[str, str, _Values], EventTest]:
    def made(field: str, sign: str, values: _Values) -> EventTest:
        asked, negated = [actor_of(field, value) for value in values], _negated(field, sign)
        return lambda seen: (
            any(_is(one, seen.actors.get(part.actor or ""), part.text) for part in of(seen.event) for one in asked)
            is not negated
        )

    return made


def _speaker(field: str, sign: str, values: _Values) -> EventTest:
    asked, negated = [actor_of(field, value) for value in values], _negated(field, sign)
    return lambda seen: (
        any(_is(one, seen.actors.get(said.speaker or ""), "") for said in seen.event.attribution for one in asked)
        is not negated
    )


def _is(asked: ActorAsked, actor: Actor | None, text: str) -> bool:
    if isinstance(asked, Coded):
        return actor is not None and asked.matches(actor.country, actor.sectors)
    return asked.matches((text, actor.name, actor.known_as) if actor else (text,))


def _country(field: str, sign: str, values: _Values) -> EventTest:
    wanted, negated = {country_of(field, value) for value in values}, _negated(field, sign)

    def test(seen: Seen) -> bool:
        place = seen.event.place
        acting = (seen.actors.get(one.actor or "") for one in (*seen.event.sources, *seen.event.targets))
        countries = {actor.country for actor in acting if actor} | ({place.country} if place else set())
        return bool(countries & wanted) is not negated

    return test


def _place(field: str, sign: str, values: _Values) -> EventTest:
    asked, negated = [actor_of(field, value) for value in values], _negated(field, sign)

    def test(seen: Seen) -> bool:
        place = seen.event.place
        if place is None:
            return negated
        names = place.text, place.name, place.admin1
        return (
            any(one.matches(place.country, ()) if isinstance(one, Coded) else one.matches(names) for one in asked)
            is not negated
        )

    return test


def _named(of: Callable[[EnrichedArticle], str | None]) -> Callable[[str, str, _Values], ArticleTest]:
    def made(field: str, sign: str, values: _Values) -> ArticleTest:
        asked, negated = [named_of(field, value) for value in values], _negated(field, sign)
        return lambda article: any(one.matches([of(article)]) for one in asked) is not negated

    return made


def _language(field: str, sign: str, values: _Values) -> ArticleTest:
    """``en`` is also ``en-GB``, and not the other way round."""
    wanted, negated = [value.lower() for value in values], _negated(field, sign)

    def test(article: EnrichedArticle) -> bool:
        tag = (article.language or "").lower()
        return any(tag == one or tag.startswith(f"{one}-") for one in wanted) is not negated

    return test


def _negated(field: str, sign: str) -> bool:
    if sign not in ("=", "!="):
        raise UserError(f"{field}: takes = and !=, not {sign}")
    return sign == "!="


EVENT_FIELDS: Mapping[str, Callable[[str, str, _Values], EventTest]] = {
    "type": _word(PloverType, lambda event: event.type),
    "plover": _word(PloverType, lambda event: event.plover),
    "mode": _text(lambda event: event.mode),
    "polarity": _word(Polarity, lambda event: event.polarity),
    "modality": _word(Modality, lambda event: event.modality),
    "tense": _word(Tense, lambda event: event.tense),
    "quad_class": _number(lambda event: event.quad_class),
    "score": _number(lambda event: event.score),
    "confidence": _number(lambda event: event.confidence),
    "source": _who(lambda event: event.sources),
    "target": _who(lambda event: event.targets),
    "actor": _who(lambda event: (*event.sources, *event.targets)),
    "speaker": _speaker,
    "country": _country,
    "place": _place,
}
"""Fields of an event, each with what makes a test of a condition on it; that raises UserError."""

ARTICLE_FIELDS: Mapping[str, Callable[[str, str, _Values], ArticleTest]] = {
    "language": _language,
    "publisher": _named(lambda article: article.source),
    "feed": _named(lambda article: article.feed),
}
"""Fields of an article. ``publisher`` is its ``source``, which among events is who acts."""
