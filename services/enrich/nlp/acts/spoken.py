"""What speakers ask of others, or hold out to them, without a verb that says so.

"Stop the raids," A told B; A said that B must, has to, needs to stop: REQUEST from A to B. A said that B would pay a
heavy price, would regret it: THREATEN. Each is an act of the speaker, told as fact.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace

from schemas.events import Modality, PloverType, Tense
from services.enrich.nlp.actors.resolve import Actors
from services.enrich.nlp.acts.arguments import Predication
from services.enrich.nlp.acts.fillers import Filler
from services.enrich.nlp.acts.frames import Frame, rule_frame
from services.enrich.nlp.acts.matching import Match
from services.enrich.nlp.acts.predications import verbal
from services.enrich.nlp.acts.public_life import PublicLife
from services.enrich.nlp.factuality.circumstances import Walker
from services.enrich.nlp.factuality.standing import Circumstances
from services.enrich.nlp.factuality.verb_words import is_negated, is_order
from services.enrich.nlp.syntax.grammar import Grammar

_REQUIRED = frozenset({"must", "should", "ought"})
_OBLIGED = frozenset({"have", "need"})
_INSISTING = frozenset({"insist", "stipulate"})
_COMING = frozenset({"will", "'ll", "’ll", "would", "shall"})
_HEARERS: Mapping[str, tuple[str, ...]] = {"tell": ("iobj", "obj"), "say": ("to",), "shout": ("to", "at")}
_BLOWS = frozenset(
    "consequence retaliation punishment wrath reprisal revenge vengeance response penalty sanction prosecution arrest"
    " jail prison justice repercussion countermeasure counterattack destruction annihilation defeat fate fury squad"
    " gallows noose hell".split()
)
# Verbs with what they take, by place, that say that harm comes to the subject; no word is any.
_HARM_COMES: Mapping[str, tuple[tuple[str, frozenset[str]], ...]] = {
    "pay": (("obj", frozenset({"price", "cost", "penalty"})), ("with", frozenset({"life", "blood", "head"}))),
    "face": (("obj", _BLOWS),),
    "suffer": (("obj", _BLOWS),),
    "bear": (("obj", frozenset({"consequence", "brunt"})),),
    "feel": (("obj", frozenset({"wrath", "fury", "consequence"})),),
    "regret": (("obj", frozenset()), ("that+", frozenset())),
    "rue": (("obj", frozenset()),),
}
_HARM_DONE = frozenset("punish crush annihilate discipline penalise penalize obliterate hunt hang shoot".split())
_MET_WITH = _BLOWS | {"force", "resistance", "fire", "bullet", "fist"}


_DEMAND = rule_frame(PloverType.REQUEST, "S say that T must ...", "must", "100", "spoken.py")
_ORDER = rule_frame(PloverType.REQUEST, 'S tell T "..."', "tell", "100", "spoken.py")
_INSISTENCE = rule_frame(PloverType.REQUEST, "S insist that T do ...", "insist", "100", "spoken.py")
_MENACE = rule_frame(PloverType.THREATEN, "S say that harm comes to T", "pay", "130", "spoken.py")


class Spoken:
    """Finds them in one text."""

    def __init__(self, grammar: Grammar, actors: Actors, public: PublicLife, walker: Walker) -> None:
        self._grammar, self._tree, self._actors = grammar, grammar.tree, actors
        self._public, self._walker = public, walker

    def matches(self, taken: Collection[int]) -> Iterator[tuple[Match, Circumstances]]:
        """All of them; a verb in `taken` has a frame, and what is told with it is known."""
        told: set[int] = set()
        deps, tags = self._tree.deps, self._tree.tags
        # Few tokens are any of these: all others are passed over at once.
        telling = [
            (token, lemma)
            for token, lemma in enumerate(self._tree.lemmas)
            if deps[token] == "aux" or tags[token] == "VB" or lemma in _OBLIGED or lemma in _INSISTING
        ]
        for token, lemma in telling:
            found = None
            if deps[token] == "aux":
                if self._tree.lowers[token] in _REQUIRED:
                    found = self._required(self._tree.heads[token], token)
                elif self._tree.lowers[token] in _COMING and self._tree.heads[token] not in taken:
                    found = self._menace(self._tree.heads[token])
            elif lemma in _OBLIGED:
                clause = self._tree.child(token, "xcomp")
                found = self._required(clause, token) if clause is not None else None
            elif lemma in _INSISTING and token not in taken:
                found = self._insistence(token)
            elif tags[token] == "VB":
                found = self._order(token, told)
            if found is not None:
                yield found

    def _required(self, verb: int, at: int) -> tuple[Match, Circumstances] | None:
        """Of "must leave", "has to leave", "needs to leave"; `at` is the word that says so."""
        predication = verbal(self._grammar, verb)
        subjects = public_fillers(self._actors, self._public, predication.args.get("subj", ()))
        if self._grammar.passive(verb):
            # "said the siege must be lifted": of whom it is asked, it may not say.
            subjects = subjects or behind_fillers(self._actors, predication.args.get("obj", ()))
        if not subjects:
            return None
        circumstances = self._walker.circumstances(predication)
        asked = circumstances.modality is Modality.REQUESTED and circumstances.said and not circumstances.negated
        return self._of_speaker(_DEMAND, replace(predication, head=at), circumstances, subjects) if asked else None

    def _menace(self, verb: int) -> tuple[Match, Circumstances] | None:
        predication = verbal(self._grammar, verb)
        passive = self._grammar.passive(verb)
        place = "obj" if passive else "subj"
        if not (self._is_done_harm(verb, predication) if passive else self._harm_comes(verb, predication)):
            return None
        subjects = behind_fillers(self._actors, predication.args.get(place, ()))
        circumstances = self._walker.circumstances(predication)
        open_ = circumstances.modality in (Modality.PLANNED, Modality.HYPOTHETICAL)
        if not subjects or not circumstances.said or circumstances.negated or not open_:
            return None
        return self._of_speaker(_MENACE, predication, circumstances, subjects)

    def _harm_comes(self, verb: int, predication: Predication) -> bool:
        lemmas = self._tree.lemmas
        if lemmas[verb] == "pay" and any(self._tree.lowers[word] == "dearly" for word in self._tree.children[verb]):
            return True
        return any(
            not words or lemmas[token] in words
            for place, words in _HARM_COMES.get(lemmas[verb], ())
            for token in predication.args.get(place, ())
        )

    def _is_done_harm(self, verb: int, predication: Predication) -> bool:
        lemma = self._tree.lemmas[verb]
        if lemma == "deal":
            return any(self._tree.lowers[child] == "with" for child in self._tree.children[verb])
        if lemma == "meet":
            return any(self._tree.lemmas[token] in _MET_WITH for token in predication.args.get("with", ()))
        return lemma in _HARM_DONE

    def _insistence(self, verb: int) -> tuple[Match, Circumstances] | None:
        """Of "insists that the ministry pay", not "insists that it paid"."""
        tree = self._tree
        clause = tree.child(verb, "ccomp")
        if clause is None or tree.tags[clause] != "VB" or is_negated(tree, verb):
            return None
        if any(tree.tags[child] == "MD" or tree.lowers[child] == "do" for child in tree.children_by(clause, "aux")):
            return None
        predication = verbal(self._grammar, verb)
        sources = public_fillers(self._actors, self._public, predication.args.get("subj", ()))
        targets = behind_fillers(self._actors, self._grammar.surface(clause)[0])
        if not sources or not targets or _same(sources, targets):
            return None
        match = Match(_INSISTENCE, predication, sources, targets, (), frozenset())
        return match, self._walker.circumstances(predication)

    def _order(self, verb: int, told: set[int]) -> tuple[Match, Circumstances] | None:
        """Of an order in quotation marks: "Free them," the bishop told the rebels."""
        tree, cue = self._tree, self._tree.heads[verb]
        places = _HEARERS.get(tree.lemmas[cue], ())
        if not places or cue in told or tree.deps[verb] not in ("ccomp", "advcl", "parataxis"):
            return None
        if not is_order(tree, verb):
            return None
        telling = verbal(self._grammar, cue)
        hearers = next((telling.args[place] for place in places if place in telling.args), ())
        sources = public_fillers(self._actors, self._public, telling.args.get("subj", ()))
        targets = public_fillers(self._actors, self._public, hearers)
        if not sources or not targets or _same(sources, targets):
            return None
        told.add(cue)
        match = Match(_ORDER, telling, sources, targets, (), frozenset())
        return match, self._walker.circumstances(telling)

    def _of_speaker(
        self, frame: Frame, predication: Predication, circumstances: Circumstances, targets: tuple[Filler, ...]
    ) -> tuple[Match, Circumstances] | None:
        """An act of who says it to whom it is said of."""
        speakers = public_fillers(self._actors, self._public, circumstances.said[-1].speakers)
        if not speakers or _same(speakers, targets):
            return None
        match = Match(frame, predication, speakers, targets, (), frozenset())
        said = circumstances.said[:-1]
        return match, replace(circumstances, modality=Modality.ACTUAL, tense=Tense.PAST, said=said)


def public_fillers(actors: Actors, public: PublicLife, tokens: Collection[int]) -> tuple[Filler, ...]:
    """Those tokens that are actors of public life."""
    found = [Filler(token, token, actor) for token in tokens if (actor := actors.at(token)) is not None]
    return tuple(filler for filler in found if filler.actor is not None and public.is_public(filler.actor))


def behind_fillers(actors: Actors, tokens: Collection[int]) -> tuple[Filler, ...]:
    """The actors that tokens are, or stand for."""
    found = ((token, actors.behind(token)) for token in tokens)
    return tuple(Filler(token, behind[0], behind[1]) for token, behind in found if behind is not None)


def _same(some: Collection[Filler], others: Collection[Filler]) -> bool:
    return bool({one.actor for one in some} & {one.actor for one in others})
