"""Role nouns in a text: "the ministers", "Syrian rebel fighters", "protesters"; which words they are, and how many.

A noun that has other senses too ("head", "house", "power") is one only where its phrase or its verb says so.
"""

from __future__ import annotations

from services.enrich.nlp.actors.drafts import Reading
from services.enrich.nlp.actors.entries import Noun
from services.enrich.nlp.syntax.tree import Tree

_NOMINAL = frozenset({"NOUN", "PROPN"})
_PLURAL_TAGS = frozenset({"NNS", "NNPS"})
_BELONGING = frozenset({"of", "for", "within"})
_OFFICERS = frozenset({"general", "marshal", "whip"})
_POSSESSIVES = {"’s": "'s", "’": "'"}
_OF_THINGS = frozenset("merchant mother passenger pilot sister patron guest star model client customer".split())
"""Words that say of what kind a thing is, where they stand before it: "merchant ship", "mother tongue"."""
_TIMES = frozenset({"am", "pm"})
_NUMBERS = frozenset({"thousands", "hundreds", "dozens", "scores"})
_COUNTED = frozenset({"of", "more", "in", "by"})  # "thousands of dollars", "dozens more"
ACTING = frozenset(
    "say tell announce deny accuse warn condemn urge demand agree sign call reject impose expel recall declare vow"
    " pledge refuse propose insist denounce criticise criticize approve ban threaten offer recognise recognize ask add"
    " report confirm claim argue plan decide order vote rule arrest detain raid attack kill shoot invade withdraw"
    " retreat deploy capture seize advance clash fight shell bomb patrol summon appeal protest praise welcome".split()
)


def find_nouns(reading: Reading) -> None:
    """Fill `nouns`: by token of its last word. The words of people's names are none, nor are names of the lexicon."""
    tree, lasts = reading.tree, reading.lexicon.noun_words
    vague: list[tuple[int, Noun]] = []
    lowers, lemmas = tree.lowers, tree.lemmas
    tokens = [token for token, pos in enumerate(tree.pos) if pos in _NOMINAL]
    # The parser takes "general" and "senior" before a name for adjectives.
    tokens += [span.first - 1 for span in reading.spans if span.label == "PERSON" and span.first]
    for token in tokens:
        lower = lowers[token]
        if lower not in lasts and lemmas[token] not in lasts:
            continue
        span = reading.span_at.get(token)
        if span is not None and (span.entry is not None or span.label == "PERSON"):
            continue
        noun = match_noun(reading, token)
        if noun is None or (lower in _TIMES and _is_time(tree, token)):
            continue
        if noun.noun in _NUMBERS and any(tree.lowers[child] in _COUNTED for child in tree.children[token]):
            continue
        if noun.noun in _OF_THINGS and tree.deps[token] in ("compound", "nmod") and tree.heads[token] > token:
            continue
        if noun.vague:
            vague.append((token, noun))
        else:
            reading.nouns[token] = noun
    for token, noun in vague:
        if _signed(reading, token, noun):
            reading.nouns[token] = noun
    for token, noun in list(reading.nouns.items()):
        if " " in noun.noun:
            # "Secretary-General" is no secretary.
            for part in range(noun_start(reading, token, noun), token):
                reading.nouns.pop(part, None)


def match_noun(reading: Reading, token: int) -> Noun | None:
    """The longest noun of the lexicon that ends with this token; as it is written before its lemma."""
    tree, lexicon = reading.tree, reading.lexicon
    lower, lemma = tree.lowers[token], tree.lemmas[token]
    keys = (lower, lemma, lower[:-1]) if lower[-1:] == "s" else (lower,) if lower == lemma else (lower, lemma)
    before = token - 1
    if before > 0 and tree.lowers[before] == "-":
        before -= 1
    if before >= 0:
        found: Noun | None = None
        words = 0
        for word in dict.fromkeys((_POSSESSIVES.get(tree.lowers[before], tree.lowers[before]), tree.lemmas[before])):
            for key in keys:
                for wanted, noun in lexicon.long_nouns.get((word, key), ()):
                    if len(wanted) > words and _precede(tree, token, wanted):
                        found, words = noun, len(wanted)
                        break
        if found is not None:
            return found
    for key in keys:
        if key in lexicon.bare_nouns:
            return lexicon.bare_nouns[key]
    return None


def _precede(tree: Tree, token: int, before: tuple[str, ...]) -> bool:
    at = token
    for word in before:
        at -= 1
        if at > 0 and tree.lowers[at] == "-":
            at -= 1
        if at < 0:
            return False
        lower = tree.lowers[at]
        if lower != word and tree.lemmas[at] != word and _POSSESSIVES.get(lower) != word:
            return False
    return True


def noun_start(reading: Reading, token: int, noun: Noun) -> int:
    """The first token of a noun that ends with this token."""
    at = token
    for _ in range(noun.tokens_before):
        at -= 1
        if at > 0 and reading.tree.lowers[at] == "-":
            at -= 1
    return at


def is_plural(tree: Tree, token: int, noun: Noun) -> bool:
    """Whether it means several: by its form, whatever it counts in."""
    if "person" in noun.kinds:
        # The tagger does not know "attachés" for a plural.
        return tree.tags[token] in _PLURAL_TAGS or tree.lowers[token] == f"{noun.head}s"
    return tree.tags[token] in _PLURAL_TAGS and "org" not in noun.kinds and "group" not in noun.kinds


def _before_name(reading: Reading, token: int) -> bool:
    span = reading.span_at.get(token + 1)
    return span is not None and span.label == "PERSON"


def _is_time(tree: Tree, token: int) -> bool:
    """Tell "9:00 PM" from a prime minister."""
    return token > 0 and (tree.pos[token - 1] == "NUM" or tree.words[token - 1][-1:].isdigit())


def _signed(reading: Reading, token: int, noun: Noun) -> bool:
    """Whether something says that a word of several senses is an actor here."""
    tree = reading.tree
    if _before_name(reading, token):
        return True
    first = tree.sentences[tree.sentence[token]][0]
    if tree.words[token][0].isupper() and token > first and tree.sentence[token] not in reading.headlines:
        return True
    dep, head = tree.deps[token], tree.heads[token]
    if noun.noun in _OFFICERS and tree.pos[token] == "NOUN" and dep not in ("compound", "amod", "nmod"):
        return tree.tags[token] == "NNS" or tree.child(token, "det", "poss") is not None
    if dep == "nsubj" and tree.lemmas[head] in ACTING:
        return True
    if dep == "pobj" and tree.deps[head] == "agent":
        return True
    for child in tree.children[token]:
        if child < token:
            if child in reading.demonyms or tree.lowers[child] in reading.lexicon.modifiers:
                return True
            span = reading.span_at.get(child)
            if span is not None and span.label != "PERSON" and (span.entry is not None or span.label == "ORG"):
                return True
            before = reading.nouns.get(child)
            if before is not None and not before.private and "state" not in noun.kinds:
                return True
        elif tree.lowers[child] in _BELONGING and "state" not in noun.kinds:
            target = tree.child(child, "pobj")
            if target is None:
                continue
            span, inner = reading.span_at.get(target), reading.nouns.get(target)
            if (span is not None and span.label != "PERSON") or (inner is not None and not inner.private):
                return True
    return False
