"""Whom a pronoun means behind a reproach or a punishment: "sanctioned Eritrea after it jailed monks" is Eritrea.

What follows as reason tells what they did who are blamed, fought or punished, not what was done by who does so.
"""

from __future__ import annotations

from collections.abc import Iterator

from services.enrich.nlp.actors.quoted import SAYING
from services.enrich.nlp.syntax.tree import VERBAL, Tree
from services.enrich.nlp.syntax.vocabulary import vocabulary

_REACTING = vocabulary(
    "condemn criticise criticize denounce accuse blame fault rebuke slam blast censure chide scold upbraid berate sue"
    " sanction punish penalise penalize fine bomb attack strike shell invade bombard warn threaten suspend expel impose"
    " break cut sever recall freeze ban blacklist boycott isolate downgrade summon arrest detain jail indict charge"
    " investigate fire sack dismiss oust protest complain halt withhold block rap lambast castigate"
)
_REASONS = frozenset("after because since as for over".split())
_MINDS = vocabulary("feel fear believe think see need consider regard worry hope suspect view perceive find deem")
_AGAINST = frozenset("on against with from at to of".split())
_WILLING = frozenset({"will", "would", "'ll", "'d", "shall", "wo", "can", "could", "must", "should"})
_HIGHEST = 4


def faulted(tree: Tree, subject: int) -> Iterator[int]:
    """The tokens of those who are blamed or punished in the clause for which the subject's clause gives the reason."""
    verb = tree.heads[subject]
    if tree.deps[subject] != "nsubj" or tree.pos[verb] not in VERBAL:
        return
    matrix = _reproach(tree, verb)
    if matrix is None or tree.lemmas[matrix] not in _REACTING:
        return
    for child in tree.children[matrix]:
        if child >= subject:
            break
        if tree.deps[child] in ("dobj", "dative") and tree.lowers[child] not in _AGAINST:
            yield child
            yield from _behind(tree, child, subject)
        else:
            yield from _behind_preposition(tree, child, subject)


def _behind(tree: Tree, noun: int, before: int, depth: int = 3) -> Iterator[int]:
    for child in tree.children[noun]:
        if noun < child < before and depth:
            yield from _behind_preposition(tree, child, before, depth - 1)


def _behind_preposition(tree: Tree, preposition: int, before: int, depth: int = 3) -> Iterator[int]:
    if tree.deps[preposition] in ("prep", "dative") and tree.lowers[preposition] in _AGAINST:
        target = tree.child(preposition, "pobj")
        if target is not None and target < before:
            yield target
            yield from _behind(tree, target, before, depth)


def _reproach(tree: Tree, verb: int) -> int | None:
    """The verb whose reason a clause is: over "after it ...", or over "saying that it ..."."""
    for _ in range(_HIGHEST):
        dep, above = tree.deps[verb], tree.heads[verb]
        if above == verb:
            return None
        if dep == "advcl":
            mark = tree.child(verb, "mark")
            if mark is None or tree.lowers[mark] not in _REASONS or above > verb:
                return None
            return None if tree.lemmas[verb] in _MINDS else above
        if dep == "pcomp" and tree.lowers[above] in _REASONS:
            return tree.heads[above]
        if dep == "ccomp" and tree.tags[above] == "VBG" and tree.lemmas[above] in SAYING:
            if tree.deps[above] not in ("advcl", "xcomp", "ccomp", "conj") or tree.child(above, "nsubj") is not None:
                return None
            willing = any(tree.lowers[child] in _WILLING for child in tree.children[verb])
            return None if willing else tree.heads[above]
        if dep != "conj":
            return None
        verb = above
    return None
