"""``provider::atlan::nested_filter``: a filter of names as the nested objects that some crawlers take."""

from __future__ import annotations

from typing import Any

from tf.function import CallContext, FunctionSignature, Parameter, Return
from tf.schema import TextFormat

from provider.framework.resource import ArgumentProblem, Function
from provider.framework.schema import DYNAMIC


class NestedFilter(Function):
    """The service's fact: some apps take names as they are, the inner ones as keys of empty objects."""

    @classmethod
    def get_name(cls) -> str:
        return "nested_filter"

    @classmethod
    def get_signature(cls) -> FunctionSignature:
        return FunctionSignature(
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
            raise ArgumentProblem(0, 'an object or a map is needed, such as {"AwsDataCatalog" = ["db1"]}')
        return {name: _nested(f'map["{name}"]', inner) for name, inner in given.items()}


def _nested(place: str, inner: Any) -> dict[str, Any]:
    if inner is None:
        return {}
    if isinstance(inner, dict):
        return {name: _nested(f'{place}["{name}"]', each) for name, each in inner.items()}
    if isinstance(inner, list) and all(isinstance(name, str) for name in inner):
        return {name: {} for name in inner}
    raise ArgumentProblem(0, f"{place} must be a list of names or an object of names")
