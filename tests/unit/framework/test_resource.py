"""The base class of resources, and the contexts of its methods."""

import threading
from typing import Any

import pytest

from provider.framework import (
    STRING,
    Attribute,
    Context,
    Diagnostics,
    MoveSource,
    PlanContext,
    Resource,
    Schema,
    UserError,
)
from provider.framework import Finding as _Finding

SCHEMA = Schema([Attribute("name", STRING, optional=True, description="")], description="")


class Thing(Resource[Any]):
    name = "thing"
    schema = SCHEMA

    def check_config(self, config: Any) -> Any:
        yield _Finding("wrong", "", ["name"])

    create = read = update = delete = None  # type: ignore[assignment]


@pytest.fixture
def ctx() -> Context[Any]:
    return Context(Diagnostics(), "a_thing", threading.Event())


def summaries(ctx: Context[Any]) -> list[tuple[str, str]]:
    return [(each.severity, each.summary) for each in ctx.diagnostics.diagnostics]


def test_a_context_starts_empty(ctx: Context[Any]) -> None:
    """Without a configuration and private state both are empty, and nothing is saved."""
    assert ({}, {}, None) == (ctx.config, ctx.private, ctx.saved)
    planning: PlanContext[Any] = PlanContext(Diagnostics(), "a_thing", threading.Event())
    assert (set(), []) == (planning.changed, planning.requires_replace)


def test_a_saved_state_is_a_copy(ctx: Context[Any]) -> None:
    """A later change of the state is not saved."""
    state = {"id": "1"}
    ctx.save(state)
    state["id"] = "2"
    assert {"id": "1"} == ctx.saved


def test_a_context_reports_warnings_and_findings(ctx: Context[Any]) -> None:
    """Findings keep their severity."""
    ctx.warn("careful", "because")
    ctx.report([_Finding("wrong"), _Finding("less wrong", is_error=False)])
    assert [("warning", "careful"), ("error", "wrong"), ("warning", "less wrong")] == summaries(ctx)


def test_a_resource_declares_its_name_and_schema() -> None:
    """tf's interface returns the class attributes, and a check's findings become diagnostics."""
    diagnostics = Diagnostics()
    Thing(None).validate(diagnostics, "a_thing", {})
    assert ("thing", SCHEMA, ["wrong"]) == (
        Thing.get_name(),
        Thing.get_schema(),
        [each.summary for each in diagnostics.diagnostics],
    )


def test_import_and_move_are_errors_by_default(ctx: Context[Any]) -> None:
    """A resource that supports neither says so."""
    with pytest.raises(UserError, match="a_thing cannot be imported"):
        Thing(None).import_(ctx, "x")
    with pytest.raises(UserError, match="Cannot move b_thing to a_thing"):
        Thing(None).move(ctx, MoveSource("host/a/b", "b_thing", 0, {}))


def test_by_default_a_plan_is_unchanged_and_a_read_needs_settings(ctx: Context[Any]) -> None:
    """A resource without its own methods plans what the schema says."""
    planned = {"name": "a"}
    assert Thing(None).plan(PlanContext(Diagnostics(), "a_thing", threading.Event()), None, planned) is planned
    assert Thing(None).needs_refresh({})
    assert {} == Thing.state_upgraders
