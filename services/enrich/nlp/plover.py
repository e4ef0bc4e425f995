"""The PLOVER ontology: types with quad class and score, their modes, and the shift of a type that lies in the future.

From the published manual, version 0.8. A future act is a promise or a threat: the manual shifts the cooperative ones to
AGREE and CONCEDE; its examples have announced conflict as THREATEN, and what is ruled out as REJECT.
"""

from __future__ import annotations

from typing import NamedTuple

from schemas.events import Modality, PloverType, Polarity

ONTOLOGY = "PLOVER 0.8"


class Entry(NamedTuple):
    """What the ontology says of a type: quad class 1 to 4, score -10 to 10, CAMEO root, modes."""

    quad: int
    score: float
    cameo: str
    modes: tuple[str, ...] = ()
    needs_recipient: bool = False


_ASKED = ("assist", "change", "yield", "meet")
TYPES: dict[PloverType, Entry] = {
    PloverType.AGREE: Entry(1, 2.5, "03"),
    PloverType.CONSULT: Entry(1, 2.5, "04", ("visit", "third-party", "multilateral", "phone")),
    PloverType.SUPPORT: Entry(1, 5, "05"),
    PloverType.CONCEDE: Entry(1, 4.5, "08"),
    PloverType.COOPERATE: Entry(2, 9.5, "06", needs_recipient=True),
    PloverType.AID: Entry(2, 10, "07", needs_recipient=True),
    PloverType.RETREAT: Entry(2, 6.5, "087", ("withdraw", "release", "disarm", "ceasefire", "access", "resign")),
    PloverType.REQUEST: Entry(3, 0, "10", _ASKED),
    PloverType.ACCUSE: Entry(3, -2, "11", ("disapprove", "investigate", "allege")),
    PloverType.REJECT: Entry(3, -2, "12", _ASKED),
    PloverType.THREATEN: Entry(
        3, -3.5, "13", ("restrict", "arrest", "relations", "expel", "territory", "violence")
    ),
    PloverType.PROTEST: Entry(
        4, -5, "14", ("demo", "riot", "strike", "hunger", "boycott", "obstruct", "vandalize")
    ),
    PloverType.SANCTION: Entry(4, -6, "16", ("convict", "expel", "withdraw", "discontinue"), needs_recipient=True),
    PloverType.MOBILIZE: Entry(4, -5.5, "15", ("troops", "weapons", "police", "militia")),
    PloverType.COERCE: Entry(
        4, -7, "17",
        ("seize", "restrict", "censor", "curfew", "martial-law", "arrest", "deport", "withhold", "misinformation",
         "cyber"),
    ),
    PloverType.ASSAULT: Entry(
        4, -9, "18",
        ("abduct", "beat", "torture", "sexual", "targeted", "destroy", "primitive", "firearms", "explosives",
         "suicide-attack", "aerial", "drone", "heavy-weapons", "crowd-control", "unconventional"),
    ),
}  # fmt: skip

CONTEXTS = frozenset(
    "military intelligence executive legislative election political_institutions pro_democracy pro_autocracy economic"
    " legal reparations human_rights rights_freedoms repression human_security gender lgbt religion_ethnicity"
    " inequality diplomatic territory peacekeeping health asylum migration disasters natural_resource environment"
    " technology terrorism cbrn cyber misinformation crime corruption illegal_drugs trafficking".split()
)

_PROMISED = {PloverType.CONSULT, PloverType.SUPPORT, PloverType.COOPERATE, PloverType.AID}
_YIELDED = {PloverType.RETREAT, PloverType.CONCEDE}
_THREATENED = {PloverType.SANCTION, PloverType.COERCE, PloverType.ASSAULT, PloverType.PROTEST, PloverType.MOBILIZE}

_SPOKEN = {PloverType.REQUEST, PloverType.REJECT, PloverType.THREATEN}


def shifted(
    act: PloverType, polarity: Polarity, modality: Modality, *, announced: bool = False, threatened: bool = False
) -> PloverType:
    """The PLOVER type of an act with this polarity and modality.

    `announced` tells a decision from a promise; what is `threatened`, as to let the migrants go, is no promise either.
    """
    if act is PloverType.AGREE and polarity is Polarity.NEGATED and modality is Modality.ACTUAL:
        return PloverType.REJECT
    if modality is not Modality.PLANNED:
        return act
    cooperative = act in _PROMISED or act in _YIELDED or act is PloverType.AGREE
    if threatened and (cooperative or polarity is Polarity.AFFIRMED):
        return PloverType.THREATEN
    if polarity is Polarity.NEGATED:
        # "will not attack" refuses as well: the manual's types have no other place for it.
        return act if act in _SPOKEN else PloverType.REJECT
    if act in _PROMISED:
        return PloverType.AGREE
    if act in _YIELDED:
        # An announced withdrawal yields; one that is promised to somebody is part of an agreement (decision 0011).
        return PloverType.CONCEDE if announced else PloverType.AGREE
    return PloverType.THREATEN if act in _THREATENED else act
