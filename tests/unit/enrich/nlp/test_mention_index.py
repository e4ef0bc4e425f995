from __future__ import annotations

from spacy.language import Language

from schemas.events import TextSpan
from services.enrich.nlp.mention_index import by_token
from services.enrich.nlp.tree import read_tree


def test_by_token_gives_the_mention_of_each_of_its_tokens_and_of_no_other(nlp: Language) -> None:
    text = "Talks in New York ended."
    place = TextSpan(start=9, end=17, text="New York")
    assert by_token(read_tree(nlp(text)), [place]) == {2: place, 3: place}


def test_by_token_finds_a_mention_that_is_part_of_a_token(nlp: Language) -> None:
    tree = read_tree(nlp("The post-2011 war."))
    start = tree.text.index("2011")
    year = TextSpan(start=start, end=start + 4, text="2011")
    assert set(by_token(tree, [year]).values()) == {year}
