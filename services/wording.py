"""What is wrong with a record, in words for people: the parser's and the validator's own are for programmers.

Pure, and repeats nothing of the content but where it is and what kind of value it has: the words go into headers and
logs.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

DATE = "write ISO 8601, as in 2026-01-05T10:00:00+01:00"
_TEXT_LIMIT = 300
_LOCATION_LIMIT = 120

_NOT_JSON = {
    "EOF while parsing a value": "ends where a value is missing",
    "EOF while parsing a string": "ends within a text",
    "EOF while parsing an object": "ends within an object",
    "EOF while parsing a list": "ends within a list",
    "expected value": "no value begins",
    "trailing characters": "something follows the record",
    "recursion limit exceeded": "nested too deep",
    "control character (\\u0000-\\u001F) found while parsing a string": "a control character within a text",
    "invalid unicode code point": "is not UTF-8",
    "unexpected end of hex escape": "half of a character (a lone surrogate)",
    "key must be a string": "the name of a field must be in double quotes",
    "trailing comma": "there is a comma before the end",
}
"""How the JSON parser says it, and how people do; what is not here is left as it is."""

# By the end of where they are, since each has a meaning of its own.
_FORMS = {
    "language": "is no language tag such as en or pt-BR",
    "id": "has blanks around it or more than one line",
    "content_hash": "is no SHA-256 of 64 hexadecimal digits",
    "country": "is no country code of three capitals",
}


def kind(value: object) -> str:
    """What kind of JSON value it is: ``a list``, ``null``."""
    match value:
        case None:
            return "null"
        case bool():
            return "a truth value"
        case int() | float():
            return "a number"
        case str():
            return "a text"
        case Mapping():
            return "an object"
        case _:
            return "a list"


def not_json(wrong: ValueError) -> str:
    """Why pydantic_core's parser could not read a text as JSON, and where."""
    what, at, place = str(wrong).rpartition(" at line ")
    if not at:
        return str(wrong)[:_TEXT_LIMIT]
    line, _, column = place.partition(" column ")
    where = f"column {column}" if line == "1" else f"line {line}, column {column}"
    return f"{_NOT_JSON.get(what, what)[:_TEXT_LIMIT]} at {where}"


def invalid(wrong: ValidationError, names: Mapping[str, str] | None = None) -> str:
    """The first thing that is wrong: ``version: is a text, not a whole number``.

    `names` has the names that the record itself gives to fields of the schema.
    """
    first = wrong.errors(include_url=False)[0]
    message = _message(first)[:_TEXT_LIMIT]
    if not first["loc"]:
        return message
    field, *inside = (str(step) for step in first["loc"])
    return f"{'.'.join([(names or {}).get(field, field), *inside])[:_LOCATION_LIMIT]}: {message}"


def _message(error: ErrorDetails) -> str:
    bound: dict[str, Any] = error.get("ctx", {})
    found = kind(error["input"])
    field = str(error["loc"][-1]) if error["loc"] else ""
    match error["type"]:
        case "missing":
            return "is missing"
        case "model_type" | "dict_type" if not error["loc"]:
            return f"not a JSON object: {found}"
        case "model_type" | "dict_type":
            return f"is {found}, not an object"
        case "string_type":
            return f"is {found}, not text"
        case "tuple_type" | "list_type":
            return f"is {found}, not a list"
        case "int_type" | "int_parsing" | "int_from_float":
            return f"is {found}, not a whole number"
        case "float_type" | "float_parsing":
            return f"is {found}, not a number"
        case "string_too_short" if bound["min_length"] == 1:
            return "is empty"
        case "string_too_long":
            return f"is longer than {bound['max_length']} characters"
        case "too_long":
            return f"is longer than {bound['max_length']} entries"
        case "greater_than_equal":
            return f"is below {bound['ge']:g}"
        case "less_than_equal":
            return f"is above {bound['le']}"
        case "enum" | "literal_error":
            return f"is none of {bound['expected']}"
        case "timezone_aware":
            return f"has no UTC offset; {DATE}"
        case "datetime_type" | "datetime_parsing" | "datetime_from_date_parsing" | "datetime_object_invalid":
            return f"is no date that can be read; {DATE}"
        case "string_pattern_mismatch":
            return _FORMS.get(field, "has not the form that it must have")
        case _:
            return error["msg"].removeprefix("Value error, ").removeprefix("Input ")
