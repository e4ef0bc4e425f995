"""Lines go to the topic byte for byte, with no key and no headers: what other producers might send.

For feeds that are broken on purpose. Nothing is checked; only what the topic does not take for its size is refused.
"""

from __future__ import annotations

import time
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from io import BufferedIOBase
from pathlib import Path

from services.feed.connect import connect
from services.feed.files import Format, Found, find_files
from services.feed.lines import BadLine, split_lines
from services.feed.publish import Message, Producer
from services.feed.send import Due, Progress, Sending, Summary, send_all
from services.feed.sources import Refusal, open_source, reading_failed
from services.kafka import KafkaConnection
from services.telemetry import Telemetry

LINE_BYTES = 16 * 1024 * 1024
"""Longest line that is read at all; no topic takes it."""


class VerbatimLines:
    """The lines of files as they are, each to be sent; iterate once."""

    def __init__(self, found: Found, stdin: BufferedIOBase | None = None) -> None:
        """`stdin` is the process's own if not given."""
        self._found = found
        self._stdin = stdin
        self.total_bytes = found.total_bytes
        self.read_bytes = 0
        self.skipped_files = found.skipped
        self.skipped_names = found.examples
        self.encodings: dict[str, str] = {}

    def __iter__(self) -> Iterator[Due | Refusal]:
        """Yield each line, blank ones too, or a refusal in the place of what cannot be read."""
        for file in self._found.files:
            before = self.read_bytes
            number = 0
            try:
                with ExitStack() as opened:
                    raw, stream = open_source(file, self._stdin, opened)
                    for line in split_lines(stream, LINE_BYTES):
                        number = line.number
                        self.read_bytes = before + (raw.tell() if file.size is not None else 0)
                        place = f"{file.name}:{number}"
                        if isinstance(line, BadLine):
                            yield Refusal(place, line.reason)
                        else:
                            yield Due(Message(place, line.data))
            except (OSError, EOFError, zlib.error) as broken:
                yield Refusal(f"{file.name}:{number + 1}", reading_failed(broken))
            self.read_bytes = before + (file.size or 0)


def feed_verbatim(
    paths: Sequence[str | Path],
    *,
    connection: KafkaConnection,
    topic: str,
    telemetry: Telemetry,
    sending: Sending = Sending(),  # noqa: B008 - immutable
    stdin: BufferedIOBase | None = None,
    on_progress: Callable[[Progress], None] | None = None,
    on_refused: Callable[[Refusal], None] | None = None,
    producer: Producer | None = None,
    clock: Callable[[], float] = time.monotonic,
) -> Summary:
    """Put each line of files and standard input (``-``) on the topic as its bytes are.

    Files that are named are read whatever their suffix. Raises UserError as `feed` does.
    """
    lines = VerbatimLines(find_files(paths, Format.JSONL), stdin)
    return send_all(
        lines,
        lines,
        producer=producer or connect(connection, topic, compression=sending.compression, deadline=sending.deadline),
        topic=topic,
        sending=sending,
        telemetry=telemetry,
        on_progress=on_progress,
        on_refused=on_refused,
        clock=clock,
    )
