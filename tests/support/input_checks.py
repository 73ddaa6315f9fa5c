"""Findings of one check, for the tests of its parts."""

from __future__ import annotations

from typing import Any

from provider.contracts.check import InputFinding, check_inputs
from provider.contracts.schema import Contract


def find(schema: Any, value: Any, **options: Any) -> list[InputFinding]:
    """Return the findings if the input `x` has this schema."""
    return check_inputs(Contract({"properties": {"x": schema}, "additionalProperties": False}), {"x": value}, **options)


def texts(schema: Any, value: Any, **options: Any) -> list[list[str]]:
    """Return the summary and the lines of the detail of each finding."""
    return [[each.summary, *each.detail.split("\n")] for each in find(schema, value, **options)]


def summaries(schema: Any, inputs: Any, **options: Any) -> list[str]:
    """Return the summary of each finding about inputs, where the schema is the whole contract."""
    return [each.summary for each in check_inputs(Contract(schema), inputs, **options)]
