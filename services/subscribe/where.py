"""A filter of articles in one line: ``type=ASSAULT country=UKR polarity=affirmed confidence>=0.6``. Pure.

Conditions have blanks between them, and all must hold: those on events all of one and the same event of the article.
``=`` takes alternatives by commas, ``!=`` wants none of them; numbers can be compared as well. What has a blank or a
comma in it goes into double quotes. where_fields.py knows the fields.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from schemas.enriched import EnrichedArticle
from schemas.events import Event
from services.errors import UserError
from services.selection import check
from services.subscribe.where_fields import ARTICLE_FIELDS, EVENT_FIELDS, ArticleTest, EventTest, Seen

MOST_CHARS = 2000

_CONDITION = re.compile(r"(?P<field>[A-Za-z_]+)\s*(?P<sign>!=|>=|<=|=|>|<)\s*")
_VALUE = re.compile(r'"(?P<quoted>[^"]*)"|(?P<bare>[^\s,"]+)')
_COMMA = re.compile(r"\s*,\s*")
_BLANKS = re.compile(r"\s*")


@dataclass(frozen=True, slots=True)
class Where:
    """A filter that was read; call it with an article."""

    text: str
    events: tuple[EventTest, ...]
    article: tuple[ArticleTest, ...]

    def __call__(self, article: EnrichedArticle) -> bool:
        """Whether the article fulfils it."""
        if not all(test(article) for test in self.article):
            return False
        return not self.events or next(self._fulfilling(article), None) is not None

    def ids(self, article: EnrichedArticle) -> frozenset[str]:
        """The ids of the article's events that fulfil all conditions on events; none where there are no conditions."""
        return frozenset(event.id for event in self._fulfilling(article)) if self.events else frozenset()

    def _fulfilling(self, article: EnrichedArticle) -> Iterator[Event]:
        actors = {actor.id: actor for actor in article.actors}
        return (event for event in article.events if all(test(Seen(event, actors)) for test in self.events))


def parse_where(text: str) -> Where:
    """Read a filter. Raises UserError naming the field that is wrong, or the place that is no condition."""
    if len(text) > MOST_CHARS:
        raise UserError(f"the filter has {len(text)} characters; the most are {MOST_CHARS}")
    events: list[EventTest] = []
    article: list[ArticleTest] = []
    for field, sign, values in _conditions(text):
        check(field, values)
        if field in EVENT_FIELDS:
            events.append(EVENT_FIELDS[field](field, sign, values))
        elif field in ARTICLE_FIELDS:
            article.append(ARTICLE_FIELDS[field](field, sign, values))
        else:
            raise UserError(
                f"{field!r} is no field; those of events are {', '.join(EVENT_FIELDS)},"
                f" and those of articles {', '.join(ARTICLE_FIELDS)}"
            )
    if not events and not article:
        raise UserError("the filter is empty; write for example type=ASSAULT country=UKR")
    return Where(text, tuple(events), tuple(article))


def _conditions(text: str) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Field, sign and values of each condition."""
    at = _after_blanks(text, 0)
    while at < len(text):
        found = _CONDITION.match(text, at)
        if found is None:
            raise _no_condition(text, at)
        field, sign, at = found["field"].lower(), found["sign"], found.end()
        values: list[str] = []
        while True:
            value = _VALUE.match(text, at)
            if value is None:
                raise UserError(f"{field}: has no value after {text[found.start() : at].strip()[-60:]!r}")
            values.append(value["bare"] if value["quoted"] is None else value["quoted"])
            comma = _COMMA.match(text, value.end())
            if comma is None:
                break
            at = comma.end()
        at = _after_blanks(text, value.end())
        if at == value.end() < len(text):
            raise _no_condition(text, at)
        yield field, sign, tuple(values)


def _after_blanks(text: str, at: int) -> int:
    found = _BLANKS.match(text, at)
    return found.end() if found else at


def _no_condition(text: str, at: int) -> UserError:
    word = text[at:].split(maxsplit=1)[0][:60]
    return UserError(f'{word!r} is no condition; write field=value, and quotes around blanks: source="RUS GOV"')
