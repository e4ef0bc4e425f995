"""Dates of a parsed text: found, told apart from durations, ages and names, and resolved to intervals.

words.py           the words that dates are made of
meaning.py         what an expression says
calendar_words.py  days, months, years as they are written
grammar.py         everything else that can be said of a date
resolve.py         from there to days
direction.py       past or future, from the governing verb
find.py            the dates of a text
"""

from services.enrich.nlp.dates.find import find_dates, is_historical

__all__ = ["find_dates", "is_historical"]
