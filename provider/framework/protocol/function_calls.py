"""The RPCs of functions. An ArgumentError contains the index of an argument, and Terraform points at the argument."""

from __future__ import annotations

from collections.abc import Callable

from tf.function import CallContext, FunctionSignature, Parameter
from tf.utils import Diagnostic, Diagnostics

from provider.framework.diagnostics import ArgumentError, Finding, UserError
from provider.framework.protocol import codec, messages
from provider.framework.protocol.call import Call, Handler, Message
from provider.framework.protocol.diagnostics import printable
from provider.framework.protocol.values import unpack
from provider.framework.provider import Provider
from provider.framework.refusals import failed_read
from provider.framework.types import cty
from provider.framework.values import Value, is_known


class FunctionCalls:
    """Handlers of the RPCs of functions. ``explain`` returns the UserError for an exception."""

    def __init__(self, provider: Provider, explain: Callable[[BaseException], UserError]) -> None:
        self.provider = provider
        self.explain = explain
        self.functions = {kind.get_name(): kind for kind in provider.get_functions()}

    def handlers(self) -> dict[str, Handler]:
        """Return the handlers by the names of their RPCs."""
        return {"GetFunctions": self.get_functions, "CallFunction": self.call_function}

    def describe_functions(self, response: Message) -> None:
        """Add every signature to a response that has ``functions``."""
        for name, kind in self.functions.items():
            signature = kind.get_signature().to_pb().SerializeToString()
            response.functions[name].CopyFrom(messages.message("Function").FromString(signature))

    def get_functions(self, call: Call) -> None:
        """Answer with every signature."""
        self.describe_functions(call.response)

    def call_function(self, call: Call) -> None:
        """Call a function. The response of this RPC has no diagnostics, only the text of one error.

        Terraform cannot plan without the result, so in a destroy, the text ends with the command that does not plan.
        """
        error = call.response.error
        try:
            result = self._call(call.request)
        except ArgumentError as wrong:
            error.text = printable(_text(UserError(str(wrong))))
            error.function_argument = wrong.argument
        except BaseException as failure:  # noqa: BLE001 - no exception may end the call, an exit included
            error.text = printable(_text(self.explain(failure)))
        else:
            call.response.result.msgpack = codec.pack(result)

    def _call(self, request: Message) -> Value:
        if request.name not in self.functions:
            raise UserError(f"No function {request.name}", f"This provider has: {', '.join(sorted(self.functions))}.")
        kind = self.functions[request.name]
        signature = kind.get_signature()
        arguments = [
            _decode(index, _parameter(signature, index), value) for index, value in enumerate(request.arguments)
        ]
        if len(arguments) < len(signature.parameters):
            raise ArgumentError(len(arguments), "the argument is missing")
        function = self.provider.new_function(kind)
        ctx = CallContext(Diagnostics(), request.name)
        returned = function.call(ctx, arguments)
        if ctx.diagnostics.has_errors():
            raise _first_error(ctx.diagnostics)
        encoded: Value = codec.encode(cty(signature.return_type.type), returned)
        return encoded


def _parameter(signature: FunctionSignature, index: int) -> Parameter:
    if index < len(signature.parameters):
        return signature.parameters[index]
    if signature.variadic_parameter is None:
        raise ArgumentError(index, f"the function has no parameter {index + 1}")
    return signature.variadic_parameter


def _decode(index: int, parameter: Parameter, value: Message) -> Value:
    try:
        argument: Value = codec.decode(cty(parameter.type), unpack(value))
    except codec.DecodeError as error:
        raise ArgumentError(index, str(error)) from error
    # Terraform checks both before the call, but another client may not
    if argument is None and not parameter.allow_null_value:
        raise ArgumentError(index, "the argument is null")
    if not parameter.allow_unknown_values and not is_known(argument):
        raise ArgumentError(index, "the argument is not known yet")
    return argument


def _first_error(diagnostics: Diagnostics) -> UserError:
    first = next(each for each in diagnostics.diagnostics if each.severity == Diagnostic.ERROR)
    return UserError(first.summary, first.detail or "")


def _text(error: UserError) -> str:
    text = f"{error.summary}: {error.detail}" if error.detail else error.summary
    way_out = failed_read(Finding(text), "call").detail
    return f"{text}\n\n{way_out}" if way_out else text
