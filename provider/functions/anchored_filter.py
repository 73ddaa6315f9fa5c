"""``provider::atlan::anchored_filter``: write a filter of names as the anchored expressions that many apps read."""

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
    """A function that writes every name of a filter as ^name$, with its special characters escaped."""

    name = "anchored_filter"
    signature = FunctionSignature(
        [
            Parameter(
                "map",
                _FILTER_TYPE,
                "A map from the name of each database (project, catalog) to a list of the names of its schemas "
                "(datasets).",
            )
        ],
        Return(_FILTER_TYPE),
        summary="Anchors the names of an include or exclude filter",
        description='Turns `{"my-project" = ["analytics"]}` into `{"^my-project$" = ["^analytics$"]}`, the form of '
        "`include_filter` and `exclude_filter` for apps that read anchored expressions. Each expression matches only "
        "that name: the special characters `. ^ $ * + ? ( ) [ ] { } | \\` are escaped, so `SALES$` becomes "
        "`^SALES\\$$`. A name that already begins with `^` and ends with `$` stays unchanged. For regular expressions, "
        "use [`anchored_expressions`](anchored_expressions.md).",
    )

    def call(self, ctx: CallContext, arguments: list[Value]) -> Value:
        # Imported here, because a launch that only answers the schema does not need it.
        from provider.model.anchored_filters import anchored
        from provider.model.regular_expressions import anchored_name

        (databases,) = arguments
        try:
            return anchored(databases, anchored_name, "name")
        except ValueError as error:
            raise ArgumentError(0, str(error)) from None
