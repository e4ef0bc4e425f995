"""Bare spaCy: `nlp.pipe` over the texts and nothing else, in a process of its own. Prints articles per second."""

from __future__ import annotations

import importlib
import os
import sys
import time
import warnings
from pathlib import Path

from pydantic_core import from_json

from services.enrich.nlp.pipeline import route_gemm_through_numpy
from services.enrich.nlp.text.normalise import article_text


def main() -> None:
    """Arguments: file of articles, name of the model, ``routed`` or ``as-it-comes``."""
    path, model, gemm = sys.argv[1:4]
    if os.environ.get("OPENBLAS_NUM_THREADS") != "1":
        sys.exit("set OPENBLAS_NUM_THREADS=1: one core is what is measured")
    records = [from_json(line) for line in Path(path).read_bytes().splitlines()]
    texts = [article_text(record["title"], record["body"]) for record in records]
    if gemm == "routed":
        route_gemm_through_numpy()
    warnings.simplefilter("ignore")
    nlp = importlib.import_module(model).load()
    list(nlp.pipe(texts[:8]))
    before = time.perf_counter()
    with nlp.memory_zone():
        for _ in nlp.pipe(texts, batch_size=128):
            pass
    print(len(texts) / (time.perf_counter() - before))


if __name__ == "__main__":
    main()
