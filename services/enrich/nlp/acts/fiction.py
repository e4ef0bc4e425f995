"""Which sentences retell a story: who kills and rebels in a film or a novel does it nowhere else.

A work is the subject of a verb of telling, or the place where it happens ("in the film"). What the work itself meets
with is real: a novel is banned, a film is shown. Speaks of words alone, and knows no actors.
"""

from __future__ import annotations

from services.enrich.nlp.syntax.tree import Tree

_WORKS = frozenset(
    "film movie novel thriller sitcom comedy melodrama musical opera screenplay play book miniseries drama".split()
)
_TELLING = frozenset("follow tell depict portray star centre center chronicle recount narrate feature".split())
_PEOPLE_OF_STORIES = frozenset("hero heroine protagonist antihero narrator".split())


def fiction_sentences(tree: Tree) -> frozenset[int]:
    """Numbers of the sentences that retell what happens in a work."""
    return frozenset(
        tree.sentence[token] for token, lemma in enumerate(tree.lemmas) if lemma in _WORKS and _is_retold(tree, token)
    )


def _is_retold(tree: Tree, work: int) -> bool:
    above = tree.heads[work]
    dep = tree.deps[work]
    if dep == "nsubj":
        # "the novel tells", in the present: a book that told is as likely a report.
        return tree.lemmas[above] in _TELLING and tree.tags[above] in ("VBZ", "VBP")
    if dep == "poss":
        return tree.lemmas[above] in _PEOPLE_OF_STORIES
    if dep != "pobj" or tree.lowers[above] != "in":
        return False
    governing = tree.heads[above]
    return tree.tags[governing] in ("VBZ", "VBP") and above < governing
