from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from schemas.events import Attribution, Interval, Modality, PloverType, Polarity
from services.evaluate.attributes import actor_checks, event_checks
from services.evaluate.overlap import arguments
from tests.articles import at
from tests.unit.evaluate.coded import actor, event, gold, label

TEXT = "Kenya will aid Somalia on 3 May, media reports said."
MAY = datetime(2024, 5, 3, tzinfo=UTC)
INTERVAL = Interval(text="3 May", start=MAY, end=MAY + timedelta(days=1))
SAID = Attribution(start=TEXT.index("media"), end=len(TEXT) - 1, cue="said")


def checks(labelled: dict[str, Any], **coded: Any) -> dict[str, bool]:
    given = gold(TEXT, label("AID", "Kenya", "Somalia") | labelled).events[0]
    return dict(event_checks(given, event(TEXT, "AID", "Kenya", "Somalia", "aid", **coded), {}))


def test_attributes_that_the_label_leaves_out_are_not_looked_at() -> None:
    assert checks({}) == {"plover": True}


@pytest.mark.parametrize(
    ("labelled", "coded", "right"),
    [
        ({"polarity": "negated"}, {"polarity": Polarity.NEGATED}, True),
        ({"polarity": "negated"}, {}, False),
        ({"modality": "planned"}, {"modality": Modality.PLANNED}, True),
        ({"modality": "planned"}, {}, False),
        ({"tense": "past"}, {}, True),
        ({"tense": "future"}, {}, False),
        ({"mode": None}, {}, True),
        ({"mode": None}, {"mode": "visit"}, False),
    ],
)
def test_attributes_that_the_label_gives_are_compared(labelled: dict[str, Any], coded: Any, right: bool) -> None:
    (name,) = labelled
    assert checks(labelled, **coded)[name] is right


def test_attributes_plover_type_is_that_of_the_act_where_the_label_has_no_other() -> None:
    assert checks({}, plover=PloverType.AGREE) == {"plover": False}


@pytest.mark.parametrize(
    ("labelled", "coded", "right"),
    [
        ([], (), True),
        ([], (SAID,), False),
        (["media reports"], (SAID,), True),
        (["media reports"], (), False),
        (["Kenya"], (SAID,), False),
        (["media reports", "Kenya"], (SAID,), False),
    ],
)
def test_attributes_attribution_is_right_with_the_same_speakers(labelled: list[str], coded: Any, right: bool) -> None:
    assert checks({"attribution": labelled}, attribution=coded)["attribution"] is right


@pytest.mark.parametrize(
    ("labelled", "coded", "right"),
    [
        (None, None, True),
        (None, INTERVAL, False),
        ({"text": "3 May"}, None, False),
        ({"text": "on 3 May"}, INTERVAL, True),
        ({"text": "Tuesday"}, INTERVAL, False),
        ({"start": "2024-05-03", "end": "2024-05-04"}, INTERVAL, True),
        ({"start": "2024-05-02"}, INTERVAL, False),
        ({"start": "2024-05-03T02:00:00+02:00"}, INTERVAL, True),
        ({"start": "2024-05-03T00:00:00+02:00"}, INTERVAL, False),
        ({"end": "2024-05-04"}, Interval(text="3 May", start=MAY), False),
    ],
)
def test_attributes_date_is_right_in_all_that_the_label_gives(labelled: Any, coded: Any, right: bool) -> None:
    assert checks({"date": labelled}, date=coded)["date"] is right


@pytest.mark.parametrize(
    ("labelled", "expected"),
    [
        ({}, {}),
        ({"country": "KEN"}, {"country": True}),
        ({"country": None}, {"country": False}),
        ({"sectors": ["GOV", "MIL"]}, {"sector": True, "sectors": False}),
        ({"sectors": ["MIL", "GOV"]}, {"sector": False, "sectors": False}),
        ({"sectors": []}, {"sector": False, "sectors": False}),
    ],
)
def test_attributes_codes_of_actors_are_compared(labelled: dict[str, Any], expected: dict[str, bool]) -> None:
    actors = {"Kenya": actor("Kenya", "KEN", "GOV")}
    given = gold(TEXT, {"type": "AID", "sources": [{"text": "Kenya", **labelled}]}).events[0]
    compared = arguments(given, event(TEXT, "AID", "Kenya", trigger="aid"), actors)
    assert dict(actor_checks(compared, actors)) == expected


def test_attributes_of_a_participant_without_an_actor_are_none() -> None:
    given = gold(TEXT, {"type": "AID", "sources": [{"text": "Kenya", "country": None, "sectors": []}]}).events[0]
    compared = arguments(given, event(TEXT, "AID", "Kenya", trigger="aid"), {})
    assert dict(actor_checks(compared, {})) == {"country": True, "sector": True, "sectors": True}


def test_attributes_speaker_may_be_mentioned_elsewhere() -> None:
    speaker = actor("it", mentions=({**at(TEXT, "Kenya")},))
    given = gold(TEXT, {"type": "AID", "attribution": ["Kenya"]}).events[0]
    said = SAID.model_copy(update={"speaker": "it"})
    coded = event(TEXT, "AID", trigger="aid", attribution=(said,))
    assert dict(event_checks(given, coded, {"it": speaker}))["attribution"]
