"""The word lists of the lexicon: what a line holds, and which lines are refused."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from schemas.events import PloverType
from services.enrich.nlp.acts.light_verb_words import light_verbs
from services.enrich.nlp.acts.sport import sport_words
from services.enrich.nlp.events import _SHIFTED_CAMEO
from services.enrich.nlp.lexicon.cameo import cameo_codes
from services.enrich.nlp.plover import TYPES
from services.errors import LexiconError


def test_light_verbs_are_by_what_they_give(tmp_path: Path) -> None:
    path = tmp_path / "light.psv"
    path.write_text("go | doer | A.\ngo | mover | B.\nface | sufferer | C.\nerupt | begins | D.\n", "utf-8")
    found = light_verbs(path)
    assert (found.doers, found.movers, found.sufferers, found.beginnings) == ({"go"}, {"go"}, {"face"}, {"erupt"})
    assert found.supporting == {"go", "face"}


def test_sport_words_are_sure_or_likely(tmp_path: Path) -> None:
    path = tmp_path / "sport.psv"
    path.write_text("sure | wicket wickets | A.\nlikely | match | B.\n", "utf-8")
    assert sport_words(path) == ({"wicket", "wickets"}, {"match"})


def test_cameo_codes_have_the_types_that_may_carry_them(tmp_path: Path) -> None:
    path = tmp_path / "cameo.psv"
    path.write_text("03 | AGREE | Intend\n030 | AGREE CONCEDE | Intend\n01 | - | State\n", "utf-8")
    assert cameo_codes(path) == {
        "03": {PloverType.AGREE}, "030": {PloverType.AGREE, PloverType.CONCEDE}, "01": set(),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("read", "line", "said"),
    [
        (light_verbs, "go | doer", "1: there are 3 columns"),
        (light_verbs, "go | walker | A.", "1: 'walker' is none of doer, sufferer, mover, begins"),
        (light_verbs, "go | doer | A.\ngo | doer | B.", "2: 'go' is a doer already"),
        (sport_words, "maybe | match | A.", "1: there are 3 columns: sure or likely"),
        (sport_words, "sure | match | A.\nlikely | match | B.", "2: 'match' is there already"),
        (cameo_codes, "03 | AGREE", "1: there are 3 columns"),
        (cameo_codes, "03 | PRAISE | Praise", "1: 'PRAISE' is not a valid PloverType"),
        (cameo_codes, "21 | AGREE | Praise", "1: '21' is no code of CAMEO"),
        (cameo_codes, "03 | AGREE | A\n03 | AGREE | A", "2: '03' is there already"),
        (cameo_codes, "030 | AGREE | A", "1: '030' comes before the code that it is a part of"),
    ],
)
def test_word_lists_say_which_line_is_at_fault(
    tmp_path: Path, read: Callable[[Path], object], line: str, said: str
) -> None:
    path = tmp_path / "list.psv"
    path.write_text(f"{line}\n", encoding="utf-8")
    with pytest.raises(LexiconError, match=f"list.psv:{said}"):
        read(path)


def test_cameo_codes_of_the_ontology_and_of_its_shift_are_of_their_types() -> None:
    codes = cameo_codes()
    assert [kind for kind, entry in TYPES.items() if kind not in codes[entry.cameo]] == []
    assert [code for (kind, _), code in _SHIFTED_CAMEO.items() if kind not in codes[code]] == []
