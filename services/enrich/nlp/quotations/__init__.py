"""Quotations and attribution: who says what, in which words, and by which cue."""

from __future__ import annotations

from services.enrich.nlp.quotations.cues import Cues, load_cues
from services.enrich.nlp.quotations.find import Speech, find_quotations, read_speech
from services.enrich.nlp.quotations.speakers import Voice

__all__ = ["Cues", "Speech", "Voice", "find_quotations", "load_cues", "read_speech"]
