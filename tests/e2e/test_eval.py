"""``dateline eval`` with the coder itself: the texts are coded in its process, to the records that a worker makes."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

DATELINE = str(Path(sys.executable).parent / "dateline")


def test_evaluate_codes_the_texts_itself(tmp_path: Path) -> None:
    labels = tmp_path / "labels.jsonl"
    accuse = {"type": "ACCUSE", "sources": ["Kenya"], "targets": ["Somalia"], "polarity": "affirmed"}
    line = {"text": "Kenya accused Somalia of breaking the agreement.", "events": [accuse]}
    labels.write_text(json.dumps(line), encoding="utf-8")
    done = subprocess.run([DATELINE, "eval", str(labels)], capture_output=True, text=True, check=True, timeout=120)
    figures = json.loads(done.stdout)
    assert figures["made_by"]["coder"]
    assert figures["parts"]["unmarked"]["types"]["ACCUSE"]["with_arguments"]["recall"] == 1
