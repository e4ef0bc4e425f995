"""The reference pages of the docs, written from the tables in the code: metrics, settings, topics, store, broken seeds.

python -m services.cli.reference            writes docs/reference/*.md
python -m services.cli.reference --check    exits 1 and names the page that is not current
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from pydantic import SecretStr

from schemas.deadletter import REPLAYED_KIND, REPLAYS, Reason
from schemas.topics import DEADLETTER, TOPICS
from services.cli.columns import columns, event_rows
from services.settings import PREFIX, Settings
from services.telemetry import METRICS, Outcome

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "docs" / "reference"
_NOTE = "<!-- Written by `make docs`; change the table in the code instead. -->\n"


def pages() -> dict[str, str]:
    """Name of each page and its text."""
    return {
        "metrics.md": metrics(),
        "settings.md": settings(),
        "topics.md": topics(),
        "store.md": store(),
        "broken-feed.md": broken_feed(),
    }


def metrics() -> str:
    """Every metric, and the words for outcomes."""
    rows = [
        (f"`{metric.name}`", metric.type.__name__.lower(), ", ".join(metric.labels) or "-", metric.unit,
         ", ".join(metric.services), metric.meaning)
        for metric in METRICS
    ]  # fmt: skip
    outcomes = "\n".join(f"- `{outcome.value}`" for outcome in Outcome)
    return (
        "# Metrics\n\nEach service serves them at `/metrics`, beside `/healthz` and `/readyz`, and with the process's "
        "own figures (`process_*`).\n\n"
        + _table(("metric", "type", "labels", "unit", "served by", "meaning"), rows)
        + "\nOutcomes, of which each article has exactly one in each stage:\n\n"
        + outcomes
        + "\n"
    )


def settings() -> str:
    """Every setting with its default."""
    rows = [
        (f"`{PREFIX}{name.upper()}`", f"`{_default(field.default)}`", field.description or "")
        for name, field in Settings.model_fields.items()
    ]
    return (
        "# Settings\n\nAll are environment variables. A name that does not exist is an error, not a silent nothing. "
        "`dateline settings` prints those in force.\n\n" + _table(("variable", "default", "meaning"), rows)
    )


def topics() -> str:
    """The table of topics, and the reasons of dead letters."""
    rows = [
        (f"`{topic.name}`", topic.key, f"`{topic.kind}`", str(topic.partitions),
         f"{topic.retention_ms // 86_400_000} days",
         topic.cleanup_policy, f"{topic.max_message_bytes:,}", topic.meaning)
        for topic in TOPICS
    ]  # fmt: skip
    reasons = ", ".join(f"`{reason.value}`" for reason in Reason)
    heads = ("topic", "key", "schema", "partitions", "retention", "clean-up", "largest message, bytes", "holds")
    return (
        f"# Topics\n\n{_table(heads, rows)}\nReasons of dead letters, a closed list: {reasons}.\n\n"
        f"Beside dead letters `{DEADLETTER.name}` holds markers of the kind `{REPLAYED_KIND}`, with no value: the "
        f"original of a letter was put back on its topic, with a header `{REPLAYS}` that has the replay's number.\n"
    )


def store() -> str:
    """Every table of the store with its columns."""
    heads = ("column", "type", "may be null", "meaning")
    return (
        "# The store\n\nThe sink writes these tables, to the SQLite file `.dateline/dateline.db` if none else is set. "
        "What was found in an article belongs to its row in `articles` by id and version. For each table there is a "
        "view, `current_articles` and so on, with the same columns but for `record`: it shows the newest version of "
        "each article and leaves out what was retracted. Ask the views, unless older versions are wanted. The view "
        "`event_rows` has a row per current event with who takes part, who says so, and its article. Times are in "
        "UTC.\n\nThe store has a layout with a number; the sink brings one of an earlier Dateline up when it starts, "
        "and leaves what is in it as it is. Articles that were stored without events get them when fed again.\n\n"
        + _NOTE
        + "\n## event_rows\n\nA view. Lists are in one cell, with `; ` between.\n\n"
        + _table(("column", "type", "meaning"), event_rows(), note="")
        + "".join(f"\n## {table}\n\n{_table(heads, rows, note='')}" for table, rows in columns().items())
    )


def broken_feed() -> str:
    """What each line of the broken feed is for."""
    lines = json.loads((ROOT / "seeds" / "broken.json").read_text(encoding="utf-8"))
    rows = [(str(line["line"]), line["name"], line["feed"], line["unchecked"]) for line in lines]
    return "# The broken feed\n\n`seeds/broken.jsonl.gz`, line by line.\n\n" + _table(
        ("line", "what is wrong", "`dateline feed`", "sent unchecked"), rows
    )


def _table(heads: tuple[str, ...], rows: Sequence[tuple[str, ...]], note: str = f"{_NOTE}\n") -> str:
    lines = [heads, tuple("---" for _ in heads), *rows]
    return note + "".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |\n" for line in lines)


def _default(value: Any) -> str:
    shown = value.get_secret_value() if isinstance(value, SecretStr) else value
    return '""' if shown in ("", None) else str(shown)


def main() -> int:
    """Write the pages, or with --check compare them."""
    stale = []
    for name, text in pages().items():
        path = FOLDER / name
        if "--check" not in sys.argv:
            FOLDER.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        elif not path.exists() or path.read_text(encoding="utf-8") != text:
            stale.append(str(path.relative_to(ROOT)))
    if stale:
        sys.stderr.write(f"not current: {', '.join(stale)}; run `make docs`\n")
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main())
