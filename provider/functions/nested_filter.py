"""``provider::atlan::nested_filter``: write a filter with the nested objects that some apps read."""

from __future__ import annotations

from provider.framework import (
    DYNAMIC,
    ArgumentError,
    CallContext,
    Function,
    FunctionSignature,
    Parameter,
    Return,
    Value,
)


class NestedFilter(Function):
    """A function that writes the names of a filter as keys of empty objects, because some apps read that form."""

    name = "nested_filter"
    signature = FunctionSignature(
        [
            Parameter(
                "map",
                DYNAMIC,
                "An object or a map from each catalog to a list of its databases, or to a nested object. For ids, a "
                "map from each id to `[]`.",
            )
        ],
        Return(DYNAMIC),
        summary="Nests the names of an include or exclude filter",
        description='Turns `{"AwsDataCatalog" = ["db1", "db2"]}` into `{"AwsDataCatalog" = {"db1" = {}, "db2" = '
        "{}}}`, the form of `include_filter` and `exclude_filter` for AWS Glue. Tableau, Power BI, QuickSight and "
        'Sigma read ids in the same form: `{"8f14e45f" = []}` becomes `{"8f14e45f" = {}}`. Names and nested objects '
        "stay unchanged.",
    )

    def call(self, ctx: CallContext, arguments: list[Value]) -> Value:
        (catalogs,) = arguments
        if not isinstance(catalogs, dict):
            raise ArgumentError(0, 'it must be an object or a map, such as {"AwsDataCatalog" = ["db1"]}')
        return {name: _names_as_keys(f'map["{name}"]', inner) for name, inner in catalogs.items()}


def _names_as_keys(path: str, names: Value) -> dict[str, Value]:
    """Return the names as the keys of an object. ``path`` is the position in the argument, for an error.

    A key below the first level can be sensitive, so its number in alphabetical order is in the path. Raises
    ArgumentError if the value is not a list of names, an object or null.
    """
    if names is None:
        return {}
    if isinstance(names, dict):
        numbers = {name: number for number, name in enumerate(sorted(names), start=1)}
        return {name: _names_as_keys(f"{path}[key {numbers[name]}]", inner) for name, inner in names.items()}
    if isinstance(names, list) and all(isinstance(name, str) for name in names):
        return {name: {} for name in names if isinstance(name, str)}
    raise ArgumentError(0, f"{path} must be a list of names or an object of names")
