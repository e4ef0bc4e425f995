"""One article, in order.

    feed/        1. reads it from a file and puts it on articles.raw
    enrich/      2. reads articles.raw; nlp/ finds what is in the text; the result goes to articles.enriched,
                    or the original bytes to articles.deadletter
    sink/        3. writes articles.enriched to the store, each article once
    subscribe/   4. hands enriched articles to whoever wants them
    replay/      puts a feed on the topic again, and dead letters back where they came from
    ops/         topics made and looked at
    broker/      the embedded default: Apache Kafka itself, as a child process
    evaluate/    scores the event coder on labelled texts
    cli/ demo.py composition; nothing else reads settings
    public/      what programs import: `from dateline import subscribe`

Below them, for all: errors.py (who handles what), decode.py and deadletters.py (bytes to records, or why not),
deadletter_limit.py (when to stop setting aside), wording.py (why not, in words for people), kafka.py and connect.py
(how clients connect), topic_range.py (a topic to its end), settings.py (every setting), selection.py and phrases.py
(what a filter's value means), telemetry.py (every metric), health.py (the page that shows them), logs.py, outage.py
(one line while Kafka is away), processes.py (services as processes). At the bottom: the contract, in `schemas`.
"""

from importlib.metadata import version

__version__ = version("dateline")
