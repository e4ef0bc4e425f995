"""Enriched articles for tests: a rich one to order, and any that the schema allows."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from typing import Any

from hypothesis import strategies as st

from schemas.article import ArticleStatus, content_hash
from schemas.enriched import EnrichedArticle, Entity, ProducedBy, Skipped
from schemas.events import (
    Actor,
    ActorKind,
    Attribution,
    DateMention,
    Event,
    Interval,
    Modality,
    Participant,
    Place,
    PloverType,
    Polarity,
    Quotation,
    QuotationKind,
    Span,
    Tense,
    TextSpan,
    Trigger,
)

TITLE = "Minister Vasko meets envoys in Torvik"
TEXT = f"{TITLE}\n\nForeign minister Ilma Vasko met envoys of Orland in Torvik on 3 May. “We agree,” she said."


def at(text: str, part: str) -> dict[str, Any]:
    start = text.index(part)
    return {"start": start, "end": start + len(part), "text": part}


SAID = {name: value for name, value in at(TEXT, "We agree,").items() if name != "text"}


def rich_article(article_id: str = "a1", version: int = 1, **changes: Any) -> EnrichedArticle:
    """An article with some of everything in it."""
    may = datetime(2024, 5, 3, tzinfo=timezone(timedelta(hours=2)))
    place = Place(**at(TEXT, "Torvik"), name="Torvik", country="NOR", latitude=60.5, longitude=5.25, geonames_id=31)
    found: dict[str, Any] = {
        "sentences": (Span(start=0, end=len(TITLE)), Span(start=len(TITLE) + 2, end=len(TEXT))),
        "entities": (
            Entity(**at(TEXT, "Vasko"), id="e1", label="PERSON", sentence=0, group="g1", name="Ilma Vasko", actor="p1"),
            Entity(**at(TEXT, "Torvik"), id="e2", label="GPE", sentence=0, group="g2", name="Torvik"),
            Entity(**at(TEXT, "Ilma Vasko"), id="e3", label="PERSON", sentence=1, group="g1", name="Ilma Vasko"),
        ),
        "actors": (
            Actor(
                id="p1",
                name="Ilma Vasko",
                kind=ActorKind.PERSON,
                country="NOR",
                sectors=("GOV",),
                code="NOR GOV",
                role="Foreign minister",
                mentions=(TextSpan(**at(TEXT, "Vasko")),),
            ),
            Actor(id="p2", name="envoys of Orland", kind=ActorKind.GROUP),
        ),
        "events": (
            Event(
                id="v1",
                type=PloverType.CONSULT,
                plover=PloverType.CONSULT,
                mode="meet",
                contexts=("diplomatic", "legislative"),
                cameo="040",
                quad_class=1,
                score=1.5,
                sources=(Participant(**at(TEXT, "Vasko"), actor="p1"),),
                targets=(Participant(**at(TEXT, "envoys"), actor="p2"),),
                objects=(Participant(**at(TEXT, "Orland")),),
                trigger=Trigger(**at(TEXT, "met"), lemma="meet"),
                sentence=1,
                polarity=Polarity.AFFIRMED,
                modality=Modality.ACTUAL,
                tense=Tense.PAST,
                attribution=(Attribution(start=3, end=9, speaker="p1", cue="said"),),
                date=Interval(text="3 May", start=may, end=may + timedelta(days=1)),
                place=place,
                confidence=0.75,
                rule="r1",
                path="nsubj<met>dobj",
            ),
        ),
        "quotations": (Quotation(**SAID, id="q1", kind=QuotationKind.DIRECT, speaker="p1", cue="said"),),
        "places": (place,),
        "dates": (DateMention(**at(TEXT, "3 May"), from_=may, to=may + timedelta(days=1)),),
    }
    return plain_article(article_id, version, TEXT, **(found | {"title": TITLE} | changes))


def plain_article(article_id: str = "a1", version: int = 1, text: str = "A text.", **changes: Any) -> EnrichedArticle:
    """An article in which nothing was found."""
    fields: dict[str, Any] = {
        "source": "Torvik Herald",
        "feed": "test",
        "language": "en",
        "authors": ("B. Writer",),
        "published_at": datetime(2024, 5, 3, 12, 30, tzinfo=timezone(timedelta(hours=2))),
        "fetched_at": datetime(2024, 5, 3, 11, 0, 0, 123456, tzinfo=UTC),
        "content_hash": content_hash("", text),
        "produced_by": ProducedBy(dateline="0.1.0", model="test 1", host="here"),
        "timings": {"nlp": 0.125},
    }
    return EnrichedArticle(id=article_id, version=version, text=text, **(fields | changes))


def retraction(article_id: str = "a1", version: int = 2) -> EnrichedArticle:
    return plain_article(
        article_id, version, "", status=ArticleStatus.RETRACTION, supersedes=version - 1, skipped=Skipped.RETRACTION
    )


_TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
_ZONES = st.integers(-720, 840).map(lambda minutes: timezone(timedelta(minutes=minutes)))
_INSTANTS = st.datetimes(datetime(1700, 1, 1), datetime(2190, 1, 1), timezones=_ZONES)  # noqa: DTZ001
_IDS = st.sampled_from("abc")


@st.composite
def any_article(draw: st.DrawFn) -> EnrichedArticle:
    """Any article, with entities wherever they may be, in any of Unicode."""
    text = draw(_TEXTS)
    spans = draw(
        st.lists(
            st.tuples(st.integers(0, len(text)), st.integers(0, len(text))).map(sorted).filter(lambda s: s[0] < s[1]),
            max_size=3 if text else 0,
        )
    )
    entities = tuple(
        Entity(id=f"e{n}", start=s, end=e, text=text[s:e], label="ORG", sentence=0, group="g", name=draw(_TEXTS))
        for n, (s, e) in enumerate(spans)
    )
    return plain_article(
        draw(_IDS),
        draw(st.integers(1, 3)),
        text,
        sentences=(Span(start=0, end=len(text)),) if text else (),
        entities=entities,
        published_at=draw(st.none() | _INSTANTS),
        fetched_at=draw(_INSTANTS),
        source=draw(_TEXTS.map(lambda s: s.replace("\0", ""))),
        status=draw(st.sampled_from(ArticleStatus)),
        later_field=draw(st.none() | st.integers() | _TEXTS),
    )
