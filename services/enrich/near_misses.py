"""Why there is no event in a text: the frames that came near, and of each the condition that failed. For explanations.

The conditions are the coder's own: a frame is tried by its matcher, and this only puts in words what that says.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from spacy.tokens import Doc

from schemas.events import Actor
from services.enrich.nlp.acts.arguments import Predication
from services.enrich.nlp.acts.frames import CLAUSES, WORD, Frame, FrameLexicon, Slot
from services.enrich.nlp.acts.matching import Match, Unfit
from services.enrich.nlp.acts.predications import predications
from services.enrich.nlp.coder import Knowledge, Scene, is_bare, lacks_recipient, read_scene
from services.enrich.nlp.syntax.tree import Tree, read_tree
from services.enrich.nlp.text.datelines import Furniture

_MOST_WORDS = 8
_NEAR = 1  # conditions that may fail, unless no frame of the text fails in fewer
_NO_WORDS = frozenset({"be", "have"})  # every other sentence has them
_ROLES = {"S": "source", "T": "target", "O": "object", "": "word there"}
_PLACES = {"subj": "subject", "obj": "object", "iobj": "indirect object"}
_CLAUSE = {"to+": "clause with “to”", "that+": "clause with “that”", "ing+": "clause with “-ing”"}


@dataclass(frozen=True, slots=True)
class NearFrame:
    """A frame as records name it, and in words why it made no event."""

    rule: str
    why: str


@dataclass(frozen=True, slots=True)
class NearMiss:
    """A word that may carry an act, its frames that came nearest, and how many more it has."""

    word: str
    frames: tuple[NearFrame, ...]
    more: int


def near_misses(
    doc: Doc,
    knowledge: Knowledge,
    published: datetime | None = None,
    furniture: Sequence[Furniture] = (),
    most: int = 3,
) -> list[NearMiss]:
    """Of a parsed text in which nothing was found; `most` frames of each word, the nearest first."""
    tree = read_tree(doc, doc.text)
    scene = read_scene(tree, published, knowledge, furniture)
    reasons = _Reasons(tree, scene)
    found: list[tuple[int, NearMiss]] = []
    for predication in predications(scene.grammar, knowledge.frames):
        if _NO_WORDS.isdisjoint(predication.lemmas):
            tried = sorted(reasons.of(predication, knowledge.frames), key=lambda one: (one[0], -one[1]))
            if tried:
                fewest = tried[0][0]
                shown = _of_one_reason([frame for failed, _, frame in tried if failed == fewest])[:most]
                miss = NearMiss(tree.words[predication.head], tuple(shown), len(tried) - len(shown))
                found.append((fewest, miss))
    least = max(_NEAR, min((failed for failed, _ in found), default=0))
    return [miss for failed, miss in found if failed <= least][:_MOST_WORDS]


def _of_one_reason(frames: Sequence[NearFrame]) -> list[NearFrame]:
    """The first of those that failed for the same reason."""
    return list({frame.why: frame for frame in reversed(frames)}.values())[::-1]


class _Reasons:
    def __init__(self, tree: Tree, scene: Scene) -> None:
        self._tree, self._scene = tree, scene
        self._actors: Mapping[str, Actor] = {actor.id: actor for actor in scene.actors.records}

    def of(self, predication: Predication, frames: FrameLexicon) -> Iterator[tuple[int, int, NearFrame]]:
        """How many conditions failed, how much the frame asks for, and the frame, for all frames of a word."""
        matcher = self._scene.matcher
        for lemma in predication.lemmas:
            for frame in frames.of(predication.part, lemma):
                empty = [slot for slot in frame.slots if not matcher.is_met(slot, frame, predication)]
                if frame.silent and empty:
                    continue
                words = [self._empty(slot, frame, predication) for slot in empty]
                why = "; ".join(words) if words else self._other(frame, predication)
                yield len(empty), frame.weight, NearFrame(frame.rule, why)

    def _empty(self, slot: Slot, frame: Frame, predication: Predication) -> str:
        """What a slot asks for, and what stands there."""
        role, place = _ROLES[slot.role], " or ".join(map(_place, slot.places))
        if slot.places[0] == WORD:
            return f"without {_either(slot.lemmas)}"
        wanted = _wanted(slot)
        there = [token for at in frame.places_of(slot) for token in predication.args.get(at, ())]
        if not there or slot.places[0].split()[-1] in CLAUSES:
            return f"it has no {place}{f', which must be {wanted}' if wanted else f' for the {role}'}"
        token = there[0]
        first, last = self._tree.phrase(token)
        kinds = self._scene.kinds.of(token)
        if barred := slot.excluded & kinds:
            return f"{place} “{self._tree.cut(first, last)}”: {_either(barred)}, which the {role} must not be"
        known = ", ".join(sorted(kinds)) or "of no kind that is known"
        return f"{place} “{self._tree.cut(first, last)}” is {known}; the {role} must be {wanted or 'an actor'}"

    def _other(self, frame: Frame, predication: Predication) -> str:
        """Why a frame of which each slot is filled makes no event."""
        made = self._scene.matcher.attempt(frame, predication)
        if made is Unfit.NOT_PUBLIC:
            return self._private(frame, predication)
        if isinstance(made, Unfit):
            return made.value
        if frame.silent:
            return "this wording is no event"
        return self._dropped(made)

    def _dropped(self, match: Match) -> str:
        if lacks_recipient(match):
            return "it holds, but nobody is there who receives it"
        if is_bare(match):
            return "it holds, but it is not said who does it"
        return (
            "it holds, but it tells of no act: another frame says that there is none, or it is what a law provides for"
        )

    def _private(self, frame: Frame, predication: Predication) -> str:
        """Who takes part, and why that is no public life."""
        asked = [slot for slot in frame.slots if slot.role in ("S", "T")]
        fillers = [one for slot in asked for one in self._scene.matcher.fitting(slot, frame, predication) or ()]
        ids = list(dict.fromkeys(filler.actor for filler in fillers if filler.actor in self._actors))
        if not ids:
            return "it fits, but nobody in it is an actor: no state, office, force, group or person that is known"
        if any(self._scene.public.is_sporting(actor) for actor in ids if actor):
            return f"it fits, but the text is about sport: {self._named(ids)}"
        return f"it fits, but nobody in it is of public life: {self._named(ids)}"

    def _named(self, ids: Sequence[str | None]) -> str:
        actors = [self._actors[actor] for actor in ids if actor]
        return ", ".join(f"“{actor.name}” ({', '.join([actor.kind.value, *actor.sectors])})" for actor in actors)


def _place(place: str) -> str:
    *prepositions, clause = place.split()
    if clause in CLAUSES:
        return " ".join([*(f"“{word}” and a" for word in prepositions), _CLAUSE[clause]])
    return _PLACES.get(place, f"words after “{place}”")


def _wanted(slot: Slot) -> str:
    parts = [" or ".join(sorted(slot.kinds))] if slot.kinds else []
    if slot.lemmas:
        parts.append(_either(slot.lemmas))
    if slot.excluded:
        parts.append(f"not {' or '.join(sorted(slot.excluded))}")
    return ", or ".join(parts)


def _either(words: frozenset[str], most: int = 6) -> str:
    shown = sorted(words)
    quoted = [f"“{word}”" for word in shown[:most]]
    last = f"{len(shown) - most} more" if len(shown) > most else quoted.pop()
    return f"{', '.join(quoted)} or {last}" if quoted else last
