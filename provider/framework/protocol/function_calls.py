"""The RPCs of provider functions.

A function error carries the position of the argument that it is about, and Terraform points at it.
"""

from __future__ import annotations

from typing import Any

from tf.function import CallContext
from tf.utils import Diagnostic, Diagnostics

from provider.framework.diagnostics import ArgumentError, UserError
from provider.framework.protocol import codec, messages
from provider.framework.protocol.diagnostics import printable
from provider.framework.protocol.values import unpack
from provider.framework.provider import Provider
from provider.framework.schema import cty
from provider.framework.values import is_known

Message = Any


class FunctionCalls:
    """GetFunctions and CallFunction for the functions that a provider registers."""

    def __init__(self, provider: Provider) -> None:
        self.provider = provider
        self.functions = {kind.get_name(): kind for kind in provider.get_functions()}

    def describe_functions(self, response: Message) -> None:
        """Put every signature into a response that has ``functions``."""
        for name, kind in self.functions.items():
            signature = kind.get_signature().to_pb().SerializeToString()
            response.functions[name].CopyFrom(messages.message("Function").FromString(signature))

    def GetFunctions(self, request: Message, response: Message, diagnostics: Diagnostics) -> None:  # noqa: N802
        self.describe_functions(response)

    def CallFunction(self, request: Message, response: Message, diagnostics: Diagnostics) -> None:  # noqa: N802
        try:
            result = self._call(request)
        except ArgumentError as problem:
            response.error.text = printable(str(problem))
            response.error.function_argument = problem.argument
        except BaseException as error:  # noqa: BLE001 - this answer has no diagnostics, only an error text
            response.error.text = printable(_text(self.explain(error)))
        else:
            response.result.msgpack = codec.pack(result)

    def explain(self, error: BaseException) -> UserError:
        """What a user is told of any exception."""
        raise NotImplementedError

    def _call(self, request: Message) -> Any:
        if request.name not in self.functions:
            raise UserError(f"No function {request.name}", f"This provider has: {', '.join(sorted(self.functions))}.")
        kind = self.functions[request.name]
        signature = kind.get_signature()
        arguments = [
            _decode(index, _parameter(signature, index), value) for index, value in enumerate(request.arguments)
        ]
        if len(arguments) < len(signature.parameters):
            raise ArgumentError(len(arguments), f"{signature.parameters[len(arguments)].name} is missing.")
        function = self.provider.new_function(kind)
        ctx = CallContext(Diagnostics(), request.name)
        returned = function.call(ctx, arguments)
        if ctx.diagnostics.has_errors():
            raise _first_error(ctx.diagnostics)
        return codec.encode(cty(signature.return_type.type), returned)


def _parameter(signature: Any, index: int) -> Any:
    if index < len(signature.parameters):
        return signature.parameters[index]
    if signature.variadic_parameter is None:
        raise ArgumentError(index, f"Too many arguments: it takes {len(signature.parameters)}.")
    return signature.variadic_parameter


def _decode(index: int, parameter: Any, value: Message) -> Any:
    try:
        argument = codec.decode(cty(parameter.type), unpack(value))
    except codec.DecodeError as error:
        raise ArgumentError(index, f"{parameter.name}: {error}.") from error
    # Terraform keeps both back itself, a null with an error and an unknown, nested ones too, until it is known
    if argument is None and not parameter.allow_null_value:
        raise ArgumentError(index, f"{parameter.name} is null.")
    if not parameter.allow_unknown_values and not is_known(argument):
        raise ArgumentError(index, f"{parameter.name} is not known yet.")
    return argument


def _first_error(diagnostics: Diagnostics) -> UserError:
    first = next(each for each in diagnostics.diagnostics if each.severity == Diagnostic.ERROR)
    return UserError(first.summary, first.detail or "")


def _text(problem: UserError) -> str:
    return f"{problem.summary}: {problem.detail}" if problem.detail else problem.summary
