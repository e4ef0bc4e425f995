"""The third stage: ``articles.enriched`` becomes rows of the store, each article and version once.

run.py          the parts put together: what cli and demo call
assignment.py   which partitions are ours, and where in each of them reading starts
consume.py      the loop: a batch is taken, written, acknowledged
decode.py       a message becomes an enriched article, or Poison
batch.py        a batch becomes rows, watermarks and dead letters
deadletters.py  what cannot be stored goes to the dead-letter topic, before its offset is passed
patience.py     waiting for a store that does not answer, without losing the group
query.py        what is in the store: counts, latest articles, one article
events.py       the events in the store; filters.py, which of them are wanted
stores/         the store behind one port: SQLite

Why nothing is lost and nothing is there twice: rows and the offset up to which the topic has been read (the watermark)
are written in one transaction, and reading starts at the watermark, wherever Kafka believes that we are. Offsets are
committed to Kafka afterwards, for those who watch the lag. A message whose offset lies below the watermark is passed
over inside the same transaction, so a process that was stopped, lost its partitions and comes back with an old batch
changes nothing.
"""
