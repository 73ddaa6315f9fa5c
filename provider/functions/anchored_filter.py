"""``provider::atlan::anchored_filter``: write a filter with the anchored regular expressions that crawlers expect."""

from __future__ import annotations

from typing import Final

from provider.framework import (
    STRING,
    ArgumentError,
    CallContext,
    Function,
    FunctionSignature,
    Parameter,
    Return,
    Value,
    list_of,
    map_of,
)

_FILTER_TYPE: Final = map_of(list_of(STRING))


class AnchoredFilter(Function):
    """A function that anchors every name of a filter as ^name$. A name that is already anchored stays unchanged."""

    name = "anchored_filter"
    signature = FunctionSignature(
        [
            Parameter(
                "map",
                _FILTER_TYPE,
                "A map from each database (project, catalog) to a list of its schemas (datasets): names or regular "
                "expressions.",
            )
        ],
        Return(_FILTER_TYPE),
        summary="Anchors the names of an include or exclude filter",
        description='Turns `{"my-project" = ["analytics"]}` into `{"^my-project$" = ["^analytics$"]}`, the form of '
        "`include_filter` and `exclude_filter` for most crawlers. A name that already begins with `^` and ends with "
        "`$` stays unchanged. Nothing is escaped: `.` and other special characters keep their meaning.",
    )

    def call(self, ctx: CallContext, arguments: list[Value]) -> Value:
        (databases,) = arguments
        assert isinstance(databases, dict)
        anchored: dict[str, Value] = {_anchor(name): _anchor_names(name, each) for name, each in databases.items()}
        if len(anchored) < len(databases):
            raise ArgumentError(0, "it contains a name twice, once anchored and once not; merge their lists")
        return anchored


def _anchor_names(database: str, schemas: Value) -> list[Value]:
    if not isinstance(schemas, list):
        raise ArgumentError(0, f'map["{database}"] is null; use a list')
    names = [each for each in schemas if isinstance(each, str)]
    if len(names) < len(schemas):
        raise ArgumentError(0, f'map["{database}"] contains a null; use names')
    return [_anchor(name) for name in names]


def _anchor(name: str) -> str:
    """Return the name as ^name$, or unchanged if it is already anchored. The vendor's SDK does the same."""
    return name if name.startswith("^") and name.endswith("$") else f"^{name}$"
