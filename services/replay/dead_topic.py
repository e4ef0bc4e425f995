"""The dead-letter topic, read to its end as it is now: letters, markers, and what is not ours.

Read once without the values, since what has become of a letter depends on all others and a topic of them may be
larger than memory; and a second time for the values of those that are wanted.
"""

from __future__ import annotations

from collections.abc import Generator, Iterable
from dataclasses import dataclass, field, replace

from schemas.deadletter import DeadLetter, NotADeadLetter, Place, Replayed
from services.deadletters import letter_of, marker_of
from services.kafka import KafkaConnection
from services.replay.dead import Alien, Case, Letter
from services.topic_range import read_range


@dataclass(slots=True)
class DeadTopic:
    """What is on the topic, in its order."""

    letters: list[Letter] = field(default_factory=list)
    markers: list[Replayed] = field(default_factory=list)
    aliens: list[Alien] = field(default_factory=list)


def read_dead_letters(connection: KafkaConnection, topic: str) -> DeadTopic:
    """All of it but the values. Raises UserError where Kafka does not answer."""
    found = DeadTopic()
    for message in read_range(connection, topic):
        at = Place(message.topic, message.partition, message.offset)
        try:
            marker = marker_of(message)
            letter = letter_of(message) if marker is None else None
        except NotADeadLetter as wrong:
            found.aliens.append(Alien(at, message.key, str(wrong)))
            continue
        if marker is not None:
            found.markers.append(marker)
        elif letter is not None:
            size = None if letter.value is None else len(letter.value)
            found.letters.append(Letter(replace(letter, value=None), at, size))
    return found


def with_values(
    connection: KafkaConnection, topic: str, wanted: Iterable[Case]
) -> Generator[tuple[Case, DeadLetter], None, None]:
    """Each of the letters with its whole original, in the order of the topic.

    Those that the topic no longer holds do not come. Raises UserError where Kafka does not answer.
    """
    left = {case.letter.at: case for case in wanted}
    since: dict[int, int] = {}
    for at in left:
        since[at.partition] = min(at.offset, since.get(at.partition, at.offset))
    if not left:
        return
    for message in read_range(connection, topic, since):
        case = left.pop(Place(message.topic, message.partition, message.offset), None)
        if case is not None:
            yield case, DeadLetter.from_message(message.key, message.value, message.headers)
            if not left:
                return
