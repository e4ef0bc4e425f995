"""Lines of an article that are whole no prose: who wrote it, whose picture it is, what else to read."""

from __future__ import annotations

import re
from collections.abc import Iterator

_LONGEST_LINE = 300
_SHORT_LINE = 120

_NOT_NAMED = (
    r"(?!(?:The|Mon|Tues|Wednes|Thurs|Fri|Satur|Sun|January|February|March|April|June|July|August|September|October"
    r"|November|December|Then|Now|Contrast|Late|Early|Mid)(?:day)?\b)"
)
_NAME = r"(?:[A-Z][\w.'’\-]*|(?:de|la|le|el|al|bin|van|von|der|den|di|da|the) (?=[A-Z]))"
_NAMES = rf"{_NOT_NAMED}{_NAME}(?: ?{_NAME}){{0,5}}"
_ROLE = (
    r"(?i:(?:senior |special |staff |associated press |chief |foreign |political |diplomatic |our |a )*"
    r"(?:writers?|reporters?|correspondents?|editors?|agencies|agency|contributors?|contributing writer|columnist|staff"
    r"|bureau chief|photographer|news desk|web desk|press|wire reports?|news services?))"
)
_IN = r"(?: in [A-Z][\w.'’\-]*(?: [A-Z][\w.'’\-]*){0,2})?"
_AND = r"(?:, and |, |; | and | AND | & | \| | for | of | / ?)"
_BYLINE = re.compile(
    rf"(?:By|BY|by) {_NAMES}{_IN}(?:{_AND}(?:{_ROLE}|{_NAMES}{_IN})){{0,6}}(?: {_ROLE})?\.?$"
    rf"|(?:By|BY|From|FROM) {_ROLE}(?:,? (?:and )?{_ROLE})*\.?$"
    rf"|{_NAMES}, {_ROLE}\.?$"
    r"|(?:Staff|STAFF|Agencies|AGENCIES|Staff [Aa]nd [Aa]gencies|Web Desk|News Desk|Agencies via .{1,30})\.?$"
)
# Reporting by Jane Roe; Editing by Tom Poe
_MADE_BY = re.compile(
    r"\(?(?i:(?:additional |with |further )?(?:reporting|writing|editing|compiled|edited|written|translated|translation"
    r"|photography|graphic|text|production)(?: and (?:writing|editing|reporting))?(?: by|:)) "
    rf"{_NAMES}(?:[,;)]| and | in |\.?$)"
)
_CREDIT = re.compile(
    r"(?:©|\(c\) ?\d|\(C\) ?\d|(?i:copyright) (?:©|\(c\)|\(C\)|\d{4})).{0,200}$"
    r"|.{0,80}\b(?i:all rights reserved)\b.{0,80}$"
    r"|(?i:read more|read also|also read|see also|related(?: (?:story|stories|articles?|news|coverage|links?))?"
    r"|more on this(?: story)?|recommended|don[’']t miss|more from .{1,30}) ?[:>»].{0,250}$"
    r"|(?i:click here|tap here|follow us|follow @\w+|subscribe to|subscribe now|sign up (?:for|to)|share this"
    r"|download our|join our)\b.{0,160}$"
    r"|(?i:advertisement|advertising|sponsored content|(?:story|article) continues below.{0,40})\.?$"
    r"|(?i:(?:last )?(?:updated|published|posted|modified)(?: at| on)?):? .{0,20}\d.{0,60}$"
    r"|(?i:this (?:article|story|report) (?:was|has been|originally|first)) .{0,120}"
    r"(?i:published|appeared|updated|corrected|produced).{0,120}$"
    r"|[-–—]+ ?(?i:reuters|ap|afp|dpa|xinhua|agencies|bbc|cnn|upi|ians|pti|efe|ansa|tass|interfax|kyodo|yonhap)\.?$"
)
# Only where no sentence follows: "Source: two officials said the army would leave."
_SHORT_CREDIT = re.compile(
    r"(?i:(?:photo|image|picture|photograph|file photo|video|graphic|caption|credit|source)s?(?: by| credit| courtesy)?"
    r"|(?:photo|image|picture|video) (?:credit|courtesy)(?: of)?): [A-Z@][^.!?]{1,80}\.?$"
    r"|(?i:photo|image|picture|photograph)s? (?:by|courtesy of|from) [A-Z][^.!?]{1,60}\.?$"
    r"|(?i:watch|listen)(?: here| now)?: [^.!?]{1,100}$"
)
_INLINE = re.compile(
    r"\((?:(?:AP|AFP|EPA|REUTERS|Reuters|Getty|AAP|PA|UPI|Xinhua|File)(?: Photo|/| Images| photo|:)[^()\n]{0,80}"
    r"|(?:Photo|PHOTO|Image|Picture|Photograph|File photo)(?: by| courtesy| credit)?[: ][^()\n]{1,80})\)"
)


def is_byline(line: str) -> bool:
    """Whether the line says who wrote, and nothing else."""
    if len(line) > _LONGEST_LINE:
        return False
    return (len(line) <= _SHORT_LINE and _BYLINE.match(line) is not None) or _MADE_BY.match(line) is not None


def is_credit(line: str) -> bool:
    """Whether the line is a credit, a copyright, a link or the like, and nothing else."""
    if len(line) > _LONGEST_LINE:
        return False
    return _CREDIT.match(line) is not None or (len(line) <= _SHORT_LINE and _SHORT_CREDIT.match(line) is not None)


def line_credits(text: str) -> Iterator[tuple[int, int]]:
    """Credits within prose: "(AP Photo/Jane Roe)"."""
    for found in _INLINE.finditer(text):
        yield found.span()
