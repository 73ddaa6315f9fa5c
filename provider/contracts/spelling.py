"""What was probably meant."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import islice
from typing import Final

_LIKENESS: Final = 0.65
_LONGEST: Final = 100
_MOST_NAMES: Final = 500


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word that is nearest to one that is not known; None where none is near."""
    names = list(islice(known, _MOST_NAMES))
    alike = [name for name in names if same_letters(word, name)]
    if alike or len(word) > _LONGEST:
        return alike[0] if alike else None
    import difflib

    found = difflib.get_close_matches(word.lower(), {name.lower(): name for name in names}, 1, _LIKENESS)
    return next((name for name in names if name.lower() in found), None)


def same_letters(one: str, other: str) -> bool:
    """Whether two words differ in case, hyphens, underscores and the like alone."""
    return max(len(one), len(other)) <= _LONGEST and bool(_letters(one)) and _letters(one) == _letters(other)


def _letters(word: str) -> str:
    return re.sub(r"[\W_]+", "", word).lower()
