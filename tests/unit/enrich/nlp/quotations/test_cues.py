"""The lexicon of cues: what an analyst may write, and that each of its examples is found."""

from __future__ import annotations

from pathlib import Path

import pytest
from spacy.language import Language

from services.enrich.nlp.quotations.cues import load_cues, read_cues
from services.errors import LexiconError
from tests.unit.enrich.nlp.quotations.reading import read


def test_cues_each_example_gives_its_quotation(nlp: Language) -> None:
    lost = []
    for entry in read_cues():
        content = entry.example.partition("[")[2].partition("]")[0]
        tree, _, quoted = read(nlp, entry.example.replace("[", "").replace("]", ""))
        cues = {quotation.cue.split()[0] for quotation in quoted if quotation.cue and quotation.content == content}
        lemmas = {tree.lemmas[tree.words.index(cue)] for cue in cues}
        if entry.lemma.partition("_")[0] not in lemmas:
            lost.append(f"{entry.origin}: {entry.example}")
    assert lost == []


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("say | clause", "2 columns"),
        ("say so | clause | He said [it was over].", "is no cue"),
        ("say | loudly | He said [it was over].", "a cue takes of"),
        ("say | direct actor | He said [it was over].", "which is not there"),
        ("say | clause | He said it was over.", "in [brackets]"),
        ("say | clause | He said [it was over].\nsay | direct | He said [it was over].", "there already"),
    ],
)
def test_cues_a_line_that_cannot_be_meant_is_refused_with_its_place(tmp_path: Path, line: str, reason: str) -> None:
    path = tmp_path / "cues.psv"
    path.write_text(f"# cues\n{line}\n")
    with pytest.raises(LexiconError, match=r"cues\.psv:[23]: ") as refused:
        load_cues(path)
    assert reason in str(refused.value)
