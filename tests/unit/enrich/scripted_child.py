"""A child that does what the messages tell it to; started by the tests of the pool in the place of spaCy.

``ok:TEXT`` is enriched; ``poison:TEXT`` is Poison; ``crash`` ends the process; ``loop`` never answers; ``half`` stops
in the middle of a large answer; ``once:FILE`` crashes the first time and is enriched after that, since it leaves FILE
behind; ``until:FILE`` is Poison as long as there is no FILE.
"""

from __future__ import annotations

import os
import signal
import struct
import sys
import time
from pathlib import Path

from schemas.deadletter import Reason
from services.enrich.frames import messages_from_plain, outcomes_to_plain, pack, read_frame
from services.enrich.outcome import Enriched, Message, Outcome
from services.errors import Poison


def outcome(message: Message) -> Outcome:
    if message.value is None:
        return Poison(Reason.EMPTY, "no value")
    word, _, text = message.value.decode().partition(":")
    if word == "crash":
        os.kill(os.getpid(), signal.SIGSEGV)
    if word == "loop":
        time.sleep(1000)
    if word == "half":
        sys.stdout.buffer.write(struct.pack(">I", 1_000_000) + bytes(400_000))
        sys.stdout.buffer.flush()
        time.sleep(1000)
    if word == "once" and not Path(text).exists():
        Path(text).touch()
        os._exit(3)
    if word == "until" and not Path(text).exists():
        return Poison(Reason.INVALID, f"there is no {text}")
    if word == "poison":
        return Poison(Reason.INVALID, text)
    return Enriched(text, 1, text.encode())


def main() -> None:
    if "--never-ready" in sys.argv:
        sys.exit(7)
    if "--wrong-setting" in sys.argv:
        sys.stdout.buffer.write(pack(["settings", "DATELINE_MODEL", "there is none"]))
        return
    sys.stdout.buffer.write(pack(["ready"]))
    sys.stdout.buffer.flush()
    while True:
        try:
            messages = messages_from_plain(read_frame(sys.stdin.buffer))
        except EOFError:
            return
        sys.stdout.buffer.write(pack(outcomes_to_plain([outcome(message) for message in messages])))
        sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
