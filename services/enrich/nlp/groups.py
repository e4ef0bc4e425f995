"""Which mentions in an article name the same thing.

Only what the names themselves show: the same words, a surname after its full name, an acronym and what it stands for.
Where two things could be meant, nothing is joined. Descriptions ("the minister") and pronouns are the actors' matter.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence

Mention = tuple[str, str]  # label, text

_ARTICLE = re.compile(r"^(the|a|an)\s+", re.IGNORECASE)
_POSSESSIVE = re.compile(r"['’]s?$")
_EDGES = " \t\n.,;:!?\"'“”‘’()[]-–—"
_NAMES_OF_THINGS = frozenset({"ORG", "GPE", "LOC", "FAC", "NORP", "EVENT", "LAW", "PRODUCT", "WORK_OF_ART"})
_SMALL_WORDS = frozenset({"of", "the", "and", "for", "in", "on", "to", "de", "du", "la", "&"})
_LONGEST_NAME = 8  # in words; what is longer is no name
_ACRONYM = re.compile(r"^[A-Z]{2,7}$")


def group_mentions(mentions: Sequence[Mention]) -> list[tuple[str, str]]:
    """For each mention its group (``g1``, in the order of first mentions) and the fullest name in the group."""
    bare = [_bare(text) for _, text in mentions]
    keys = [(label, _key(name)) for (label, _), name in zip(mentions, bare, strict=True)]
    joined = _join(dict.fromkeys(keys))
    numbers: dict[Mention, str] = {}
    names: dict[Mention, str] = {}
    for key, name in zip(keys, bare, strict=True):
        root = joined[key]
        numbers.setdefault(root, f"g{len(numbers) + 1}")
        if len(name) > len(names.get(root, "")):
            names[root] = name
    return [(numbers[joined[key]], names[joined[key]]) for key in keys]


def _bare(text: str) -> str:
    """The name alone: no article before it, no possessive or punctuation after it."""
    bare = _POSSESSIVE.sub("", _ARTICLE.sub("", " ".join(text.split())))
    dotted = bare.strip(_EDGES)
    # "U.S." keeps the stop that belongs to it.
    return f"{dotted}." if "." in dotted and bare.startswith(f"{dotted}.") else dotted or text


def _key(bare: str) -> str:
    # "U.S.", "US" and "u.s." are written differently and name the same.
    undotted = bare.replace(".", "")
    return undotted if "." in bare and undotted.isupper() else bare if _ACRONYM.match(bare) else bare.casefold()


def _join(keys: Iterable[Mention]) -> dict[Mention, Mention]:
    """Map each distinct (label, key) to the one that stands for its group."""
    roots = {key: key for key in keys}
    people = [key for key in keys if key[0] == "PERSON" and key[1]]
    for shorter, longer in [*_surnames(people), *_acronyms(keys)]:
        roots[shorter] = roots[longer]
    # A surname may hang on a name that itself was joined: follow to the end.
    for key in keys:
        while roots[roots[key]] != roots[key]:
            roots[key] = roots[roots[key]]
    return roots


def _surnames(people: Sequence[Mention]) -> list[tuple[Mention, Mention]]:
    joins: dict[Mention, Mention] = {}
    by_ends: dict[tuple[str, str], Mention] = {}
    by_last_words: dict[str, list[Mention]] = defaultdict(list)
    for key in sorted(people, key=lambda person: -len(person[1])):
        words = key[1].split()
        fuller = by_ends.setdefault((words[0], words[-1]), key) if len(words) > 1 else key
        # "Ana R. Silva" and "Ana Silva": first and last name agree.
        if fuller is not key and set(words) <= set(fuller[1].split()):
            joins[key] = fuller
        elif len(bearers := by_last_words[key[1]]) == 1:
            joins[key] = bearers[0]
        else:
            for first in range(1, min(len(words), _LONGEST_NAME)):
                by_last_words[" ".join(words[first:])].append(key)
    return list(joins.items())


def _acronyms(keys: Iterable[Mention]) -> list[tuple[Mention, Mention]]:
    spelt: dict[tuple[str, str], list[Mention]] = defaultdict(list)
    for label, key in keys:
        words = re.split(r"[\s\-]+", key)
        if label in _NAMES_OF_THINGS and len(words) > 1:
            letters = "".join(word[0] for word in words if word and word not in _SMALL_WORDS).upper()
            spelt[label, letters].append((label, key))
    return [
        ((label, key), spelt[label, key][0])
        for label, key in keys
        if _ACRONYM.match(key) and len(spelt.get((label, key), ())) == 1
    ]
