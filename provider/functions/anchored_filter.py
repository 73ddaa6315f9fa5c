"""``provider::atlan::anchored_filter``: a filter of names as the anchored regular expressions that crawlers take."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from provider.framework import (
    STRING,
    ArgumentError,
    CallContext,
    Function,
    FunctionSignature,
    Parameter,
    Return,
    TextFormat,
    list_of,
    map_of,
)

_FILTER: Final = map_of(list_of(STRING))


class AnchoredFilter(Function):
    """The service's fact: an expression is a name between ^ and $; one that has both already is left alone."""

    name = "anchored_filter"
    signature = FunctionSignature(
        [
            Parameter(
                "map",
                _FILTER,
                "Databases (projects, catalogs) to lists of their schemas (datasets), names or expressions.",
                TextFormat.Markdown,
            )
        ],
        Return(_FILTER),
        summary="Anchors the names of an include or exclude filter",
        description='Turns `{"my-project" = ["analytics"]}` into `{"^my-project$" = ["^analytics$"]}`, as '
        "`include_filter` and `exclude_filter` of most crawlers take it. A name that stands between `^` and `$` "
        "already is left alone. Nothing is escaped: `.` and the like keep their meaning in a regular expression.",
        description_kind=TextFormat.Markdown,
    )

    def call(self, ctx: CallContext, arguments: list[Any]) -> dict[str, list[str]]:
        (given,) = arguments
        anchored = {_anchored(name): _each(name, inner) for name, inner in given.items()}
        if len(anchored) < len(given):
            raise ArgumentError(0, "it holds a name twice, anchored and not; join their lists")
        return anchored


def _each(name: str, inner: Iterable[str | None] | None) -> list[str]:
    if inner is None:
        raise ArgumentError(0, f'map["{name}"] is null; give a list')
    return [_named(name, each) for each in inner]


def _named(name: str, each: str | None) -> str:
    if each is None:
        raise ArgumentError(0, f'map["{name}"] holds a null; give names')
    return _anchored(each)


def _anchored(name: str) -> str:
    """The expression for a name, exactly as the vendor's SDK writes it."""
    return name if name.startswith("^") and name.endswith("$") else f"^{name}$"
