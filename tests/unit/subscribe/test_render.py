from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from schemas.enriched import EnrichedArticle, Entity
from schemas.events import PloverType, Span
from services.subscribe.render import json_line, names, phrases, row, visible, write_json_lines, write_rows
from tests.articles import any_article, plain_article, retraction, rich_article

HOSTILE = "Plain \x1b[31mred\x07 \x9b2J \u202egnitirw\u2066 \u2028end\x00\U000e0041\ufeff"
TEXTS = st.text(max_size=60)


def mentioning(*words: str) -> EnrichedArticle:
    """An article of these words, ``group/label`` each."""
    entities, at = [], 0
    for number, word in enumerate(words):
        group, label = word.split("/")
        entities.append(
            Entity(
                id=f"e{number}",
                start=at,
                end=at + len(group),
                text=group,
                label=label,
                sentence=0,
                group=group,
                name=f"The {group}",
            )
        )
        at += len(group) + 1
    text = " ".join(entity.text for entity in entities)
    return plain_article(text=text, sentences=(Span(start=0, end=len(text)),), entities=tuple(entities))


def table(*articles: EnrichedArticle, width: int | None = 100) -> list[str]:
    stream = io.StringIO()
    write_rows(articles, stream, width)
    return stream.getvalue().splitlines()


@pytest.mark.parametrize(
    "character", ["\x1b", "\x00", "\x7f", "\x9b", "\u202e", "\u2066", "\u200b", "\ud800", "\U000e0041"]
)
def test_visible_shows_what_would_act_or_hide(character: str) -> None:
    assert visible(f"a{character}b") == f"a<U+{ord(character):04X}>b"


@pytest.mark.parametrize("text", ["Ελλάδα", "日本", "می‌خواهم", "👩‍🚀", "naïve [bold]x[/]", "a\u200fb"])
def test_visible_leaves_writing_as_it_is(text: str) -> None:
    assert visible(text) == text


def test_visible_is_on_one_line() -> None:
    assert visible(" one\n two\t\r\u2028three ") == "one two three"


@given(TEXTS)
def test_visible_can_always_be_printed_on_one_line(text: str) -> None:
    shown = visible(text).encode().decode()

    assert len(shown.splitlines()) <= 1
    assert "\x1b" not in shown


@given(TEXTS)
def test_visible_changes_nothing_the_second_time(text: str) -> None:
    assert visible(visible(text)) == visible(text)


def test_names_come_by_how_often_they_are_mentioned() -> None:
    assert names(mentioning("b/ORG", "a/PERSON", "a/PERSON")) == ["The a (PERSON)", "The b (ORG)"]


def test_names_as_frequent_come_in_the_order_of_the_text() -> None:
    assert names(mentioning("b/ORG", "a/PERSON")) == ["The b (ORG)", "The a (PERSON)"]


def test_names_leave_out_dates_and_numbers() -> None:
    assert names(mentioning("a/DATE", "b/CARDINAL", "c/GPE")) == ["The c (GPE)"]


def test_names_are_so_many_at_most() -> None:
    assert len(names(mentioning("a/ORG", "b/ORG", "c/ORG"), most=2)) == 2


def test_phrases_of_an_article_are_its_first_events() -> None:
    event = rich_article().events[0]
    article = rich_article(events=tuple(event.model_copy(update={"id": f"v{number}"}) for number in range(4)))
    assert phrases(article, most=1) == ["Ilma Vasko CONSULT envoys of Orland", "and 3 more"]


def test_phrases_begin_with_the_events_that_were_asked_for() -> None:
    first = rich_article().events[0]
    aid = first.model_copy(update={"id": "v9", "type": PloverType.AID})
    article = rich_article(events=(first, aid))
    assert phrases(article, {"v9"})[0] == "Ilma Vasko AID envoys of Orland"


def test_row_of_an_article_without_events_has_its_names() -> None:
    assert row(rich_article(events=())).found == "Ilma Vasko (PERSON), Torvik (GPE)"


def test_row_of_an_article() -> None:
    assert row(rich_article()) == (
        "2024-05-03 10:30",
        "Torvik Herald",
        "Minister Vasko meets envoys in Torvik",
        "Ilma Vasko CONSULT envoys of Orland. Ilma Vasko (PERSON), Torvik (GPE)",
    )


def test_row_of_what_is_not_known_has_dashes() -> None:
    assert row(plain_article(source="", published_at=None))[:2] == ("-", "-")


def test_row_tells_that_an_article_is_retracted() -> None:
    assert row(retraction()).title.startswith("retraction:")


def test_row_of_a_hostile_article_is_harmless() -> None:
    title = row(plain_article(title=HOSTILE.replace("\0", ""))).title

    assert title.startswith("Plain <U+001B>[31mred<U+0007> <U+009B>2J <U+202E>gnitirw<U+2066> end")


def test_write_rows_aligns_columns_by_cells() -> None:
    lines = table(plain_article(source="日本新聞", title="one"), plain_article(source="Herald", title="one"))

    assert len({cell_len(line[: line.index("one")]) for line in lines[1:]}) == 1


@given(any_article(), st.integers(60, 200))
def test_write_rows_keeps_to_the_width(article: EnrichedArticle, width: int) -> None:
    assert all(cell_len(line) <= width for line in table(article, width=width))


def test_write_rows_marks_what_is_cut() -> None:
    assert "…" in table(plain_article(title="word " * 50))[1]


def test_write_rows_without_a_width_are_whole_and_have_tabs() -> None:
    title = "word " * 50

    assert table(plain_article(title=title), width=None)[1].split("\t")[2] == title.strip()


def test_write_rows_without_a_width_are_of_four_cells_whatever_the_title() -> None:
    assert [line.count("\t") for line in table(plain_article(title="a\tb\nc"), width=None)] == [3, 3]


@given(any_article())
def test_json_line_is_the_record(article: EnrichedArticle) -> None:
    assert json.loads(json_line(article)) == json.loads(article.model_dump_json(by_alias=True))


def test_json_line_of_a_plain_record_is_byte_for_byte_what_is_sent() -> None:
    article = rich_article()

    assert json_line(article) == article.model_dump_json(by_alias=True)


def test_json_line_keeps_fields_of_later_versions() -> None:
    assert json.loads(json_line(plain_article(later={"a": 1})))["later"] == {"a": 1}


def test_json_line_commands_no_terminal() -> None:
    line = json_line(plain_article(title=HOSTILE.replace("\0", "")))

    assert visible(line) == line


@given(any_article())
def test_json_line_is_one_line(article: EnrichedArticle) -> None:
    assert len(json_line(article).splitlines()) == 1


def test_write_json_lines_writes_a_record_a_line() -> None:
    stream = io.StringIO()

    write_json_lines([plain_article("a"), plain_article("b")], stream)

    assert [json.loads(line)["id"] for line in stream.getvalue().splitlines()] == ["a", "b"]


@pytest.mark.parametrize("writer", ["write_rows", "write_json_lines"])
def test_write_ends_quietly_when_nobody_reads_on(writer: str) -> None:
    program = f"""
import sys
from itertools import repeat
from services.subscribe.render import {writer}
from tests.articles import plain_article
{writer}(repeat(plain_article()), sys.stdout)
"""
    reader, pipe = os.pipe()
    with subprocess.Popen([sys.executable, "-c", program], stdout=pipe, stderr=subprocess.PIPE, text=True) as process:
        os.close(pipe)
        os.read(reader, 100)
        os.close(reader)
        _, complaint = process.communicate(timeout=60)

    assert (process.returncode, complaint) == (0, "")


def test_write_rows_come_one_by_one() -> None:
    stream = io.StringIO()
    seen = []

    def articles() -> object:
        for article_id in "ab":
            seen.append(stream.getvalue().count("\n"))
            yield plain_article(article_id)

    write_rows(articles(), stream)  # type: ignore[arg-type]

    assert seen == [1, 2]


def test_row_of_a_date_elsewhere_is_in_utc() -> None:
    assert row(plain_article(published_at=datetime(2024, 1, 1, tzinfo=UTC))).published == "2024-01-01 00:00"
