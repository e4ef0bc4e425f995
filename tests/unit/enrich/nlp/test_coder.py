from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from spacy.language import Language

from tests.unit.enrich.nlp.coding import Act, acts, coded, only


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("Norway condemned Belarus.", Act("Norway", "ACCUSE", "Belarus")),
        ("Belarus was condemned by Norway.", Act("Norway", "ACCUSE", "Belarus")),
        ("Norway, which condemned Belarus, is a member of NATO.", Act("Norway", "ACCUSE", "Belarus")),
        ("Norway and Sweden condemned Belarus.", Act("Norway + Sweden", "ACCUSE", "Belarus")),
        ("Norway condemned Belarus and Russia.", Act("Norway", "ACCUSE", "Belarus + Russia")),
        ("Soldiers sent by Kenya attacked the rebels.", Act("Soldiers", "ASSAULT", "the rebels")),
        ("The rebels, attacked by Kenyan soldiers, fled.", Act("Kenyan soldiers", "ASSAULT", "The rebels")),
        ("Peru agreed to send troops to Haiti.", Act("Peru", "MOBILIZE", "Haiti")),
    ],
)
def test_coder_finds_who_did_what_to_whom(nlp: Language, text: str, act: Act) -> None:
    assert act in acts(nlp, text)


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("Russia launched an attack on Odesa.", Act("Russia", "ASSAULT", "Odesa")),
        ("Odesa came under attack from Russia.", Act("Russia", "ASSAULT", "Odesa")),
        ("Russia's attack on Odesa angered Poland.", Act("Russia", "ASSAULT", "Odesa")),
        ("The Russian attack on Odesa angered Poland.", Act("Russian", "ASSAULT", "Odesa")),
        ("Kenya held talks with Uganda.", Act("Kenya", "CONSULT", "Uganda")),
    ],
)
def test_coder_reads_nouns_of_action_with_their_light_verbs(nlp: Language, text: str, act: Act) -> None:
    assert act in acts(nlp, text)


@pytest.mark.parametrize(
    "text",
    [
        "The central bank battled inflation.",
        "Arsenal beat Chelsea at the weekend.",
        "Shares of the bank were hit by the news.",
        "A storm struck the coast of Florida.",
        "The film shows a soldier in love.",
        "The minister is 54 and has two sons.",
    ],
)
def test_coder_is_silent_where_nothing_of_the_kind_happens(nlp: Language, text: str) -> None:
    assert acts(nlp, text) == set()


@pytest.mark.parametrize(
    ("text", "polarity", "modality"),
    [
        ("Kenya condemned Uganda.", "affirmed", "actual"),
        ("Kenya did not condemn Uganda.", "negated", "actual"),
        ("Kenya has never condemned Uganda.", "negated", "actual"),
        ("Kenya failed to condemn Uganda.", "negated", "actual"),
        ("Kenya will condemn Uganda.", "affirmed", "planned"),
        ("Kenya plans to condemn Uganda.", "affirmed", "planned"),
        ("Kenya may condemn Uganda.", "affirmed", "possible"),
        ("If Kenya condemns Uganda, oil will be dear.", "affirmed", "hypothetical"),
        ("Kenya ended the year without condemning Uganda.", "negated", "actual"),
    ],
)
def test_coder_tells_how_an_act_stands_to_fact(nlp: Language, text: str, polarity: str, modality: str) -> None:
    event = only(nlp, text)
    assert (event.type.value, event.polarity.value, event.modality.value) == ("ACCUSE", polarity, modality)


@pytest.mark.parametrize(
    ("text", "type_", "plover"),
    [
        ("Kenya met Ugandan officials.", "CONSULT", "CONSULT"),
        ("Kenya will meet Ugandan officials.", "CONSULT", "AGREE"),
        ("Kenya refused to meet Ugandan officials.", "CONSULT", "REJECT"),
        ("Kenya agreed to release the hostages.", "RETREAT", "AGREE"),
        ("Kenya threatened to attack Uganda.", "ASSAULT", "THREATEN"),
    ],
)
def test_coder_keeps_the_act_and_gives_the_type_after_the_shift(
    nlp: Language, text: str, type_: str, plover: str
) -> None:
    event = only(nlp, text)
    assert (event.type.value, event.plover.value) == (type_, plover)


def test_coder_tells_who_says_so_outermost_first(nlp: Language) -> None:
    text = "State media reported that Kenya said Ugandan soldiers attacked a village."
    event = next(event for event in coded(nlp, text).events if event.type.value == "ASSAULT")
    assert [said.cue for said in event.attribution] == ["reported", "said"]


def test_coder_codes_an_accusation_and_what_it_is_of(nlp: Language) -> None:
    found = coded(nlp, "Ukraine accused Russia of killing civilians.").events
    accusation, killing = found
    assert (accusation.type.value, accusation.attribution) == ("ACCUSE", ())
    assert (killing.type.value, [said.cue for said in killing.attribution]) == ("ASSAULT", ["accused"])


def test_coder_codes_what_one_says_that_another_must_do(nlp: Language) -> None:
    assert Act("Kenya", "REQUEST", "Uganda") in acts(nlp, "Kenya said Uganda must simplify its forms.")


def test_coder_codes_what_one_will_not_do(nlp: Language) -> None:
    assert "REJECT" in {act.type for act in acts(nlp, "Kenya said it will not repaint the bridge.")}


def test_coder_gives_the_date_and_place_of_the_act(nlp: Language) -> None:
    event = only(nlp, "Kenyan officials met Ugandan officials in Nairobi on Monday.")
    assert event.date is not None
    assert event.date.start is not None
    assert event.place is not None
    day = event.date.start.date().isoformat()
    assert (day, event.place.name, event.place.country) == ("2024-05-06", "Nairobi", "KEN")


def test_coder_marks_history(nlp: Language) -> None:
    events = coded(nlp, "Iraq, which invaded Kuwait in 1990, urged Syria to talk.").events
    assert {event.type.value: event.tense.value for event in events}["ASSAULT"] == "historical"


def test_coder_counts_one_act_of_an_article_once(nlp: Language) -> None:
    text = "Norway condemned Belarus. Later, Norway condemned Belarus for the arrests."
    assert sum(event.type.value == "ACCUSE" for event in coded(nlp, text).events) == 1


def test_coder_takes_help_by_a_gift_for_one_act_that_is_done(nlp: Language) -> None:
    event = only(nlp, "Ghana gave a ship to help Togo.")
    assert (event.trigger.text, event.modality.value) == ("gave", "actual")


def test_coder_says_which_rule_fired_and_by_what_path(nlp: Language) -> None:
    event = only(nlp, "Kenya plans to condemn Uganda.")
    assert event.rule.startswith("ACCUSE: S condemn T")
    assert "under 'plans' (plan to+: planned)" in event.path


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=200))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_coder_bears_any_text_and_its_offsets_cut_it(nlp: Language, text: str) -> None:
    found = coded(nlp, text)
    spans = [span for event in found.events for span in (event.trigger, *event.sources, *event.targets)]
    spans += [mention for actor in found.actors for mention in actor.mentions]
    assert all(text[span.start : span.end] == span.text for span in [*spans, *found.places, *found.dates])


@pytest.mark.parametrize(
    "text",
    [
        "Kenya condemned Uganda, and " * 1200,
        "KENYA CONDEMNS UGANDA OVER ATTACK ON BORDER TOWN",
        "Kenya 🇰🇪 condemned 🙃 Uganda 🇺🇬!!!",
        "| Kenya | Uganda |\n| condemned | attacked |\n",
        "<p>Kenya condemned <b>Uganda</b>.</p>",
        "肯尼亚谴责乌干达。 Кения осудила Уганду.",
    ],
)
def test_coder_bears_what_is_no_plain_prose(nlp: Language, text: str) -> None:
    assert all(text[e.trigger.start : e.trigger.end] == e.trigger.text for e in coded(nlp, text).events)


def test_coder_takes_what_a_novel_tells_for_no_event(nlp: Language) -> None:
    assert acts(nlp, "The novel follows a rebel who kills a general in Kazan.") == set()


def test_coder_sees_the_treaty_that_is_left_as_what_is_left(nlp: Language) -> None:
    assert Act("Tehran", "SANCTION", "the arms treaty") in acts(nlp, "Tehran withdrew from the arms treaty last week.")


def test_coder_looks_for_a_word_beside_the_noun_that_a_frame_names(nlp: Language) -> None:
    events = coded(nlp, "Indonesian police arrested a Nigerian diplomat for drug smuggling.").events
    assert [event.contexts for event in events] == [("illegal_drugs",)]
