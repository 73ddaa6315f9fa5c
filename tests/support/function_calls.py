"""A function called as the plugin calls it."""

from typing import Any

from provider.framework import CallContext, Diagnostics, Function
from provider.provider import AtlanProvider


def call(kind: type[Function], *arguments: Any) -> Any:
    """What the function returns for these arguments."""
    return kind(AtlanProvider()).call(CallContext(Diagnostics(), kind.get_name()), list(arguments))
