"""A producer for tests: keeps what it is sent, and answers as Kafka would, when it is told to."""

from __future__ import annotations

import threading

from services.feed.publish import Answer, Message, TooLarge


class FakeProducer:
    """Acknowledges at once, from a thread of its own as the real one does, unless `manual`."""

    def __init__(self, *, limit: int = 1024 * 1024, manual: bool = False) -> None:
        self.limit = limit
        self.manual = manual
        self.taken: list[tuple[str, Message]] = []
        self.unanswered: list[Answer] = []
        self.most_unanswered = 0
        self.abandoned: bool | None = None

    @property
    def messages(self) -> list[Message]:
        return [message for _, message in self.taken]

    def send(self, topic: str, message: Message, answer: Answer) -> None:
        if message.size > self.limit:
            raise TooLarge(f"is larger than the topic takes, {self.limit} bytes: {message.size} bytes")
        self.taken.append((topic, message))
        self.unanswered.append(answer)
        self.most_unanswered = max(self.most_unanswered, len(self.unanswered))
        if not self.manual:
            self.answer_all(None)

    def answer_all(self, error: Exception | None) -> None:
        answers, self.unanswered = self.unanswered, []
        thread = threading.Thread(target=lambda: [answer(error) for answer in answers])
        thread.start()
        thread.join()

    def close(self, *, abandon: bool = False) -> None:
        self.abandoned = abandon
        if abandon:
            self.answer_all(ConnectionError("given up"))
