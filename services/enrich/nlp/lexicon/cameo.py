"""The codes of CAMEO, and which types of PLOVER may carry them: lexicon/cameo.psv, read once and checked."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from schemas.events import PloverType
from services.enrich.nlp.lexicon.lines import columns, entries
from services.errors import LexiconError

FILE = Path(__file__).with_name("cameo.psv")
_CODE = re.compile(r"(?:0[1-9]|1\d|20)\d{0,2}")


@cache
def cameo_codes(path: Path = FILE) -> Mapping[str, frozenset[PloverType]]:
    """Types by code; none where CAMEO tells of words alone. Raises LexiconError with file and line."""
    codes: dict[str, frozenset[PloverType]] = {}
    for number, line in entries(path):
        origin, cells = f"{path.name}:{number}", columns(line)
        if len(cells) != 3 or not cells[2]:
            raise LexiconError(f"{origin}: there are 3 columns: code | types | meaning")
        code, types, _ = cells
        if not _CODE.fullmatch(code) or code in codes:
            raise LexiconError(f"{origin}: {code!r} is {'there already' if code in codes else 'no code of CAMEO'}")
        if len(code) > 2 and code[:-1] not in codes and code[:2] not in codes:
            raise LexiconError(f"{origin}: {code!r} comes before the code that it is a part of")
        try:
            codes[code] = frozenset(PloverType(name) for name in types.split() if name != "-")
        except ValueError as unknown:
            raise LexiconError(f"{origin}: {unknown}") from unknown
    return codes
