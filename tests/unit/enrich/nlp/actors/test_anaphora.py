from __future__ import annotations

import pytest
from spacy.language import Language

from tests.unit.enrich.nlp.actors.reading import read


def meant(nlp: Language, text: str, pronoun: str) -> list[str]:
    """Names of the actors that have the pronoun, as it is written, among their mentions."""
    return [record.name for record in read(nlp, text).actors.records if pronoun in [m.text for m in record.mentions]]


@pytest.mark.parametrize(
    ("text", "pronoun", "name"),
    [
        # Subject over object, and the same function again.
        ("President Peter Hoss met Chancellor Emil Berg in Oslo. He promised to send aid.", "He", "Peter Hoss"),
        # Whose name comes back is whom the article is about.
        ("Marta Silva was freed. A guard saw Silva. Silva waved at Ana Duarte. She flew home.", "She", "Marta Silva"),
        # Gender.
        ("Chancellor Ana Berg called President Peter Hoss. He declined.", "He", "Peter Hoss"),
        # The subject of "say" is the subject of what is said.
        ("The navy of Peru said it had sunk a boat.", "it", "navy"),
        ("Kenya said its troops had crossed the river.", "its", "Kenya"),
        ("The ministers said they would resign.", "they", "ministers"),
        ("Kenya said it was willing to send a ship.", "it", "Kenya"),
        # A possessor beside the first of a pair.
        ("The court freed the farmers and their wives.", "their", "farmers"),
        # Who reports comes last.
        ("The rebels had left the town, officials said. They burned the bridge.", "They", "rebels"),
    ],
)
def test_anaphora_joins_a_pronoun_to_the_prominent_actor(nlp: Language, text: str, pronoun: str, name: str) -> None:
    assert meant(nlp, text, pronoun) == [name]


@pytest.mark.parametrize(
    ("text", "pronoun"),
    [
        ("The minister thanked him.", "him"),
        ("Peter Hoss left. He thanked Peter Hoss.", "He"),
        ("The soldiers shot them.", "them"),
    ],
)
def test_anaphora_makes_no_argument_of_a_verb_another_of_it(nlp: Language, text: str, pronoun: str) -> None:
    assert meant(nlp, text, pronoun) == []


@pytest.mark.parametrize(
    ("text", "pronoun"),
    [
        ("The navy of Peru sank a boat. It had left Lima on Monday.", "It"),
        ("The parliament of Chile passed the bill. It bans strikes.", "It"),
        ("The rebels freed the hostages. They were taken to Nairobi.", "They"),
        ("The ships and their crews were seized by the rebels.", "their"),
        ("Kenya and Uganda signed a deal. They share a border.", "They"),
        ("A bomb went off in Aden. It hurt ten people.", "It"),
        ("Police said it was clear that the shop had burned.", "it"),
    ],
)
def test_anaphora_leaves_open_what_may_mean_another(nlp: Language, text: str, pronoun: str) -> None:
    assert meant(nlp, text, pronoun) == []


def test_anaphora_takes_i_and_we_in_a_quotation_for_the_speaker(nlp: Language) -> None:
    text = '"We will not leave, and I told them so," President Peter Hoss said.'
    assert (meant(nlp, text, "We"), meant(nlp, text, "I")) == (["Peter Hoss"], ["Peter Hoss"])


def test_anaphora_takes_he_in_a_quotation_for_another_than_the_speaker(nlp: Language) -> None:
    text = 'President Peter Hoss spoke in Oslo. "He has to go now, and very soon," Hoss said.'
    assert meant(nlp, text, "He") == []


def test_anaphora_joins_what_a_pronoun_is_said_to_be(nlp: Language) -> None:
    text = "Rui Duarte resigned on Monday. He was the first minister to do so."
    assert "first minister" in [mention.text for mention in read(nlp, text).of("Rui Duarte").mentions]


def test_anaphora_keeps_the_troops_of_two_states_apart(nlp: Language) -> None:
    found = read(nlp, "Russian troops met the troops of Ukraine near Kherson. The troops burned a bridge.")
    countries = [record.country for record in found.actors.records if "troops" in record.name]
    assert countries == ["RUS", "UKR", None]


def test_anaphora_takes_nobody_slain_for_who_acts(nlp: Language) -> None:
    found = read(nlp, "Judge Rosa Lima was murdered on Monday. The judge jailed a man on Friday.")
    assert "judge" not in [mention.text for mention in found.of("Rosa Lima").mentions]


def test_anaphora_joins_an_office_of_a_country_to_who_holds_it(nlp: Language) -> None:
    text = "Angola's president, Rui Duarte, met Slovakia's president, Ivan Horak. The Angolan president left."
    found = read(nlp, text)
    assert "Angolan president" in [mention.text for mention in found.of("Rui Duarte").mentions]
