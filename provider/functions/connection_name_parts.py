"""``provider::atlan::connection_name_parts``: what a connection's qualified name says."""

from __future__ import annotations

import re
from typing import Any, Final

from provider.framework import (
    NUMBER,
    STRING,
    ArgumentError,
    CallContext,
    Function,
    FunctionSignature,
    Parameter,
    Return,
    TextFormat,
    object_of,
)

_FORM: Final = re.compile(r"default/(?P<connector_name>[^/\s]+)/(?P<epoch>[0-9]{1,18})")


class ConnectionNameParts(Function):
    """The service's fact: a connection's qualified name is default/{connector_name}/{epoch seconds}."""

    name = "connection_name_parts"
    signature = FunctionSignature(
        [
            Parameter(
                "qualified_name",
                STRING,
                "The qualified name of a connection, such as `default/snowflake/1735689600`.",
                TextFormat.Markdown,
            )
        ],
        Return(object_of(connector_name=STRING, epoch=NUMBER)),
        summary="Takes a connection's qualified name apart",
        description='Turns `"default/snowflake/1735689600"` into `{connector_name = "snowflake", epoch = '
        "1735689600}`. The epoch, in seconds, is a number that makes the name unique; it need not be when the "
        "connection was made.",
        description_kind=TextFormat.Markdown,
    )

    def call(self, ctx: CallContext, arguments: list[Any]) -> dict[str, Any]:
        (given,) = arguments
        found = _FORM.fullmatch(given)
        if found is None:
            raise ArgumentError(
                0,
                "a connection's is default, the connector and a number with slashes between, such as "
                "default/snowflake/1735689600 (an asset's own begins with it)",
            )
        return {"connector_name": found["connector_name"], "epoch": int(found["epoch"])}
