"""The parse: what spaCy gives, read into columns, mended where it is known to err, and asked in grammar's terms.

tree.py            one parsed text, as columns
repair.py          what is mended, in which order:
long_sentences.py, headlines.py, inquits.py, interposed.py, moves.py
grammar.py         subjects and objects as they are meant: of passives, relative clauses, joined and governed verbs
vocabulary.py      kinds of words that several files ask for
"""
