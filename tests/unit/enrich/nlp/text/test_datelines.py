from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.enrich.nlp.text.datelines import Furniture, FurnitureKind, article_dateline, find_furniture

TITLE = "A title of an article\n\n"


def furniture_of(line: str) -> tuple[tuple[str, str], ...]:
    text = TITLE + line
    return tuple((item.kind.value, text[item.start : item.end]) for item in find_furniture(text))


@pytest.mark.parametrize(
    ("line", "dateline", "place", "date", "agency"),
    [
        ("KYIV, Dec 18 (Reuters) - Two men died.", "KYIV, Dec 18 (Reuters) -", "KYIV", "Dec 18", "Reuters"),
        ("OSLO — The minister left.", "OSLO —", "OSLO", None, None),
        ("MOSCOW (AP) — The minister left.", "MOSCOW (AP) —", "MOSCOW", None, "AP"),
        ("PORTLAND, Ore. (AP) — A man fell.", "PORTLAND, Ore. (AP) —", "PORTLAND, Ore.", None, "AP"),
        ("KABUL, Afghanistan (AP) _ A bomb fell.", "KABUL, Afghanistan (AP) _", "KABUL, Afghanistan", None, "AP"),
        ("BAGHDAD/ERBIL (Reuters) - Troops left.", "BAGHDAD/ERBIL (Reuters) -", "BAGHDAD/ERBIL", None, "Reuters"),
        ("Cairo, Jan. 25 (Xinhua) -- Police left.", "Cairo, Jan. 25 (Xinhua) --", "Cairo", "Jan. 25", "Xinhua"),
        ("New Delhi, Jan 5 (IANS) The army left.", "New Delhi, Jan 5 (IANS)", "New Delhi", "Jan 5", "IANS"),
        ("GENEVA (9 May 2011) – The council met.", "GENEVA (9 May 2011) –", "GENEVA", "9 May 2011", None),
        ("ST. PETERSBURG, Russia, June 3 - A ship.", "ST. PETERSBURG, Russia, June 3 -", "ST. PETERSBURG, Russia",
         "June 3", None),
        ("TOKYO, Jan. 3 /Kyodo/ - Japan left.", "TOKYO, Jan. 3 /Kyodo/ -", "TOKYO", "Jan. 3", "Kyodo"),
        ("ISLAMABAD: The army left.", "ISLAMABAD:", "ISLAMABAD", None, None),
        ("(CNN) -- A man fell.", "(CNN) --", None, None, "CNN"),
    ],
)  # fmt: skip
def test_find_furniture_reads_a_dateline(
    line: str, dateline: str, place: str | None, date: str | None, agency: str | None
) -> None:
    start = len(TITLE)
    expected = Furniture(FurnitureKind.DATELINE, start, start + len(dateline), place, date, agency)
    assert find_furniture(TITLE + line) == (expected,)


@pytest.mark.parametrize(
    "line",
    [
        "By Jane Roe and Tom Poe",
        "By Staff, Agencies",
        "By JANE ROE, Associated Press Writer",
        "By Jane Roe in Oslo",
        "By the Associated Press",
        "Jane Roe, Staff Writer",
        "From our correspondent",
        "Reporting by Jane Roe; Editing by Tom Poe",
        "(Additional reporting by Jane Roe in Oslo; Writing by Ann B. Cee)",
    ],
)
def test_find_furniture_takes_a_byline_whole(line: str) -> None:
    assert furniture_of(line) == (("byline", line),)


@pytest.mark.parametrize(
    "line",
    [
        "© 2011 The Daily Post. All rights reserved.",
        "Copyright 2011 The Daily Post",
        "READ MORE: Ten things to know about the vote",
        "Photo: Jane Roe/Agency",
        "Published: Dec 18, 2011 10:20",
        "This article was first published by the Daily Post.",
        "— Reuters",
        "Advertisement",
    ],
)
def test_find_furniture_takes_a_credit_whole(line: str) -> None:
    assert furniture_of(line) == (("credit", line),)


def test_find_furniture_takes_a_credit_out_of_a_sentence() -> None:
    assert furniture_of("The crowd left the square (AP Photo/Jane Roe) at noon.") == (
        ("credit", "(AP Photo/Jane Roe)"),
    )


@pytest.mark.parametrize(
    "line",
    [
        "By Monday, troops had left the town.",
        "By Christmas Tom Poe had left.",
        "By contrast, France said no",
        "The World Bank (WB) said it would lend.",
        "The European Union (EU) - a bloc of many states - agreed.",
        "HAMAS (Islamic Resistance Movement) said it would not.",
        "NATO - an alliance of many states - said so.",
        "UPDATE 1 - Shares fell after the vote",
        "US-led forces - most of them - left.",
        "Reporting by the newspaper showed that the army had left.",
        "Copyright law is changing, the minister said. It will be read in May.",
        "Sources: two officials said that the army would leave.",
        "Editing by hand is slow, they said.",
    ],
)
def test_find_furniture_eats_no_prose(line: str) -> None:
    assert furniture_of(line) == ()


def test_find_furniture_takes_the_speakers_of_an_interview_for_no_datelines() -> None:
    assert furniture_of("OBAMA: Thank you all.\n\nKERRY: No, thank you.\n\nOBAMA: Well.") == ()


def test_find_furniture_reads_a_dateline_without_agency_only_where_the_body_opens() -> None:
    prose = "The ministers met for the third time this week, and parted without an agreement on the border."
    assert furniture_of(f"{prose}\n\nOSLO — The talks go on.") == ()


def test_article_dateline_is_the_first_with_a_place() -> None:
    found = article_dateline(find_furniture(TITLE + "By Jane Roe\n\nOSLO (AP) — The minister left."))
    assert found is not None
    assert found.place == "OSLO"


_PIECES = st.sampled_from(
    ["OSLO", " ", " - ", " — ", "(AP)", ", ", "Dec 18", "By ", "Jane Roe", "\n", "\n\n", ": ", "©"]
)


@given(st.lists(_PIECES | st.text(max_size=4), max_size=30).map("".join))
def test_find_furniture_lies_within_the_text_in_order_without_overlaps(text: str) -> None:
    items = find_furniture(text)
    assert all(0 <= item.start < item.end <= len(text) for item in items)
    assert all(one.end <= other.start for one, other in pairwise(items))
