from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from services.errors import UserError
from services.feed.articles import Reading, articles, open_sources
from services.feed.record import Accepted
from services.feed.sources import Refusal

READING = Reading(now=lambda: datetime(2026, 1, 5, 12, tzinfo=UTC))
SEEDS = Path(__file__).parents[3] / "seeds"
ARTICLE = '{"title": "T", "body": "B", "source": "S"}'


def written(path: Path, text: str) -> Path:
    path.parent.mkdir(exist_ok=True)
    path.write_text(text)
    return path


def check(path: Path, reading: Reading = READING) -> Iterator[Accepted | Refusal]:
    return articles(open_sources([path], reading), reading)


def ids(path: Path) -> list[str]:
    return [item.article.id for item in check(path) if isinstance(item, Accepted)]


def test_articles_are_what_a_feed_would_send_and_refuse(tmp_path: Path) -> None:
    found = list(check(written(tmp_path / "a.jsonl", f"{ARTICLE}\n{{\n")))
    assert [type(item) for item in found] == [Accepted, Refusal]


def test_articles_are_fetched_when_the_clock_says(tmp_path: Path) -> None:
    (found,) = check(written(tmp_path / "a.jsonl", ARTICLE))
    assert isinstance(found, Accepted)
    assert found.article.fetched_at == READING.now()


def test_articles_fed_twice_have_the_same_id_whatever_file_they_are_in(tmp_path: Path) -> None:
    one = ids(written(tmp_path / "one" / "a.jsonl", f"{ARTICLE}\n"))
    assert one == ids(written(tmp_path / "two" / "b.json", f"[{ARTICLE}]"))


def test_articles_of_a_missing_path_are_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="no such file"):
        check(tmp_path / "missing")


def test_articles_of_an_unknown_encoding_are_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="latin-17"):
        check(written(tmp_path / "a.txt", "x"), Reading(encoding="latin-17"))


def test_articles_need_no_kafka_client() -> None:
    program = "import sys, services.feed.articles; print('kafka' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], capture_output=True, check=True).stdout == b"False\n"


def test_articles_of_the_broken_seed_are_refused_as_its_list_says() -> None:
    listed = {line["line"]: line["feed"] for line in json.loads((SEEDS / "broken.json").read_text())}
    found = check(SEEDS / "broken.jsonl.gz")
    fate = {int(item.place.rpartition(":")[2]): "sent" if isinstance(item, Accepted) else "refused" for item in found}
    assert fate == listed


def test_articles_of_the_wire_seed_are_all_accepted() -> None:
    assert {type(item) for item in check(SEEDS / "wire.jsonl")} == {Accepted}
