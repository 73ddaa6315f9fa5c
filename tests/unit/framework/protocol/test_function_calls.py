"""Functions: which arguments reach them."""

from typing import Any

import pytest

from provider.framework import (
    STRING,
    Function,
    FunctionSignature,
    Parameter,
    Provider,
    Return,
    Unknown,
    terraform_command,
)
from provider.framework.terraform_command import Command
from provider.framework.testing import METHODS, Caller, in_process, packed, unpacked


class Upper(Function):
    name = "upper"
    signature = FunctionSignature([Parameter("text", STRING)], Return(STRING))

    def call(self, ctx: Any, arguments: list[Any]) -> Any:
        return arguments[0].upper()


class Lower(Function):
    name = "lower"
    signature = FunctionSignature([Parameter("text", STRING, allow_null_value=True)], Return(STRING))

    def call(self, ctx: Any, arguments: list[Any]) -> Any:
        return str(arguments[0]).lower()


class Cases(Provider):
    prefix = "cases_"
    functions = (Upper, Lower)


@pytest.fixture
def call() -> Caller:
    return in_process(Cases())


def run(call: Caller, name: str, *arguments: Any) -> Any:
    return call(
        "CallFunction", METHODS["CallFunction"].request(name=name, arguments=[packed(each) for each in arguments])
    )


def test_a_function_returns_its_result(call: Caller) -> None:
    """The result is encoded by the type of the signature."""
    assert ("A", "none") == (unpacked(run(call, "upper", "a").result), unpacked(run(call, "lower", None).result))


@pytest.mark.parametrize(
    ("value", "said"), [(None, "the argument is null"), (Unknown, "the argument is not known yet")]
)
def test_an_argument_that_the_function_does_not_accept_is_an_error(call: Caller, value: Any, said: str) -> None:
    """The error has the index of the argument."""
    error = run(call, "upper", value).error
    assert (said, 0) == (error.text, error.function_argument)


def test_an_error_in_a_destroy_names_the_way_out(call: Caller, monkeypatch: pytest.MonkeyPatch) -> None:
    """Terraform cannot plan without the result, and a destroy without a refresh needs no plan."""
    monkeypatch.setattr(terraform_command, "launcher", lambda: Command("tofu", is_destroy=True))
    error = run(call, "upper", None).error
    way_out = "To destroy without this call, run tofu destroy -refresh=false."
    assert (f"the argument is null\n\n{way_out}", 0) == (error.text, error.function_argument)


def test_signatures_have_parameters_and_a_result(call: Caller) -> None:
    """GetFunctions returns what Terraform needs to check a call."""
    functions = call("GetFunctions", METHODS["GetFunctions"].request()).functions
    assert {"upper", "lower"} == set(functions)
    assert [("text", b'"string"')] == [(each.name, each.type) for each in functions["upper"].parameters]
