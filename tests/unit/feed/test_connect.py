from __future__ import annotations

from collections.abc import Callable

import pytest
from kafka import errors
from kafka.future import Future

from services.errors import SettingsError, UserError
from services.feed.connect import KafkaClient
from services.feed.publish import Message, TooLarge
from services.kafka import KafkaConnection

MEANINGS = [
    (errors.MessageSizeTooLargeError(), TooLarge, "is larger than the topic takes, 100 bytes: 3 bytes"),
    (errors.RecordListTooLargeError(), TooLarge, "100 bytes"),
    (errors.KafkaTimeoutError(), SettingsError, "DATELINE_KAFKA_BOOTSTRAP: kafka:9092 did not acknowledge within 7 s"),
    (errors.NotEnoughReplicasError(), SettingsError, "NotEnoughReplicas"),
    (errors.TopicAuthorizationFailedError("raw"), UserError, "does not let this login write"),
    (errors.SaslAuthenticationFailedError(), SettingsError, "DATELINE_KAFKA_SASL_PASSWORD"),
    (errors.PolicyViolationError(), UserError, "refuses what is sent"),
]


class Failing:
    """The library's producer, which fails: at once, or in its future."""

    def __init__(self, error: Exception, *, later: bool) -> None:
        self._error = error
        self._later = later

    def send(self, *_: object, **__: object) -> Future:
        if self._later:
            return Future().failure(self._error)
        raise self._error


def client(producer: Failing) -> KafkaClient:
    return KafkaClient(producer, KafkaConnection("kafka:9092"), limit=100, deadline=7)


def answer_of(producer: Failing) -> Exception | None:
    answers: list[Exception | None] = []
    client(producer).send("raw", Message("a.jsonl:1", b"abc"), answers.append)
    (answer,) = answers
    return answer


def raised_by(producer: Failing) -> Exception | None:
    with pytest.raises(Exception) as raised:  # noqa: PT011 - which it is, the test says
        client(producer).send("raw", Message("a.jsonl:1", b"abc"), print)
    return raised.value


@pytest.mark.parametrize(("error", "kind", "words"), MEANINGS)
@pytest.mark.parametrize(("outcome", "later"), [(answer_of, True), (raised_by, False)])
def test_connect_errors_of_the_client_are_told_in_our_words(
    outcome: Callable[[Failing], Exception | None],
    later: bool,
    error: Exception,
    kind: type[Exception],
    words: str,
) -> None:
    meaning = outcome(Failing(error, later=later))
    assert type(meaning) is kind
    assert words in str(meaning)
