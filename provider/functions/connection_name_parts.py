"""``provider::atlan::connection_name_parts``: split the qualified name of a connection."""

from __future__ import annotations

import re
from typing import Final

from provider.framework import (
    NUMBER,
    STRING,
    ArgumentError,
    CallContext,
    Function,
    FunctionSignature,
    Parameter,
    Return,
    Value,
    object_of,
)

_QUALIFIED_NAME_PATTERN: Final = re.compile(r"default/(?P<connector_name>[^/\s]+)/(?P<epoch>[0-9]{1,18})")


class ConnectionNameParts(Function):
    """A function that splits a qualified name. Its form is ``default/{connector_name}/{epoch seconds}``."""

    name = "connection_name_parts"
    signature = FunctionSignature(
        [
            Parameter(
                "qualified_name",
                STRING,
                "The qualified name of a connection, such as `default/snowflake/1735689600`.",
            )
        ],
        Return(object_of(connector_name=STRING, epoch=NUMBER)),
        summary="Splits the qualified name of a connection",
        description='Turns `"default/snowflake/1735689600"` into `{connector_name = "snowflake", epoch = '
        "1735689600}`. The epoch, in seconds, makes the name unique. It is not always the time when the connection was "
        "created.",
    )

    def call(self, ctx: CallContext, arguments: list[Value]) -> Value:
        (qualified_name,) = arguments
        assert isinstance(qualified_name, str)
        match = _QUALIFIED_NAME_PATTERN.fullmatch(qualified_name)
        if match is None:
            raise ArgumentError(
                0,
                "the qualified name of a connection has the form default/connector/number, such as "
                "default/snowflake/1735689600. The qualified name of an asset is longer",
            )
        return {"connector_name": match["connector_name"], "epoch": int(match["epoch"])}
