"""Pure functions from text to records: no Kafka, no Faust, no file read per article.

One text, in order:

    normalise.py     title and body -> the text that every offset refers to
    language.py      which language it is in, and whether that is read here
    datelines.py     what of it is no prose: datelines, bylines, credits (furniture_lines.py)
    parsed_text.py   what the parser reads in its place, of the same length
    pipeline.py      the spaCy pipeline, loaded once (attribute_rules.py)
    entities.py      what the pipeline found -> sentences and entities (groups.py: which mentions are of one thing)
    coder.py         the event coder: all of what follows, put together
      tree.py          the parse as plain lists; repair.py mends what the parser gets wrong again and again
      actors/ places/ dates/ quotations/   who, where, when, and who says what
      grammar.py       who is subject and object, through voice, control and relative clauses
      predications.py  each verb and event noun with its arguments by place
      frames.py        the lexicon of frames; kinds.py what kind of thing a noun is
      fillers.py       who stands in a slot, or behind what stands there
      public_life.py   whose acts are events
      matching.py      the most specific frame that holds
      clauses.py       "will not" and "must": acts that no single word carries
      governors.py     words that say how another act stands to fact
      circumstances.py polarity, modality, tense, who says so: a walk up to the root (tense.py)
      settings.py      where and when
      plover.py        the ontology, and its shift for the future
      confidence.py    how sure it is
      events.py        all of it -> one event record

What the coder knows is data, in lexicon/: each entry has an example, and every example is a test.
"""
