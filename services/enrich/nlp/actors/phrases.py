"""What the noun phrase of a role noun says of it: country, owner, sectors, whether former.

The country comes from an adjective ("Kenyan"), a possessor ("Kenya's"), a compound ("US"), "of", or a place with "in"
and "from"; else from the organisation or person that it belongs to; else it is not known.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from services.enrich.nlp.actors.drafts import MODIFIERS, Draft, Reading, Span
from services.enrich.nlp.actors.entries import Noun, Sort
from services.enrich.nlp.syntax.tree import Tree

_TERRITORIES = (Sort.STATE, Sort.GOVERNMENT, Sort.PLACE)
_OF_ANOTHER = frozenset("ally partner rival enemy foe neighbour neighbor adversary opponent counterpart".split())
_TRADES = frozenset({"BUS", "CVL", "EDU", "JRN", "AGR", "LAB", "MED", "CRM"})
_OVERRIDING = ("ELI", "OPP", "REB")
_BELONGING = frozenset({"of", "for", "with"})
_PLACING = frozenset({"in", "from", "at", "near", "outside"})
_AWAY = frozenset({"MIL", "PRM"})
_ABROAD = frozenset("embassy consulate mission ambassador envoy diplomat delegation peacekeeper correspondent".split())
_WITHIN = MODIFIERS | {"conj"}
_LEADING = frozenset(
    "leader ruler strongman delegate negotiator representative colleague counterpart adviser advisor aide".split()
)
_OF_ANYTHING = frozenset(
    ("president", "vice president", "vice-president", "co-president", "secretary", "chancellor", "official", "governor")
)
"""Who has these titles holds no public office by them, where the body is not known."""
_DEEPEST = 3
_AT_WORK = frozenset("boss employer colleague supervisor employee assistant coworker co-worker teammate".split())
_MOST = 12  # words of a phrase that are looked at


@dataclass(slots=True)
class Facts:
    """What a phrase says."""

    countries: list[str | None] = field(default_factory=list)
    owner: Draft | None = None
    modifiers: list[str] = field(default_factory=list)
    """Sectors of the words before the noun."""
    former: bool = False
    last: int = 0
    """The last token of what belongs to the noun."""

    @property
    def country(self) -> str | None:
        """The one country that the phrase names; None where it names none, or several."""
        distinct = set(self.countries)
        return distinct.pop() if len(distinct) == 1 else None

    def sectors(self, noun: Noun) -> list[str]:
        """The sectors of the noun in this phrase, the one that counts most first."""
        override = [sector for sector in _OVERRIDING if sector in self.modifiers]
        office = noun.weak or not _TRADES.issuperset(noun.sectors)
        if self.former and "person" in noun.kinds and office and not noun.private:
            return ["ELI"]
        if not noun.weak:
            return list(dict.fromkeys([*override, *noun.sectors]))
        if override or self.modifiers:
            return list(dict.fromkeys([*override, *self.modifiers]))
        if self.owner is not None and "state" not in self.owner.kinds:
            if self.owner.sectors or noun.noun in _OF_ANYTHING:
                return list(self.owner.sectors)
            if noun.noun == "leader" and self.owner.known_as is not None:
                return ["GOV"]  # "G7 leaders"
        if noun.noun in _LEADING and any(self.countries):
            return ["GOV"]  # "the Kenyan leader"
        return list(noun.sectors)


def read_facts(reading: Reading, token: int, noun: Noun, start: int, also: int | None = None, depth: int = 0) -> Facts:
    """Read the phrase of the noun that ends at `token` and starts at `start`.

    also: another token whose modifiers before `start` belong to it too: the name of which it is the title, or the noun
    of which it is the compound.
    """
    facts = _read_phrase(reading, token, noun, start, also, depth)
    if noun.head in _OF_ANOTHER:
        facts.owner = None  # its allies are not of its country
    return facts


def _read_phrase(reading: Reading, token: int, noun: Noun, start: int, also: int | None, depth: int) -> Facts:
    tree = reading.tree
    facts = Facts(last=token)
    rest = list(tree.children[token])
    if also is not None:
        rest += [child for child in tree.children[also] if child < token]
    if start < token and token not in (tree.heads[start], tree.heads[tree.heads[start]]):
        # "Togo's vice-president", where the parser hangs the possessor on "vice".
        rest += [child for child in tree.children[start] if child < start]
    looked = 0
    while rest and looked < _MOST:
        child = rest.pop(0)
        looked += 1
        dep = tree.deps[child]
        if child < token and dep in MODIFIERS:
            if child < start:
                _read_modifier(reading, facts, child, dep)
            if dep != "poss":
                rest += [below for below in tree.children[child] if tree.deps[below] in _WITHIN]
        elif child < start and dep == "conj":
            _read_modifier(reading, facts, child, dep)
            rest += [below for below in tree.children[child] if tree.deps[below] == "conj"]
        elif child > token and dep == "prep" and depth < _DEEPEST:
            _read_preposition(reading, facts, noun, child, depth)
        elif child > token and dep == "appos" and noun.weak and facts.owner is None and not facts.countries:
            # "Ana Silva, president, Silva Group"
            beside = reading.span_at.get(child)
            if beside is not None and (
                beside.label == "ORG" or (beside.entry is not None and beside.entry.sort is Sort.BODY)
            ):
                _read_owner(facts, beside)
    return facts


def _read_modifier(reading: Reading, facts: Facts, child: int, dep: str) -> None:
    tree = reading.tree
    lower = tree.lowers[child]
    if child in reading.demonyms:
        country = reading.demonyms[child].country
        # "Syrian Kurdish" is Syrian; "European and Russian" is of no one country.
        if country or dep == "conj" or any(tree.deps[below] == "conj" for below in tree.children[child]):
            facts.countries.append(country)
        return
    span = reading.span_at.get(child)
    if span is not None:
        _read_owner(facts, span)
        if dep == "poss":
            _read_others(reading, facts, noun_token=tree.heads[child], first=child)
        return
    noun = reading.nouns.get(child)
    if noun is not None:
        if dep == "poss":
            facts.owner = facts.owner or reading.at.get(child)
        elif not noun.private:
            facts.modifiers += noun.sectors
        return
    if lower == "whose":
        _read_antecedent(reading, facts, child)
    elif dep == "poss":
        facts.owner = facts.owner or reading.at.get(child)
    elif lower == "ethnic":
        facts.countries += ["", None]  # "ethnic Russians" are of no country that is said
    else:
        sector = reading.lexicon.modifiers.get(lower)
        if sector == "ELI" and _is_of_ones_own(tree, tree.heads[child]):
            facts.owner = None  # of another body by now
        elif sector == "ELI":
            facts.former = True
        elif sector:
            facts.modifiers.append(sector)


def _is_of_ones_own(tree: Tree, noun: int) -> bool:
    """Whether it is who one worked with: "his former boss" held no office for that."""
    owner = tree.child(noun, "poss")
    return tree.lemmas[noun] in _AT_WORK and owner is not None and tree.tags[owner] == "PRP$"


def _read_antecedent(reading: Reading, facts: Facts, child: int) -> None:
    """Whose: "Tunis, whose teachers"."""
    tree = reading.tree
    for above in tree.ancestors(child):
        if tree.deps[above] == "relcl":
            antecedent = tree.heads[above]
            span = reading.span_at.get(antecedent)
            if span is not None:
                _read_owner(facts, span)
            else:
                facts.owner = facts.owner or reading.at.get(antecedent)
            return


def _read_owner(facts: Facts, span: Span) -> None:
    entry = span.entry
    if entry is not None and entry.sort in _TERRITORIES:
        facts.countries.append(entry.country)
        if entry.sort is Sort.GOVERNMENT:
            facts.owner = facts.owner or span.draft
    elif span.draft is not None:
        facts.owner = facts.owner or span.draft


def _read_others(reading: Reading, facts: Facts, noun_token: int, first: int) -> None:
    """Several are of several countries: "the presidents of Ghana and Togo"."""
    tree = reading.tree
    if tree.tags[noun_token] not in ("NNS", "NNPS") or not facts.countries:
        return
    for other in tree.conjuncts(first)[1:]:
        span = reading.span_at.get(other)
        if span is not None and span.entry is not None and span.entry.sort in _TERRITORIES:
            facts.countries.append(span.entry.country)


def _read_preposition(reading: Reading, facts: Facts, noun: Noun, prep: int, depth: int) -> None:
    tree = reading.tree
    word = tree.lowers[prep]
    belonging = word in _BELONGING
    if not belonging and (word not in _PLACING or facts.countries or facts.owner):
        return
    if not belonging and word != "from" and (noun.noun in _ABROAD or not _AWAY.isdisjoint(noun.sectors[:1])):
        return  # soldiers and embassies are not of the country that they are in
    target = tree.child(prep, "pobj")
    if target is None:
        return
    span = reading.span_at.get(target)
    if span is not None:
        if belonging and not facts.countries:
            _read_owner(facts, span)
            _read_others(reading, facts, noun_token=tree.heads[prep], first=target)
        elif span.entry is not None and span.entry.sort in _TERRITORIES:
            facts.countries.append(span.entry.country)
        facts.last = max(facts.last, span.last - 1) if belonging else facts.last
        return
    inner = reading.nouns.get(target)
    if inner is None or not belonging:
        return
    below = read_facts(reading, target, inner, target, depth=depth + 1)
    if not facts.countries:
        facts.countries += below.countries
    facts.owner = facts.owner or below.owner
    if inner.kinds == {"state"} and noun.noun in ("leader", "head"):
        facts.modifiers.append("GOV")  # "leaders of the coastal states"
    if noun.weak and not inner.private:
        facts.modifiers += below.sectors(inner)
    facts.last = max(facts.last, below.last)
