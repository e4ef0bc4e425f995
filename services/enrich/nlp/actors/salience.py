"""How prominent a mention is: subject over object over the rest, main clause over others; who reports comes last.

The weights are those of the literature on pronouns in their order, not in their numbers, which are set on news.
"""

from __future__ import annotations

from services.enrich.nlp.actors.binding import SUBJECTS, verb_of
from services.enrich.nlp.actors.quoted import SAYING
from services.enrich.nlp.syntax.tree import VERBAL, Tree

DECAY = (1.0, 0.7, 0.35, 0.15)
"""By how many sentences ago."""
SUBJECT, OBJECT = 80.0, 50.0
_DATIVE, _OBLIQUE, _NESTED, _PART, _FRAGMENT = 45.0, 38.0, 20.0, 10.0, 60.0
_BELOW = {"relcl": 0.65, "acl": 0.65, "advcl": 0.8, "ccomp": 0.95, "pcomp": 0.7, "xcomp": 0.9}
_DEEP = 5
_COUNTING = frozenset({"CD", "DT", "JJ", "JJS", "JJR"})


def function(tree: Tree, token: int) -> tuple[str, int]:
    """The dependency of a noun phrase as a whole, conjuncts as their first, and the token that has it."""
    for _ in range(_DEEP):
        head = tree.heads[token]
        if tree.deps[token] in ("conj", "appos"):
            token = head
        elif tree.deps[token] == "pobj" and tree.lowers[head] == "of" and tree.tags[tree.heads[head]] in _COUNTING:
            token = tree.heads[head]  # "many of the ships"
        else:
            break
    return tree.deps[token], token


def prominence(tree: Tree, token: int) -> float:
    """The weight of a mention in its sentence, 0 to 100."""
    dep, token = function(tree, token)
    head = tree.heads[token]
    if dep in SUBJECTS:
        return SUBJECT * _depth(tree, head)
    if dep in ("dobj", "dative", "oprd"):
        return (_DATIVE if dep == "dative" else OBJECT) * _depth(tree, head)
    if dep == "attr":
        return _NESTED
    if dep == "pobj":
        above = tree.heads[head]
        if tree.deps[head] == "agent":
            return _DATIVE * _depth(tree, above)
        if tree.pos[above] in VERBAL:
            return _OBLIQUE * _depth(tree, above)
        return _NESTED
    if dep == "poss":
        outer, _ = function(tree, head)
        return OBJECT if outer in SUBJECTS else _OBLIQUE * 0.8
    if dep == "ROOT":
        return _FRAGMENT
    return _PART if dep in ("compound", "nmod", "amod") else _NESTED


def _depth(tree: Tree, verb: int) -> float:
    """How much a clause that is not the main one takes away."""
    weight = 1.0
    for _ in range(_DEEP):
        weight *= _BELOW.get(tree.deps[verb], 1.0)
        above = tree.heads[verb]
        if above == verb or tree.deps[verb] not in ("conj", *_BELOW):
            break
        verb = above
    return weight


def reports(tree: Tree, token: int) -> bool:
    """Whether a token is the subject of a verb of saying."""
    return tree.deps[token] in SUBJECTS and tree.lemmas[tree.heads[token]] in SAYING


def reports_behind(tree: Tree, token: int) -> bool:
    """Whether it is one that stands behind what is said: "the bridge was closed, officials said"."""
    if not reports(tree, token):
        return False
    verb = tree.heads[token]
    if tree.deps[verb] == "parataxis":
        return True
    return any(tree.deps[child] == "ccomp" and child < min(verb, token) for child in tree.children[verb])


def clause_above(tree: Tree, token: int) -> tuple[int | None, str]:
    """The verb over the clause of which a token is the subject, and what the clause is to it."""
    verb = verb_of(tree, token)
    for _ in range(_DEEP):
        if verb is None:
            return None, ""
        dep, above = tree.deps[verb], tree.heads[verb]
        if dep in ("ccomp", "advcl") and above != verb:
            # The parser hangs quoted speech below what follows it.
            return (above, dep) if above < verb else (None, "")
        if dep not in ("conj", "xcomp"):
            return None, ""
        verb = above
    return None, ""
