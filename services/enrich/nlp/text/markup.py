"""Markup that was left in a text, as the parser shall read it: each piece replaced by as many characters.

Tags, character entities, links, bullets, labels such as "UPDATE 2-" and clock times before a line say nothing of what
happens, and the parser takes them for words. Where they end a line, a break stands that ends a sentence as well.
"""

from __future__ import annotations

import re

BREAK = "\u2029"
"""One character after which a sentence starts."""

STOPS = "。！？"
"""Stops of other scripts."""

_BLOCKS = "p|br|div|li|ul|ol|td|th|tr|table|h[1-6]|hr|blockquote|section|article|figure|figcaption"
_TAG = re.compile(rf"<(?:(?P<block>/?(?:{_BLOCKS})\b)|/?[a-z]|!--)[^<>]{{0,500}}>", re.IGNORECASE)
_ENTITY = re.compile(r"&(?:#(?P<number>\d{2,6})|(?P<name>[a-zA-Z]{2,8}));")
_SIGNS = {
    "amp": "&", "quot": '"', "apos": "'", "lt": " ", "gt": " ", "nbsp": " ", "ldquo": "“", "rdquo": "”", "lsquo": "‘",
    "rsquo": "’", "mdash": "—", "ndash": "–", "hellip": "…", "bull": BREAK, "middot": BREAK, "ensp": " ", "emsp": " ",
}  # fmt: skip
# They stand before the word that they belong to: what is left of them stands at its side.
_BEFORE = frozenset("'’“‘")
_LINK = re.compile(r"\[(?P<words>[^\[\]\n]{1,200})\]\([^()\s]{1,500}\)|(?P<address>https?://[^\s<>\"”]{1,500})")
_BULLET = re.compile(r"^ ?(?:[-*•·▪●◦‣–—+>]|#{1,6}|\(?\d{1,2}[.)](?= [A-Z“\"])) ", re.MULTILINE)
_LABELS = "UPDATE|WRAPUP|RPT|CORRECTED|REFILE|EXCLUSIVE|BREAKING(?: NEWS)?|VIDEO|WATCH|LIVE|JUST IN|ALERT|URGENT|FLASH"
_LABEL = re.compile(rf"^(?:(?:{_LABELS})(?: \d{{1,2}})?(?: ?[-–—:|] ?| (?=[A-Z]\w*[a-z])))+", re.MULTILINE)
_TIME = r"\d{1,2}[:.]\d{2}(?: ?(?:GMT|UTC|[ap]\.?m\.?|BST|EST|CET))?"
_CLOCK = re.compile(rf"^(?:\[{_TIME}\]|{_TIME} ?[-–—|]) ?(?=\S)", re.MULTILINE)
_HASHTAGS = re.compile(r"(?P<word>(?<=\w))?(?: #\w+){1,20}(?= ?(?:$|https?:))", re.MULTILINE)
_HASH = re.compile(r"(?<![\w#&/])#(?=[^\W\d])")
_EMPHASIS = re.compile(r"\*\*|__|(?<![\w*])\*(?=\w)|(?<=\w)\*(?![\w*])")
_FOREIGN_STOP = re.compile(rf"(?P<latin>[a-z\d](?=.[A-Z]))?[{STOPS}]")
_BEFORE_BREAK = re.compile(rf"(?<=[\w)\]”’\"%])[ \n](?=[ \n]*{BREAK})")
_AT_BREAK = re.compile(rf"(?<=[\w)\]”’\"%]){BREAK} ")
_SIGN = re.compile(r"[<&\[#*_•·▪●◦‣。！？]|https?:|^[-–—+>] |^ |^\(?\d|^[A-Z]{3}", re.MULTILINE)


def without_markup(text: str) -> str:
    """The text as the parser shall read it, of the same length."""
    if _SIGN.search(text) is None:
        return text
    text = _TAG.sub(_tag, text)
    text = _ENTITY.sub(_sign, text)
    text = _HASH.sub(" ", _HASHTAGS.sub(_hashtags, text))
    text = _LINK.sub(_link, text)
    text = _LABEL.sub(_blank, text)
    text = _CLOCK.sub(_broken, text)
    text = _BULLET.sub(_broken, text)
    text = _EMPHASIS.sub(_blank, text)
    text = _FOREIGN_STOP.sub(_stop, text)
    # Without a stop before it, the parser takes the first word after a break for a sentence of its own.
    return _BEFORE_BREAK.sub(".", _AT_BREAK.sub(f".{BREAK}", text))


def _blank(found: re.Match[str]) -> str:
    return " " * len(found[0])


def _hashtags(found: re.Match[str]) -> str:
    """Those behind a sentence say what it is about: blank, after a stop."""
    return ("." if found["word"] is not None else " ").ljust(len(found[0]))


def _broken(found: re.Match[str]) -> str:
    """Blank, after a break."""
    return BREAK.ljust(len(found[0]))


def _stop(found: re.Match[str]) -> str:
    return f"{found['latin']}." if found["latin"] else BREAK


def _tag(found: re.Match[str]) -> str:
    return _broken(found) if found["block"] else _blank(found)


def _sign(found: re.Match[str]) -> str:
    """The character that an entity stands for; what is none stays."""
    if found["number"]:
        number = int(found["number"])
        sign = chr(number) if number < 0x3000 and chr(number).isprintable() else " "
    elif (known := _SIGNS.get(found["name"])) is not None:
        sign = known
    else:
        return found[0]
    length = len(found[0])
    return sign.rjust(length) if sign in _BEFORE else sign.ljust(length)


def _link(found: re.Match[str]) -> str:
    """The words of a link; of an address alone, nothing."""
    if not found["words"]:
        return _blank(found)
    return f" {found['words']}".ljust(len(found[0]))
