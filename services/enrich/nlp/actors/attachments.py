"""A role noun that says who a name is: a title before it, an apposition beside it, "is" between them.

The text's own words beat the lexicon, save that an office holder's former offices do not end the present one.
"""

from __future__ import annotations

from services.enrich.nlp.actors.drafts import Draft, Reading, Span
from services.enrich.nlp.actors.entries import Noun
from services.enrich.nlp.actors.nouns import is_plural, noun_start
from services.enrich.nlp.actors.phrases import Facts, read_facts

_BRACKETS = frozenset({",", "(", "-", "–", "—", "--"})
_CLOSING = frozenset({",", ")", ".", "-", "–", "—", "--", ";", "said"})
_LEADING = frozenset({"lead", "head", "chair", "command", "run"})
_HONORIFICS = frozenset({"mr", "mr.", "mrs", "mrs.", "ms", "ms.", "dr", "dr."})
_WIDEST = 8  # tokens between a comma and the role noun after it


def attach(reading: Reading, token: int, noun: Noun) -> bool:
    """Whether the noun says who a name is; if so, the name's actor is told and the noun denotes it."""
    tree = reading.tree
    dep, head = tree.deps[token], tree.heads[token]
    named = _titled(reading, token, noun)
    if named is not None:
        facts = read_facts(reading, token, noun, noun_start(reading, token, noun), also=named.head)
        return _tell(reading, named, token, noun, facts, title=True)
    beside = None
    if dep == "appos":
        beside = _before_comma(reading, token) or reading.span_at.get(head)
    elif dep == "attr" and tree.lemmas[head] == "be":
        subject = tree.child(head, "nsubj")
        beside = reading.span_at.get(subject) if subject is not None else None
        if beside is not None and (beside.draft is None or beside.draft.told or tree.child(head, "neg") is not None):
            return False
    else:
        beside = _apposed(reading, token) or _after_name(reading, token)
    if beside is None or beside.draft is None or not _fits(reading, beside.draft, token, noun):
        return False
    facts = read_facts(reading, token, noun, noun_start(reading, token, noun))
    return _tell(reading, beside, token, noun, facts, title=False)


def _titled(reading: Reading, token: int, noun: Noun) -> Span | None:
    tree = reading.tree
    if "person" not in noun.kinds:
        return None
    following = reading.span_at.get(token + 1)
    if following is None and token + 2 < len(tree) and tree.lowers[token + 1] in _HONORIFICS:
        following = reading.span_at.get(token + 2)
    if following is None and tree.deps[token] in ("compound", "nmod") and tree.heads[token] > token:
        following = reading.span_at.get(tree.heads[token])
    if following is None or following.label != "PERSON" or following.draft is None:
        return None
    return following


def _before_comma(reading: Reading, token: int) -> Span | None:
    """The name right before the comma that an apposition follows; the parser may hang it on an earlier name."""
    edge = reading.left_edge(token)
    if edge >= 2 and reading.tree.lowers[edge - 1] in _BRACKETS:
        return reading.span_at.get(edge - 2)
    return None


def _apposed(reading: Reading, token: int) -> Span | None:
    """The name that stands as apposition after the noun: "the minister, Ana Silva,"."""
    for child in reading.tree.children[token]:
        if child > token and reading.tree.deps[child] == "appos":
            span = reading.span_at.get(child)
            if span is not None and span.label == "PERSON":
                return span
    return None


def _after_name(reading: Reading, token: int) -> Span | None:
    """The name before a comma where the parser saw no apposition, if the next comma closes it."""
    tree = reading.tree
    edge = reading.left_edge(token)
    if edge < 2 or token - edge > _WIDEST or tree.lowers[edge - 1] not in (",", "("):
        return None
    span = reading.span_at.get(edge - 2)
    if span is None or span.label != "PERSON" or tree.deps[token] in ("conj", "nsubj"):
        return None
    opened = tree.lowers[edge] in ("a", "an", "the") or edge in reading.demonyms or tree.deps[edge] == "poss"
    closed = token + 1 >= len(tree) or tree.lowers[token + 1] in _CLOSING or tree.deps[token + 1] == "prep"
    return span if opened and closed else None


def _fits(reading: Reading, draft: Draft, token: int, noun: Noun) -> bool:
    if "person" in draft.kinds:
        return "person" in noun.kinds and not is_plural(reading.tree, token, noun)
    return bool(draft.kinds & noun.kinds)


def _tell(reading: Reading, span: Span, token: int, noun: Noun, facts: Facts, *, title: bool) -> bool:
    draft = span.draft
    if draft is None:
        return False
    tree = reading.tree
    start = noun_start(reading, token, noun)
    told = [draft]
    if title and is_plural(tree, token, noun):
        others = (reading.span_at.get(other) for other in tree.conjuncts(span.head)[1:])
        told += [other.draft for other in others if other is not None and other.draft is not None]
    edge = min(reading.left_edge(token), start)
    if title and span.first > token:
        edge = min(edge, *(child for child in [*tree.children[span.head], token] if child <= token))
    if title and facts.last >= span.first:
        facts.last = token
    while edge < start and (tree.deps[edge] == "det" or tree.pos[edge] in ("DET", "PUNCT", "PART")):
        edge += 1
    role = tree.cut(edge, max(token, facts.last))
    for each in told:
        _learn(each, noun, facts, role, title=title)
    if len(told) == 1:
        for at in range(start, token + 1):
            reading.at[at] = draft
        if not title:
            draft.mentions.append((edge, token + 1))
    return True


def _learn(draft: Draft, noun: Noun, facts: Facts, role: str, *, title: bool) -> None:
    sectors = facts.sectors(noun)
    if "person" in draft.kinds and noun.head not in ("man", "woman"):
        draft.nouns |= {noun.noun, noun.head}
    draft.gender = draft.gender or noun.gender
    past = facts.former and draft.in_office and not title
    known = draft.in_office and draft.known_as is not None and noun.noun in (draft.role or "")
    if "person" not in draft.kinds:
        draft.country = draft.country or facts.country
        draft.sectors = draft.sectors or sectors
        return
    if noun.private and not facts.owner:
        return
    if noun.kin and (draft.sectors or draft.told):
        return
    if known and draft.sectors and not draft.told:
        draft.role, draft.told = role, True
    elif (sectors or noun.weak) and not past and not draft.told:
        # What the lexicon knows fills what the text leaves open.
        draft.sectors = sectors or draft.sectors
        draft.role = role
        draft.told = True
    elif draft.role is None:
        draft.role = role
    if not past:
        if facts.country and (not draft.country or (sectors and (title or not draft.known_as))):
            draft.country = facts.country
        if draft.owner is None and facts.owner is not draft and not facts.countries:
            draft.owner = facts.owner
    draft.public = draft.public or not noun.private


def attach_leaders(reading: Reading) -> None:
    """Who leads a delegation, a party or an army is of its country: "a delegation led by Ana Silva"."""
    tree = reading.tree
    for token in [token for token, lemma in enumerate(tree.lemmas) if lemma in _LEADING]:
        if tree.pos[token] != "VERB":
            continue
        agent = tree.child(token, "agent")
        if agent is not None:
            person = tree.child(agent, "pobj")
            led = tree.heads[token] if tree.deps[token] == "acl" else tree.child(token, "nsubjpass")
        elif tree.deps[token] == "relcl":
            person, led = tree.heads[token], tree.child(token, "dobj")
        else:
            continue
        span = reading.span_at.get(person) if person is not None else None
        leads = reading.at.get(led) if led is not None else None
        if span is None or span.draft is None or leads is None or leads is span.draft:
            continue
        draft = span.draft
        if "person" in draft.kinds:
            draft.country = draft.country or leads.country_of()
            draft.sectors = draft.sectors or list(leads.sectors)
            draft.public = draft.public or leads.public
