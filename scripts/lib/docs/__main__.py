"""Write the pages of docs/, or check that they are up to date."""

import argparse
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from scripts.lib.docs.pages import pages
from scripts.lib.shared.mirror import ROOT


def main(arguments: Sequence[str], folder: Path = ROOT / "docs") -> int:
    """Write the pages into the folder. With ``--check`` write nothing, and return 1 if a page is out of date."""
    parser = argparse.ArgumentParser(prog="scripts/docs", description="Write docs/.")
    parser.add_argument("--check", action="store_true", help="write nothing; fail if a page is out of date")
    checks = parser.parse_args(arguments).check
    wanted = pages()
    stale = differing(wanted, folder)
    if checks and stale:
        for name in stale:
            print(f"docs: {folder.name}/{name} is not what the schemas, examples and templates render", file=sys.stderr)
        print("docs: run scripts/docs, and commit the pages", file=sys.stderr)
        return 1
    if not checks:
        write({name: wanted.get(name) for name in stale}, folder)
        print(f"docs: {len(wanted)} pages, {len(stale)} of them changed")
    return 0


def differing(wanted: Mapping[str, str], folder: Path) -> list[str]:
    """Return the names of the pages that are missing or out of date, and of files that are not pages."""
    there = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
    texts = {name: path.read_text(encoding="utf-8") for name, path in there.items() if name in wanted}
    return sorted({name for name in wanted if texts.get(name) != wanted[name]} | (there.keys() - wanted.keys()))


def write(changes: Mapping[str, str | None], folder: Path) -> None:
    """Write each file. Remove a file whose text is None."""
    for name, text in changes.items():
        path = folder / name
        if text is None:
            path.unlink()
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
