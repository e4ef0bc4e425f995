from __future__ import annotations

from typing import Any

import pytest

from schemas.events import TextSpan
from services.evaluate.overlap import Arguments, arguments
from tests.articles import at
from tests.unit.evaluate.coded import actor, event, gold, label

TEXT = "Kenya and Uganda met Somalia after he left."


def compared(labelled: dict[str, Any], source: str = "", target: str = "", **actors: Any) -> Arguments:
    coded = event(TEXT, "CONSULT", source, target)
    return arguments(gold(TEXT, labelled).events[0], coded, actors)


@pytest.mark.parametrize(
    ("labelled", "coded", "right", "swapped"),
    [
        (("Kenya", "Somalia"), ("Kenya", "Somalia"), True, False),
        (("Kenya|Uganda", "Somalia"), ("Kenya", "Somalia"), True, False),
        (("Kenya", "Somalia"), ("Somalia", "Kenya"), False, True),
        (("Kenya", "Somalia"), ("Kenya", ""), False, False),
        (("Kenya", ""), ("Kenya", "Somalia"), False, False),
        (("Kenya", ""), ("", "Kenya"), False, True),
        (("Kenya", "Somalia"), ("Uganda", "Somalia"), False, False),
        (("", ""), ("", ""), True, False),
    ],
)
def test_overlap_tells_right_and_swapped(
    labelled: tuple[str, str], coded: tuple[str, str], right: bool, swapped: bool
) -> None:
    found = compared(label("CONSULT", *labelled), *coded)
    assert (found.right, found.swapped) == (right, swapped)


@pytest.mark.parametrize(
    ("labelled", "coded"), [(("Kenya|Uganda", ""), ("Kenya", "Uganda")), (("Uganda", "Kenya"), ("Kenya|Uganda", ""))]
)
def test_overlap_of_what_is_done_together_knows_no_direction(labelled: tuple[str, str], coded: tuple[str, str]) -> None:
    found = compared(label("CONSULT", *labelled), *coded)
    assert (found.right, found.score, len(found.met)) == (True, 1.0, 2)


def test_overlap_of_a_role_that_the_label_leaves_out_decides_nothing() -> None:
    assert compared({"type": "CONSULT", "sources": ["Kenya"]}, "Kenya", "Somalia").right


def test_overlap_score_is_the_share_of_participants_in_common() -> None:
    assert compared(label("CONSULT", "Kenya|Uganda", "Somalia"), "Kenya").score == 0.5


def test_overlap_follows_a_pronoun_to_what_it_stands_for() -> None:
    abe = actor("he", mentions=(TextSpan(**at(TEXT, "Uganda")),))
    assert compared(label("RETREAT", "Uganda"), "he", he=abe).right


def test_overlap_takes_an_adjective_for_no_mention_of_what_it_describes() -> None:
    text = "Iranian police fired; he wept."
    iran = actor("he", mentions=(TextSpan(**at(text, "Iranian")),))
    labelled = gold(text, label("ASSAULT", "Iranian police")).events[0]
    assert not arguments(labelled, event(text, "ASSAULT", "he"), {"he": iran}).right
