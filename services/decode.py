"""The bytes of a message become the record that its topic holds, or Poison that says why they cannot.

Pure: no client, no log, no metric. The message of a Poison is for people and goes into a header: it names the place
and the rule that was broken, and repeats nothing of the content.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import from_json

from schemas.article import partition_key
from schemas.cloudevents import UnsupportedSchema, check_schema
from schemas.deadletter import Reason
from services.errors import Poison
from services.wording import invalid, not_json

ModelT = TypeVar("ModelT", bound=BaseModel)

_TEXT_LIMIT = 300


def decode(
    model: type[ModelT], kind: str, value: bytes | None, headers: Iterable[tuple[str, bytes | None]] = ()
) -> ModelT:
    """The record in `value`. `kind` is the topic's schema (``enriched-article``), `headers` are the message's.

    Raises Poison: EMPTY, UNSUPPORTED_VERSION, NOT_JSON or INVALID, looked for in this order.
    """
    if not value:
        raise Poison(Reason.EMPTY, "the message has no value")
    try:
        check_schema(kind, headers)
    except UnsupportedSchema as other:
        raise Poison(Reason.UNSUPPORTED_VERSION, str(other)[:_TEXT_LIMIT], _class_name(other)) from other
    try:
        # Not model_validate_json: that reads NaN and Infinity, which are no JSON and could not be written back.
        content = from_json(value, allow_inf_nan=False)
    except ValueError as wrong:
        raise Poison(Reason.NOT_JSON, not_json(wrong), _class_name(wrong)) from wrong
    try:
        return model.model_validate(content)
    except ValidationError as wrong:
        raise Poison(Reason.INVALID, _first_of(wrong), _class_name(wrong)) from wrong


def check_key(key: bytes | None, article_id: str) -> None:
    """Raise Poison(INVALID) where a message's key is not the article's id in UTF-8.

    No key is accepted: it names no other article. A wrong one means that a producer partitions by something else, so
    that versions of one article may overtake each other unseen.
    """
    if key is not None and key != partition_key(article_id):
        raise Poison(Reason.INVALID, "the key is not the article's id")


def _first_of(wrong: ValidationError) -> str:
    more = f" (and {wrong.error_count() - 1} more)" if wrong.error_count() > 1 else ""
    return f"{invalid(wrong)}{more}"


def _class_name(error: Exception) -> str:
    return f"{type(error).__module__}.{type(error).__qualname__}"
