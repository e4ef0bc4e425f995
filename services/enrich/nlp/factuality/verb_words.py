"""What the words beside a verb say of it: that it is not so, may be, shall be, is only asked or supposed."""

from __future__ import annotations

from schemas.events import Modality, Tense
from services.enrich.nlp.factuality.standing import Circumstances
from services.enrich.nlp.syntax.tree import VERBAL, Tree

NEGATIONS = frozenset({"no", "neither", "nobody", "none", "nothing", "never", "nor"})
_CONDITIONS = frozenset({"if", "unless", "provided", "lest"})
_NOT_DONE = frozenset({"never", "nor", "hardly", "scarcely", "almost", "nearly"})
_FUTURE = frozenset({"will", "'ll", "’ll", "wo", "shall"})
_WOULD = frozenset({"would", "'d", "’d"})
_POSSIBLE = frozenset({"may", "might", "could", "can", "ca"})
_REQUIRED = frozenset({"must", "should", "ought", "need"})
_INVERTED = frozenset({"had", "should", "were"})
_PERFECT = frozenset({"have", "had", "'ve", "’ve"})
_ASKING = frozenset("ask wonder question inquire enquire know see decide determine unclear unsure".split())
_SUBJECTS = ("nsubj", "nsubjpass")
_BEFORE_ORDERS = frozenset({"PUNCT", "SPACE", "INTJ", "CCONJ"})


def read_verb(tree: Tree, verb: int, below: int, found: Circumstances) -> None:
    """Add what stands beside one verb of the chain; `below` is the link of the chain under it."""
    own = below >= 0 and tree.deps[below] == "conj" and tree.heads[below] == verb and tree.pos[below] in VERBAL
    if own and tree.children_by(below, "aux", "auxpass", *_SUBJECTS):
        # "did not kill them and will release them": what has auxiliaries of its own takes only the condition.
        if is_condition(tree, verb):
            found.weaken(Modality.HYPOTHETICAL)
        return
    apart = own and _is_set_against(tree, below, verb)
    subject, asked = tree.child(verb, *_SUBJECTS), False
    perfect = any(tree.deps[child] == "aux" and tree.lowers[child] in _PERFECT for child in tree.children[verb])
    for child in tree.children[verb]:
        word, dep = tree.lowers[child], tree.deps[child]
        if _is_negation(tree, child, below):
            found.negated ^= not apart
        elif dep in ("aux", "auxpass"):
            inverted = subject is not None and child < subject
            if inverted and word in _INVERTED and _is_first(tree, verb, child):
                found.weaken(Modality.HYPOTHETICAL)
            asked = asked or (inverted and _is_first(tree, verb, child) and _ends_in_question(tree, verb))
            if word == "to" and inverted is False and _is_of_a_headline(tree, verb, subject):
                found.weaken(Modality.PLANNED)
            _auxiliary(tree, verb, word, perfect, found)
        elif dep == "mark":
            asked = asked or _asks(tree, verb, word)
            if word in _CONDITIONS and not asked:
                found.weaken(Modality.HYPOTHETICAL)
    if tree.deps[verb] == "conj" and tree.pos[tree.heads[verb]] in VERBAL:
        _shared(tree, verb, tree.heads[verb], found)
    if asked and found.modality is not Modality.HYPOTHETICAL:
        found.modality = Modality.POSSIBLE
    if found.negated and _until_when(tree, verb):
        found.negated = False
    if verb > 1 and tree.lowers[verb - 1] == "than" and tree.lowers[verb - 2] == "rather":
        found.negated = not found.negated
    if subject is None and tree.tags[verb] == "VB" and is_order(tree, verb):
        found.weaken(Modality.REQUESTED)


def is_none(tree: Tree, noun: int) -> bool:
    """Whether a noun phrase stands for nobody or nothing: "no plans", "neither side"."""
    return tree.lowers[noun] in NEGATIONS or any(
        tree.lowers[child] in ("no", "neither") and tree.deps[child] in ("det", "neg", "preconj", "cc")
        for child in tree.children[noun]
    )


def is_negated(tree: Tree, verb: int) -> bool:
    """Whether a verb has a "not" of its own, or a subject that is nobody."""
    return sum(_is_negation(tree, child, -1) for child in tree.children[verb]) % 2 == 1


def is_no_quality(tree: Tree, adjective: int) -> bool:
    """Whether it is said not to be so: "not responsible", "pleaded not guilty"."""
    if tree.pos[adjective] != "ADJ":
        return False
    beside = [*tree.children[adjective], *tree.children[tree.heads[adjective]]]
    return tree.deps[adjective] == "acomp" and any(tree.deps[word] == "neg" for word in beside)


def is_open(tree: Tree, verb: int) -> bool:
    """Whether a verb tells what is still to come: will, may, must."""
    return any(
        tree.deps[child] == "aux" and tree.lowers[child] in _FUTURE | _WOULD | _POSSIBLE | _REQUIRED
        for child in tree.children[verb]
    )


def is_to_come(tree: Tree, verb: int) -> bool:
    """Whether it, or what it says, is still to come."""
    return is_open(tree, verb) or any(is_open(tree, clause) for clause in tree.children_by(verb, "ccomp"))


def is_present(tree: Tree, verb: int) -> bool:
    """Whether it stands in the present: "once they agree", "once they have agreed"."""
    helpers = {tree.lowers[child] for child in tree.children_by(verb, "aux", "auxpass")}
    return tree.tags[verb] in ("VBZ", "VBP") or bool(helpers & {"has", "have", "is", "are", "'s", "’s"})


def is_wanted(tree: Tree, verb: int) -> bool:
    """Whether a clause tells what shall be: "that it be done", "it resign"; not how or whether it was."""
    if tree.tags[verb] == "VB":
        return True
    words = [child for child in tree.children[verb] if child < verb]
    if any(tree.tags[child] in ("WRB", "WP", "WDT") or tree.lowers[child] in ("if", "whether") for child in words):
        return False
    return any(tree.lowers[child] == "that" for child in words) or any(
        tree.tags[child] in ("MD", "VB") for child in words
    )


def _is_negation(tree: Tree, child: int, below: int) -> bool:
    word, dep = tree.lowers[child], tree.deps[child]
    if dep == "neg":
        return True
    if dep in ("advmod", "preconj", "cc"):
        if word == "once" and any(tree.deps[below_it] == "neg" for below_it in tree.children[child]):
            return True  # "not once did they meet"
        return word in _NOT_DONE or (word == "longer" and any(tree.lowers[c] == "no" for c in tree.children[child]))
    return dep in ("nsubj", "nsubjpass", "dobj") and child != below and is_none(tree, child)


def is_condition(tree: Tree, verb: int) -> bool:
    """Whether a clause is an "if", or one by inversion."""
    if any(tree.lowers[mark] in _CONDITIONS for mark in tree.children_by(verb, "mark")):
        return True
    auxiliary, subject = tree.child(verb, "aux"), tree.child(verb, *_SUBJECTS)
    if auxiliary is None or subject is None or auxiliary > subject:
        return False
    return tree.lowers[auxiliary] in _INVERTED and _is_first(tree, verb, auxiliary)


def _is_of_a_headline(tree: Tree, verb: int, subject: int | None) -> bool:
    """Whether "to" makes it the future: "Kenya to expel envoys, says minister"."""
    if subject is None or tree.tags[verb] != "VB":
        return False
    return tree.deps[verb] == "ROOT" or (tree.deps[verb] == "ccomp" and verb < tree.heads[verb])


def _until_when(tree: Tree, verb: int) -> bool:
    """Whether it was done in the end: "did not meet until May"."""
    if not any(tree.lowers[child] == "did" for child in tree.children_by(verb, "aux")):
        return False
    return any(
        tree.lowers[word] in ("until", "till")
        for child in tree.children[verb]
        for word in (child, *tree.children_by(child, "mark"))
    )


def _asks(tree: Tree, verb: int, mark: str) -> bool:
    """Whether a clause leaves open whether it is so: "asked if", "it is not known whether"."""
    if mark == "if":
        return tree.deps[verb] in ("ccomp", "pcomp", "acl") or tree.lemmas[tree.heads[verb]] in _ASKING
    return mark == "whether"


def _shared(tree: Tree, verb: int, first: int, found: Circumstances) -> None:
    """What the first of joined verbs lends to the next: "will meet and sign"."""
    if tree.children_by(verb, "aux", "auxpass", *_SUBJECTS):
        return
    for child in tree.children[first]:
        if tree.deps[child] == "aux" and tree.tags[verb] == "VB":
            _auxiliary(tree, verb, tree.lowers[child], False, found)


def _is_set_against(tree: Tree, verb: int, first: int) -> bool:
    """Whether a joined verb does not share the "not" of the first: "did not flee but fought", "not freed but shot"."""
    if any(tree.lowers[child] == "but" for child in tree.children_by(first, "cc")):
        return True
    return tree.tags[first] == "VB" and tree.tags[verb] != "VB"


def _auxiliary(tree: Tree, verb: int, word: str, perfect: bool, found: Circumstances) -> None:
    if word in _FUTURE:
        found.weaken(Modality.PLANNED)
        found.tense = found.tense or Tense.FUTURE
    elif word in _WOULD:
        # "would send tanks if ...": what it hangs on may not come.
        unreal = perfect or _has_condition(tree, verb)
        found.weaken(Modality.HYPOTHETICAL if unreal else Modality.PLANNED)
        found.tense = found.tense or (Tense.PAST if perfect else Tense.FUTURE)
    elif word in _POSSIBLE or (perfect and word == "must"):
        found.weaken(Modality.POSSIBLE)
        found.tense = found.tense or (Tense.PAST if perfect else Tense.FUTURE)
    elif word in _REQUIRED:
        found.weaken(Modality.HYPOTHETICAL if perfect else Modality.REQUESTED)
        found.tense = found.tense or (Tense.PAST if perfect else Tense.FUTURE)


def _has_condition(tree: Tree, verb: int) -> bool:
    """Whether an "if" hangs on the verb, or on the "said" that the verb hangs on."""
    heads = [verb, tree.heads[verb]] if tree.deps[verb] == "ccomp" else [verb]
    clauses = [clause for head in heads for clause in tree.children_by(head, "advcl")]
    # "would attack unless ..." is a threat all the same.
    return any(tree.lowers[mark] == "if" for clause in clauses for mark in tree.children_by(clause, "mark"))


def _is_first(tree: Tree, verb: int, auxiliary: int) -> bool:
    """Whether the auxiliary begins its clause: "had the army attacked", "did it attack", not "why did it"."""
    return not any(child < auxiliary and tree.pos[child] not in _BEFORE_ORDERS for child in tree.children[verb])


def _ends_in_question(tree: Tree, token: int) -> bool:
    begin, end = tree.sentences[tree.sentence[token]]
    return any("?" in tree.words[word] for word in range(max(begin, end - 3), end))


def is_order(tree: Tree, verb: int) -> bool:
    """Whether it is told to somebody: "Release them"."""
    if tree.deps[verb] not in ("ROOT", "ccomp", "parataxis", "advcl") or tree.children_by(verb, "aux", "mark"):
        return False
    first = verb
    while first > 0 and tree.sentence[first - 1] == tree.sentence[verb]:
        first -= 1
        if tree.lowers[first] in ('"', "“", "'", "‘", ":"):
            return True
        if tree.pos[first] not in _BEFORE_ORDERS and tree.deps[first] != "neg" and tree.lowers[first] != "please":
            return False
    return True
