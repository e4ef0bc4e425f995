"""articles.raw -> articles.enriched, or articles.deadletter.

nlp/         text -> what is in it; pure, knows no broker
handle.py    bytes of messages -> enriched records or Poison; knows no Faust
frames.py    how the worker and its child processes talk
child.py     a child process: the model, and handle.py around it
pool.py      the children: who is at work, who died, what is tried again
app.py       build_app: the Faust shape that loses nothing; the only `import faust`
run.py       a worker, from children to exit code
annotate.py  the same enrichment on JSON Lines, with no broker
"""
