"""The public names of the framework, each imported when it is first used."""

import ast
import os
import re
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

from provider import framework
from provider.framework import _NAMES_BY_MODULE, _SUBMODULES

SOURCE = Path(framework.__file__)


def imported_for_types() -> set[tuple[str, str]]:
    """Return module and name of each import under TYPE_CHECKING."""
    tree = ast.parse(SOURCE.read_text())
    (block,) = [node for node in tree.body if isinstance(node, ast.If)]
    return {
        (node.module or "", alias.name)
        for node in block.body
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
        if alias.asname == alias.name
    }


def test_the_lists_of_names_agree() -> None:
    """A name that a type checker sees can be imported, and the other way round. Each has one module."""
    lazy = [
        (module, name)
        for module, names in (*_NAMES_BY_MODULE.items(), (framework.__name__, _SUBMODULES))
        for name in names
    ]
    assert sorted(lazy) == sorted(imported_for_types())
    assert sorted(framework.__all__) == sorted(name for _, name in lazy)


@pytest.mark.parametrize("name", sorted(name for names in _NAMES_BY_MODULE.values() for name in names))
def test_each_name_is_what_its_module_defines(name: str) -> None:
    """The package returns the object of the module that the list names."""
    (module,) = [module for module, names in _NAMES_BY_MODULE.items() if name in names]
    assert getattr(import_module(module), name) is getattr(framework, name)


@pytest.mark.parametrize("name", _SUBMODULES)
def test_each_public_module_is_an_attribute(name: str) -> None:
    """An author can write ``framework.validators`` without another import."""
    assert import_module(f"provider.framework.{name}") is framework.__getattr__(name) is getattr(framework, name)


def test_the_readme_names_each_public_name() -> None:
    """The page for authors mentions every name and module that the package exports."""
    readme = SOURCE.with_name("README.md").read_text()
    assert [] == [name for name in framework.__all__ if not re.search(rf"\b{name}\b", readme)]


def test_a_missing_name_is_an_attribute_error() -> None:
    """The message contains the name."""
    with pytest.raises(AttributeError, match="nothing"):
        _ = framework.nothing


def loaded(statement: str) -> set[str]:
    """Return the modules that a new process has loaded after a statement."""
    command = [sys.executable, "-c", f"{statement}\nimport sys; print(*sys.modules)"]
    environment = {"PATH": os.environ["PATH"]}
    result = subprocess.run(command, cwd=SOURCE.parents[2], env=environment, capture_output=True, text=True, timeout=30)
    assert "" == result.stderr
    return set(result.stdout.split())


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        ("import provider.framework", set()),
        ("from provider.framework import run", {"server", "server.entry_point", "server.handshake"}),
        ("from provider.framework import UserError", {"diagnostics", "values"}),
        ("from provider.framework import validators", {"validators", "diagnostics", "values", "paths"}),
        ("import provider.framework; provider.framework.polling", {"polling"}),
    ],
)
def test_an_import_loads_no_more_than_it_needs(statement: str, expected: set[str]) -> None:
    """The package alone loads none of its modules, and a name loads its module with what that imports."""
    needed = {f"provider.framework.{name}" for name in expected}
    found = {name for name in loaded(statement) if name.startswith("provider.framework.")}
    assert needed <= found
    allowed = {"server.garbage_collection", "protocol", "protocol.codec", "normal_form"}
    assert set() == found - needed - {f"provider.framework.{name}" for name in allowed}


def test_the_package_alone_loads_no_library() -> None:
    """Neither tf, nor gRPC, nor protobuf is loaded before a name needs it."""
    assert set() == {"tf", "grpc", "google.protobuf", "msgpack"} & loaded("import provider.framework")
