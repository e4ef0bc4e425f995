"""Frames against predications: the most specific frame whose slots all find what they ask for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from schemas.events import PloverType
from services.enrich.nlp.actors.resolve import Actors
from services.enrich.nlp.acts.arguments import Predication
from services.enrich.nlp.acts.fillers import Filler, Fillers
from services.enrich.nlp.acts.frames import ACTOR_KINDS, WORD, Frame, FrameLexicon, Slot
from services.enrich.nlp.acts.kinds import Kinds
from services.enrich.nlp.acts.occasions import TOOK_PART
from services.enrich.nlp.acts.predications import verbal
from services.enrich.nlp.acts.public_life import PublicLife
from services.enrich.nlp.syntax.grammar import Grammar

_EVENT_KINDS = frozenset(kind.value.lower() for kind in PloverType)
# Who is expelled from a country is expelled by it, where nobody else is named.
_FROM_A_STATE = frozenset("expel deport eject evict oust banish exile expulsion deportation".split())
_HARM = frozenset({"assault", "mobilize"})
_OF_HARM = ("obj", "with", "on")
_ABOUT = ("obj", "iobj", "in", "for", "to", "across")
_AGENTLESS = frozenset({"passive subject", "participle", "control"})


@dataclass(frozen=True, slots=True)
class Match:
    """A frame that holds, with who fills which role; `consumed` are event nouns that are part of it."""

    frame: Frame
    predication: Predication
    sources: tuple[Filler, ...]
    targets: tuple[Filler, ...]
    objects: tuple[Filler, ...]
    consumed: frozenset[int]
    weight: int = 0
    nearest: bool = False
    """It does not hold in full: no other does, and a pair is known to take part."""


class Unfit(StrEnum):
    """Why a frame does not hold."""

    SLOT = "a slot is empty"
    HARM = "what is agreed on is an attack"
    NAMES = "it only calls somebody something"
    ALONE = "it takes two"
    NOT_PUBLIC = "nobody of public life takes part"


class Matcher:
    """Matches predications of one text."""

    def __init__(
        self,
        grammar: Grammar,
        actors: Actors,
        kinds: Kinds,
        public: PublicLife,
        lexicon: FrameLexicon,
        given: frozenset[int] = frozenset(),
    ) -> None:
        """All of the same text, but for the lexicon; tokens `given` head participants that count whoever they are."""
        self._given = given
        self._grammar, self._tree = grammar, grammar.tree
        self._actors, self._kinds, self._lexicon = actors, kinds, lexicon
        self._fillers = Fillers(grammar, actors, kinds)
        self._public = public
        self._clauses: dict[int, Mapping[str, tuple[int, ...]]] = {}

    def match(self, predication: Predication) -> Match | None:
        """The most specific frame that holds. A silent one that holds rules out lesser frames of its type."""
        for lemma in predication.lemmas:
            found = []
            for frame in self._lexicon.of(predication.part, lemma):
                for need in frame.needs:
                    if need.isdisjoint(predication.args):
                        break
                else:
                    match = self.attempt(frame, predication)
                    if isinstance(match, Match):
                        found.append(match)
            found.sort(key=lambda match: -match.weight)
            silenced: set[PloverType] = set()
            for match in found:
                if match.frame.type in silenced:
                    continue
                if not match.frame.silent:
                    return match
                silenced.add(match.frame.type)
            if silenced:
                return None
        return None

    def attempt(self, frame: Frame, predication: Predication) -> Match | Unfit:
        """The frame alone against a predication."""
        filled: dict[str, list[Filler]] = {"S": [], "T": [], "O": []}
        consumed: set[int] = set()
        weight = frame.weight
        for slot in frame.slots:
            if slot.places[0] == WORD:
                if not self._has_word(slot, frame, predication):
                    return Unfit.SLOT
                continue
            fitting = self.fitting(slot, frame, predication)
            if fitting is None:
                if not slot.optional and not self._may_be_missing(slot, frame, predication):
                    return Unfit.SLOT
                weight -= 2 * slot.weight
                continue
            if slot.kinds and not any(self._is_of(slot, filler.token) for filler in fitting):
                # It fits by who is behind it: less sure than by what it is.
                weight -= 2 * (slot.weight - 1)
            if slot.role:
                filled[slot.role] += fitting
            elif slot.lemmas or slot.kinds & _EVENT_KINDS:
                consumed.update(filler.token for filler in fitting)
        if not filled["T"]:
            self._accused(frame, predication, filled)
            self._helped(frame, predication, filled)
        if not filled["T"] and frame.type is PloverType.REQUEST:
            filled["T"] += self._answering(predication, filled["S"])
        if not filled["S"] and not frame.reciprocal:
            filled["S"] += self._fillers.owner_of_force(filled["O"])
        if not filled["S"] and frame.head in _FROM_A_STATE:
            filled["S"] += self._whose_territory(predication)
        if frame.type is PloverType.AGREE and self._is_of_harm(predication):
            return Unfit.HARM
        if predication.part == "verb" and self._calls_names(frame, predication):
            return Unfit.NAMES
        if frame.reciprocal and len(filled["S"]) < 2 and not self._is_plural(filled["S"]):
            return Unfit.ALONE
        if not frame.silent and not self._has_actor(frame, predication, filled):
            return Unfit.NOT_PUBLIC
        # "praised its engineers": who has it is who did it.
        doers = {filler.actor for filler in filled["S"]} - {None}
        filled["T"] = [filler for filler in filled["T"] if not (filler.looked_through and filler.actor in doers)]
        # "the officer arrested him": whoever he is, he is not the officer.
        filled["T"] = [
            Filler(filler.token, filler.mention, None)
            if filler.actor in doers and self._tree.tags[filler.token] == "PRP"
            else filler
            for filler in filled["T"]
        ]
        sources, targets = (tuple(dict.fromkeys(filled[role])) for role in "ST")
        return Match(frame, predication, sources, targets, tuple(filled["O"]), frozenset(consumed), weight)

    def is_met(self, slot: Slot, frame: Frame, predication: Predication) -> bool:
        """Whether something fills the slot, or may be missing there."""
        if slot.places[0] == WORD:
            return self._has_word(slot, frame, predication)
        filled = slot.optional or self.fitting(slot, frame, predication) is not None
        return filled or self._may_be_missing(slot, frame, predication)

    def fitting(self, slot: Slot, frame: Frame, predication: Predication) -> list[Filler] | None:
        """What fills the slot, from the first place that has what fits; None where nothing does."""
        for tokens in self._places(slot, frame, predication):
            if slot.role == "S" and predication.how.get("subj") == "modifier" and slot.places == ("subj",):
                # "the Athens talks": where, not who.
                tokens = [token for token in tokens if not self._actors.is_seat(token)]
            fitting = self._fillers.of(slot, frame, tokens)
            if not fitting:
                continue
            together = frame.reciprocal and slot.role == "S" and not slot.lemmas and len(tokens) > 1
            if not together or not any(self._is_of_a_crowd(slot, frame, token) for token in tokens):
                return fitting
        return None

    def _is_of_a_crowd(self, slot: Slot, frame: Frame, token: int) -> bool:
        """Whether they do not fit, and are no force: clashes "between the crowd and police" are no battle."""
        return "civilian" in self._kinds.of(token) and not self._fillers.of(slot, frame, [token])

    def _places(self, slot: Slot, frame: Frame, predication: Predication) -> Iterator[Sequence[int]]:
        args = predication.args
        for place in frame.places_of(slot):
            if place in args:
                if slot.places == ("iobj",) and place == "to" and predication.how.get("to") == "of the object":
                    continue  # "gave them access to the port": the port is given nothing
                yield args[place]
                if place in slot.places:
                    yield from predication.more.get(place, ())

    def _may_be_missing(self, slot: Slot, frame: Frame, predication: Predication) -> bool:
        """Only the agent may: of a passive that has an object, and of a noun; not one that tells the sense apart."""
        if slot.places != ("subj",) or slot.lemmas or not slot.kinds <= ACTOR_KINDS:
            return False
        if frame.reciprocal or frame.silent:
            return False
        if "subj" in predication.args and predication.how["subj"] not in ("modifier", TOOK_PART):
            return False
        if predication.part == "noun":
            return True
        if not any("obj" in other.places or "iobj" in other.places for other in frame.slots):
            return False
        # "criticised the decision to expel its envoy": whose decision, it does not say.
        of_a_noun = "subj" not in predication.args and self._tree.deps[predication.head] in ("acl", "pcomp")
        return of_a_noun or predication.how.get("obj", "") in _AGENTLESS

    def _calls_names(self, frame: Frame, predication: Predication) -> bool:
        """Whether it is "called him a liar": only a frame that asks for what it calls him holds."""
        named = self._tree.child(predication.head, "oprd")
        return (
            named is not None
            and self._tree.pos[named] in ("NOUN", "PROPN")
            and not any(slot.places[0] in (WORD, "as") for slot in frame.slots)
        )

    def _is_of_harm(self, predication: Predication) -> bool:
        """Whether what is pledged is an attack: "pledged to press on with its offensive"."""
        for clause in predication.args.get("to+", ()):
            inner = self._arguments(clause)
            if any(self._kinds.of(token) & _HARM for place in _OF_HARM for token in inner.get(place, ())):
                return True
        return False

    def _arguments(self, clause: int) -> Mapping[str, tuple[int, ...]]:
        """Those of a clause's verb: many frames of what is above it may ask."""
        found = self._clauses.get(clause)
        if found is None:
            found = self._clauses[clause] = verbal(self._grammar, clause).args
        return found

    def _whose_territory(self, predication: Predication) -> list[Filler]:
        found: list[Filler] = []
        for token in predication.args.get("from", ()):
            own = self._actors.at(token)
            if own is not None and "state" in self._kinds.of(token):
                found.append(Filler(token, token, own))
        return found

    def _is_of(self, slot: Slot, token: int) -> bool:
        return bool(slot.kinds & self._kinds.of(token)) or self._tree.lemmas[token] in slot.lemmas

    def _has_word(self, slot: Slot, frame: Frame, predication: Predication) -> bool:
        """Whether the word stands by the head, by its object, or by a noun that the frame names: "for drug dealing"."""
        tree = self._tree
        heads = [predication.head, *predication.args.get("obj", ())]
        for other in frame.slots:
            if other.lemmas and other.places[0] != WORD:
                heads += [token for place in other.places for token in predication.args.get(place, ())]
        return any(tree.lowers[child] in slot.lemmas for head in heads for child in tree.children[head])

    def _accused(self, frame: Frame, predication: Predication, filled: dict[str, list[Filler]]) -> None:
        """In "alleged that the party stole votes" the party is the target: the clause's subject."""
        # "a call for Kenya to sell the port"
        asked = "to+" if frame.type is PloverType.REQUEST and frame.part == "noun" else "that+"
        if not any(place in ("that+", asked) for slot in frame.slots for place in slot.places):
            return
        sources = {filler.actor for filler in filled["S"]}
        for clause in (*predication.args.get("that+", ()), *predication.args.get(asked if asked == "to+" else "", ())):
            for token in self._grammar.logical_subjects(clause)[0]:
                actor = self._actors.at(token)
                if actor is not None and actor not in sources:
                    filled["T"].append(Filler(token, token, actor))

    def _helped(self, frame: Frame, predication: Predication, filled: dict[str, list[Filler]]) -> None:
        """In "gave ten million euros to fight hunger in Chad" Chad is helped: who or where the purpose is about."""
        if frame.type is not PloverType.AID or not any("to+" in slot.places for slot in frame.slots):
            return
        sources = {filler.actor for filler in filled["S"]}
        for clause in predication.args.get("to+", ()):
            inner = self._arguments(clause)
            for token in (token for place in _ABOUT for token in inner.get(place, ())):
                behind = self._actors.behind(token)
                if behind is not None and behind[1] not in sources:
                    filled["T"].append(Filler(token, behind[0], behind[1]))
                    return

    def _answering(self, predication: Predication, sources: Sequence[Filler]) -> list[Filler]:
        answered = [(token, self._actors.at(token)) for token in predication.args.get("answered", ())]
        own = {source.actor for source in sources}
        return [Filler(token, token, actor) for token, actor in answered if actor is not None and actor not in own]

    def _is_plural(self, fillers: Sequence[Filler]) -> bool:
        """Whether one noun stands for several: "the two sides", but not "the Revolutionary Guards"."""
        tree = self._tree
        return bool(fillers) and all(
            tree.tags[filler.token] == "NNS" or tree.lowers[filler.token] in ("they", "both", "two")
            for filler in fillers
        )

    def _held_office(self, predication: Predication) -> bool:
        """Whether it says from which office: "resigned as prime minister"."""
        offices = (token for place in ("as", "from") for token in predication.args.get(place, ()))
        behind = (self._actors.behind(token) for token in offices)
        return any(found is not None and self._public.is_public(found[1]) for found in behind)

    def _has_actor(self, frame: Frame, predication: Predication, filled: dict[str, list[Filler]]) -> bool:
        if any(filler.token in self._given for role in "ST" for filler in filled[role]):
            return True
        if frame.mode == "resign" and self._held_office(predication):
            return True
        if frame.type is PloverType.PROTEST and any("civilian" in self._kinds.of(one.token) for one in filled["S"]):
            return True
        sources, targets = ([filler.actor for filler in filled[role] if filler.actor is not None] for role in "ST")
        return self._public.is_event(frame, sources, targets)
