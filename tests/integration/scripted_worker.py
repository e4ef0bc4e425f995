"""A worker whose children are scripted (tests/unit/enrich/scripted_child.py): no model to load, and told what to do.

Arguments: bootstrap, prefix of topics, port of the metrics page, seconds for one article.
"""

from __future__ import annotations

import sys

from services.enrich.app import Topics
from services.enrich.run import run
from services.kafka import KafkaConnection
from services.logs import configure

if __name__ == "__main__":
    bootstrap, prefix, port, seconds = sys.argv[1:5]
    configure("INFO", "json", "enrich")
    sys.exit(
        run(
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
        )
    )
