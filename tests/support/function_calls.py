"""Call a function as the framework does."""

from typing import Any

from provider.framework import CallContext, Diagnostics, Function
from provider.provider import AtlanProvider


def call(kind: type[Function], *arguments: Any) -> Any:
    """Return the function's result for these arguments."""
    return kind(AtlanProvider()).call(CallContext(Diagnostics(), kind.get_name()), list(arguments))
