from __future__ import annotations

import pytest

from services.cli.outcome import by_kind, case_of
from services.feed.sources import Refusal


@pytest.mark.parametrize(
    ("reason", "kind", "particulars"),
    [
        ("not JSON: ends within a text at column 9", "not JSON", "ends within a text at column 9"),
        ("not a JSON object: a list", "not a JSON object", "a list"),
        ("has neither a title nor a body", "has neither a title nor a body", ""),
        ("version: is below 1", "a field is wrong", "version: is below 1"),
        ("is larger than the topic takes, 100 bytes: 3 bytes", "is larger than the topic takes", "3 bytes"),
    ],
)
def test_outcome_kind_of_a_refusal_is_what_it_has_in_common_with_others(
    reason: str, kind: str, particulars: str
) -> None:
    assert case_of(Refusal("seeds/broken.jsonl.gz:7", reason)) == (kind, "broken.jsonl.gz:7", particulars)


def test_outcome_counts_each_kind_and_shows_a_few() -> None:
    cases = [("invalid", f"articles.raw/0/{number}", "id: is missing") for number in range(9)]
    shown = dict(by_kind([("empty", "articles.raw/1/0", ""), *cases]))
    assert shown == {
        "   9 invalid": [*(f"articles.raw/0/{number}: id: is missing" for number in range(3)), "..."],
        "   1 empty": ["articles.raw/1/0"],
    }
