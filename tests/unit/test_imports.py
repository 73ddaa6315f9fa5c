"""Imports point downwards."""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2] / "provider"

ALLOWED = {
    "client": set(),
    "plugin": set(),
    "sandbox": set(),
    "settings": {"plugin"},
    "problems": {"client", "plugin"},
    "credentials": {"plugin"},
    "connectors": set(),
    "connections": {"connectors", "plugin"},
    "apps": {
        "client",
        "connections",
        "contracts",
        "credentials",
        "identifiers",
        "inputs",
        "plugin",
        "refresh",
        "workflows",
    },
    "cron": set(),
    "identifiers": {"plugin"},
    "contracts": {"client", "plugin"},
    "inputs": {"contracts", "plugin"},
    "workflows": {"client", "inputs", "plugin"},
    "refresh": {"client"},
    "runs": {"client", "plugin"},
    "schedules": {"client", "cron", "plugin", "refresh"},
    "resources": {
        "apps",
        "client",
        "connections",
        "contracts",
        "credentials",
        "cron",
        "identifiers",
        "inputs",
        "plugin",
        "runs",
        "schedules",
        "workflows",
    },
    "data_sources": {"client", "connections", "contracts", "identifiers", "inputs", "plugin", "workflows"},
    "functions": {"contracts", "inputs", "plugin"},
    "provider": {
        "client",
        "contracts",
        "data_sources",
        "functions",
        "plugin",
        "problems",
        "refresh",
        "resources",
        "schedules",
        "settings",
    },
    "__main__": {"plugin", "provider"},
    "__init__": set(),
}
"""Each room, and the rooms that it may import besides itself and the package's version."""

UPWARDS_FOR_TYPES = {("resources", "provider"), ("data_sources", "provider")}
"""A resource is handed the provider; it names its type and imports nothing of it when it runs."""


def arrows() -> Iterator[tuple[str, str, bool]]:
    for path in ROOT.rglob("*.py"):
        room = path.relative_to(ROOT).parts[0].removesuffix(".py")
        tree = ast.parse(path.read_text())
        typing_only = {id(node) for block in ast.walk(tree) if _is_type_checking(block) for node in ast.walk(block)}
        for node in ast.walk(tree):
            for target in _imported(node):
                if target not in (room, ""):
                    yield room, target, id(node) in typing_only


def _is_type_checking(node: ast.AST) -> bool:
    return isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"


def _imported(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.ImportFrom) and node.module == "provider":
        yield from ("" if alias.name == "__version__" else alias.name for alias in node.names)
    elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith("provider."):
        yield (node.module or "").split(".")[1]
    elif isinstance(node, ast.Import):
        yield from (alias.name.split(".")[1] for alias in node.names if alias.name.startswith("provider."))


def test_no_import_points_upwards() -> None:
    """Each room imports only what lies below it; a new arrow is decided here."""
    wrong = {
        (room, target)
        for room, target, for_types in arrows()
        if target not in ALLOWED[room] and not (for_types and (room, target) in UPWARDS_FOR_TYPES)
    }
    assert set() == wrong


def test_resources_do_not_import_one_another() -> None:
    """What two resources share lies in a room below them."""
    for folder in ("resources", "data_sources", "functions"):
        for path in (ROOT / folder).glob("*.py"):
            modules = [
                node.module for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.ImportFrom)
            ]
            assert [] == [module for module in modules if module and module.startswith(f"provider.{folder}")]


def test_every_room_is_in_the_table() -> None:
    """A room that nobody listed is checked by nobody."""
    rooms = {path.stem for path in ROOT.iterdir() if path.suffix == ".py" or (path.is_dir() and path.name[0] != "_")}
    assert set(ALLOWED) == rooms
