"""Mentions of one person joined: full name, surname, given name; and who held office, by the date of the article.

A surname that two people of the article bear joins neither, unless "Mr", "Mrs" or nearness says which.
"""

from __future__ import annotations

from collections import defaultdict

from services.enrich.nlp.actors.drafts import Draft, Reading, Span, add_span
from services.enrich.nlp.actors.entries import Holder
from services.enrich.nlp.actors.titles import country_beside, find_titled, honorific_gender, titled
from services.enrich.nlp.syntax.tree import Tree

_SUFFIXES = frozenset({"jr", "jr.", "sr", "sr.", "ii", "iii", "iv"})
_SHORT_FOR = {
    "sen": "senator", "gov": "governor", "rep": "congressman", "gen": "general", "pm": "minister", "pres": "president",
    "amb": "ambassador", "cardinal": "pope", "justice": "justice", "col": "colonel",
}  # fmt: skip
_MISTAKEN = frozenset({"ORG", "NORP", "GPE", "FAC", "LOC"})  # labels that the model gives to surnames too
_HEADS = frozenset({"president", "prime minister", "chancellor", "supreme leader", "UN secretary-general"})
_ENGLISH = frozenset({"GBR", "IRL", "CAN", "AUS", "NZL", "JAM", "BRB", "TTO"})
_ANY_OFFICE = frozenset({"chief", "leader", "head", "boss", "official", "envoy"})
_FORGOTTEN_AFTER = 15 * 365  # days after which a bare surname no longer means who held office
_REMEMBERED = 5 * 365  # days for which a bare rare surname means who led a state
_OF_STATES = frozenset(
    "condemn urge accuse warn denounce impose expel pledge vow recognise recognize deploy invade threaten sign sanction"
    " criticise criticize summon appeal demand reject promise".split()
)
_NEAR = 2  # sentences
_DOMINANT = 3  # times as often named as another of that surname
_MOST_BEARERS = 20  # of one surname in one article
_LONGEST = 5  # words of a name
_SHORTEST = 3  # letters of a given name cut short


def find_people(reading: Reading) -> None:
    """Give every name of a person its draft."""
    find_titled(reading)
    people = _People(reading)
    shorter: list[Span] = []
    fuller: list[tuple[Span, list[str]]] = []
    for span in reading.spans:
        if span.entry is None and (span.holders or span.label == "PERSON"):
            words = _words(reading.tree, span)
            if len(words) > 1:
                fuller.append((span, words))
            else:
                shorter.append(span)
        elif span.last - span.first == 1 and (span.entry is None or span.label == "PERSON"):
            shorter.append(span)
    # "Le Pen" is short for "Marine Le Pen", where the text has both.
    ends = {tuple(words[first:]) for _, words in fuller for first in range(1, len(words) - 1)}
    for span, words in fuller:
        if tuple(words) in ends:
            shorter.append(span)
        else:
            people.add_full(span, words)
    people.find_unnamed()
    for span in sorted([*shorter, *people.found], key=lambda span: span.first):
        people.add_short(span)


def _words(tree: Tree, span: Span) -> list[str]:
    words = [tree.lowers[token].rstrip(".") for token in range(span.first, span.last) if tree.pos[token] != "PUNCT"]
    while len(words) > 1 and words[-1] in _SUFFIXES:
        words.pop()
    return words


class _People:
    """The people of one article, by their names."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.by_ends: dict[tuple[str, str], Draft] = {}
        self.by_last: dict[str, list[Draft]] = defaultdict(list)
        self.by_first: dict[str, list[Draft]] = defaultdict(list)
        self.alone: dict[str, list[Draft]] = defaultdict(list)
        self.ends_of: dict[int, set[tuple[str, str]]] = defaultdict(set)
        self.told: dict[int, str | None] = {}
        self.seen: dict[int, list[int]] = defaultdict(list)
        self.found: list[Span] = []

    def add_full(self, span: Span, words: list[str]) -> None:
        """Add a name of several words: it defines a person."""
        reading, tree = self.reading, self.reading.tree
        holder = self._holder(span, words)
        ends = (words[0], words[-1])
        draft = reading.by_key.get(("person", holder.name)) if holder else self._known(words, ends)
        if draft is None:
            draft, _ = reading.draft(("person", holder.name) if holder else None, "", {"person"})
            draft.gender = honorific_gender(tree, span.first) or reading.lexicon.genders.get(tree.words[span.first], "")
            if holder:
                fill_from_holder(reading, draft, holder)
        self.ends_of[id(draft)].add(ends)
        if self.by_ends.setdefault(ends, draft) is draft:
            for first in range(1, min(len(words), _LONGEST)):
                _append(self.by_last[" ".join(words[first:])], draft)
                _append(self.by_first[" ".join(words[:first])], draft)
            for surname in (name.lower() for name in (holder.names if holder else ()) if " " not in name):
                _append(self.by_last[surname], draft)
        self._mention(span, draft)

    def add_short(self, span: Span) -> None:
        """Join a surname or a given name to whom it names, or begin a person that is known by it alone."""
        tree = self.reading.tree
        word = " ".join(_words(tree, span))
        country = country_beside(self.reading, span)
        bearers = self.by_last.get(word) or self.by_first.get(word) or []
        bearers = [draft for draft in bearers if self._is_of(draft, country)]
        draft = bearers[0] if len(bearers) == 1 else self._among(span, bearers)
        leads = draft is None and span.label in _MISTAKEN and self._holder_of_surname(span) is not None
        if draft is None and (span.label == "PERSON" or leads or titled(self.reading, span.first)):
            if span.entry is not None and not (span.entry.cautious or titled(self.reading, span.first)):
                return
            same = [draft for draft in self.alone[word] if self._is_of(draft, country)]
            draft = same[-1] if same else self._alone(span, bearers, country)
            if not same:
                self.alone[word].append(draft)
        if draft is not None:
            self.told[id(draft)] = self.told.get(id(draft)) or country
            span.entry = None
            self._mention(span, draft)

    def _is_of(self, draft: Draft, country: str | None) -> bool:
        """Whether somebody may be of the country that a name's own phrase tells: "the Jordanian king Abdullah"."""
        known = self.told.get(id(draft)) or (draft.country if draft.in_office else None)
        return country is None or known in (None, country)

    def _known(self, words: list[str], ends: tuple[str, str]) -> Draft | None:
        """Who has these names, or the short form of the given name: "Fred" and "Frederick"."""
        draft = self.by_ends.get(ends)
        if draft is not None or len(words) > _LONGEST:
            return draft
        given = words[0]
        for bearer in self.by_last.get(words[-1], ()):
            for first, last in self.ends_of[id(bearer)]:
                short, full = sorted((first, given), key=len)
                if last == words[-1] and len(short) >= _SHORTEST and full.startswith(short):
                    return bearer
        return None

    def find_unnamed(self) -> None:
        """Find surnames of the article's people that the model did not take for names."""
        tree, lexicon = self.reading.tree, self.reading.lexicon
        for token in self.reading.capitals:
            word, lower = tree.words[token], tree.lowers[token]
            if lower in self.by_last:
                label = "PERSON"
            elif lexicon.bearers(word) and lower not in lexicon.ordinary:
                label = ""
            else:
                continue
            # The parser takes rare names for other parts of speech; in capitals, for anything.
            named = tree.pos[token] == "PROPN" or not (lexicon.is_common(word) or lower in lexicon.noun_words)
            if named and token not in self.reading.span_at:
                span = Span(token, token + 1, token, label)
                if label or self._holder_of_surname(span) is not None:
                    span.label = "PERSON"
                    add_span(self.reading, span)
                    self.found.append(span)
        if self.found:
            self.reading.spans.sort(key=lambda span: span.first)

    def _holder(self, span: Span, words: list[str]) -> Holder | None:
        bearers = span.holders
        if not bearers and len(words) > 2:
            tree = self.reading.tree
            entry = self.reading.lexicon.names.get(f"{tree.words[span.first]} {tree.words[span.last - 1]}")
            bearers = entry if isinstance(entry, tuple) else ()
        day = self.reading.day
        likely = [holder for holder in bearers if not holder.unheard_of(day) and self._may_be(span, holder)]
        return min(likely, key=lambda holder: holder.distance(day)) if likely else None

    def _may_be(self, span: Span, holder: Holder) -> bool:
        """Whether a name that others bear too stands after the holder's title."""
        tree = self.reading.tree
        if not holder.cautious or tree.cut(span.first, span.last - 1) not in holder.cautious:
            return True
        return span.first > 0 and _is_role(tree.lowers[span.first - 1], holder)

    def _among(self, span: Span, bearers: list[Draft]) -> Draft | None:
        gender = honorific_gender(self.reading.tree, span.first)
        if gender:
            bearers = [draft for draft in bearers if draft.gender == gender]
        ranked = sorted(bearers, key=lambda draft: len(self.seen[id(draft)]), reverse=True)
        if len(ranked) > 1 and len(self.seen[id(ranked[0])]) >= _DOMINANT * len(self.seen[id(ranked[1])]):
            return ranked[0]  # whom the article is about goes by the surname
        here = self.reading.tree.sentence[span.first]
        near = [d for d in bearers if any(0 <= here - seen <= _NEAR for seen in self.seen[id(d)][-8:])]
        return near[0] if len(near) == 1 else bearers[0] if len(bearers) == 1 else None

    def _alone(self, span: Span, bearers: list[Draft], country: str | None) -> Draft:
        reading = self.reading
        holder = None if bearers else self._holder_of_surname(span)
        if holder is not None and country is not None and holder.standing(reading.day)[0] != country:
            holder = None
        draft, new = reading.draft(("person", holder.name) if holder else None, "", {"person"})
        if new:
            draft.gender = honorific_gender(reading.tree, span.first)
            if holder:
                fill_from_holder(reading, draft, holder)
        return draft

    def _holder_of_surname(self, span: Span) -> Holder | None:
        """Who is meant by a surname alone: one who holds or held office, with a sign in the text that it is he."""
        reading = self.reading
        bearers = reading.lexicon.bearers(reading.tree.cut(span.first, span.last - 1))
        signed = []
        for holder in bearers:
            country, _, role, in_office = holder.standing(reading.day)
            title = reading.tree.lowers[span.first - 1] if span.first else ""
            by_title = role is not None and (_is_role(title, holder) or (in_office and title in _ANY_OFFICE))
            recent = in_office or (role is not None and holder.distance(reading.day) < _FORGOTTEN_AFTER)
            alone = not titled(reading, span.first) and self._tells(span, holder, in_office=in_office)
            if by_title or (recent and (country in reading.evident or alone)):
                led = role is not None and role.removeprefix("former ") in _HEADS
                signs = (in_office, by_title, country in reading.evident, led)
                signed.append((signs, holder))
        signed.sort(key=lambda item: item[0], reverse=True)
        if not signed or (len(signed) > 1 and signed[0][0] == signed[1][0]):
            return None
        return signed[0][1]

    def _tells(self, span: Span, holder: Holder, *, in_office: bool) -> bool:
        """Whether a surname alone tells that somebody in office is meant: a rare one, or what he does."""
        reading, tree = self.reading, self.reading.tree
        name = tree.cut(span.first, span.last - 1)
        if span.entry is not None:
            return False  # a capital bears it too
        if not in_office:
            head = any(term.role in _HEADS for term in holder.terms)
            return head and holder.distance(reading.day) < _REMEMBERED and not reading.lexicon.is_common(name)
        if span.label in ("PERSON", "ORG") and _is_head_of_state(holder, reading):
            return True
        if not reading.lexicon.is_common(name):
            return True
        verb = tree.heads[span.head]
        rules = holder.standing(reading.day)[2] in _HEADS and reading.day is not None
        return rules and bool(reading.evident) and tree.deps[span.head] == "nsubj" and tree.lemmas[verb] in _OF_STATES

    def _mention(self, span: Span, draft: Draft) -> None:
        tree = self.reading.tree
        span.draft = draft
        span.label = "PERSON"
        text = tree.cut(span.first, span.last - 1)
        if len(text) > len(draft.name):
            draft.name = text
        draft.gender = draft.gender or honorific_gender(tree, span.first)
        self.seen[id(draft)].append(tree.sentence[span.first])


def fill_from_holder(reading: Reading, draft: Draft, holder: Holder) -> None:
    """What the lexicon knows of an office holder on the day of the article."""
    country, sectors, role, in_office = holder.standing(reading.day)
    draft.known_as = holder.name
    draft.country, draft.sectors, draft.role, draft.in_office = country, list(sectors), role, in_office
    draft.public, draft.realm = True, None if country else holder.realm(reading.day)
    if role:
        draft.nouns |= {role.removeprefix("former "), role.rpartition(" ")[2]}
    draft.gender = draft.gender or reading.lexicon.genders.get(holder.name.partition(" ")[0], "")


def _is_role(title: str, holder: Holder) -> bool:
    """Whether a title, or what it is short for, is a word of one of the holder's offices."""
    title = _SHORT_FOR.get(title.rstrip("."), title)
    return any(title in term.role.replace("-", " ").split() for term in holder.terms)


def _is_head_of_state(holder: Holder, reading: Reading) -> bool:
    """Whether a surname alone will do: of who leads a state on the day, where few others bear such names."""
    country, _, role, _ = holder.standing(reading.day)
    return reading.day is not None and role in _HEADS and country not in _ENGLISH


def _append(drafts: list[Draft], draft: Draft) -> None:
    if len(drafts) < _MOST_BEARERS and draft not in drafts:
        drafts.append(draft)
