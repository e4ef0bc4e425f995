"""Where all words have capitals, the parser is given the ordinary ones in small letters."""

from __future__ import annotations

import pytest
from spacy.language import Language

from services.enrich.nlp.text.parsed_text import parsed_text
from tests.unit.enrich.nlp.coding import Act
from tests.unit.enrich.nlp.text.test_markup import acts_of

_BODY = "\n\nThe harbour was calm on that day."


@pytest.mark.parametrize(
    ("headline", "read"),
    [
        ("Turkey Expels Polish Diplomats", "Turkey expels Polish diplomats"),
        ("TURKEY EXPELS POLISH DIPLOMATS", "Turkey expels Polish diplomats"),
        ("NATO CHIEF VISITS OSLO TODAY", "NATO chief visits Oslo today"),
        ("Ghana, Togo To Hold Talks", "Ghana& Togo to hold talks"),
        ("Ines Duarte flew to Kenya.", "Ines Duarte flew to Kenya."),
        ("Bergen, Norway to host summit", "Bergen, Norway to host summit"),
    ],
)
def test_sentence_case_is_what_the_parser_reads(nlp: Language, headline: str, read: str) -> None:
    assert nlp(parsed_text(headline + _BODY, ())).text.startswith(read)


def test_sentence_case_keeps_what_the_text_writes_with_a_capital(nlp: Language) -> None:
    text = "Troops Leave Strong Harbour Quickly\n\nIt is said that Strong was quiet."
    assert nlp(text).text.startswith("Troops leave Strong harbour quickly")


@pytest.mark.parametrize("headline", ["Kenya Condemns Uganda Over Raid", "KENYA CONDEMNS UGANDA OVER RAID"])
def test_sentence_case_lets_a_headline_be_an_act(nlp: Language, headline: str) -> None:
    found = {Act(act.who.title(), act.type, act.whom.title()) for act in acts_of(nlp, headline + _BODY)}
    assert Act("Kenya", "ACCUSE", "Uganda") in found
