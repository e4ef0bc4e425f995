"""An actor while its article is being read, and the reading itself: what each step leaves for the next."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass, field

from services.enrich.nlp.actors.entries import Holder, Name, Noun
from services.enrich.nlp.actors.lexicon import ActorLexicon
from services.enrich.nlp.syntax.tree import Tree

MODIFIERS = frozenset({"amod", "compound", "nmod", "poss", "nummod", "det", "advmod"})
"""Dependencies of what stands before a noun and belongs to it."""


_WIDEST = 30  # tokens of a noun phrase before its noun
_PARTING = frozenset({"ADP", "SCONJ", "SPACE"})
_NAMING = frozenset({"NOUN", "PROPN", "PRON"})
_PARTING_SIGNS = frozenset({"–", "—", "--", ":", ";", "(", ")", '"', "“", "”", "''", "``", "|", "/"})


@dataclass(slots=True, eq=False)
class Draft:
    """An actor, as far as it is known; `mentions` are (first token, last token + 1)."""

    name: str
    kinds: set[str]
    country: str | None = None
    sectors: list[str] = field(default_factory=list)
    role: str | None = None
    known_as: str | None = None
    public: bool = False
    gender: str = ""
    plural: bool = False
    owner: Draft | None = None
    """Whose country it has where it has none of its own."""
    nouns: set[str] = field(default_factory=set)
    """By which it can be called: "minister", "group"."""
    mentions: list[tuple[int, int]] = field(default_factory=list)
    told: bool = False
    """The text itself says its role."""
    placed: bool = False
    """Its country is that of the text, not of its own phrase."""
    in_office: bool = False
    place: bool = False
    """A city or a region, which governs no state."""
    seat: bool = False
    """A capital as a place."""
    realm: str | None = None
    """IGO or NGO, of a body that is of no one country."""
    actor_id: str = ""
    """Given at the end, to those that the text mentions."""

    def country_of(self, depth: int = 4) -> str | None:
        """Its country, or that of whom it belongs to."""
        if self.country or self.owner is None or depth == 0:
            return self.country
        return self.owner.country_of(depth - 1)

    def realm_of(self, depth: int = 4) -> str | None:
        """IGO or NGO, where it or whom it belongs to is no country's."""
        if self.realm or self.country or self.owner is None or depth == 0:
            return None if self.country else self.realm
        return self.owner.realm_of(depth - 1)


@dataclass(slots=True, eq=False)
class Span:
    """A name in the text: tokens first to last - 1."""

    first: int
    last: int
    head: int
    label: str
    entry: Name | None = None
    holders: tuple[Holder, ...] = ()
    within: list[Name] = field(default_factory=list)
    """Names that are parts of this name: "Kenya" in "Kenya Wildlife Service"."""
    noun: Noun | None = None
    draft: Draft | None = None


@dataclass(slots=True, eq=False)
class Reading:
    """One article on its way to records."""

    tree: Tree
    lexicon: ActorLexicon
    day: dt.date | None
    spans: list[Span] = field(default_factory=list)
    span_at: dict[int, Span] = field(default_factory=dict)
    demonyms: dict[int, Name] = field(default_factory=dict)
    """Adjectives of states and peoples that stand before a noun, by their last token."""
    headlines: set[int] = field(default_factory=set)
    """Sentences in which capitals say nothing: title case, or all capitals."""
    joined: dict[int, Name] = field(default_factory=dict)
    """States and peoples that a hyphen joins to a participle ("Turkish-backed"), by the token of either."""
    evident: set[str] = field(default_factory=set)
    """Countries that the text names by a name that nothing else bears."""
    drafts: list[Draft] = field(default_factory=list)
    by_key: dict[tuple[str, ...], Draft] = field(default_factory=dict)
    at: dict[int, Draft] = field(default_factory=dict)
    """By token: the actor that the noun phrase of this token denotes."""
    adjectival: dict[int, Draft] = field(default_factory=dict)
    """By token: the state or people of an adjective."""
    nouns: dict[int, Noun] = field(default_factory=dict)
    by_noun: dict[tuple[str, bool], list[Draft]] = field(default_factory=lambda: defaultdict(list))
    """By a role noun, and whether it means several: the first two actors of that noun alone."""
    capitals: list[int] = field(init=False)
    """Tokens that begin with a capital letter."""
    _edges: dict[int, int] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        """Find the capitals once: several steps look at them alone."""
        self.capitals = [token for token, word in enumerate(self.tree.words) if word[0].isupper()]

    def draft(self, key: tuple[str, ...] | None, name: str, kinds: set[str]) -> tuple[Draft, bool]:
        """The draft of this key, and whether it is new; with no key, a new one."""
        if key is not None and key in self.by_key:
            return self.by_key[key], False
        made = Draft(name, kinds)
        self.drafts.append(made)
        if key is not None:
            self.by_key[key] = made
        return made, True

    def left_edge(self, token: int) -> int:
        """The first token of the noun phrase that ends with this token."""
        edge = self._edges.get(token)
        if edge is None:
            edge = self._edges[token] = self._find_left_edge(token)
        return edge

    def _find_left_edge(self, token: int) -> int:
        if not self.tree.children[token]:
            return token
        edge, rest = token, [token]
        while rest:
            for child in self.tree.children[rest.pop()]:
                if child > token:
                    break
                if child < token - _WIDEST:
                    continue
                if self.tree.deps[child] in MODIFIERS:
                    rest.append(child)
                    edge = min(edge, child)
        for before in range(token - 1, edge - 1, -1):
            if self._parts(before):
                return before + 1
        return edge

    def _parts(self, token: int) -> bool:
        """Whether a token ends what can belong to a noun phrase, whatever the parser thinks: "OSLO - Ministers"."""
        tree = self.tree
        if tree.pos[token] in _PARTING or tree.lowers[token] in _PARTING_SIGNS:
            return True
        if tree.pos[token] == "VERB":
            return token > 0 and tree.pos[token - 1] in _NAMING
        if tree.lowers[token] != "-" or token == 0 or tree.starts[token] == tree.ends[token - 1]:
            return False
        return token + 1 < len(tree) and tree.words[token + 1][0].isupper()


def head_of(tree: Tree, first: int, last: int) -> int:
    """The token of a stretch whose head lies outside it; the last one where there are several."""
    for token in range(last - 1, first - 1, -1):
        if not first <= tree.heads[token] < last or tree.heads[token] == token:
            return token
    return last - 1


def add_span(reading: Reading, span: Span) -> None:
    """Add a name and claim its tokens."""
    reading.spans.append(span)
    for token in range(span.first, span.last):
        reading.span_at[token] = span
