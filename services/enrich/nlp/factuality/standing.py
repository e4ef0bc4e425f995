"""How an act stands to fact: the record that the walk from its predicate up to the root fills in."""

from __future__ import annotations

from dataclasses import dataclass, field

from schemas.events import Modality, Polarity, Tense
from services.enrich.nlp.factuality.governors import Governor

_STRENGTH = [Modality.ACTUAL, Modality.POSSIBLE, Modality.PLANNED, Modality.REQUESTED, Modality.HYPOTHETICAL]


@dataclass(slots=True)
class Said:
    """One link in the chain of who says so: the speaker's tokens, the cue's token, the actor where it is known."""

    speakers: tuple[int, ...]
    cue: int
    actor: str | None = None


@dataclass(slots=True)
class Circumstances:
    """Of one act; `chain` are the predicates it hangs on without a break, `governors` those that had an effect.

    `purpose` is true of an act that somebody else foresees, or that another act is done for: it is no promise. `rule`
    is true of what a law provides for.
    """

    negated: bool = False
    modality: Modality = Modality.ACTUAL
    tense: Tense | None = None
    said: list[Said] = field(default_factory=list)
    chain: list[int] = field(default_factory=list)
    governors: list[tuple[int, Governor]] = field(default_factory=list)
    purpose: bool = False
    rule: bool = False

    @property
    def polarity(self) -> Polarity:
        """Affirmed or negated."""
        return Polarity.NEGATED if self.negated else Polarity.AFFIRMED

    def weaken(self, modality: Modality) -> None:
        """The less factual of what it is and `modality`."""
        if _STRENGTH.index(modality) > _STRENGTH.index(self.modality):
            self.modality = modality

    def is_under(self, token: int) -> bool:
        """Whether a word is the last that governs it."""
        return bool(self.governors) and self.governors[-1][0] == token

    def serve(self) -> None:
        """Make it a purpose, unless it is less than that already."""
        self.purpose = self.purpose or self.modality is Modality.ACTUAL
        self.weaken(Modality.PLANNED)

    def apply(self, token: int, governor: Governor) -> None:
        """The effects of a governor."""
        self.governors.append((token, governor))
        self.negated ^= "negated" in governor.effects
        for modality in (Modality.PLANNED, Modality.POSSIBLE, Modality.HYPOTHETICAL, Modality.REQUESTED):
            if modality.value in governor.effects:
                self.weaken(modality)
        if "foreseen" in governor.effects:
            self.purpose = True
            self.weaken(Modality.PLANNED)
        if "future" in governor.effects:
            self.tense = self.tense or Tense.FUTURE

    def say(self, said: Said) -> None:
        """Add who says so, outside of those that are known; a cue counts once."""
        if all(said.cue != known.cue for known in self.said):
            self.said.append(said)
