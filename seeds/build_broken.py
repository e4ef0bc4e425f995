"""Writes broken.jsonl.gz, a feed of records that go wrong, each in a way of its own, and broken.json, what each is.

    python seeds/build_broken.py            writes both
    python seeds/build_broken.py --check    exits 1 where they are not current

The names in the table stand in the order of the lines. A line is put together from bytes, since most of what is wrong
with it could not be written by a JSON library. Two of them are no fault: they must come through.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import sys
from pathlib import Path

HERE = Path(__file__).parent
FEED, TABLE = HERE / "broken.jsonl.gz", HERE / "broken.json"
FIVE_MB = 5_000_000
DEEP = 100_000

# What a feed says of the line (a file is read, each record checked), and what becomes of it when a careless producer
# puts its bytes on the topic unchecked: a row, a dead letter with this reason, or refused by Kafka's own limit.
REFUSED, SENT = "refused", "sent"


def record(**fields: object) -> bytes:
    """A whole record of the topic, as a producer of another team would write it, but for what `fields` say."""
    article: dict[str, object] = {
        "source": "Broken Wire",
        "title": "Harbour board adjourns",
        "body": "The harbour board of Lindmouth adjourned on Tuesday without a vote.",
        "language": "en",
        "published_at": "2026-03-03T09:00:00Z",
        "fetched_at": "2026-03-03T10:00:00Z",
        **fields,
    }
    digest = hashlib.sha256(f"{article['title']}\0{article['body']}".encode()).hexdigest()
    identity = {"id": f"broken-{digest[:12]}", "content_hash": digest}
    return json.dumps(identity | article, ensure_ascii=False).encode()


FRENCH = (
    "Le conseil du port de Lindmouth s'est séparé mardi sans voter. Ses membres n'ont pas pu se mettre d'accord sur le "
    "budget, a déclaré le président, qui a convoqué une nouvelle réunion pour la semaine prochaine."
)

LINES: list[tuple[str, bytes, str, str]] = [
    # name, bytes, what the feed does, what becomes of it unchecked
    ("cut off in the middle", record()[:-40], REFUSED, "not_json"),
    ("no JSON at all", b"HTTP/1.1 502 Bad Gateway", REFUSED, "not_json"),
    ("an array", b'["not", "an", "article"]', REFUSED, "invalid"),
    ("a number", b"42", REFUSED, "invalid"),
    ("null", b"null", REFUSED, "invalid"),
    ("an empty object", b"{}", REFUSED, "invalid"),
    ("title is a number, body a list", record(title=7, body=["a", "b"]), REFUSED, "invalid"),
    ("authors is a number", record(authors=12), REFUSED, "invalid"),
    ("version is a word", record(version="two"), REFUSED, "invalid"),
    ("neither title nor body", record(title=None, body=None), REFUSED, "invalid"),
    ("title and body are blank", record(title="  ", body="\n\n"), REFUSED, "invalid"),
    ("five megabytes", record(body="All work and no play. " * (FIVE_MB // 22)), REFUSED, "too large for Kafka"),
    ("invalid UTF-8", record(title="MARK").replace(b"MARK", b"caf\xe9 \xff\xfe"), REFUSED, "not_json"),
    ("a lone surrogate", record(title="MARK").replace(b"MARK", rb"half a pair: \ud83d"), REFUSED, "not_json"),
    ("a null byte, escaped", record(title="MARK").replace(b"MARK", rb"before\u0000after"), REFUSED, "invalid"),
    ("a null byte, bare", record(title="MARK").replace(b"MARK", b"before\x00after"), REFUSED, "not_json"),
    ("arrays in arrays, deep", b'{"title": ' + b"[" * DEEP + b"]" * DEEP + b"}", REFUSED, "not_json"),
    ("objects in objects, deep", b'{"a":' * DEEP + b"1" + b"}" * DEEP, REFUSED, "not_json"),
    ("published in the year 0", record(published_at="0000-01-01T00:00:00Z"), REFUSED, "invalid"),
    ("published in the year 9999", record(published_at="9999-12-31T23:59:59Z"), REFUSED, "invalid"),
    ("published before there was time", record(published_at="0001-01-01T00:00:00+00:00:30"), REFUSED, "invalid"),
    ("published as a number", record(published_at=20260303), REFUSED, "invalid"),
    ("published the day before yesterday", record(published_at="the day before yesterday"), REFUSED, "invalid"),
    ("not a number in a field", record(score="MARK").replace(b'"MARK"', b"NaN"), REFUSED, "not_json"),
    ("an id of 10,000 letters", record(id="x" * 10_000), REFUSED, "invalid"),
    ("language is a sentence", record(language="English, I think"), REFUSED, "invalid"),
    ("changed on its way", record(title="Board adjourns", content_hash="0" * 64), SENT, "invalid"),
    ("another language", record(title="Le conseil du port se sépare", body=FRENCH, language="fr"), SENT, "row"),
    ("a field nobody knows", record(title="Board meets again", mood="calm"), SENT, "row"),
]


def build() -> tuple[bytes, str]:
    """The feed and the table, as they should be on disk."""
    feed = b"".join(line + b"\n" for _, line, _, _ in LINES)
    table = [
        {"line": number, "name": name, "feed": feed_does, "unchecked": unchecked}
        for number, (name, _, feed_does, unchecked) in enumerate(LINES, start=1)
    ]
    return feed, json.dumps(table, indent=1) + "\n"


def main() -> int:
    """Write the files, or with --check compare them."""
    feed, table = build()
    if "--check" not in sys.argv:
        FEED.write_bytes(gzip.compress(feed, mtime=0))
        TABLE.write_text(table, encoding="utf-8")
        return 0
    current = gzip.decompress(FEED.read_bytes()) == feed and TABLE.read_text(encoding="utf-8") == table
    if not current:
        sys.stderr.write("seeds/broken.jsonl.gz is not what seeds/build_broken.py writes: run it\n")
    return 0 if current else 1


if __name__ == "__main__":
    sys.exit(main())
