"""The contract: what travels on the topics. Imports pydantic only; everything else imports this.

article.py      a raw article, its id and its partition key
enriched.py     what enrichment adds to it
events.py       the records of the event coder inside an enriched article
deadletter.py   the original bytes of a message that failed, and why
cloudevents.py  the headers every message carries, and the schema version in them
topics.py       the table of topics
export.py       all of this as JSON Schema and AsyncAPI files under json/
"""

SCHEMA_VERSION = "1.0"
"""Version of every schema here, ``major.minor``. A new major is a change that old readers cannot read."""
