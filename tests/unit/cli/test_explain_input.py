from __future__ import annotations

import io
import json
import sys
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace

import pytest

from services.cli.explain_input import STDIN_BYTES, form_of, given_articles
from services.errors import UserError
from services.feed.files import Format
from services.feed.record import Accepted

ARTICLE = {"title": "Kenya meets Chad", "body": "They met on Monday.", "published_at": "2026-03-04T10:00:00Z"}


def given(text: str | None, file: Path | None = None, published: datetime | None = None) -> list[Accepted]:
    found = list(given_articles(text, file, published, 1_000_000))
    return [one for one in found if isinstance(one, Accepted)]


def feed_stdin(monkeypatch: pytest.MonkeyPatch, data: bytes) -> None:
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(data)))


@pytest.mark.parametrize(
    ("data", "form"),
    [
        (json.dumps(ARTICLE), Format.JSON),
        (json.dumps(ARTICLE, indent=2), Format.JSON),
        (json.dumps([ARTICLE, ARTICLE]), Format.JSON),
        (f"{json.dumps(ARTICLE)}\n{json.dumps(ARTICLE)}\n", Format.JSONL),
        ("Title\n\nBody.", Format.TEXT),
        ("[Updated] Kenya met Chad.", Format.TEXT),
        ("[1] Kenya met Chad.", Format.TEXT),
        ("[1]", Format.TEXT),
        ("{not json}", Format.TEXT),
        ("[" * 100_000, Format.TEXT),
    ],
)
def test_explain_input_tells_json_from_text(data: str, form: Format) -> None:
    assert form_of(data.encode()) is form
    assert form_of(b"\xef\xbb\xbf" + data.encode()) is form


def test_explain_input_reads_an_article_in_json_on_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    feed_stdin(monkeypatch, json.dumps(ARTICLE).encode())
    (one,) = given("-")
    assert (one.article.title, one.article.body) == ("Kenya meets Chad", "They met on Monday.")
    assert one.article.published_at == datetime(2026, 3, 4, 10, tzinfo=UTC)


def test_explain_input_reads_several_articles(monkeypatch: pytest.MonkeyPatch) -> None:
    feed_stdin(monkeypatch, f"{json.dumps(ARTICLE)}\n{json.dumps({'title': 'Second', 'body': 'B.'})}\n".encode())
    assert [one.article.title for one in given("-")] == ["Kenya meets Chad", "Second"]


def test_explain_input_gives_the_moment_that_was_named(monkeypatch: pytest.MonkeyPatch) -> None:
    moment = datetime(2020, 1, 1, tzinfo=UTC)
    feed_stdin(monkeypatch, json.dumps(ARTICLE).encode())
    (one,) = given("-", published=moment)
    assert one.article.published_at == moment


@pytest.mark.parametrize(
    ("text", "file", "said"),
    [
        (None, None, "give a text in quotes"),
        ("A text.", Path("a.txt"), "give a text in quotes"),
        ("", None, "the text is empty"),
        (" \n ", None, "the text is empty"),
        (__file__, None, "is a file: write --file"),
    ],
)
def test_explain_input_refuses_what_is_nothing_or_two_things(text: str | None, file: Path | None, said: str) -> None:
    with pytest.raises(UserError, match=said):
        given(text, file)


@pytest.mark.parametrize(("data", "said"), [(b" \n", "is empty"), (b"x" * (STDIN_BYTES + 1), "is longer than")])
def test_explain_input_refuses_a_standard_input_that_is_empty_or_endless(
    monkeypatch: pytest.MonkeyPatch, data: bytes, said: str
) -> None:
    feed_stdin(monkeypatch, data)
    with pytest.raises(UserError, match=said):
        given("-")
