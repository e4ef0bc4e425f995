"""What can be asked of the actors of one article once they are found, and their records."""

from __future__ import annotations

from collections.abc import Callable, Collection
from functools import cached_property

from pydantic import TypeAdapter

from schemas.events import Actor, ActorKind
from services.enrich.nlp.actors.behind import Behind
from services.enrich.nlp.actors.drafts import Draft, Reading
from services.enrich.nlp.actors.entries import NO_KINDS
from services.enrich.nlp.syntax.tree import Tree

_POLITICAL = frozenset("GOV LEG MIL REB PRM PTY OPP".split())
_PARTS = frozenset({"nsubj", "nsubjpass", "dobj", "conj"})
_BETWEEN = frozenset("by with against between to".split())
_RECORDS = TypeAdapter(tuple[Actor, ...])


class Actors:
    """The actors of one article; see the methods for what can be asked."""

    def __init__(self, reading: Reading) -> None:
        self._tree = reading.tree
        drafts = [draft for draft in reading.drafts if draft.mentions]
        for draft in drafts:
            draft.mentions.sort()
        drafts.sort(key=lambda draft: draft.mentions[0])
        for number, draft in enumerate(drafts):
            draft.actor_id = f"a{number}"
        self._drafts = {draft.actor_id: draft for draft in drafts}
        self._at = {token: draft.actor_id for token, draft in reading.at.items() if draft.actor_id}
        self._adjectival = {token: draft.actor_id for token, draft in reading.adjectival.items()}
        self._kinds = {name: frozenset(draft.kinds) for name, draft in self._drafts.items()}
        self._seats = frozenset(
            token
            for token, draft in reading.at.items()
            if (draft.sectors or draft.seat) and "state" in draft.kinds and _is_place(self._tree, token)
        )
        self._behind = Behind(self._tree, self._at, self._adjectival, self._seats)

    @cached_property
    def records(self) -> tuple[Actor, ...]:
        """One record per actor, in the order of the text."""
        # Checked in one go, which is quicker than to make the mentions first and each record by itself.
        return _RECORDS.validate_python([_record(self._tree, draft) for draft in self._drafts.values()])

    def at(self, token: int) -> str | None:
        """Id of the actor that the noun phrase headed by this token itself denotes."""
        return self._at.get(token)

    def behind(self, token: int) -> tuple[int, str] | None:
        """Token and id of the actor itself, or of the one behind an act, document, body part, thing or place."""
        return self._behind.find(token)

    def doer(self, token: int) -> tuple[int, str] | None:
        """Of an act: who did it, as far as its phrase tells; never whom it was done to."""
        return self._behind.doer(token)

    def is_seat(self, token: int) -> bool:
        """Whether it is a city that stands for its government, as a capital may."""
        return token in self._seats

    def kinds(self, token: int) -> frozenset[str]:
        """Kinds of `at(token)`, all that apply; empty where there is no actor."""
        actor = self._at.get(token)
        return NO_KINDS if actor is None else self._kinds[actor]

    def entity_actor(self, entity: int) -> str | None:
        """Id of the actor of ``tree.entities[entity]``."""
        _, first, last = self._tree.entities[entity]
        for token in range(last - 1, first - 1, -1):
            if token in self._at:
                return self._at[token]
            if token in self._adjectival:
                return self._adjectival[token]
        return None

    def placed(self) -> frozenset[str]:
        """Ids of those who are only there.

        Their country is that of the text, not of their own phrase, and no sentence has them beside a state, government,
        army, party or armed group.
        """
        of = self._tree.sentence
        placed = {name: draft for name, draft in self._drafts.items() if draft.placed}
        if not placed:
            return frozenset()
        political = {
            of[first]
            for draft in self._drafts.values()
            if draft.public and not draft.placed
            for first, last in draft.mentions
            if self._takes_part(last - 1, "state" in draft.kinds, draft.sectors)
        }
        return frozenset(
            name for name, draft in placed.items() if not any(of[first] in political for first, _ in draft.mentions)
        )

    def _takes_part(self, token: int, state: bool, sectors: Collection[str]) -> bool:
        """Whether a mention is of a power that acts or is acted on, and no place where something happens."""
        tree = self._tree
        if not state:
            return not _POLITICAL.isdisjoint(sectors)
        dep, head = tree.deps[token], tree.heads[token]
        return dep in _PARTS or (dep == "pobj" and tree.lowers[head] in _BETWEEN)

    def sentences(self, fit: Callable[[str], bool]) -> frozenset[int]:
        """Sentences with a word for an actor whose id fits."""
        of = self._tree.sentence
        fitting = {name for name in {*self._at.values(), *self._adjectival.values()} if fit(name)}
        words = (*self._at.items(), *self._adjectival.items())
        return frozenset(of[token] for token, name in words if name in fitting)

    def only_in(self, sentences: Collection[int]) -> frozenset[str]:
        """Ids of those that are mentioned in these sentences alone."""
        if not sentences:
            return frozenset()
        of = self._tree.sentence
        return frozenset(
            name for name, draft in self._drafts.items() if all(of[first] in sentences for first, _ in draft.mentions)
        )


def _is_place(tree: Tree, token: int) -> bool:
    entity = tree.entity[token]
    return entity >= 0 and tree.entities[entity][0] == "GPE"


def _record(tree: Tree, draft: Draft) -> dict[str, object]:
    country = draft.country_of()
    sectors = tuple(draft.sectors)
    of = country or draft.realm_of()
    if "person" in draft.kinds and not draft.plural:
        kind = ActorKind.PERSON
    elif "state" in draft.kinds and not draft.place:
        kind = ActorKind.STATE
    elif "org" in draft.kinds:
        kind = ActorKind.ORGANISATION
    else:
        kind = ActorKind.GROUP
    mentions: list[dict[str, object]] = []
    for first, last in dict.fromkeys(draft.mentions):
        start, end = tree.starts[first], tree.ends[last - 1]
        mentions.append({"start": start, "end": end, "text": tree.text[start:end]})
    return {
        "id": draft.actor_id,
        "name": draft.name or mentions[0]["text"],
        "kind": kind,
        "country": country,
        "sectors": sectors,
        "code": f"{of} {sectors[0]}" if of and sectors else of,
        "role": draft.role,
        "mentions": mentions,
        "known_as": draft.known_as,
    }
