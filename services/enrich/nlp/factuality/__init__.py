"""Whether an act happened, will, may, or is only said to have: polarity, modality, tense, attribution, date and place.

circumstances.py   all of it for one act
governing.py       words above the act that decide ("refused to", "plans to"), from governors.py
verb_words.py      the act's own words: auxiliaries, "not", tense.py
hearsay.py         who says so
standing.py        under "if", in a question, in a rule (laws.py)
settings.py        the date and the place that are the act's
wishes.py          what is asked for or refused
"""
