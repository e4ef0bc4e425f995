"""A child process of a worker: loads the model, says that it is ready, then answers frames until its input ends.

Started as ``python -m services.enrich.child MODEL MAX_TEXT_CHARS``. An error of ours ends it with a traceback on
standard error; the worker sees the pipe close.
"""

from __future__ import annotations

import ctypes
import gc
import os
import signal
import sys

from services.enrich.frames import messages_from_plain, outcomes_to_plain, pack, read_frame
from services.enrich.handle import Handler
from services.enrich.nlp.coder import load_knowledge
from services.enrich.nlp.pipeline import load_pipeline
from services.enrich.nlp.text.language import LanguageDetector
from services.errors import SettingsError

_PR_SET_PDEATHSIG = 1

# An article makes tens of thousands of objects that die with it: looking after each 700 costs time and finds nothing.
_COLLECTED_AFTER = (20_000, 20, 50)


def main() -> None:
    """Serve until the worker closes the pipe."""
    model, max_text_chars = sys.argv[1], int(sys.argv[2])
    # Ctrl-C reaches the whole group of processes: the worker decides when the children stop.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if sys.platform == "linux":
        # A worker that is killed leaves no child at work on an article for ever.
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    # Replies go to what was standard output; whatever prints by itself goes to standard error.
    replies = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    try:
        nlp = load_pipeline(model)
    except SettingsError as wrong:
        replies.write(pack(["settings", wrong.setting, str(wrong).removeprefix(f"{wrong.setting}: ")]))
        replies.flush()
        sys.exit(2)
    handler = Handler(nlp, LanguageDetector(), load_knowledge(), max_text_chars)
    # The model is never garbage: not walking it at each collection saves some percent of all time.
    gc.collect()
    gc.freeze()
    gc.set_threshold(*_COLLECTED_AFTER)
    replies.write(pack(["ready"]))
    replies.flush()
    while True:
        try:
            messages = messages_from_plain(read_frame(sys.stdin.buffer))
        except EOFError:
            return
        reply = pack(outcomes_to_plain(handler.handle(messages)))
        try:
            replies.write(reply)
            replies.flush()
        except BrokenPipeError:
            return


if __name__ == "__main__":
    main()
