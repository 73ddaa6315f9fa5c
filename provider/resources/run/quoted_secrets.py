"""Find secrets that a text of the service quotes.

A failed node can quote the credential or a write-only input of its workflow. This process knows them only if it has
published the workflow. So what has the form of a secret counts as one.
"""

from __future__ import annotations

import re
from typing import Final

_NAME: Final = (
    r"(?:pass(?:word|wd|phrase|code)?|pwd|secret|token|credentials?|signature|(?:api|access|private)[-_ ]?key)[\"']?"
)
_QUOTED: Final = r"\"((?:[^\"\\]|\\.)+)\"|'((?:[^'\\]|\\.)+)'"
_WORD: Final = r"([^\s\"',;&)\]}]+)"
# A word of letters alone is more often a word of the sentence than a secret.
_WITH_OTHER_CHARACTERS: Final = r"(?![=:])(?=[^\s\"']*[^A-Za-z\s\"'.,:;!?)])"

_FORMS: Final = (
    # "api_key": "x" and password 'x', then password=x and password:x, then password x and password: x
    re.compile(rf"{_NAME}(?:\s*[=:]\s*|\s+(?:is\s+)?)(?:{_QUOTED})", re.IGNORECASE),
    re.compile(rf"{_NAME}(?:\s*=\s*|\s*:){_WORD}", re.IGNORECASE),
    re.compile(rf"{_NAME}:?\s+(?:is\s+)?{_WITH_OTHER_CHARACTERS}{_WORD}", re.IGNORECASE),
    # https://user:x@host, and the header Authorization
    re.compile(r"://[^\s/:@]*:([^\s/@]+)@"),
    re.compile(r"\b(?:[Bb]earer|[Bb]asic)\s+(?=\S*[^a-z\s])([\w.~+/=-]{8,})"),
    # JSON Web Tokens, ids of AWS keys, and keys in PEM
    re.compile(r"\b(eyJ[\w-]+\.[\w.-]+)"),
    re.compile(r"\b((?:AKIA|ASIA)[0-9A-Z]{16})\b"),
    re.compile(r"-----BEGIN [A-Z ]+-----(.+?)(?:-----END|\Z)", re.DOTALL),
)


def quoted_secrets(text: str) -> set[str]:
    """Return the parts of the text that have the form of a secret."""
    found = (group for form in _FORMS for match in form.finditer(text) for group in match.groups())
    return {secret.strip() for secret in found if secret and secret.strip()}
