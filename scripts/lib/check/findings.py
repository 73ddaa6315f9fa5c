"""A violation of a rule, and the files that a check reads."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

ENDINGS = (".py", ".md", ".j2")
"""The endings of the files that the checks read."""


class Finding(NamedTuple):
    """One violation: the file, the line (0 for the whole file), and a sentence about the violation."""

    path: str
    line: int
    text: str

    def __str__(self) -> str:
        place = f"{self.path}:{self.line}" if self.line else self.path
        return f"{place}: {self.text}"


def files(root: Path, names: Iterable[str], endings: tuple[str, ...] = (".py",)) -> Iterator[tuple[str, Path]]:
    """Yield each file with one of the endings, and its path relative to `root` with slashes.

    `names` are files or folders, relative to `root`.
    """
    for name in names:
        top = root / name
        found = [top] if top.is_file() else sorted(path for path in top.rglob("*") if path.is_file())
        for path in found:
            if path.suffix in endings and "__pycache__" not in path.parts:
                yield path.relative_to(root).as_posix(), path
