"""``provider::atlan::anchored_expressions``: anchor the regular expressions of a filter."""

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


class AnchoredExpressions(Function):
    """A function that anchors every regular expression of a filter, as a whole."""

    name = "anchored_expressions"
    signature = FunctionSignature(
        [
            Parameter(
                "map",
                _FILTER_TYPE,
                "A map from an expression for databases (projects, catalogs) to a list of expressions for their "
                "schemas (datasets).",
            )
        ],
        Return(_FILTER_TYPE),
        summary="Anchors the regular expressions of an include or exclude filter",
        description='Turns `{"prod|staging" = ["sales_.*"]}` into `{"^(prod|staging)$" = ["^sales_.*$"]}`, the form '
        "of `include_filter` and `exclude_filter` for apps that read anchored expressions. Each expression is anchored "
        "as a whole: an alternation is grouped, and flags at the start, such as `(?i)`, become flags of a group. An "
        "expression that is already anchored as a whole stays unchanged. It is not known which engine evaluates the "
        "expressions: use only syntax that Python and Java share. For plain names, use "
        "[`anchored_filter`](anchored_filter.md).",
    )

    def call(self, ctx: CallContext, arguments: list[Value]) -> Value:
        # Imported here, because a launch that only answers the schema does not need it.
        from provider.model.anchored_filters import anchored
        from provider.model.regular_expressions import anchored_expression

        (databases,) = arguments
        try:
            return anchored(databases, anchored_expression, "expression")
        except ValueError as error:
            raise ArgumentError(0, str(error)) from None
