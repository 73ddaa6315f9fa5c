"""Calls of a function, as the servicer makes them."""

from typing import Any

from provider.framework import CallContext, Diagnostics, Function
from provider.provider import AtlanProvider


def call(kind: type[Function], *arguments: Any) -> Any:
    """Return the result of a function for these arguments."""
    return kind(AtlanProvider()).call(CallContext(Diagnostics(), kind.get_name()), list(arguments))
