"""Which acts a sentence tells, by the frames of the lexicon, and who takes part.

predications.py    words that may carry an act, with what stands around them:
arguments.py, objects.py, agents.py, occasions.py, light_verbs.py, blame.py, clauses.py, spoken.py
frames.py          the lexicon's frames; kinds.py the kinds of things that tell senses apart
matching.py        which frame holds, and fillers.py who fills its places; pair.py where the pair is known
public_life.py     what is no event for want of an actor of public life; sport.py, fiction.py
"""
