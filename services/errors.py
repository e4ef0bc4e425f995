"""Every error Dateline raises on purpose, and who is expected to handle it.

    DatelineError
    +-- Fault               a message could not be handled
    |   +-- Poison          never will be: it becomes a dead letter, with its reason
    |   +-- Transient       may be later: it is tried again, and nothing is acknowledged meanwhile
    +-- UserError           somebody asked for the impossible: one clear line, exit code 2
        +-- SettingsError   the same, and a setting is to blame: the line names it
        +-- LexiconError    the same, and a line of a lexicon is to blame: file and line are named

Only `Poison` and `Transient` are handled inside the pipeline. Anything else is a bug or a broken part, and
ends the process loudly (exit code 1), so that what supervises it can start it again.
"""

from __future__ import annotations

from schemas.deadletter import Reason


class DatelineError(Exception):
    """Base of all errors raised on purpose."""


class Fault(DatelineError):
    """A message could not be handled."""


class Poison(Fault):
    """A message that will never be handled; `reason` is from the closed list, `message` is for people."""

    def __init__(self, reason: Reason, message: str, exception: str = "") -> None:
        """`exception` is the class of the error that showed it, where there was one (``builtins.ValueError``)."""
        super().__init__(message)
        self.reason = reason
        self.message = message
        self.exception = exception or f"{type(self).__module__}.{type(self).__qualname__}"


class Transient(Fault):
    """A fault of the infrastructure that may pass: try again, acknowledge nothing meanwhile."""


class UserError(DatelineError):
    """A request that cannot be met; the message says what to change. Printed as one line, exit code 2."""


class SettingsError(UserError):
    """A setting is wrong, missing or contradicts another; `setting` is the name of its environment variable."""

    def __init__(self, setting: str, message: str) -> None:
        super().__init__(f"{setting}: {message}")
        self.setting = setting


class LexiconError(UserError):
    """A line of a lexicon that cannot be meant; the message names file and line."""
