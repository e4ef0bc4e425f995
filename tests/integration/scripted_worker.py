"""A worker whose children are scripted (tests/unit/enrich/scripted_child.py): no model to load, and told what to do.

Arguments: bootstrap, prefix of topics, port of the metrics page, seconds for one article, most dead letters in a row.
"""

from __future__ import annotations

import sys

from services.deadletter_limit import DeadLetterLimit
from services.enrich.app import Topics
from services.enrich.run import run
from services.errors import UserError
from services.kafka import KafkaConnection
from services.logs import configure

if __name__ == "__main__":
    bootstrap, prefix, port, seconds, most = sys.argv[1:6]
    configure("INFO", "json", "enrich")
    try:
        code = run(
            connection=KafkaConnection(bootstrap=bootstrap),
            topics=Topics(f"{prefix}articles.raw", f"{prefix}articles.enriched", f"{prefix}articles.deadletter"),
            group=f"{prefix}dateline-enrich",
            command=[sys.executable, "-m", "tests.unit.enrich.scripted_child"],
            children=1,
            article_timeout=float(seconds),
            batch_size=16,
            batch_wait=0.1,
            session_timeout=6,
            compression="gzip",
            metrics_host="127.0.0.1",
            metrics_port=int(port),
            limit=DeadLetterLimit(run=int(most), ratio=1),
        )
    except UserError as error:
        sys.stderr.write(f"{error}\n")
        sys.exit(2)
    sys.exit(code)
