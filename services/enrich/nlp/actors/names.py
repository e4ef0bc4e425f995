"""Which stretches of a text are names, and what the lexicon says they stand for.

The lexicon beats the model's label, the longer name beats the shorter, and a name that many things bear needs a sign:
its country named elsewhere, or the model's label.
"""

from __future__ import annotations

from services.enrich.nlp.actors.drafts import Reading, Span, add_span, head_of
from services.enrich.nlp.actors.entries import Name, Sort
from services.enrich.nlp.actors.lexicon import Entry
from services.enrich.nlp.actors.namesakes import NAMESAKES, located
from services.enrich.nlp.actors.ships import find_ships
from services.enrich.nlp.syntax.tree import Tree

_NAMING = frozenset({"PERSON", "ORG", "GPE", "NORP", "FAC", "LOC"})
_TERRITORIES = (Sort.STATE, Sort.GOVERNMENT, Sort.PLACE)
_HONORIFICS = frozenset(
    "mr mrs ms miss dr sir dame lord lady madam mr. mrs. ms. dr. prof prof. st sheikh shaikh mullah ayatollah hon"
    " rev rev.".split()
)
_HOMES_OF_NAMESAKES = frozenset({"USA"})
_NEIGHBOURS = frozenset({"RUS", "ARM", "AZE", "UKR", "TUR"})  # of the state
_STATELY = frozenset("prime foreign president parliament ruling presidential defence interior opposition".split())
_CONGRESSES = frozenset("PER PHL MEX BRA ARG CHL COL IND NPL VEN GTM HND ECU BOL PRY CRI DOM ESP".split())
_LAWS = frozenset("act bill law treaty agreement accord pact amendment code resolution constitution charter".split())
_LINKS = frozenset({"of", "for", "in", "the", "at", "and"})
_ACTING = (Sort.STATE, Sort.GOVERNMENT, Sort.DEMONYM)
_JOINED = frozenset("led backed supported sponsored funded brokered mediated imposed run owned occupied".split())
_KOREAS = frozenset({"KOR", "PRK"})
_WITH_KOREAS = frozenset({"USA", "CHN", "JPN", "RUS"})  # who is in the news with them, and has no North of its own
_HALVES = frozenset({"North", "South"})
_WATERS = frozenset("ocean sea gulf bay strait straits horn channel subcontinent".split())
_CLUBS = frozenset(
    "United City Rovers Wanderers Athletic FC F.C. AFC CF SC RFC Albion Hotspur Villa Wednesday Orient"
    " Argyle Thistle Galaxy Heat Magic Jazz Thunder Wild Avalanche Lightning Sox".split()
)
_PLURAL_THINGS = frozenset(
    "accords conventions agreements airlines talks elections islands heights hills mountains roads streets games times"
    " affairs forces nationals authorities industries motors rails railways ports lines laws accounts papers".split()
)
_LONGEST = 12  # tokens; what is longer is no name
_BEFORE_NOUNS = frozenset({"amod", "compound", "nmod"})
_PLURAL_ENDINGS = ("ese", "ss", "sh", "ch")


def find_names(reading: Reading) -> None:
    """Fill `spans`, `span_at`, `demonyms` and `evident`."""
    tree = reading.tree
    matches = list(reading.lexicon.names.find(tree))
    for _, _, entry in matches:
        if isinstance(entry, Name) and entry.country and not entry.cautious:
            reading.evident.add(entry.country)
    starts: dict[int, list[tuple[int, int, Entry]]] = {}
    for match in matches:
        # A name may begin before the entity that the model saw of it: "Liberal [Democrats]".
        for entity in dict.fromkeys(tree.entity[match[0] : match[1]]):
            if entity >= 0:
                starts.setdefault(entity, []).append(match)
    taken: set[int] = set()  # matches that a longer entity swallows, by first token
    for number, (label, first, last) in enumerate(tree.entities):
        if label in _NAMING and last - first <= _LONGEST:
            _read_entity(reading, label, first, last, starts.get(number, []), taken)
    for first, last, entry in matches:
        if first not in taken:
            _read_match(reading, first, last, entry)
    _find_joined(reading)
    if not _KOREAS.isdisjoint(reading.evident):
        _find_koreas(reading)
    find_ships(reading)
    reading.spans.sort(key=lambda span: span.first)


def _find_koreas(reading: Reading) -> None:
    """Find "the North" and "the South" where a text is on Korea."""
    tree = reading.tree
    for token in reading.capitals:
        entry = reading.lexicon.names.get(f"{tree.words[token]} Korea") if tree.words[token] in _HALVES else None
        after = tree.words[token + 1] if token + 1 < len(tree) else ""
        alone = token > 0 and tree.lowers[token - 1] == "the" and not after[:1].isupper() and after != "-"
        if not isinstance(entry, Name) or not alone or not reading.evident <= _KOREAS | _WITH_KOREAS:
            continue
        if (span := reading.span_at.get(token)) is not None:
            if span.last - span.first > 1:
                continue
            reading.spans.remove(span)
        add_span(reading, Span(token, token + 1, token, "GPE", entry))


def _find_joined(reading: Reading) -> None:
    """Find "U.S.-led", which the tokeniser takes for one word."""
    for token in reading.capitals:
        word = reading.tree.words[token]
        if word[-2:] == "ed" and "-" in word:
            name, _, participle = word.rpartition("-")
            entry = reading.lexicon.names.get(name) if participle in _JOINED else None
            if isinstance(entry, Name) and entry.sort in _ACTING:
                reading.joined[token] = entry


def _read_entity(
    reading: Reading, label: str, first: int, last: int, inside: list[tuple[int, int, Entry]], taken: set[int]
) -> None:
    tree, nouns = reading.tree, reading.lexicon.nouns
    lowers = tree.lowers
    while first < last and (lowers[first] in ("the", "a", "an", "'s", "’s") or not lowers[first][0].isalnum()):
        first += 1
    while first < last and (lowers[last - 1] in ("'s", "’s") or not lowers[last - 1][-1].isalnum()):
        # "U.S." and "Inc." keep the stop that belongs to them.
        if lowers[last - 1].endswith(".") and len(lowers[last - 1]) > 1:
            break
        last -= 1
    while first < last - 1 and tree.pos[last - 1] == "ADP":
        last -= 1
    if label == "PERSON":
        while first < last - 1 and (lowers[first] in _HONORIFICS or lowers[first] in nouns):
            first += 1
    if first >= last or not tree.words[first][0].isupper():
        return
    if label == "ORG":
        if _is_title(reading, first, last):
            return  # "Representatives of Russia"
        label = _label_of(reading, first, last)
    for start, end, entry in inside:
        if start <= first and end >= last:
            return  # the lexicon has all of it
        if end > last or start < first:
            return
        if not isinstance(entry, Name):
            return  # an office holder's full name beats what the model made of it
    parts = [
        located(reading, start, end, entry) if entry.sort in _TERRITORIES else entry
        for start, end, entry in inside
        if isinstance(entry, Name) and (entry.sort is not Sort.BODY or start == first or lowers[start - 1] in _LINKS)
    ]
    if inside and label != "PERSON":
        lasts = lowers[last - 1]
        noun = nouns.get(lasts)
        bodies = [part for part in parts if part.sort is Sort.BODY]
        person = noun is not None and "person" in noun[-1][1].kinds
        if person or (label != "ORG" and not bodies) or (noun is None and bodies and inside[-1][1] == last):
            return  # "Pentagon spokesman", "Ramadi, Iraq": names that stand by themselves
    if label == "NORP" and not inside:
        _add_norp(reading, first, last)
        return
    taken.update(start for start, _, _ in inside)
    add_span(reading, Span(first, last, head_of(tree, first, last), label, within=parts))


def _is_title(reading: Reading, first: int, last: int) -> bool:
    """Whether the stretch is a role noun and what it is of."""
    lowers = reading.tree.lowers
    for token in range(first, last - 1):
        if lowers[token + 1] in ("of", "for"):
            nouns = reading.lexicon.nouns
            found = nouns.get(lowers[token]) or nouns.get(reading.tree.lemmas[token], ())
            return any("person" in noun.kinds for before, noun in found if not before)
    return False


def _label_of(reading: Reading, first: int, last: int) -> str:
    """ORG, or what the model should have said of somebody with a given name, of a law, of a product with a number."""
    tree, lexicon = reading.tree, reading.lexicon
    words = tree.words[first:last]
    common = tree.lowers[last - 1] in lexicon.noun_words or tree.lowers[last - 1] in lexicon.ordinary
    if 2 <= len(words) <= 3 and words[0] in lexicon.genders and all(word[0].isupper() for word in words) and not common:
        return "PERSON"
    named_thing = len(words) > 1 and (words[-1][0].isdigit() or tree.lowers[last - 1] in _LAWS)
    return "PRODUCT" if named_thing else "ORG"


def _add_norp(reading: Reading, first: int, last: int) -> None:
    """A people that the lexicon does not know."""
    head = head_of(reading.tree, first, last)
    if not before_noun(reading.tree, head):
        add_span(reading, Span(first, last, head, "NORP"))


def before_noun(tree: Tree, token: int) -> bool:
    """Whether a word stands before a noun as its adjective, or is joined to one that does."""
    for _ in range(4):
        if tree.deps[token] != "conj":
            break
        token = tree.heads[token]
    if tree.deps[token] in _BEFORE_NOUNS:
        return tree.heads[token] > token
    return tree.pos[token] == "ADJ" and tree.deps[token] in ("acomp", "advcl", "npadvmod")


def _read_match(reading: Reading, first: int, last: int, entry: Entry) -> None:
    tree = reading.tree
    if any(token in reading.span_at for token in range(first, last)):
        return
    label = tree.entities[tree.entity[first]][0] if tree.entity[first] >= 0 else ""
    head = head_of(tree, first, last)
    if isinstance(entry, Name) and entry.sort in _TERRITORIES:
        entry = located(reading, first, last, entry)
    if isinstance(entry, Name) and entry.sort is not Sort.BODY and _names_other(reading, first, last, entry):
        return
    if not isinstance(entry, Name):
        add_span(reading, Span(first, last, head, "PERSON", holders=entry))
        return
    if entry.sort is not Sort.BODY and _is_joined(tree, last):
        if last + 1 < len(tree) and tree.lowers[last + 1] in _JOINED and entry.sort in _ACTING:
            reading.joined[head] = reading.joined[last + 1] = entry
        return  # "Russian-backed" is not Russian
    if entry.sort is Sort.DEMONYM and (label == "LANGUAGE" or _read_demonym(reading, first, last, head, entry)):
        return
    if entry.cautious:
        if not _signed(reading, first, label, entry):
            return
        label = "GPE" if entry.sort in _TERRITORIES else label
    add_span(reading, Span(first, last, head, label, entry))


def _names_other(reading: Reading, first: int, last: int, entry: Name) -> bool:
    """Whether a name of a state or place is part of the name of a sea or a club."""
    lowers = reading.tree.lowers
    if first > 1 and lowers[first - 1] == "of" and lowers[first - 2] in _WATERS:
        return True
    if last < len(lowers) and lowers[last] in _WATERS and reading.tree.words[last][0].isupper():
        return True
    return entry.sort in _TERRITORIES and _names_club(reading, last)


def _names_club(reading: Reading, token: int) -> bool:
    """Whether a place is the first word of a club's name: "Leeds United", "Boston Celtics"; not "Texas Democrats"."""
    tree, lexicon = reading.tree, reading.lexicon
    if token >= len(tree) or tree.sentence[token] in reading.headlines:
        return False
    lower, word = tree.lowers[token], tree.words[token]
    if word in _CLUBS:
        return True
    if lower[:-3].isdigit() and lower.endswith("ers"):
        return True  # "76ers"
    if tree.tags[token] != "NNPS" or not word[0].isupper() or lower in _PLURAL_THINGS:
        return False
    return not (lower in lexicon.noun_words or tree.lemmas[token] in lexicon.noun_words or lexicon.names.get(word))


def _is_joined(tree: Tree, token: int) -> bool:
    """Whether a hyphen joins the name before to a word in small letters."""
    if token >= len(tree) or tree.words[token] != "-" or tree.starts[token] != tree.ends[token - 1]:
        return False
    return token + 1 >= len(tree) or not tree.words[token + 1][0].isupper()


def _signed(reading: Reading, first: int, label: str, entry: Name) -> bool:
    if entry.sort in _TERRITORIES:
        if entry.sort is Sort.STATE and label == "GPE" and entry.country not in NAMESAKES:
            return True  # the model tells it from somebody called Jordan
        if entry.sort is Sort.STATE and entry.country not in NAMESAKES and _governs(reading.tree, first):
            return True
        if entry.country in NAMESAKES and label == "GPE" and not _HOMES_OF_NAMESAKES & reading.evident:
            return bool(_NEIGHBOURS & reading.evident) or _governs(reading.tree, first)
        if entry.country not in reading.evident:
            return False
        return label not in ("PERSON", "ORG") or _stands_alone(reading.tree, first)
    if entry.name == "US Congress" and reading.evident & _CONGRESSES and "USA" not in reading.evident:
        return False
    sentence_start = reading.tree.sentences[reading.tree.sentence[first]][0]
    return label == "ORG" or (not label and reading.tree.pos[first] == "PROPN" and first > sentence_start)


def _governs(tree: Tree, token: int) -> bool:
    """Whether what only a state has follows: "Georgia's prime minister"."""
    return token + 2 < len(tree) and tree.tags[token + 1] == "POS" and tree.lowers[token + 2] in _STATELY


def _stands_alone(tree: Tree, token: int) -> bool:
    """Whether a name of one word is taken for a person's, without a title or a fuller name that bears it out."""
    _, start, end = tree.entities[tree.entity[token]]
    if end - start > 1 or (token and tree.pos[token - 1] in ("PROPN", "NOUN")):
        return False
    lower = tree.lowers[token]
    return not any(tree.lowers[last - 1] == lower for _, first, last in tree.entities if last - first > 1)


def _read_demonym(reading: Reading, first: int, last: int, head: int, entry: Name) -> bool:
    """Whether it is an adjective; as a noun it names a people, or one of it."""
    tree = reading.tree
    if before_noun(tree, head):
        reading.demonyms[head] = entry
        return True
    word = tree.lowers[last - 1]
    plural = tree.tags[last - 1] in ("NNS", "NNPS") or word.endswith(_PLURAL_ENDINGS) or tree.pos[last - 1] == "ADJ"
    before = tree.lowers[first - 1] if first else ""
    if before in ("a", "an", "one", "another") or not plural:
        person = Name(tree.cut(first, last - 1), Sort.ONE, entry.country, (), frozenset({"person"}))
        add_span(reading, Span(first, last, head, "NORP", person))
        return True
    people = Name(entry.name, Sort.PEOPLE, entry.country, (), frozenset({"group"}))
    add_span(reading, Span(first, last, head, "NORP", people))
    return True
