"""The functions of the toy provider, and the exceptions that its functions and resources raise on request."""

import asyncio
from typing import Any

from provider.framework import (
    DYNAMIC,
    STRING,
    ArgumentError,
    CallContext,
    Function,
    FunctionSignature,
    Parameter,
    Return,
    TaintingError,
    UserError,
)

RAISED: dict[str, BaseException] = {
    "problem": UserError("The rest failed", "Look at it.", ["name"]),
    "tainting": TaintingError("It is of no use", "Make another."),
    "unexpected": RuntimeError("this text is for a log"),
    "exit": SystemExit(3),
    "cancelled": asyncio.CancelledError(),
    "known": KeyError("known to the provider"),
    "read": RuntimeError("this text is for a log"),
}


def _signature(*types: Any, returns: Any, variadic: Any = None) -> FunctionSignature:
    parameters = [
        Parameter(f"p{index}", each, allow_null_value=True, allow_unknown_values=True)
        for index, each in enumerate(types)
    ]
    rest = Parameter("rest", variadic) if variadic else None
    return FunctionSignature(parameters, Return(returns), rest)


class Join(Function):
    name = "join"
    signature = _signature(STRING, returns=STRING, variadic=STRING)

    def call(self, ctx: CallContext, arguments: list[Any]) -> Any:
        separator, *rest = arguments
        return separator.join(rest)


class Echo(Function):
    name = "echo"
    signature = _signature(DYNAMIC, returns=DYNAMIC)

    def call(self, ctx: CallContext, arguments: list[Any]) -> Any:
        (value,) = arguments
        if value == "diagnostic":
            ctx.diagnostics.add_error("Told", "by a diagnostic")
        elif value == "argument":
            raise ArgumentError(0, "p0 is not liked")
        elif isinstance(value, str) and value in RAISED:
            raise RAISED[value]
        return object() if value == "object" else value


class Wrap(Echo):
    name = "wrap"

    def call(self, ctx: CallContext, arguments: list[Any]) -> Any:
        return arguments


ALL = [Join, Echo, Wrap]
