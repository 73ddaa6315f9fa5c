"""Check that texts are written in plain words and short sentences."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from scripts.lib.check import texts
from scripts.lib.check.findings import ENDINGS, Finding, files
from scripts.lib.check.phrases import PHRASES, STARTS
from scripts.lib.check.texts import Text

SENTENCE_WORDS = 30
"""The most words of a sentence in a docstring. Code between backquotes is one word."""

TABLE = "scripts/lib/check/phrases.py"
"""The file of the phrases themselves, which is not checked."""


class Allowed(NamedTuple):
    """A phrase that one file may contain, and the reason."""

    path: str
    phrase: str
    reason: str


def check(root: Path, names: Iterable[str], allowed: Iterable[Allowed] = ()) -> Iterator[Finding]:
    """Yield a finding for each phrase that has better words, and for each long sentence of a docstring.

    Files under tests/ are checked in docstrings and comments only. An allowed phrase that a checked file does not
    contain is a finding, too.
    """
    exempt = {(each.path, each.phrase) for each in allowed}
    used = set()
    roots = tuple(names)
    for name, path in files(root, roots, ENDINGS):
        if name != TABLE:
            for text in texts.of(path):
                if text.kind != "message" or not name.startswith("tests/"):
                    used |= {(name, phrase) for phrase, _, _ in _phrases(text)}
                    yield from _findings(name, text, exempt)
    for name, phrase in sorted(exempt - used):
        if name.startswith(roots):
            yield Finding(name, 0, f'the exception for "{phrase}" is not necessary')


def _findings(name: str, text: Text, exempt: set[tuple[str, str]]) -> Iterator[Finding]:
    for phrase, line, better in _phrases(text):
        if (name, phrase) not in exempt:
            yield Finding(name, line, f'"{phrase}" in a {text.kind}: better is {better}')
    yield from _long_sentences(name, text)


def matches(phrase: str, text: str) -> list[re.Match[str]]:
    """Return the places of a phrase in a text: whole words, in small or capital letters."""
    return list(re.finditer(rf"(?<![\w-])(?:{phrase})(?![\w-])", text, re.IGNORECASE))


def _phrases(text: Text) -> Iterator[tuple[str, int, str]]:
    """Yield each phrase in small letters, its line, and the better words."""
    for phrase, better in PHRASES.items():
        for found in matches(phrase, text.words):
            yield found[0].lower(), text.line + text.words.count("\n", 0, found.start()), better
    if text.kind == "docstring":
        for phrase, better in STARTS.items():
            if start := re.match(phrase, text.words.lstrip(), re.IGNORECASE):
                yield f"{start[0].lower()} (as the first word)", text.line, better


def _long_sentences(name: str, text: Text) -> Iterator[Finding]:
    if text.kind == "docstring":
        for sentence in texts.sentences(text.words):
            number = sum(any(map(str.isalnum, word)) for word in sentence.split())
            if number > SENTENCE_WORDS:
                start = " ".join(sentence.split()[:6])
                yield Finding(name, text.line, f'a sentence of {number} words: "{start} ..."; the limit is 30')
