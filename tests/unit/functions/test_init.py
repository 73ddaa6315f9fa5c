"""The names and descriptions of all functions."""

import pytest

from provider.framework import Function
from provider.provider import AtlanProvider

FUNCTIONS = {kind.get_name(): kind for kind in AtlanProvider().get_functions()}


def test_the_provider_has_five_functions() -> None:
    """Each has the name that configurations call."""
    filters = {"anchored_filter", "anchored_expressions", "nested_filter"}
    assert {*filters, "connection_name_parts", "drop_defaults"} == set(FUNCTIONS)


@pytest.mark.parametrize("kind", FUNCTIONS.values(), ids=FUNCTIONS)
def test_a_function_and_its_parameters_are_described(kind: type[Function]) -> None:
    """The summary has no full stop, and every parameter has a description. Terraform refuses null arguments."""
    signature = kind.get_signature()
    assert not (signature.summary or ".").endswith(".")
    assert (signature.description or "").endswith(".")
    assert [True] * len(signature.parameters) == [bool(each.description) for each in signature.parameters]
    assert [False] * len(signature.parameters) == [each.allow_null_value for each in signature.parameters]
