"""First stage: articles from files, folders and standard input go to the topic ``articles.raw``.

files.py      which files the paths mean
lines.py      bytes to lines, in bounded memory
encoding.py   lines to text, whatever they are encoded in
sources.py    files to records: JSON values, each with its place
record.py     a record to a raw article, or a refusal that says why; dates.py and urls.py for two of its fields
articles.py   the way up to here, with no broker: what a dry run does
publish.py    articles to the topic, and what became of each
connect.py    the one file that knows the Kafka client
send.py       the loop that sends, at a pace.py; run.py puts all of them together
verbatim.py   lines as they are, for feeds that are broken on purpose
"""
