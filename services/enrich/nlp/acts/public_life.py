"""Whose acts are events: an act needs somebody of public life in it, or it is a private matter, sport or business.

States, their organs and armed groups, parties, those who hold or held office, international bodies, unions, churches,
charities, refugees and peoples count by themselves. Companies, media, schools, clubs and private persons count beside
one of these. A protest is public by its crowd, and a bombing by its means. In sport, cities and countries are teams and
presidents those of clubs: there only police, courts, parliaments, armed groups and who is plainly of a government or an
army count.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping

from schemas.events import Actor, ActorKind, PloverType
from services.enrich.nlp.acts.frames import BY_MEANS, Frame

_PUBLIC = frozenset("GOV LEG JUD MIL COP SPY PTY REB PRM UAF OPP ELI LAB REL REF SOC".split())
_PRIVATE = frozenset("BUS JRN EDU MED AGR CVL CRM".split())
_GOING = frozenset({PloverType.CONSULT, PloverType.AID, PloverType.RETREAT, PloverType.COOPERATE})
_CROWDS = frozenset("CVL LAB EDU SOC REL REF OPP MED AGR JRN".split())
_SERVING = frozenset({"COP", "JUD", "CVL"})
_CROWDED = frozenset({"demo", "riot", "hunger"})
_IN_SPORT = frozenset("LEG JUD COP SPY PTY REB PRM OPP".split())
_PLAINLY = re.compile(
    r"\b(?:governments?|minist\w+|officials?|authorities|embass\w+|ambassadors?|army|soldiers?|troops|navy|military"
    r"|mayors?|governors?|senators?|protest\w*|demonstrat\w*|gunm[ae]n|terrorists?|militants?|refugees?|migrants?)\b",
    re.IGNORECASE,
)


class PublicLife:
    """Answers about the actors of one text."""

    def __init__(
        self,
        records: Iterable[Actor],
        known: Collection[str] = (),
        placed: Collection[str] = (),
        sporting: Collection[str] = (),
    ) -> None:
        """`records` are all of them, the others ids of some.

        known: those that count whoever they are. placed: those whose country is only that of the text. sporting: those
        that only sentences about sport mention.
        """
        self._known, self._placed, self._sporting = known, placed, sporting
        self._records: Mapping[str, Actor] = {record.id: record for record in records}

    def is_public(self, actor: str) -> bool:
        """Whether the actor counts by itself."""
        record = self._records.get(actor)
        if record is None or actor in self._known:
            # An actor that has no mention of its own: the state of a demonym.
            return True
        sectors = set(record.sectors)
        if actor in self._sporting:
            return bool(sectors & _IN_SPORT) or _PLAINLY.search(record.name) is not None
        if sectors & _PUBLIC or record.kind is ActorKind.STATE:
            return True
        if record.kind is ActorKind.GROUP:
            return record.country is not None and actor not in self._placed
        return record.kind is ActorKind.ORGANISATION and record.known_as is not None and not sectors & _PRIVATE

    def is_sporting(self, actor: str) -> bool:
        """Whether sentences about sport alone mention the actor."""
        return actor in self._sporting

    def is_event(self, frame: Frame, sources: Iterable[str], targets: Iterable[str]) -> bool:
        """Whether an act between these is one."""
        sources, targets = list(sources), list(targets)
        if frame.type in _GOING and sources and all(map(self._is_private_person, sources)):
            # "Ana Silva flew to Texas with her husband": where, not whom.
            targets = [actor for actor in targets if not self._is_state(actor)]
        met = frame.type is PloverType.CONSULT and frame.mode != "third-party"
        if met and self._is_of_service(sources, targets):
            return False
        if any(self.is_public(actor) for actor in (*sources, *targets)):
            return True
        if frame.type is PloverType.PROTEST:
            # "riots", "a sit-in": the crowd is in the noun; a strike may be of actors, or of planes.
            nameless = frame.part == "noun" and not sources and frame.mode in _CROWDED
            return nameless or any(self._is_crowd(actor) for actor in sources)
        # Who drops bombs from the air is a power, on whatever: "jets bombed a market".
        return frame.mode == "aerial" or (bool(targets) and frame.mode in BY_MEANS)

    def _is_of_service(self, sources: list[str], targets: list[str]) -> bool:
        """Whether police, soldiers or judges only meet whom they serve or look for: "he called the police"."""
        everybody = [*sources, *targets]
        public = [actor for actor in everybody if self.is_public(actor)]
        serving = all(self._is_serving(actor) or self._is_state(actor) for actor in public)
        return (
            serving
            and any(map(self._is_serving, public))
            and (len(everybody) == 1 or len(public) < len(everybody) or any(map(self._is_state, public)))
        )

    def _is_serving(self, actor: str) -> bool:
        record = self._records.get(actor)
        return record is not None and bool(record.sectors) and set(record.sectors) <= _SERVING

    def _is_private_person(self, actor: str) -> bool:
        record = self._records.get(actor)
        nobody = record is not None and record.kind is ActorKind.PERSON and record.role is None
        return nobody and not self.is_public(actor)

    def _is_state(self, actor: str) -> bool:
        record = self._records.get(actor)
        return record is not None and record.kind is ActorKind.STATE and actor not in self._known

    def _is_crowd(self, actor: str) -> bool:
        record = self._records.get(actor)
        return (
            record is not None
            and record.kind is not ActorKind.PERSON
            and bool(set(record.sectors) & _CROWDS or not record.sectors)
        )
