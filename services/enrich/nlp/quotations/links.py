"""Joins cues with what they introduce: stretches in quotation marks, and clauses that are reported."""

from __future__ import annotations

from dataclasses import dataclass, field

from services.enrich.nlp.quotations.attach import cue_of, cue_of_words
from services.enrich.nlp.quotations.clauses import Clauses
from services.enrich.nlp.quotations.layout import Layout
from services.enrich.nlp.quotations.marks import Marked
from services.enrich.nlp.quotations.nearby import cue_after, cue_before, goes_on, named_by_colon
from services.enrich.nlp.quotations.said import Said


@dataclass(frozen=True, slots=True)
class Reported:
    """A clause that is said, as offsets; `mixed` where some of it stands in quotation marks."""

    said: Said
    start: int
    end: int
    mixed: bool


@dataclass(slots=True)
class Links:
    """The cue of each stretch that has one; stretches that are part of a clause; clauses; sentences without a cue."""

    of: dict[int, Said] = field(default_factory=dict)
    parts: set[int] = field(default_factory=set)
    clauses: list[Reported] = field(default_factory=list)
    alone: list[int] = field(default_factory=list)


def link(layout: Layout) -> Links:
    """All of a text."""
    links = Links()
    reporting = _link_clauses(layout, links)
    _drop_nouns(links)
    last_on: dict[int, int] = {}
    for number, stretch in enumerate(layout.marked):
        said = links.of.get(number) or _cue(layout, stretch, reporting)
        if said is None:
            said = _from_nearby(layout, links, stretch, last_on.get(stretch.parent), reporting)
        if said is not None:
            links.of[number] = said
            last_on[stretch.parent] = number
        elif layout.is_sentence(stretch):
            links.alone.append(number)
    return links


def _drop_nouns(links: Links) -> None:
    """The verb and the noun of "said in a statement that" report one clause."""
    verbs = {(clause.start, clause.end) for clause in links.clauses if clause.said.part != "noun"}
    links.clauses = [
        clause for clause in links.clauses if clause.said.part != "noun" or (clause.start, clause.end) not in verbs
    ]


def _cue(layout: Layout, stretch: Marked, reporting: set[int]) -> Said | None:
    return cue_of(layout, stretch, reporting) or cue_of_words(layout, stretch)


def _from_nearby(
    layout: Layout, links: Links, stretch: Marked, previous: int | None, reporting: set[int]
) -> Said | None:
    if not layout.begins(stretch):
        return None
    if layout.is_after_colon(stretch):
        return cue_before(layout, stretch) or named_by_colon(layout, stretch)
    if not layout.ends_spoken(stretch):
        return None
    if previous is not None and goes_on(layout, stretch, layout.marked[previous], links.of[previous]):
        return links.of[previous]
    after = cue_after(layout, stretch, reporting)
    if after is not None and layout.last_point(stretch) in ",?!":
        return after
    return (cue_before(layout, stretch) or after) if layout.is_sentence(stretch) else None


def _link_clauses(layout: Layout, links: Links) -> set[int]:
    """Place each reported clause; the cues of those that are not all in marks."""
    clauses = Clauses(layout.tree, layout.by_cue)
    reporting: set[int] = set()
    extents: dict[int, int] = {}
    for number, stretch in enumerate(layout.marked):
        if not stretch.closed:
            _close(layout, number, clauses)
    for said in layout.said:
        quoted = _put_after(layout, said)
        if quoted is not None:
            links.of[quoted] = said
            continue
        for first, last in clauses.of(said):
            level = layout.level[said.cue]
            if level >= 0:
                # A clause ends with the quotation that its cue is in, whatever the parser thinks.
                around = layout.marked[level]
                first, last = max(first, around.first), min(last, around.last)
            if first <= last and not _link_clause(layout, links, said, first, last, clauses, extents):
                reporting.add(said.cue)
    return reporting


def _close(layout: Layout, number: int, clauses: Clauses) -> None:
    """A quotation that was never closed, as in '"We won, Silva said', ends before the cue that follows it."""
    stretch = layout.marked[number]
    for said in layout.cues_in(stretch.first, stretch.last, number):
        for first, last in clauses.of(said):
            if first == stretch.first and last < said.cue:
                layout.shorten(number, last + 1 if layout.tree.words[last + 1] == "," else last)
                return


def _put_after(layout: Layout, said: Said) -> int | None:
    """The stretch that a verb stands right after, its speaker behind it: '"We won," said Silva'."""
    if said.part != "verb":
        return None
    number = layout.ending_before(said.cue)
    if number is None or layout.last_point(layout.marked[number]) not in ",?!":
        return None
    noun = layout.noun_after(said.last)
    if noun is None:
        return None
    if not said.speakers or any(speaker <= said.cue for speaker in said.speakers):
        said.speakers = (noun,)
    return number


def _link_clause(
    layout: Layout, links: Links, said: Said, first: int, last: int, clauses: Clauses, extents: dict[int, int]
) -> bool:
    """Whether all of the clause is in quotation marks; `extents` are the clauses that stretches are part of."""
    level = layout.level[said.cue]
    inside = layout.within(first, last, level)
    for number in inside:
        stretch = layout.marked[number]
        if stretch.first > first and layout.begins_sentence(stretch):
            # The parser joined two sentences.
            if said.cue > stretch.last:
                links.of[number] = said
                return True
            last = stretch.first - 1
            inside = [other for other in inside if layout.marked[other].last <= last]
            span = clauses.trimmed(first, last)
            if span is None:
                return True
            first, last = span
            break
    stretches = [layout.marked[number] for number in inside]
    first = min([first, *(stretch.first for stretch in stretches)])
    last = max([last, *(stretch.last for stretch in stretches)])
    if inside and not _is_any_unquoted(layout, said, first, last, clauses):
        for number in inside:
            links.of[number] = said
            links.parts.discard(number)
        return True
    if not said.asserted:
        return False
    quoted = [number for number in inside if not layout.is_name(layout.marked[number])]
    for number in quoted:
        # Of a clause in a clause, the inner one quotes.
        if number not in links.of or last - first < extents.get(number, 0):
            links.of[number], extents[number] = said, last - first
            links.parts.add(number)
    start = min([layout.tree.starts[first], *(stretch.outer_start for stretch in stretches)])
    end = max([layout.tree.ends[last], *(stretch.outer_end for stretch in stretches)])
    links.clauses.append(Reported(said, start, end, bool(quoted)))
    return False


def _is_any_unquoted(layout: Layout, said: Said, first: int, last: int, clauses: Clauses) -> bool:
    """Whether a word of a clause stands outside of all quotation marks, the cue and what belongs to it aside."""
    tree, level = layout.tree, layout.level[said.cue]
    begin, end = said.cue, said.last
    if first <= said.cue <= last:
        begin, end = clauses.left(said.cue), clauses.right(said.cue)
        if begin <= first or end >= last:
            begin, end = min([said.cue, *said.speakers]), max([said.last, *said.speakers])
    return any(
        layout.level[token] == level and tree.pos[token] not in ("PUNCT", "SPACE") and not begin <= token <= end
        for token in range(first, last + 1)
    )
