"""Which language a text is in, and whether it is one that is read here.

The text itself is asked, since feeds declare wrongly; a short or mixed text that gives no clear answer is taken as
declared, and as English where nothing was declared.
"""

from __future__ import annotations

import warnings
from dataclasses import dataclass

from py3langid.langid import MODEL_FILE, LanguageIdentifier

from schemas.enriched import LanguageSource

READ = frozenset({"en"})
"""Languages that are read, as ISO 639-1."""

# Measured on English news: of the first 500 characters none is taken for another language at these limits.
_SAMPLE_CHARS = 500
_SURE, _LIKELY = 0.95, 0.8
_NO_LANGUAGE = "zxx"


@dataclass(frozen=True, slots=True)
class Language:
    """What is known of a text's language; `tag` is BCP 47, or None for unknown."""

    tag: str | None
    source: LanguageSource | None

    @property
    def read(self) -> bool:
        """Whether texts in it are read here. An unknown one is: most short texts are of that kind."""
        return self.tag is None or self.tag.replace("_", "-").split("-")[0].lower() in READ


class LanguageDetector:
    """Tells languages by their letters and words. Loading takes half a second; keep one."""

    def __init__(self) -> None:
        with warnings.catch_warnings():
            # Its loader leaves closing to the collector.
            warnings.simplefilter("ignore", ResourceWarning)
            self._identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)

    def detect(self, text: str, declared: str | None = None) -> Language:
        """The language of `text`: as detected if that is sure, else as `declared`, else as detected if likely."""
        tag, probability = self._identifier.classify(text[:_SAMPLE_CHARS])
        known = tag != _NO_LANGUAGE
        if declared and not (known and probability >= _SURE and not _same(tag, declared)):
            return Language(declared, LanguageSource.DECLARED)
        if known and probability >= _LIKELY:
            return Language(tag, LanguageSource.DETECTED)
        return Language(None, None)


def _same(tag: str, declared: str) -> bool:
    return declared.lower().replace("_", "-").split("-")[0] == tag
