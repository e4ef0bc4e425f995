from __future__ import annotations

from schemas.events import Actor, ActorKind, TextSpan
from services.enrich.nlp.acts.frames import load_frames
from services.enrich.nlp.acts.public_life import PublicLife


def actor(name: str, kind: ActorKind, country: str | None = None, *sectors: str) -> Actor:
    mention = TextSpan(start=0, end=len(name), text=name)
    return Actor(id="a0", name=name, kind=kind, country=country, sectors=sectors, mentions=(mention,))


def test_public_life_has_states_and_offices() -> None:
    assert PublicLife([actor("Peru", ActorKind.STATE, "PER")]).is_public("a0")
    assert PublicLife([actor("mayor", ActorKind.PERSON, None, "GOV")]).is_public("a0")


def test_public_life_leaves_firms_and_private_persons_out() -> None:
    assert not PublicLife([actor("Silva & Co", ActorKind.ORGANISATION, "PER", "BUS")]).is_public("a0")
    assert not PublicLife([actor("waiter", ActorKind.PERSON, "PER", "CVL")]).is_public("a0")


def test_public_life_has_a_people_but_no_group_that_is_only_there() -> None:
    group = actor("residents", ActorKind.GROUP, "PER", "CVL")
    assert PublicLife([group]).is_public("a0")
    assert not PublicLife([group], placed={"a0"}).is_public("a0")


def test_public_life_takes_countries_in_sport_for_teams() -> None:
    assert not PublicLife([actor("Peru", ActorKind.STATE, "PER")], sporting={"a0"}).is_public("a0")
    assert not PublicLife([actor("president", ActorKind.PERSON, None, "GOV")], sporting={"a0"}).is_public("a0")


def test_public_life_has_police_and_ministers_in_sport_too() -> None:
    assert PublicLife([actor("police", ActorKind.ORGANISATION, None, "COP")], sporting={"a0"}).is_public("a0")
    assert PublicLife([actor("sports minister", ActorKind.PERSON, None, "GOV")], sporting={"a0"}).is_public("a0")


def test_public_life_has_no_event_of_private_persons_but_by_frames_that_say_so() -> None:
    # Sentences with nobody of public life are searched for these frames alone.
    crowd = actor("residents", ActorKind.GROUP, None, "CVL")
    public = PublicLife([crowd], placed={"a0"})
    frames = load_frames(report=lambda _error: None).frames
    held = [frame for frame in frames if public.is_event(frame, ["a0"], ["a0"])]
    assert held
    assert all(frame.may_be_private for frame in held)
