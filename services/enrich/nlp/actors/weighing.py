"""The candidates of a pronoun, and how much each weighs: by prominence, nearness, number of mentions and structure.

A candidate that structure suggests ("the bank said it ...", "the bank closed its office") is bound. One that grammar
rules out is left out; one that it hardly allows stays, as a rival that is not chosen.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from services.enrich.nlp.actors.binding import SUBJECTS, draft_at, excluded
from services.enrich.nlp.actors.drafts import Draft, Reading
from services.enrich.nlp.actors.faulted import faulted
from services.enrich.nlp.actors.mentions import HE, IT, Mention, agrees, may_be_many, mention_of
from services.enrich.nlp.actors.quoted import Quoted
from services.enrich.nlp.actors.salience import DECAY, SUBJECT, clause_above, reports, reports_behind
from services.enrich.nlp.syntax.grammar import Grammar
from services.enrich.nlp.syntax.tree import VERBAL

_OBJECTS = frozenset({"dobj", "dative", "pobj"})
_PARALLEL, _MATRIX, _BESIDE, _KNOWN = 20.0, 30.0, 20.0, 6.0
_PER_MENTION, _MOST_MENTIONS = 3.0, 8
_HIGHEST = 6  # steps from a noun to its verb
_FAULTED, _NOT_FAULTED = 110.0, 0.6
_OTHER_VOICE, _NO_QUOTATION, _WITHIN_SAID = 0.5, 0.8, 0.3


@dataclass(slots=True)
class Candidate:
    """An actor that a pronoun may mean; `allowed` is false for one that is only a rival."""

    draft: Draft
    weight: float
    allowed: bool
    bound: bool


class Weigher:
    """Weighs the candidates of the pronouns of one text."""

    def __init__(self, reading: Reading, grammar: Grammar, quoted: Quoted) -> None:
        """All of the same text."""
        self._reading, self._tree, self._grammar, self._quoted = reading, reading.tree, grammar, quoted
        self._named = Counter(id(span.draft) for span in reading.spans if span.draft is not None)

    def candidates(self, pronoun: int, recent: Collection[Mention]) -> list[Candidate]:
        """All that a pronoun may mean of the last mentions, the weightiest first; `recent` begins with the last."""
        tree = self._tree
        lower = tree.lowers[pronoun]
        if tree.deps[pronoun] == "poss" and tree.deps[tree.heads[pronoun]] == "conj":
            pair = self._first_of_pair(tree.heads[pronoun], lower, recent)
            if pair is not None:
                return pair
        hard, soft = excluded(self._reading, self._grammar, pronoun)
        hard |= self._speaker(pronoun)
        weights, drafts = self._mentioned(pronoun, recent, hard)
        if not weights:
            return []
        more, bound = self._structural(pronoun, recent)
        if any(more[number] >= _FAULTED for number in bound if number in weights):
            for number in weights:
                weights[number] *= _NOT_FAULTED
        for number, weight in more.items():
            if number in weights:
                weights[number] += weight
        if lower in HE:
            for number, draft in drafts.items():
                weights[number] += _PER_MENTION * min(self._named[number], _MOST_MENTIONS)
                weights[number] += _KNOWN if draft.gender == HE[lower] else 0.0
        found = [
            Candidate(drafts[number], weight, number not in soft, number in bound) for number, weight in weights.items()
        ]
        found.sort(key=lambda candidate: candidate.weight, reverse=True)
        return found

    def _first_of_pair(self, noun: int, lower: str, recent: Collection[Mention]) -> list[Candidate] | None:
        """Whose it is in "the president and his ministers"; nobody's in "the ships and their crews"; else not known."""
        tree = self._tree
        first = tree.heads[noun]
        if any(tree.deps[child] == "poss" and tree.lowers[child] == lower for child in tree.children[first]):
            return None  # "his wife and his son"
        of = next((child for child in tree.children[first] if tree.lowers[child] == "of"), None)
        counted = tree.child(of, "pobj") if of is not None else None
        for mention in recent:
            if mention.token in (first, counted) and agrees(mention, lower):
                return [Candidate(mention.draft, SUBJECT, allowed=True, bound=True)]
        return [] if lower not in HE and draft_at(self._reading, first) is None else None

    def _speaker(self, pronoun: int) -> set[int]:
        """Who speaks the quotation that a pronoun stands in: "he" is another."""
        group = self._quoted.group[pronoun]
        speaker = self._quoted.speaker(group) if group else None
        draft = draft_at(self._reading, speaker) if speaker is not None else None
        return set() if draft is None else {id(draft)}

    def _mentioned(
        self, pronoun: int, recent: Collection[Mention], hard: set[int]
    ) -> tuple[dict[int, float], dict[int, Draft]]:
        tree, group = self._tree, self._quoted.group
        lower, here = tree.lowers[pronoun], tree.sentence[pronoun]
        says, behind = reports(tree, pronoun), reports_behind(tree, pronoun)
        above, clause = clause_above(tree, pronoun) if tree.deps[pronoun] in SUBJECTS else (None, "")
        teller = above if clause == "ccomp" else None
        own, farthest = group[pronoun], here - len(DECAY)
        best: dict[tuple[int, int], float] = {}
        drafts: dict[int, Draft] = {}
        for mention in recent:
            sentence, token, draft, weight, _, _, told = mention
            if sentence <= farthest:
                break
            number = id(draft)
            if number in hard:
                continue
            tells = teller is not None and tree.heads[token] == teller
            if not (agrees(mention, lower) or (tells and may_be_many(draft, lower))):
                continue
            back = here - sentence
            if not says and not tells:
                weight *= told
            if group[token] != own:
                weight *= _OTHER_VOICE if group[token] or lower in IT else _NO_QUOTATION
            if behind and back == 0 and told == 1.0:
                weight *= _WITHIN_SAID  # "the rebels had fled, they said"
            drafts[number] = draft
            weight *= DECAY[back]
            if weight > best.get((number, back), 0.0):
                best[number, back] = weight
        weights: dict[int, float] = defaultdict(float)
        for (number, _), weight in best.items():
            weights[number] += weight
        return weights, drafts

    def _structural(self, pronoun: int, recent: Collection[Mention]) -> tuple[dict[int, float], set[int]]:
        """What parallel function and the clauses around add to some candidates, and whom they suggest."""
        tree = self._tree
        more: dict[int, float] = defaultdict(float)
        bound: set[int] = set()

        def add(tokens: Iterable[int], weight: float) -> None:
            for token in tokens:
                draft = draft_at(self._reading, token)
                if draft is not None:
                    more[id(draft)] += weight
                    if weight in (_MATRIX, _FAULTED):
                        bound.add(id(draft))

        dep, head = tree.deps[pronoun], tree.heads[pronoun]
        first = True
        at_fault = self._at_fault(pronoun)
        add(at_fault, _FAULTED)
        if at_fault:
            first = False
        elif dep in SUBJECTS:
            above, clause = clause_above(tree, pronoun)
            if above is not None:
                first = False
                sure = clause == "ccomp" or self._is_relative(above)
                add(self._grammar.surface(above)[0], _MATRIX if sure else _BESIDE)
            add(self._owner_above(head), _MATRIX)
        elif dep == "poss":
            place, verb = self._place(head)
            if place in SUBJECTS:
                # "the bank said its office had closed"
                above, clause = clause_above(tree, head)
                if above is not None and clause == "ccomp":
                    add(self._grammar.surface(above)[0], _MATRIX)
            elif place and not (place == "prep" and self._has_object(verb, tree.lowers[pronoun], recent)):
                add(self._grammar.surface(verb)[0], _MATRIX)
        says, here = reports(tree, pronoun), tree.sentence[pronoun]
        for mention in recent:
            if here - mention.sentence > 1:
                break
            number, near = id(mention.draft), mention.sentence == here
            if near and dep in _OBJECTS and tree.deps[mention.token] in _OBJECTS:
                more[number] = max(more[number], _BESIDE)
            elif dep == "nsubjpass" and not near and tree.deps[mention.token] in ("dobj", "nsubjpass"):
                more[number] = max(more[number], _BESIDE)  # to whom something is done
            elif not near and first and dep == "nsubj" and mention.weight >= SUBJECT * 0.9:
                more[number] = max(more[number], _PARALLEL)
            if near:
                first = first and mention.weight < SUBJECT * 0.6
            if says and mention.told < 1.0:
                more[number] = max(more[number], _PARALLEL)
        return more, bound

    def _at_fault(self, pronoun: int) -> list[int]:
        """Who is blamed or punished for what the pronoun's clause tells, if a pronoun can mean them."""
        tree, lower = self._tree, self._tree.lowers[pronoun]
        subject = tree.heads[pronoun] if tree.deps[pronoun] == "poss" else pronoun
        found: list[int] = []
        for token in faulted(tree, subject):
            draft = draft_at(self._reading, token)
            if draft is not None and agrees(mention_of(tree, token, draft), lower):
                found.append(token)
        return found

    def _is_relative(self, verb: int) -> bool:
        """Whether a clause tells of a noun: "the men, who fled as they ..."."""
        tree = self._tree
        while tree.deps[verb] in ("xcomp", "conj") and tree.heads[verb] != verb:
            verb = tree.heads[verb]
        return tree.deps[verb] == "relcl"

    def _has_object(self, verb: int, lower: str, recent: Collection[Mention]) -> bool:
        """Whether the object may be meant as well as the subject: "thanked the troops for their help"."""
        object_ = self._tree.child(verb, "dobj")
        return object_ is not None and any(mention.token == object_ and agrees(mention, lower) for mention in recent)

    def _place(self, noun: int) -> tuple[str, int]:
        """What a noun phrase is to the verb over it, through the phrases that it stands in: "a law on its banks"."""
        tree = self._tree
        for _ in range(_HIGHEST):
            dep, above = tree.deps[noun], tree.heads[noun]
            if above == noun or dep in ("conj", "appos", "poss") or tree.pos[noun] in VERBAL:
                return "", noun
            if tree.pos[above] in VERBAL:
                return dep, above
            noun = above
        return "", noun

    def _owner_above(self, verb: int) -> tuple[int, ...]:
        """Whose it is of which a relative clause tells: "his diary, where he noted"."""
        tree = self._tree
        owner = tree.child(tree.heads[verb], "poss") if tree.deps[verb] == "relcl" else None
        return () if owner is None else (owner,)
