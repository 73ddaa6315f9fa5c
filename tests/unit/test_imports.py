"""Imports point downwards."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).parents[2]
ROOT = REPOSITORY / "provider"

LAYERS: list[set[str]] = [
    {"__init__"},
    {"framework", "client", "sandbox"},
    {"contracts.schema_keywords"},
    {"contracts.schema_walker"},
    {"contracts.schema"},
    {"model"},
    {"contracts", "refresh", "connection_list", "credential_list", "credential_uses", "replaced_credentials"},
    {"absence", "claims", "ownership", "credential_storage", "lookup", "errors", "settings", "setup_errors"},
    {"tenant"},
    {"provider_data"},
    {"resources", "data_sources", "functions"},
    {"provider"},
    {"__main__"},
]
"""The layers from below, each with its modules. A module does not import other modules of its layer."""

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

TF: dict[str, str] = {
    "provider/framework/": "it is the only importer of tf in the package",
    "scripts/lib/benchmark/noop.py": "it is a provider on tf alone, for the smallest possible times of the benchmark",
    "tests/protocol/test_tf_defects.py": "it shows the defects of tf's runner, servicer and types",
    "tests/support/plugin_client.py": "it calls RPCs of go-plugin, whose messages the framework does not export",
    "tests/support/rpc.py": "it calls tf's servicer, to compare it with the framework's",
    "tests/support/toy_provider.py": "it can run on tf's runner, to compare it with the framework's",
    "tests/unit/framework/protocol/test_messages.py": "it compares the messages with those of tf",
    "tests/unit/framework/test_schema.py": "an author can use a type of tf that the framework does not export",
}
"""The folders and files that import tf, each with its reason."""


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
    return target_layer >= layer


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


def imports_tf(path: Path) -> bool:
    """Return True if a file imports tf or one of its modules anywhere."""
    nodes = [*ast.walk(ast.parse(path.read_text()))]
    names = [node.module or "" for node in nodes if isinstance(node, ast.ImportFrom) and not node.level]
    names += [each.name for node in nodes if isinstance(node, ast.Import) for each in node.names]
    return any(name.split(".")[0] == "tf" for name in names)


def test_only_the_framework_imports_tf() -> None:
    """Resources, scripts and tests are written against the framework, except for the files of the table."""
    files = [path for folder in ("provider", "scripts", "tests") for path in (REPOSITORY / folder).rglob("*.py")]
    found = {path.relative_to(REPOSITORY).as_posix() for path in files if imports_tf(path)}
    assert set() == {path for path in found if not any(path.startswith(each) for each in TF)}
    assert [] == [each for each in TF if not any(path.startswith(each) for path in found)]


def test_every_module_stands_in_one_layer() -> None:
    """A module that is in no layer would not be checked."""
    for module, _path in modules():
        place(module)
