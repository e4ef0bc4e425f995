"""The spaCy pipeline: loaded once per process, with matrix products where they are fast.

spaCy's own matrix product (blis) falls back to its slowest kernel on processors that it does not know; numpy's does
not. docs/decisions/0004 has the figures.
"""

from __future__ import annotations

import importlib
import warnings
from importlib.metadata import PackageNotFoundError, version
from typing import Any

import numpy as np
import spacy
from spacy.language import Language
from spacy.tokens import Doc
from thinc.backends.numpy_ops import NumpyOps

from services.enrich.nlp.attribute_rules import remember_matches
from services.enrich.nlp.text.markup import BREAK
from services.enrich.nlp.text.sentence_case import add_sentence_case
from services.errors import SettingsError

PARAGRAPHS = "dateline_paragraphs"


def load_pipeline(name: str) -> Language:
    """Load the pipeline `name`, a package or a folder, for English with tagger, parser and entities.

    Raises SettingsError naming DATELINE_MODEL where there is none, or where it lacks a component.
    """
    route_gemm_through_numpy()
    with warnings.catch_warnings():
        # The model's package was made for the minor version before this one; its figures are the same (decision 0004).
        warnings.filterwarnings("ignore", message=r"\[W095\]")
        try:
            nlp = _load(name)
        except (OSError, ImportError) as missing:
            message = f"there is no spaCy pipeline {name!r}; install one, or name one that is"
            raise SettingsError("DATELINE_MODEL", message) from missing
    lacking = {"parser", "ner"} - set(nlp.pipe_names)
    if lacking or nlp.lang != "en":
        message = f"{name!r} is for {nlp.lang!r} and lacks {sorted(lacking)}; it must be English with parser and ner"
        raise SettingsError("DATELINE_MODEL", message)
    nlp.add_pipe(PARAGRAPHS, first=True)
    add_sentence_case(nlp)
    if "attribute_ruler" in nlp.pipe_names:
        remember_matches(nlp.get_pipe("attribute_ruler"))
    return nlp


def describe(nlp: Language) -> str:
    """Name and version of the pipeline, and of spaCy: what decides the result."""
    meta: dict[str, Any] = nlp.meta
    return f"{meta['lang']}_{meta['name']} {meta['version']} (spaCy {spacy.__version__})"


@Language.component(PARAGRAPHS, assigns=["token.is_sent_start"])
def paragraphs(doc: Doc) -> Doc:
    """A sentence starts after a blank line, whatever the parser thinks: a headline has no full stop."""
    for token in doc[:-1]:
        if token.is_space and ("\n\n" in token.text or BREAK in token.text):
            doc[token.i + 1].is_sent_start = True
    return doc


def route_gemm_through_numpy() -> None:
    """Make thinc multiply matrices through numpy, for the whole process."""
    NumpyOps.gemm = _gemm


def _gemm(_ops: NumpyOps, x: Any, y: Any, out: Any = None, trans1: bool = False, trans2: bool = False) -> Any:
    left, right = (x.T if trans1 else x), (y.T if trans2 else y)
    if out is None:
        return np.dot(left, right)
    np.dot(left, right, out=out)
    return out


def _load(name: str) -> Language:
    try:
        version(name.replace("_", "-"))
    except PackageNotFoundError:
        return spacy.load(name)
    # Not every package on the index follows spacy.load's rule that the package's name is the model's.
    return importlib.import_module(name).load()
