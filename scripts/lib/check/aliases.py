"""Find the aliases of ``Any`` in a package, module by module.

An alias is a name that a module assigns, outside functions, from an expression with ``Any`` or with another alias in
it. A module that imports an alias can use it under the same name or another one.
"""

import ast
from collections.abc import Iterator, Mapping

Names = dict[str, frozenset[str]]
"""The names that mean ``Any`` or an alias, by the name of the module."""

Imports = dict[str, tuple[str, str]]
"""The module and the name there, by the name in the importing module."""


def of(modules: Mapping[str, ast.Module]) -> Names:
    """Return the aliases of each module, assigned or imported, and ``Any`` itself where a module imports it.

    `modules` has the syntax tree by the dotted name of the module. For a name that a package does not define, all
    modules of the package are looked through, because a package can resolve its public names lazily.
    """
    imports = {module: _imports(tree) for module, tree in modules.items()}
    assigned = {module: list(_assignments(tree)) for module, tree in modules.items()}
    found: Names = {module: frozenset() for module in modules}
    while True:
        more = {
            module: found[module]
            | {name for name, origin in imports[module].items() if _is_alias(*origin, found)}
            | {name for name, value in assigned[module] if any(is_use(node, found[module]) for node in ast.walk(value))}
            for module in modules
        }
        if more == found:
            return found
        found = more


def is_use(node: ast.AST, names: frozenset[str]) -> bool:
    """Return True if the node reads ``typing.Any`` or one of the names."""
    if isinstance(node, ast.Name):
        return node.id in names and isinstance(node.ctx, ast.Load)
    return isinstance(node, ast.Attribute) and node.attr == "Any"


def _is_alias(module: str, name: str, found: Names) -> bool:
    if module == "typing":
        return name == "Any"
    if name in found.get(module, ()):
        return True
    return any(name in names for other, names in found.items() if other.startswith(f"{module}."))


def _imports(tree: ast.Module) -> Imports:
    return {
        alias.asname or alias.name: (node.module, alias.name)
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module
        for alias in node.names
    }


def _assignments(tree: ast.AST) -> Iterator[tuple[str, ast.expr]]:
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.If | ast.Try | ast.With | ast.ClassDef):
            yield from _assignments(node)
        targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
        value = getattr(node, "value", None)
        for target in targets:
            if isinstance(target, ast.Name) and isinstance(value, ast.expr):
                yield target.id, value
