"""The path of an event in words: one step of the coder a line. Pure.

The coder writes a path as ``verb 'send'; S 'Turkey' (subject); under 'told' (tell that+: said)``. A step that is not
known here is shown as it is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

_QUOTED = r"""(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")"""
_STEP = re.compile(rf"(?:{_QUOTED}|[^;])+")
_HEAD = re.compile(rf"(verb|noun|adj) ({_QUOTED})")
_LIGHT = re.compile(rf"light verb ({_QUOTED})")
_PART = re.compile(rf"([STO]) ({_QUOTED}) \((.*?)(?: ?through ({_QUOTED}))?\)")
_GOVERNOR = re.compile(rf"under ({_QUOTED}) \((.+?): ([a-z ]+)\)")

_NEAREST = re.compile("nearest frame for the pair")

_HEADS = {"verb": "verb", "noun": "noun", "adj": "adjective"}
_PARTS = {"S": "Who", "T": "Whom", "O": "With"}
_HOW = {
    "subject": "the subject",
    "passive subject": "the subject of the passive",
    "object": "the object",
    "indirect object": "the indirect object",
    "shared object": "the object of the verb that is joined with it",
    "object of the particle": "the object of the particle",
    "subject of the infinitive": "the subject of the infinitive",
    "relative clause": "what the relative clause tells of",
    "control": "the subject of the verb above",
    "object control": "the object of the verb above",
    "participle": "what the participle tells of",
    "of the noun": "whose noun it is",
    "possessor": "whose it is",
    "modifier": "the word before it",
    "of the object": "in a phrase of the object",
    "of the light verb": "in a phrase of the light verb",
    "nested": "in a phrase within a phrase",
    "came under": "what came under it",
    "charged with it": "who is charged with it",
    "went for it": "who went for it",
    "": "found by who has or made what stands there",
}
_EFFECTS = {
    "planned": "what is under it is planned",
    "possible": "what is under it is possible",
    "hypothetical": "what is under it holds on a condition",
    "requested": "what is under it is asked for",
    "negated": "what is under it is not so",
    "said": "it tells who says so",
    "fact": "what stands above it says no more of the act",
}


def in_words(path: str) -> list[str]:
    """One sentence for each step."""
    return [_step(step.strip()) for step in _STEP.findall(path) if step.strip()]


def governors(path: str, effect: str) -> list[str]:
    """The words that had an effect on how the act stands to fact, as ``“denied” (deny that+)``."""
    return [
        f"{_word(found[1])} ({found[2]})"
        for step in _STEP.findall(path)
        if (found := _GOVERNOR.fullmatch(step.strip())) and effect in found[3].split()
    ]


def _step(step: str) -> str:
    for pattern, words in _STEPS.items():
        found = pattern.fullmatch(step)
        if found:
            return words(found)
    return step


def _part(found: re.Match[str]) -> str:
    through = f"; it stands behind {_word(found[4])}" if found[4] else ""
    return f"{_PARTS[found[1]]}: {_word(found[2])}, {_how(found[3])}{through}."


def _how(how: str) -> str:
    if how in _HOW:
        return _HOW[how]
    verb = how.removesuffix(" it")
    if verb != how:
        return f"the subject of “{verb}”"
    return f"after “{how}”" if how.isalpha() else how


def _governor(found: re.Match[str]) -> str:
    effects = [_EFFECTS.get(effect, effect) for effect in found[3].split()]
    return f"It stands under {_word(found[1])} ({found[2]}): {', and '.join(effects)}."


def _word(quoted: str) -> str:
    return f"“{quoted[1:-1]}”"


_STEPS: Mapping[re.Pattern[str], Callable[[re.Match[str]], str]] = {
    _NEAREST: lambda _: "No frame holds in full: this one comes nearest to joining the two that were asked about.",
    _HEAD: lambda found: f"The {_HEADS[found[1]]} {_word(found[2])} carries the act.",
    _LIGHT: lambda found: f"{_word(found[1])} says no more than that it happened.",
    _PART: _part,
    _GOVERNOR: _governor,
}
