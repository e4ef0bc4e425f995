from __future__ import annotations

from contextlib import suppress
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from schemas.enriched import EnrichedArticle
from schemas.events import Event, Modality, PloverType, Polarity
from services.errors import UserError
from services.subscribe import subscribe
from services.subscribe.where import MOST_CHARS, parse_where
from services.subscribe.where_fields import ARTICLE_FIELDS, EVENT_FIELDS
from tests.articles import plain_article, rich_article

ARTICLE = rich_article()  # Ilma Vasko (NOR GOV) CONSULT envoys of Orland, in Torvik, Norway; confidence 0.75
EVENT = ARTICLE.events[0]


def event(**changes: Any) -> Event:
    return EVENT.model_copy(update=changes)


def passes(text: str, article: EnrichedArticle = ARTICLE) -> bool:
    return parse_where(text)(article)


@pytest.mark.parametrize(
    "text",
    [
        "type=CONSULT",
        "type=consult,aid",
        "type!=AID",
        "plover = CONSULT",
        "mode=meet",
        "polarity=affirmed modality=actual tense=past",
        "quad_class=1,2",
        "quad_class!=3",
        "confidence>=0.75",
        "confidence > 0.7 confidence<0.8",
        "score<=1.5",
        "source=NOR",
        'source="NOR GOV"',
        "source=Vasko",
        "target=envoys",
        "target!=NOR",
        "actor=GOV",
        "actor=envoys,nobody",
        "speaker=Vasko",
        "country=nor",
        "place=Torvik",
        "place=NOR",
        "language=en",
        'publisher="torvik herald"',
        "feed=test",
        "type=CONSULT, AID language=en",
    ],
)
def test_where_passes_what_fulfils_it(text: str) -> None:
    assert passes(text)


@pytest.mark.parametrize(
    "text",
    [
        "type=AID",
        "type!=CONSULT,AID",
        "type=CONSULT polarity=negated",
        "mode!=meet",
        "quad_class>1",
        "confidence>=0.76",
        "source=envoys",
        'source="NOR MIL"',
        "target=NOR",
        "actor!=NOR",
        "speaker=envoys",
        "country=KEN",
        "country!=NOR",
        "place=Orland",
        "language=fr",
        "publisher=Torv",
        "type=CONSULT feed=other",
    ],
)
def test_where_leaves_out_what_does_not(text: str) -> None:
    assert not passes(text)


def test_where_wants_all_its_conditions_of_one_event() -> None:
    events = event(type=PloverType.ASSAULT), event(id="v2", polarity=Polarity.NEGATED)
    article = rich_article(events=events)

    assert passes("type=ASSAULT", article)
    assert passes("polarity=negated", article)
    assert not passes("type=ASSAULT polarity=negated", article)


def test_where_on_events_passes_no_article_without_any() -> None:
    assert not passes("type!=AID", plain_article())


def test_where_on_the_article_alone_needs_no_event() -> None:
    assert passes("language=en", plain_article())


def test_where_knows_a_language_with_its_region() -> None:
    assert passes("language=en", plain_article(language="en-GB"))
    assert not passes("language=en-GB", plain_article(language="en"))
    assert not passes("language=en", plain_article(language=None))


def test_where_of_an_event_without_a_place_has_it_nowhere() -> None:
    article = rich_article(events=(event(place=None),))

    assert not passes("place=Torvik", article)
    assert passes("place!=Torvik", article)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "sort=AID",
            "'sort' is no field; those of events are type, plover, .*, and those of articles language, publish",
        ),
        ("type=BOMB", "type: 'BOMB' is none of AGREE, CONSULT"),
        ("polarity=no", "polarity: 'no' is none of affirmed, negated"),
        ("country=Ukraine", "country: 'Ukraine' is no country code"),
        ("confidence>=high", "confidence: 'high' is no number"),
        ("confidence>=nan", "confidence: 'nan' is no number"),
        ("confidence>=0.1,0.2", "confidence: >= takes one number"),
        ("type>=AID", "type: takes = and !=, not >="),
        ("type=", "type: has no value after 'type='"),
        ("type=AID,", "type: has no value after 'type=AID,'"),
        ('source=""', "source: an alternative is empty"),
        ("source=RUS GOV", "'GOV' is no condition; write field=value, and quotes around blanks"),
        ('source="RUS', "source: has no value"),
        ('source="RUS"x', "'x' is no condition"),
        ("AID", "'AID' is no condition"),
        ("  ", "the filter is empty"),
        ("x" * (MOST_CHARS + 1), "the filter has 2001 characters; the most are 2000"),
        ("__class__=x", "'__class__' is no field"),
        ("type=AID; import os", "type: 'AID;' is none of"),
    ],
)
def test_where_says_what_is_wrong(text: str, said: str) -> None:
    with pytest.raises(UserError, match=f"^{said}"):
        parse_where(text)


@given(st.text(max_size=80) | st.text("type=AID ,!<>\"'confidence0.5", max_size=60))
@example('type="')
@example("type=AID\x00")
def test_where_reads_any_text_or_refuses_it(text: str) -> None:
    with suppress(UserError):
        assert parse_where(text)(ARTICLE) in (True, False)


@given(
    st.sets(st.sampled_from(PloverType), min_size=1),
    st.sampled_from(PloverType),
    st.sampled_from(Modality),
    st.sets(st.sampled_from(Modality), min_size=1),
)
def test_where_means_what_it_says(
    types: set[PloverType], type_: PloverType, modality: Modality, modalities: set[Modality]
) -> None:
    article = rich_article(events=(event(type=type_, modality=modality),))
    text = f"type={','.join(types)} modality!={','.join(modalities)}"

    assert passes(text, article) is (type_ in types and modality not in modalities)


@given(st.sampled_from(sorted({*EVENT_FIELDS} - {"quad_class", "score", "confidence"} | {*ARTICLE_FIELDS})), st.data())
def test_where_of_one_event_and_its_contrary_share_all_articles(field: str, data: st.DataObject) -> None:
    values = {
        "type": "CONSULT", "plover": "AID", "polarity": "affirmed", "modality": "planned", "tense": "past",
    }  # fmt: skip
    value = values.get(field) or data.draw(st.sampled_from(["NOR", "KEN"]))

    assert passes(f"{field}={value}") is not passes(f"{field}!={value}")


@pytest.mark.parametrize(
    ("text", "ids"),
    [("type=AID", {"v1"}), ("type=AID,CONSULT", {"v0", "v1"}), ("language=en", set()), ("mode=x", set())],
)
def test_where_knows_which_events_fulfil_it(text: str, ids: set[str]) -> None:
    article = rich_article(events=(event(id="v0"), event(id="v1", type=PloverType.AID)))

    assert parse_where(text).ids(article) == ids


def test_where_that_is_wrong_is_told_before_anything_connects() -> None:
    with pytest.raises(UserError, match="'sort' is no field"):
        subscribe("nowhere.invalid:1", where="sort=AID")
