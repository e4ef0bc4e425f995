from __future__ import annotations

import numpy as np
import pytest
from spacy.language import Language
from thinc.backends.numpy_ops import NumpyOps

from services.enrich.nlp.pipeline import describe, load_pipeline, route_gemm_through_numpy
from services.errors import SettingsError


def test_pipeline_that_is_not_there_names_the_setting() -> None:
    with pytest.raises(SettingsError, match="DATELINE_MODEL: there is no spaCy pipeline 'xx_none'"):
        load_pipeline("xx_none")


def test_pipeline_description_names_model_and_spacy(nlp: Language) -> None:
    assert "core_web_md" in describe(nlp)
    assert "(spaCy 3.8" in describe(nlp)


def test_pipeline_starts_a_sentence_after_a_blank_line(nlp: Language) -> None:
    doc = nlp("Board adjourns without vote\n\nThe harbour board adjourned.")
    starts = [sent.text.strip() for sent in doc.sents]
    assert starts[-1] == "The harbour board adjourned."


@pytest.mark.parametrize("trans1", [False, True])
@pytest.mark.parametrize("trans2", [False, True])
def test_pipeline_gemm_through_numpy_gives_the_same_product(trans1: bool, trans2: bool) -> None:
    route_gemm_through_numpy()
    random = np.random.default_rng(0)
    left = random.random((4, 3) if not trans1 else (3, 4), dtype=np.float32)
    right = random.random((3, 5) if not trans2 else (5, 3), dtype=np.float32)
    out = np.empty((4, 5), dtype=np.float32)
    expected = (left.T if trans1 else left) @ (right.T if trans2 else right)
    result = NumpyOps().gemm(left, right, out=out, trans1=trans1, trans2=trans2)
    np.testing.assert_allclose(result, expected)
    assert result is out
