"""Pure functions from text to records: no Kafka, no Faust, no file read per article.

One text, in order:

    text/            what is done before parsing: one form, no furniture, no markup; offsets stay the article's
    pipeline.py      the spaCy pipeline, loaded once (attribute_rules.py)
    entities.py      what the pipeline found -> sentences and entities (groups.py: which mentions are of one thing)
    coder.py         the event coder: all of what follows, put together
      syntax/          the parse as plain lists, mended, and asked in grammar's terms
      actors/ places/ dates/ quotations/   who, where, when, and who says what
      acts/            which frame of the lexicon holds, and who takes part
      factuality/      did it happen, will it, who says so, when and where
      plover.py        the ontology, and its shift for the future
      confidence.py    how sure it is
      events.py        all of it -> one event record

What the coder knows is data, in lexicon/: each entry has an example, and every example is a test.
"""
