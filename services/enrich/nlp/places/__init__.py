"""Places of a parsed text: found, told apart by what the text says of where it is, and resolved offline.

names.py      the key by which a name is looked up
lexicon.py    the project's own tables, read and checked
gazetteer.py  all places by name, loaded once
mentions.py   which stretches may name a place
metonyms.py   which of them stand for those who act there
context.py    what the text says of where it is about
wider.py      where a mention says itself where it is
find.py       the places of a text
"""

from services.enrich.nlp.places.find import find_places
from services.enrich.nlp.places.gazetteer import Entry, Gazetteer, load_gazetteer

__all__ = ["Entry", "Gazetteer", "find_places", "load_gazetteer"]
