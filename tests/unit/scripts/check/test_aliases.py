"""The aliases of Any, across modules."""

import ast

import pytest

from scripts.lib.check import aliases

BASE = "from typing import Any\nValue = dict[str, Any]\nclass Other: ...\n"


def names(module: str, **texts: str) -> set[str]:
    modules = {name.replace("_", "."): ast.parse(text) for name, text in texts.items()}
    return set(aliases.of(modules)[module])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("from p.base import Value", {"Value"}),
        ("from p.base import Value as V", {"V"}),
        ("from p.base import Value\nState = list[Value]", {"Value", "State"}),
        ("from p import Value", {"Value"}),
        ("from p.base import Other", set()),
        ("from q import Value", set()),
        ("class Value: ...\nState = list[Value]", set()),
        ("from typing import Any\nState: TypeAlias = list[Any]", {"Any", "State"}),
        ("from typing import Any\nSTATE: dict[str, Any] = {}", {"Any"}),
        ("from p.base import Value\nif TYPE_CHECKING:\n    State = list[Value]", {"Value", "State"}),
        ("from p.base import Value\nclass C:\n    State = list[Value]", {"Value", "State"}),
        ("from p.base import Value\ndef f():\n    state = list[Value]", {"Value"}),
    ],
)
def test_an_alias_is_known_where_it_is_assigned_or_imported(text: str, expected: set[str]) -> None:
    """Under its own name or another, from its module or from the package. A class of the same name is not an alias."""
    assert expected == names("p.user", p="", p_base=BASE, p_user=text)


def test_a_chain_of_aliases_is_followed() -> None:
    """The order of the modules does not matter."""
    chain = {
        "p_a": "from p.b import B\nA = list[B]",
        "p_b": "from p.c import C\nB = list[C]",
        "p_c": f"{BASE}C = Value",
    }
    assert {"A", "B"} == names("p.a", **chain)
