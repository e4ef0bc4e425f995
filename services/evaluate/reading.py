"""Files of labels become lines in either form; one that is wrong ends it with file, line and reason.

Reads JSON Lines in UTF-8, one line in memory at a time. Knows nothing of places in the text.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import from_json

from services.errors import UserError
from services.evaluate.labels import LabelledLine, RowLine
from services.wording import invalid, kind, not_json

ModelT = TypeVar("ModelT", bound=BaseModel)

LINE_BYTES = 16 * 1024 * 1024
SUFFIX = ".jsonl"


@dataclass(frozen=True, slots=True)
class Read:
    """One line: where it was (``file:line``), the id it goes by, and what it holds."""

    place: str
    id: str
    line: LabelledLine | RowLine


def label_files(paths: Sequence[Path]) -> list[Path]:
    """The files that `paths` mean; a folder means its JSON Lines. Raises UserError for what is not there."""
    files: list[Path] = []
    for path in paths:
        if path.is_dir():
            inside = sorted(path.glob(f"*{SUFFIX}"))
            if not inside:
                raise UserError(f"{path}: holds no {SUFFIX} files")
            files += inside
        elif path.exists():
            files.append(path)
        else:
            raise UserError(f"{path}: there is no such file or folder")
    return files


def read_labels(paths: Sequence[Path]) -> Iterator[Read]:
    """Yield the lines of the files in order; a line without an id goes by its file's name and its number.

    Raises UserError for a line that is in neither form or wrong in its own, and for an id that comes twice.
    """
    seen: dict[str, str] = {}
    for path in label_files(paths):
        for place, number, value in json_lines(path):
            line = _line(place, value)
            identity = line.id or f"{path.name.removesuffix(SUFFIX)}:{number}"
            if identity in seen:
                raise UserError(f"{place}: the id {identity!r} is that of {seen[identity]} too")
            seen[identity] = place
            yield Read(place, identity, line)


def json_lines(path: Path) -> Iterator[tuple[str, int, object]]:
    """Yield place, number and JSON value of each line that is not blank. Raises UserError."""
    try:
        with path.open("rb") as opened:
            number = 0
            while data := opened.readline(LINE_BYTES + 1):
                number += 1
                place = f"{path}:{number}"
                if len(data) > LINE_BYTES:
                    raise UserError(f"{place}: the line is longer than {LINE_BYTES} bytes")
                if data.strip():
                    yield place, number, parsed(place, data)
    except OSError as error:
        raise UserError(f"{path}: cannot be read: {error.strerror}") from error


def parsed(place: str, data: bytes) -> object:
    """The JSON value in `data`. Raises UserError naming `place`."""
    try:
        return from_json(data, allow_inf_nan=False)
    except ValueError as wrong:
        raise UserError(f"{place}: not JSON: {not_json(wrong)}") from wrong


def checked(place: str, model: type[ModelT], value: object) -> ModelT:
    """The record in `value`. Raises UserError naming `place` and the field."""
    try:
        return model.model_validate(value)
    except ValidationError as wrong:
        raise UserError(f"{place}: {_reason(wrong)}") from wrong


def _line(place: str, value: object) -> LabelledLine | RowLine:
    if not isinstance(value, dict):
        raise UserError(f"{place}: not a JSON object: {kind(value)}")
    if "events" in value and "root" in value:
        raise UserError(f"{place}: has both events and root; a line of labels is in one form")
    if "events" in value:
        return checked(place, LabelledLine, value)
    if "root" in value:
        return checked(place, RowLine, value)
    raise UserError(f"{place}: has neither events nor root, so it is no line of labels")


def _reason(wrong: ValidationError) -> str:
    first = wrong.errors(include_url=False)[0]
    if first["type"] == "extra_forbidden":
        *inside, field = (str(step) for step in first["loc"])
        return f"{'.'.join(inside)}: has no field {field!r}"
    return invalid(wrong)
