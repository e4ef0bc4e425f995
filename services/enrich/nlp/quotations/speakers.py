"""From the tokens that speak to the actor who does, and the span of the words that name him.

Where no actor is known there is none: a guess here would put words into somebody's mouth.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from schemas.events import Actor, ActorKind, Span
from services.enrich.nlp.actors.lexicon import load_actor_lexicon
from services.enrich.nlp.actors.resolve import Actors
from services.enrich.nlp.quotations.said import Said
from services.enrich.nlp.syntax.tree import Tree

# Speaks for who made it: "the ministry's statement said", "a report by the court".
_DOCUMENTS = frozenset(
    "statement report letter release document article post tweet message email e-mail website site page account memo"
    " communique communiqué study survey poll review complaint lawsuit suit filing indictment affidavit ruling verdict"
    " decision order notice note bulletin dispatch story editorial paper newspaper media agency channel broadcast"
    " television radio spokesman spokeswoman spokesperson transcript testimony resolution declaration decree"
    " source".split()
)
_FIRST_PERSON = frozenset({"i", "me"})
_THIRD_PERSON = {"he": "m", "she": "f", "they": "", "it": ""}
_MALE = frozenset({"he", "him", "his", "mr", "mr.", "sir", "lord", "king", "prince"})
_FEMALE = frozenset({"she", "her", "hers", "mrs", "mrs.", "ms", "ms.", "miss", "lady", "queen", "princess"})
_LOOKED_AT = 20  # mentions of an actor, and speakers of a cue
_BACK = 3  # sentences between two turns of the same speaker


class Voice(NamedTuple):
    """Who speaks: the tokens that name the speakers, the cue's token, and the first known actor of the speakers."""

    speakers: tuple[int, ...]
    cue: int
    actor: str | None


class Speakers:
    """Resolves the speakers of one text, asked in the order of the text."""

    def __init__(self, tree: Tree, actors: Actors, level: Sequence[int]) -> None:
        """`level` is not negative for tokens in quotation marks."""
        self._tree, self._actors, self._level = tree, actors, level
        self._last: tuple[int, str] | None = None
        self._records: dict[str, Actor] = {}
        self._persons: dict[str, _Person] = {}

    def voice(self, said: Said, around: Voice | None = None, *, quoted: bool = False) -> Voice:
        """Of a cue; `around` is who speaks the quotation that it stands in, if it is `quoted`, and is "I" there."""
        actor = None
        for speaker in said.speakers[:_LOOKED_AT]:
            actor = self._actor(speaker, around, quoted)
            if actor is not None:
                break
        if actor is not None and not quoted:
            self._last = self._tree.sentence[said.cue], actor
        return Voice(said.speakers, said.cue, actor)

    def _actor(self, speaker: int, around: Voice | None, quoted: bool) -> str | None:
        tree, actors = self._tree, self._actors
        lower = tree.lowers[speaker]
        if lower in _FIRST_PERSON:
            return around.actor if around is not None else None
        found = actors.at(speaker)
        if lower in _THIRD_PERSON and not quoted:
            return self._pronoun(speaker, found)
        if found is not None:
            return found
        if tree.lemmas[speaker] in _DOCUMENTS:
            behind = actors.behind(speaker)
            return behind[1] if behind is not None else None
        if tree.entity[speaker] >= 0:
            return actors.entity_actor(tree.entity[speaker])
        return None

    def _pronoun(self, pronoun: int, found: str | None) -> str | None:
        """Who "he" is soon after somebody said something: the same, unless another did something since."""
        before, lower = self._last, self._tree.lowers[pronoun]
        if found is not None and lower in ("they", "it"):
            return found
        if before is not None and (before[1] == found or self._tree.sentence[pronoun] - before[0] > _BACK):
            before = None
        if before is None and found is None:
            return None
        if before is not None and self._person(before[1]).fits(lower):
            return found if found is not None and self._acted(self._person(found), pronoun) else before[1]
        return found if found is not None and not self._is_only_quoted(self._person(found), pronoun) else None

    def _person(self, actor: str) -> _Person:
        if not self._records:
            self._records = {record.id: record for record in self._actors.records}
        person = self._persons.get(actor)
        if person is None:
            person = self._persons[actor] = _Person.of(self._records[actor], load_actor_lexicon().genders)
        return person

    def _acted(self, person: _Person, pronoun: int) -> bool:
        """Whether the last mention of somebody before a pronoun is the subject of a sentence."""
        tree = self._tree
        number = bisect_left(person.starts, tree.starts[pronoun]) - 1
        if number < 0:
            return False
        first = token = bisect_right(tree.starts, person.starts[number]) - 1
        last = bisect_left(tree.ends, person.ends[number])
        while first <= tree.heads[token] <= last and tree.heads[token] != token:
            token = tree.heads[token]
        if self._level[token] >= 0 or tree.deps[token] not in ("nsubj", "nsubjpass"):
            return False
        return tree.deps[tree.heads[token]] not in ("ccomp", "relcl", "acl")

    def _is_only_quoted(self, person: _Person, pronoun: int) -> bool:
        """Whether only others spoke of somebody before a pronoun."""
        tree = self._tree
        number = bisect_left(person.starts, tree.starts[pronoun])
        return number > 0 and all(
            self._level[bisect_right(tree.starts, start) - 1] >= 0 for start in person.starts[:number][-_LOOKED_AT:]
        )

    def span(self, voice: Voice) -> Span | None:
        """The words that name the speakers; none where the text leaves them out."""
        tree = self._tree
        if not voice.speakers:
            return None
        first, last = voice.speakers[0], voice.speakers[-1]
        start, end = tree.phrase(first)
        if last != first and tree.sentence[last] == tree.sentence[first]:
            # "Silva and Sousa"
            other_start, other_end = tree.phrase(last)
            start, end = min(start, other_start), max(end, other_end)
        return Span(start=tree.starts[start], end=tree.ends[end])


@dataclass(frozen=True, slots=True)
class _Person:
    """What of an actor tells whether a pronoun can mean it, and where it is mentioned."""

    kind: ActorKind
    gender: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    @classmethod
    def of(cls, record: Actor, given: Mapping[str, str]) -> _Person:
        words = {word for mention in record.mentions for word in mention.text.lower().split()}
        male, female = bool(words & _MALE), bool(words & _FEMALE)
        gender = given.get(record.name.partition(" ")[0], "") if male == female else "m" if male else "f"
        mentions = record.mentions
        return cls(record.kind, gender, tuple(m.start for m in mentions), tuple(m.end for m in mentions))

    def fits(self, pronoun: str) -> bool:
        if pronoun == "they":
            return self.kind in (ActorKind.GROUP, ActorKind.ORGANISATION)
        if pronoun == "it":
            return self.kind in (ActorKind.STATE, ActorKind.ORGANISATION)
        return self.kind is ActorKind.PERSON and self.gender in ("", _THIRD_PERSON[pronoun])
