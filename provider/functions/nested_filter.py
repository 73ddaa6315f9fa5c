"""``provider::atlan::nested_filter``: a filter of names as the nested objects that some crawlers take."""

from __future__ import annotations

from typing import Any

from provider.framework import (
    DYNAMIC,
    ArgumentError,
    CallContext,
    Function,
    FunctionSignature,
    Parameter,
    Return,
    TextFormat,
)


class NestedFilter(Function):
    """The service's fact: some apps take names as they are, the inner ones as keys of empty objects."""

    name = "nested_filter"
    signature = FunctionSignature(
        [
            Parameter(
                "map",
                DYNAMIC,
                "An object or map of catalogs to lists of their databases, or to what is nested already.",
                TextFormat.Markdown,
            )
        ],
        Return(DYNAMIC),
        summary="Nests the names of an include or exclude filter",
        description='Turns `{"AwsDataCatalog" = ["db1", "db2"]}` into `{"AwsDataCatalog" = {"db1" = {}, "db2" = '
        "{}}}`, as `include_filter` and `exclude_filter` of AWS Glue take it. Names stay as they are, and so does "
        "what is nested already.",
        description_kind=TextFormat.Markdown,
    )

    def call(self, ctx: CallContext, arguments: list[Any]) -> dict[str, Any]:
        (given,) = arguments
        if not isinstance(given, dict):
            raise ArgumentError(0, 'an object or a map is needed, such as {"AwsDataCatalog" = ["db1"]}')
        return {name: _nested(f'map["{name}"]', inner) for name, inner in given.items()}


def _nested(place: str, inner: Any) -> dict[str, Any]:
    if inner is None:
        return {}
    if isinstance(inner, dict):
        return {name: _nested(f'{place}["{name}"]', each) for name, each in inner.items()}
    if isinstance(inner, list) and all(isinstance(name, str) for name in inner):
        return {name: {} for name in inner}
    raise ArgumentError(0, f"{place} must be a list of names or an object of names")
