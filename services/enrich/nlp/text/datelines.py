"""The stretches of an article that are no prose: datelines, bylines, credits, links to other articles.

Pure regexes, line by line, on the normalised text. Nothing here knows whether a place exists. Whole lines only where
their form leaves no doubt: rather a byline that stays than a sentence that goes.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from services.enrich.nlp.text.furniture_lines import is_byline, is_credit, line_credits


class FurnitureKind(StrEnum):
    """What a stretch without prose is."""

    DATELINE = "dateline"
    BYLINE = "byline"
    CREDIT = "credit"


@dataclass(frozen=True, slots=True)
class Furniture:
    """``text[start:end]`` is no prose. Of a dateline: where and when it was filed, as written, and by which agency."""

    kind: FurnitureKind
    start: int
    end: int
    place: str | None = None
    date: str | None = None
    agency: str | None = None


_LONGEST_DATELINE = 120
_LONGEST_TITLE = 200
_PROSE = 80  # a line of so many characters is prose, and what follows is no opening any more

_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)[a-z]{0,6}\.?"
_DATE = (
    rf"(?i:(?:(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs)?|Fri|Sat(?:ur)?|Sun)(?:day)?\.?,? ?)?"
    rf"(?:{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?(?:,? \d{{4}})?|\d{{1,2}}(?:st|nd|rd|th)? {_MONTH}(?:,? \d{{4}})?)"
    rf"|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)"
)
_CAPITALS = r"[^\W\d_a-z][^\W\d_a-z'’.\-]*"  # a word without a small letter
_PLACE_CAPITALS = rf"{_CAPITALS}(?: {_CAPITALS}){{0,3}}(?:/{_CAPITALS}(?: {_CAPITALS}){{0,2}})?"
_PLACE_TITLE = r"(?!The )[A-Z][\w'’.\-]+(?: (?:(?:de|la|el|al|of|the|and) )?[A-Z][\w'’.\-]+){0,3}"
_REST = r"(?:, (?:[A-Z][\w.'’\-]*)(?: [A-Z][\w.'’\-]*){0,2})?"
_DASH = r"(?:--?|–|—|_|―)"
_AGENCIES = (
    r"(?:Reuters|REUTERS|AP|AFP|Xinhua|dpa|DPA|UPI|IANS|PTI|ANI|EFE|ANSA|TASS|Tass|Interfax|Kyodo|Yonhap|CNN|BBC|IRIN"
    r"|IRNA|SANA|WAFA|Ma'an|AA|Anadolu|APA|BNO|VOA|RFE/RL|Bloomberg|MarketWatch|CBS|NBC|ABC|CNS|RNS|IPS|KUNA|SPA|MENA"
    r"|Bernama|Antara|ANTARA News|CP|AAP|PA|NZPA|STT|TT|NTB|BELGA|Belga|APN|PNA|APP|BSS|UNB|ITAR-TASS|RIA Novosti"
    r"|[A-Z][\w&'’]*(?: [A-Z][\w&'’]*){0,2} (?:News|Press|Agency|Times|Post|Herald|Tribune|Journal|Wire|Today|Service))"
)

# KYIV, Dec 18 (Reuters) - / BAGHDAD (Xinhua) -- / TOKYO, Jan. 3 /Kyodo/ -
_CAPITALS_AGENCY = re.compile(
    rf"(?P<place>{_PLACE_CAPITALS}{_REST})(?:,? (?P<date>{_DATE}),?)? ?"
    rf"(?:\((?P<agency>[A-Za-z][\w .&/’'\-]{{0,40}})\)|/(?P<agency2>[A-Z][\w \-]{{1,20}})/) ?(?P<dash>{_DASH}|:)? ?"
)
# Cairo, Jan. 25 (Xinhua) -- / New Delhi, Jan 5 (IANS) / Paris (AFP) -
_TITLE_AGENCY = re.compile(
    rf"(?P<place>{_PLACE_TITLE}{_REST}?)(?:,? (?P<date>{_DATE}),?)? ?"
    rf"\((?P<agency>{_AGENCIES})\) ?(?P<dash>{_DASH}|:)? ?"
)
# GENEVA (9 May 2011) – / ST. PETERSBURG, Russia, June 3 -
_DATED = re.compile(
    rf"(?P<place>{_PLACE_CAPITALS}{_REST}|{_PLACE_TITLE}{_REST}?)(?:, | \()(?P<date>{_DATE})\)? ?(?:{_DASH}|:) "
)
# OSLO — / PORTLAND, Ore. -
_BARE = re.compile(rf"(?P<place>{_PLACE_CAPITALS}{_REST}) ?(?:{_DASH} |— ?|– )(?=[\"“‘'(]?[A-Z0-9])")
# ISLAMABAD: only once, and only as the first words of the body.
_COLON = re.compile(rf"(?P<place>{_PLACE_CAPITALS}): (?=[\"“‘'(]?[A-Z0-9])")
_AGENCY_ALONE = re.compile(rf"\((?P<agency>{_AGENCIES})\) ?{_DASH} ?")
_NO_PLACES = re.compile(
    r"(?:(?:UPDATE|BREAKING|EXCLUSIVE|ANALYSIS|OPINION|VIDEO|WATCH|LIVE|READ|ALSO|RELATED|NEW|NEWS|PHOTOS?|FACTBOX|RPT"
    r"|CORRECT(?:ED|ION)|TIMELINE|EXPLAINER|INTERVIEW|FEATURE|SPECIAL|REFILE|WRAPUP|ADVISORY|EDITORIAL|COMMENT|REVIEW"
    r"|Q|A|Q&A|QUESTION|ANSWER|NOTE|MORE|STORY|BY|THE|MR|MRS|MS|DR|SEN|REP|GEN|PRESIDENT|UNKNOWN|QUICK|BACKGROUND|KEY"
    r"|LATEST|ALERT|URGENT|POSTED|PUBLISHED|UPDATED|LAST|TEXT|SCORES?|RESULTS?|WHAT|WHO|WHY|HOW|WHEN|WHERE)\b.*"
    r"|(?:NATO|UN|U\.N\.|EU|E\.U\.|UK|OPEC|IMF|WHO|UNICEF|UNHCR|ASEAN|OSCE|CIA|FBI|NASA|FIFA|UEFA|NBA|NFL|NHL|MLB"
    r"|ISIS|IRA|ETA|PKK|PLO|BJP|ANC|GOP|CEO|PM|MP|MPS|TV|DNA|HIV|AIDS|COVID|GDP))\.?$"
)


def find_furniture(text: str) -> tuple[Furniture, ...]:
    """In the order of the text, without overlaps. A title, the first line of several, is at most a byline."""
    found: list[Furniture] = []
    lines = text.split("\n")
    interview = sum(_COLON.match(line) is not None for line in lines) > 1
    titled = len(lines) > 1 and len(lines[0]) <= _LONGEST_TITLE
    if titled and is_byline(lines[0]):
        found.append(Furniture(FurnitureKind.BYLINE, 0, len(lines[0])))
    start, opening = (len(lines[0]) + 1 if titled else 0), True
    for line in lines[titled:]:
        if line:
            item = _whole(line, start) or _dateline(line, start, opening=opening, interview=interview)
            if item is not None:
                found.append(item)
            opening = opening and len(line) < _PROSE and (item is None or item.kind is not FurnitureKind.DATELINE)
        start += len(line) + 1
    starts = [item.start for item in found]
    inline: list[Furniture] = []
    for begin, end in line_credits(text):
        before = bisect_right(starts, begin) - 1
        overlaps = (before >= 0 and found[before].end > begin) or (before + 1 < len(found) and starts[before + 1] < end)
        if not overlaps:
            inline.append(Furniture(FurnitureKind.CREDIT, begin, end))
    found += inline
    return tuple(sorted(found, key=lambda item: item.start))


def article_dateline(furniture: Sequence[Furniture]) -> Furniture | None:
    """The first dateline with a place."""
    for item in furniture:
        if item.kind is FurnitureKind.DATELINE and item.place is not None:
            return item
    return None


def _whole(line: str, start: int) -> Furniture | None:
    if is_byline(line):
        return Furniture(FurnitureKind.BYLINE, start, start + len(line))
    return Furniture(FurnitureKind.CREDIT, start, start + len(line)) if is_credit(line) else None


def _dateline(line: str, start: int, *, opening: bool, interview: bool) -> Furniture | None:
    line = line[:_LONGEST_DATELINE]
    alone = _AGENCY_ALONE.match(line)
    if alone is not None:
        end = start + len(alone.group().rstrip())
        return Furniture(FurnitureKind.DATELINE, start, end, agency=alone["agency"])
    for form in (_CAPITALS_AGENCY, _TITLE_AGENCY, _DATED, _BARE, _COLON):
        if form in {_BARE, _COLON} and not opening:
            continue
        found = form.match(line)
        if found is None or _NO_PLACES.match(found["place"]) or len(found["place"].replace(".", "")) < 3:
            continue
        if form is _COLON and interview:
            continue  # "OBAMA: Thank you."
        if form in {_CAPITALS_AGENCY, _TITLE_AGENCY} and not (found["dash"] or found["date"]):
            continue  # "HAMAS (Islamic Resistance Movement) said"
        return _filed(found, start)
    return None


def _filed(found: re.Match[str], start: int) -> Furniture:
    groups = found.groupdict()
    agency = groups.get("agency") or groups.get("agency2")
    end = start + len(found.group().rstrip())
    return Furniture(FurnitureKind.DATELINE, start, end, groups["place"], groups.get("date"), agency)
