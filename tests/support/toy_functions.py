"""The functions of the toy provider, and the exceptions that its functions and resources raise on request."""

import asyncio
from typing import Any

from tf import function as tf_function

from provider.framework import resource
from provider.framework.resource import ArgumentProblem, Problem, TaintingProblem
from provider.framework.schema import DYNAMIC, STRING

RAISED: dict[str, BaseException] = {
    "problem": Problem("The rest failed", "Look at it.", ["name"]),
    "tainting": TaintingProblem("It is of no use", "Make another."),
    "unexpected": RuntimeError("this text is for a log"),
    "exit": SystemExit(3),
    "cancelled": asyncio.CancelledError(),
    "known": KeyError("known to the provider"),
    "read": RuntimeError("this text is for a log"),
}


def _signature(*types: Any, returns: Any, variadic: Any = None) -> tf_function.FunctionSignature:
    parameters = [
        tf_function.Parameter(f"p{index}", each, allow_null_value=True, allow_unknown_values=True)
        for index, each in enumerate(types)
    ]
    rest = tf_function.Parameter("rest", variadic) if variadic else None
    return tf_function.FunctionSignature(parameters, tf_function.Return(returns), rest)


class _ToyFunction(resource.Function):
    def __init__(self, provider: resource.Provider) -> None:
        self.provider = provider


class Join(_ToyFunction):
    @classmethod
    def get_name(cls) -> str:
        return "join"

    @classmethod
    def get_signature(cls) -> tf_function.FunctionSignature:
        return _signature(STRING, returns=STRING, variadic=STRING)

    def call(self, ctx: tf_function.CallContext, arguments: list[Any]) -> Any:
        separator, *rest = arguments
        return separator.join(rest)


class Echo(_ToyFunction):
    @classmethod
    def get_name(cls) -> str:
        return "echo"

    @classmethod
    def get_signature(cls) -> tf_function.FunctionSignature:
        return _signature(DYNAMIC, returns=DYNAMIC)

    def call(self, ctx: tf_function.CallContext, arguments: list[Any]) -> Any:
        (value,) = arguments
        if value == "diagnostic":
            ctx.diagnostics.add_error("Told", "by a diagnostic")
        elif value == "argument":
            raise ArgumentProblem(0, "p0 is not liked")
        elif isinstance(value, str) and value in RAISED:
            raise RAISED[value]
        return object() if value == "object" else value


class Wrap(Echo):
    @classmethod
    def get_name(cls) -> str:
        return "wrap"

    def call(self, ctx: tf_function.CallContext, arguments: list[Any]) -> Any:
        return arguments


ALL = [Join, Echo, Wrap]
