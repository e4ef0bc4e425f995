"""What is done to a text before it is parsed: what is no sentence is blanked, and offsets stay those of the article.

normalise.py        one form of what is written in several
language.py         whether it is English at all
datelines.py        "KYIV, Dec 18 (Reuters) -", bylines
furniture_lines.py  credits, captions, lines of links
markup.py           tags, bullets, links that are left over
unstopped_lines.py  lines that end without a stop
parsed_text.py      all of it: the text that goes to the parser
"""
