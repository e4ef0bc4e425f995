"""Pronouns, and nouns such as "the minister": joined only where one actor fits, and no other comes close.

Candidates of the last sentences are weighed; things and pairs that a pronoun may mean compete with them. Where two are
close, the pronoun means nobody: an actor too few is better than a wrong one. Looks back a few sentences, never forward.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Sequence

from services.enrich.nlp.actors.binding import SUBJECTS, draft_at, is_slain, verb_of
from services.enrich.nlp.actors.competitors import groups_before, held_before, things_before
from services.enrich.nlp.actors.drafts import Draft, Reading
from services.enrich.nlp.actors.entries import Noun
from services.enrich.nlp.actors.mentions import HE, IT, THEY, Mention, mention_of
from services.enrich.nlp.actors.nouns import ACTING
from services.enrich.nlp.actors.quoted import Quoted
from services.enrich.nlp.actors.weighing import Candidate, Weigher
from services.enrich.nlp.syntax.grammar import Grammar

_EMPTY_VERBS = frozenset("seem appear take happen rain snow mean turn come emerge transpire matter sound look".split())
_OF_WILL = frozenset(
    "willing unwilling ready prepared eager keen reluctant determined committed open concerned".split()
)
_KEPT = 40  # mentions
_ONE_ROLE = 2  # sentences back in which one of several of a role can be meant
_OTHER_ROLE = 6  # sentences in which then no other of that role may be mentioned
_LEAST, _MARGIN = 28.0, 1.3
_LEAST_OTHERS, _MARGIN_OTHERS = 40.0, 1.5  # for "it" and "they"
_MARGIN_BOUND = 1.15  # of whom structure suggests
_PROMINENT = 50.0  # a subject, or what has one


class Memory:
    """The last mentions before a place in the text."""

    def __init__(self, reading: Reading) -> None:
        self._reading, self._tree = reading, reading.tree
        self._grammar = Grammar(reading.tree)
        self._quoted = Quoted(reading.tree)
        self._weigher = Weigher(reading, self._grammar, self._quoted)
        self._recent: deque[Mention] = deque(maxlen=_KEPT)  # the last first
        self._called: dict[tuple[str, bool], list[Draft]] = defaultdict(list)
        self._words: dict[int, int] = {}
        self._last: dict[int, Mention] = {}
        self._slain: set[int] = set()
        # Whom no record is of: somebody, something or some people that a pronoun before meant.
        self._nobody = {
            "m": Draft("", {"person"}, gender="m"), "f": Draft("", {"person"}, gender="f"),
            "it": Draft("", {"org"}), "they": Draft("", {"group"}, plural=True),
        }  # fmt: skip

    def note(self, token: int, draft: Draft) -> None:
        """Remember a mention, in the order of the text."""
        mention, number = mention_of(self._tree, token, draft), id(draft)
        self._recent.appendleft(mention)
        self._last[number] = mention
        if is_slain(self._tree, token):
            self._slain.add(number)
        if self._words.get(number) != len(draft.nouns):
            self._words[number] = len(draft.nouns)
            for noun in draft.nouns:
                drafts = self._called[noun, draft.plural]
                if draft not in drafts:
                    drafts.append(draft)

    def called(self, token: int, noun: Noun, *, plural: bool, country: str | None = None) -> Draft | None:
        """The one actor of the text before, and of the country if that is told, that this noun can mean.

        Of several, the one of the sentences right before, if it is prominent and no other is mentioned near.
        """
        fitting = self._called.get((noun.noun, plural), [])
        if country is not None:
            fitting = [draft for draft in fitting if draft.country_of() == country]
        if self._slain and self._tree.deps[token] == "nsubj":
            fitting = [draft for draft in fitting if id(draft) not in self._slain]
        if len(fitting) > 1:
            # A trade union is meant by "the union", rather than a body of whose sector nothing is known.
            fitting = [draft for draft in fitting if set(draft.sectors) & set(noun.sectors)] or fitting
        if len(fitting) <= 1:
            return fitting[0] if fitting else None
        alike = len({(draft.country_of(), *draft.sectors[:1], draft.known_as) for draft in fitting}) == 1
        if alike and "person" not in noun.kinds and fitting[0].country_of() is not None:
            return max(fitting, key=lambda draft: self._last[id(draft)].token)  # two names of one delegation
        here = self._tree.sentence[token]
        last = [self._last[id(draft)] for draft in fitting]
        near = [mention for mention in last if here - mention.sentence <= _OTHER_ROLE]
        if len(near) != 1 or here - near[0].sentence > _ONE_ROLE or near[0].weight < _PROMINENT:
            return None
        return near[0].draft

    def several(self, noun: Noun, *, plural: bool) -> bool:
        """Whether the text before has more than one that this noun can mean."""
        return len(self._called.get((noun.noun, plural), ())) > 1

    def speaker(self, token: int) -> Draft | None:
        """Who speaks the quotation that a token stands in."""
        speaker = self._quoted.speaker(self._quoted.group[token])
        return draft_at(self._reading, speaker) if speaker is not None else None

    def pronoun(self, token: int) -> Draft | None:
        """Whom a pronoun means, where that is safe; it is remembered as a mention."""
        lower = self._tree.lowers[token]
        if lower == "it" and not self._refers(token):
            return None
        found = self._chosen(token, lower, self._weigher.candidates(token, self._recent))
        if found is None:
            self.note(token, self._nobody[HE.get(lower) or ("they" if lower in THEY else "it")])
            return None
        if lower in HE and not found.gender:
            found.gender = HE[lower]
        self.note(token, found)
        return found

    def _chosen(self, token: int, lower: str, candidates: Sequence[Candidate]) -> Draft | None:
        if not candidates:
            return None
        best = candidates[0]
        person = lower in HE
        if not best.allowed or best.draft in self._nobody.values():
            return None
        if best.weight < (_LEAST if person else _LEAST_OTHERS):
            return None
        margin = _MARGIN_BOUND if best.bound else _MARGIN if person else _MARGIN_OTHERS
        rivals = [candidate.weight for candidate in candidates[1:2]]
        if lower in IT:
            rivals += held_before(self._reading, self._holders(token))
            if not best.bound:
                if not self._is_prominent(token, best.draft):
                    return None
                rivals += things_before(self._reading, token)
        elif lower in THEY and not best.bound:
            rivals += groups_before(self._reading, token, things=not self._acts(token))
        return best.draft if best.weight >= margin * max(rivals, default=0.0) else None

    def _is_prominent(self, token: int, draft: Draft) -> bool:
        """Whether an actor is a subject, or has one, in the sentence of a pronoun or the one before."""
        here = self._tree.sentence[token]
        return any(
            mention.draft is draft and mention.weight >= _PROMINENT and here - mention.sentence <= 1
            for mention in self._recent
        )

    def _holders(self, token: int) -> tuple[int, ...]:
        """Who or what does what a possessive belongs to: "tell the bank to stop its payments"."""
        tree = self._tree
        if tree.deps[token] != "poss" or tree.deps[tree.heads[token]] == "nsubj":
            return ()
        verb = verb_of(tree, token)
        return self._grammar.surface(verb)[0] if verb is not None else ()

    def _acts(self, token: int) -> bool:
        """Whether only somebody can do what a pronoun does here, or only somebody has what it has."""
        tree = self._tree
        head = tree.heads[token]
        if tree.deps[token] == "poss":
            return head in self._reading.nouns
        return tree.deps[token] == "nsubj" and tree.lemmas[head] in ACTING

    def _refers(self, token: int) -> bool:
        """Whether "it" does something, rather than stand for a clause: "it said", not "it is clear that"."""
        tree = self._tree
        if tree.deps[token] not in SUBJECTS or tree.pos[token] != "PRON":
            return False
        verb = tree.heads[token]
        if any(tree.deps[child] == "acomp" and tree.lemmas[child] in _OF_WILL for child in tree.children[verb]):
            return True
        if tree.pos[verb] != "VERB" or tree.lemmas[verb] in _EMPTY_VERBS:
            return False
        clausal = any(tree.deps[child] in ("ccomp", "csubj", "csubjpass") for child in tree.children[verb])
        return not (clausal and tree.deps[token] == "nsubjpass")  # "it was announced that"
