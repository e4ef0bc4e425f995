"""What stands in a slot: the token, and the actor that it is or that is behind it.

A slot for actors looks through an act, a document or a thing to the actor that has it ("the court's ruling"), and
through a delegation to who leads it; what was looked through stays visible in the record.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from schemas.events import PloverType
from services.enrich.nlp.actors.resolve import Actors
from services.enrich.nlp.acts.frames import ACTOR_KINDS, Frame, Slot
from services.enrich.nlp.acts.kinds import Kinds
from services.enrich.nlp.syntax.grammar import Grammar

# What a person, a force or a crowd has is not acted on as they are: "shot his film".
_LOOKED_THROUGH_FOR = frozenset({"actor", "org", "state"})
_ARMED_THINGS = frozenset({"weapon", "vehicle"})
# A statement speaks for who made it, and a shell for who fired it; "the nation's survival" does nothing for the nation.
_SPEAKING = frozenset(
    "statement document policy request accuse agree reject support threaten consult cooperate weapon vehicle".split()
)
_HARMING = frozenset({"weapon", "vehicle", "assault", "coerce", "mobilize", "building", "sanction"})
_ANYBODY = frozenset(
    "nobody none neither somebody someone anybody anyone everybody everyone one some many most".split()
)
_LANDS = frozenset("city town state country nation republic kingdom province region government side bloc camp".split())
_BY_HAND = frozenset("ASSAULT AID RETREAT MOBILIZE PROTEST COOPERATE".split())
# "condemned the arrest of a reporter" is said against who arrested him.
_MISDEEDS = frozenset({"assault", "coerce", "sanction", "threaten", "mobilize", "protest", "reject"})


@dataclass(frozen=True, slots=True)
class Filler:
    """A token in a role: the head of what stands there, the mention of the actor behind it, and the actor's id."""

    token: int
    mention: int
    actor: str | None

    @property
    def looked_through(self) -> bool:
        """Whether the actor is not what stands there, but who has it."""
        return self.actor is not None and self.token != self.mention


class Fillers:
    """Fills slots in one text."""

    def __init__(self, grammar: Grammar, actors: Actors, kinds: Kinds) -> None:
        """All of the same text."""
        self._grammar, self._tree, self._actors, self._kinds = grammar, grammar.tree, actors, kinds

    def of(self, slot: Slot, frame: Frame, tokens: Sequence[int]) -> list[Filler]:
        """The fillers that fit the slot of a frame."""
        return [filler for token in tokens for filler in self._expanded(slot, frame, token)]

    def owner_of_force(self, fillers: Sequence[Filler]) -> list[Filler]:
        """Whose troops they are: "Ugandan troops were withdrawn" is Uganda's act."""
        found: list[Filler] = []
        for filler in fillers:
            if "force" in self._kinds.of(filler.token):
                own = self._actors.at(filler.token)
                if own is not None:
                    found.append(Filler(filler.token, filler.token, own))
        return found

    def _expanded(self, slot: Slot, frame: Frame, token: int) -> list[Filler]:
        filler = self._filler(slot, frame, token)
        if filler is None:
            return []
        if slot.role in ("S", "T") and filler.token == filler.mention:
            # "Russian, US and Ukrainian envoys": each is of one of them.
            owners = self._owners(token, frame.reciprocal)
            if len(owners) > 1:
                return owners
            leader = self._leader(token)
            return [filler, leader] if leader is not None else [filler]
        return [filler]

    def _filler(self, slot: Slot, frame: Frame, token: int) -> Filler | None:
        if slot.lemmas:
            if self._tree.lemmas[token] in slot.lemmas:
                return self._behind(frame, token, slot.role) if slot.role in ("S", "T") else Filler(token, token, None)
            if not slot.kinds:
                return None
        kinds = self._kinds.of(token)
        if slot.excluded & kinds:
            return None
        if slot.role == "S" and frame.type is PloverType.SUPPORT and kinds & _ARMED_THINGS:
            return None  # "backed by tanks"
        own = self._actors.at(token)
        if own is None and slot.role in ("S", "T"):
            if "time" in kinds and "time" not in slot.kinds:
                return None  # "fired on Wednesday"
            named = self._named_beside(token)
            if named is not None and (not slot.kinds or slot.kinds & (kinds | self._kinds.of(named))):
                return Filler(token, named, self._actors.at(named))
        if slot.kinds and not slot.kinds & kinds:
            return self._looked_through(slot, frame, token, kinds) if own is None and slot.role in ("S", "T") else None
        if slot.role in ("S", "T"):
            return Filler(token, token, own) if own is not None else self._behind(frame, token, slot.role)
        return Filler(token, token, own)

    def _named_beside(self, token: int) -> int | None:
        """The name that stands beside a noun: "his counterpart, President Silva"."""
        for child in self._tree.children_by(token, "appos"):
            if self._actors.at(child) is not None:
                return child
        return None

    def _behind(self, frame: Frame, token: int, role: str) -> Filler:
        # "the attack on Kabul killed six": whoever made it, not Kabul.
        if (role == "S" or frame.type is PloverType.ACCUSE) and self._kinds.of(token) & _MISDEEDS:
            behind = self._actors.doer(token)
        else:
            behind = self._actors.behind(token)
        return Filler(token, token, None) if behind is None else Filler(token, behind[0], behind[1])

    def _looked_through(self, slot: Slot, frame: Frame, token: int, kinds: frozenset[str]) -> Filler | None:
        """Who is behind a thing, where the slot asks for an actor of a kind that is answerable for it."""
        if not slot.kinds & ACTOR_KINDS:
            return None
        acts = slot.role == "S" and bool(kinds & _MISDEEDS)
        behind = self._actors.doer(token) if acts else self._actors.behind(token)
        if behind is None:
            return None
        if slot.role == "S" and behind[0] != token and not self._answers_for(frame, token, behind[0], kinds):
            return None
        armed = bool(kinds & _ARMED_THINGS)
        allowed = slot.kinds & (_LOOKED_THROUGH_FOR | ({"force"} if armed else set()))
        found = self._kinds.of(behind[0]) | {"actor"} | ({"force"} if armed else set())
        if behind[0] == token:
            found |= {"state"}  # "Israeli fire"
        return Filler(token, behind[0], behind[1]) if allowed & found else None

    def _answers_for(self, frame: Frame, token: int, mention: int, kinds: frozenset[str]) -> bool:
        """Whether who is behind this noun does what it does."""
        tree = self._tree
        if tree.lowers[token] in _ANYBODY or tree.lemmas[token] in _LANDS:
            return True
        if not kinds and mention in tree.children[token] and tree.deps[mention] != "poss":
            return True  # "Russian pranksters": people, as far as is known
        return bool(kinds & _HARMING) or (frame.type.value not in _BY_HAND and bool(kinds & _SPEAKING))

    def _owners(self, noun: int, each_other: bool) -> list[Filler]:
        """Of which states and bodies they are, where they are of several; `each_other` is true of who met."""
        tree = self._tree
        if self._actors.at(noun) is None:
            return []
        for child in tree.children[noun]:
            if tree.deps[child] in ("amod", "nmod", "compound"):
                owner: int | None = child
            elif each_other and tree.deps[child] == "prep" and tree.lowers[child] in ("of", "from"):
                # "the presidents of Peru and Chile", "soldiers from Peru and Chile"
                owner = tree.child(child, "pobj")
            else:
                continue
            joined = tree.conjuncts(owner) if owner is not None else []
            known = [(token, found) for token in joined if (found := self._actors.behind(token)) is not None]
            if len(known) > 1 and len({actor for _, (_, actor) in known}) == len(known) == len(joined):
                return [Filler(token, found[0], found[1]) for token, found in known]
        return []

    def _leader(self, noun: int) -> Filler | None:
        """Who leads it: "a delegation led by Umerov" brings Umerov."""
        tree = self._tree
        verbs = [child for child in tree.children[noun] if tree.deps[child] in ("acl", "relcl")]
        if tree.deps[noun] == "nsubjpass":
            verbs.append(tree.heads[noun])
        for verb in verbs:
            if tree.lemmas[verb] in ("lead", "head") and self._grammar.passive(verb):
                for token in self._grammar.logical_subjects(verb)[0]:
                    actor = self._actors.at(token)
                    if actor is not None and actor != self._actors.at(noun):
                        return Filler(token, token, actor)
        return None
