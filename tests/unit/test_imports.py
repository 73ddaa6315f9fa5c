"""Imports point downwards."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2] / "provider"

LAYERS: list[dict[str, set[str]]] = [
    {"__init__": set()},
    {"framework": set(), "client": set(), "sandbox": set()},
    {"contracts.schema_keywords": set()},
    {"contracts.schema_walker": set()},
    {"contracts.schema": set()},
    {"model": set()},
    {"contracts": set(), "refresh": set()},
    {"claims": set(), "lookup": set(), "errors": set(), "settings": set()},
    {"provider_data": set()},
    {"resources": set(), "data_sources": set(), "functions": set()},
    {"provider": set()},
    {"__main__": set()},
]
"""The layers from below, each with its modules, and what a module may import from the same layer."""

FORBIDDEN = {
    "framework": {"*"},
    "client": {"*"},
    "sandbox": {"*"},
    "model": {"client"},
    "contracts.schema": {"client"},
    "contracts.schema_walker": {"client"},
    "contracts.schema_keywords": {"client"},
}
"""Modules of lower layers that a module must not import. ``*`` is the whole rest of the package."""


def modules() -> Iterator[tuple[str, Path]]:
    for path in ROOT.rglob("*.py"):
        yield ".".join(path.relative_to(ROOT).with_suffix("").parts), path


def place(module: str) -> tuple[int, str]:
    """Return the layer of a module and its name in that layer, the longest that matches."""
    found = [
        (index, name)
        for index, layer in enumerate(LAYERS)
        for name in layer
        if module == name or module.startswith(f"{name}.")
    ]
    assert found, f"{module} is in no layer"
    return max(found, key=lambda each: len(each[1]))


def imported(path: Path) -> Iterator[str]:
    """Yield each module of the package that a file imports, also those that are imported for types only."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "provider":
            base = (node.module or "").partition(".")[2]
            for alias in node.names:
                inner = f"{base}.{alias.name}".strip(".")
                yield inner if is_module(inner) else base or "__init__"
        elif isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[2] for alias in node.names if alias.name.startswith("provider."))


def is_module(name: str) -> bool:
    path = ROOT.joinpath(*name.split("."))
    return path.with_suffix(".py").exists() or path.is_dir()


def is_upwards(module: str, target: str) -> bool:
    layer, name = place(module)
    target_layer, target_name = place(target)
    if target_name in (name, "__init__"):
        return False
    if "*" in FORBIDDEN.get(name, set()) or target_name in FORBIDDEN.get(name, set()) | {"sandbox"}:
        return True
    return target_layer >= layer and target_name not in LAYERS[layer][name]


def test_no_import_points_upwards() -> None:
    """A module imports only lower layers of the package."""
    wrong = {
        f"{module} -> {target}" for module, path in modules() for target in imported(path) if is_upwards(module, target)
    }
    assert set() == wrong


@pytest.mark.parametrize("folder", ["resources", "data_sources", "functions"])
def test_things_that_a_configuration_names_do_not_import_one_another(folder: str) -> None:
    """Code that two resources share is in a lower layer."""
    wrong = {
        f"{module} -> {target}"
        for module, path in modules()
        if module.startswith(f"{folder}.")
        for target in imported(path)
        if target.startswith(f"{folder}.") and target.split(".")[1] != module.split(".")[1]
    }
    assert set() == wrong


def test_only_the_framework_imports_tf() -> None:
    """Resources are written against the framework alone."""
    found = {
        module
        for module, path in modules()
        for node in ast.walk(ast.parse(path.read_text()))
        for name in (
            [node.module or ""]
            if isinstance(node, ast.ImportFrom)
            else [each.name for each in node.names]
            if isinstance(node, ast.Import)
            else []
        )
        if name.split(".")[0] == "tf"
    }
    assert set() == {module for module in found if not module.startswith("framework")}


def test_every_module_stands_in_one_layer() -> None:
    """A module that is in no layer would not be checked."""
    for module, _path in modules():
        place(module)
