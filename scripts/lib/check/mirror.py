"""Check that the folders of the unit tests mirror the folders of the source.

``tests/unit/a/b/test_c.py`` tests ``provider/a/b/c.py``. Test files for scripts/lib and tests/support have folders of
their own in tests/unit. ``test_main.py`` tests ``__main__.py``, ``test_init.py`` tests ``__init__.py``.
"""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from scripts.lib.check.findings import Finding, files

MODULE_LINES = 60
"""A module with more lines needs a test file."""

FOLDERS: Mapping[str, str] = {
    "provider": "tests/unit",
    "scripts/lib": "tests/unit/scripts",
    "tests/support": "tests/unit/support",
}
"""The folder of the unit tests for each folder of source."""

_NAMES = {"__main__": "main", "__init__": "init"}


def check(root: Path, sources: Iterable[str], exceptions: Mapping[str, str]) -> Iterator[Finding]:
    """Yield a finding for each test file without a module, and for each long module without a test file.

    `sources` are keys of `FOLDERS`. `exceptions` has a reason by the path of a test file, module or folder of source.
    An exception under one of the checked folders that is not necessary is a finding, too.
    """
    checked = tuple(sources)
    found = {each.path: each for source in checked for each in _folder(root, source)}
    excepted = {path: _exceptions_of(path, exceptions) for path in found}
    yield from (each for path, each in found.items() if not excepted[path])
    for path in exceptions.keys() - {each for used in excepted.values() for each in used}:
        if _source(path) in (*checked, None):
            yield Finding(path, 0, "the exception in scripts/lib/check/exceptions.py is not necessary")


def _exceptions_of(path: str, exceptions: Iterable[str]) -> list[str]:
    return [each for each in exceptions if each == path or (each.endswith("/") and path.startswith(each))]


def _folder(root: Path, source: str) -> Iterator[Finding]:
    tests = FOLDERS[source]
    for name, path in files(root, [source]):
        lines = len(path.read_text(encoding="utf-8").splitlines())
        test = _test_of(name.removeprefix(f"{source}/"))
        if lines > MODULE_LINES and not (root / tests / test).is_file():
            yield Finding(name, 0, f"the module has {lines} lines, and there is no {tests}/{test}")
    for name, path in files(root, [tests]):
        if path.name.startswith("test_") and _source(name) == source:
            module = _module_of(name.removeprefix(f"{tests}/"))
            if not (root / source / module).is_file():
                yield Finding(name, 0, f"the test file has no module {source}/{module}")


def _source(path: str) -> str | None:
    """Return the folder of source to which a test file or module belongs: the longest match."""
    folders = {**{tests: source for source, tests in FOLDERS.items()}, **{source: source for source in FOLDERS}}
    matches = [folder for folder in folders if path.startswith(f"{folder}/")]
    return folders[max(matches, key=len)] if matches else None


def _test_of(module: str) -> str:
    path = Path(module)
    return path.with_name(f"test_{_NAMES.get(path.stem, path.stem)}.py").as_posix()


def _module_of(test: str) -> str:
    path = Path(test)
    stem = path.stem.removeprefix("test_")
    names = {short: name for name, short in _NAMES.items()}
    return path.with_name(f"{names.get(stem, stem)}.py").as_posix()
