"""Prove by a row of the list that a read would return the same state."""

import threading
from typing import Any

import pytest

from provider.client.responses import Workflow
from provider.framework import Context, Diagnostics, PlanContext, State, Unknown
from provider.refresh import Row
from provider.resources.app import pending_publish, private_state, read
from provider.resources.app.schema import SCHEMA

TOLD: dict[str, Any] = {"slug": "prod-AbC123", "version": 7, "owner": "admin", "execution_mode": "native"}
ARGS = {"flag": True, "rows": 1}
WRITTEN: State = {**dict.fromkeys(SCHEMA.by_name), **TOLD, "id": "prod-AbC123", "inputs": ARGS}
ROW = Row(7, "admin", "native", None)


def context(**stored: Any) -> Context:
    return Context(Diagnostics(), "atlan_app", threading.Event(), {"inputs_wo": None}, private=stored)


def told(args: Any = ARGS, **more: Any) -> Workflow:
    return Workflow.model_validate({**TOLD, "dag": {"extract": {"inputs": {"args": args}}}, **more})


def proves(ctx: Context, state: State, row: Row = ROW) -> bool:
    proof = read.row_check(ctx, state)
    return proof is not None and proof(row)


def test_a_row_proves_what_was_read_in_full() -> None:
    """Version and owner must be those in state, and so must the execution mode if the row contains it."""
    ctx = context()
    state = read.read(ctx, told(), WRITTEN)
    assert proves(ctx, state)
    assert proves(ctx, state, Row(7, "admin", None, None))
    others = [Row(8, "admin", "native", None), Row(7, "other", "native", None), Row(7, "admin", "other", None)]
    silent = [Row(None, "admin", "native", None), Row(7, None, "native", None)]
    assert [] == [row for row in others + silent if proves(ctx, state, row)]


@pytest.mark.parametrize(
    "app",
    [
        pytest.param(Workflow.model_validate(TOLD), id="inputs are hidden"),
        pytest.param(told(version=None), id="without a version"),
    ],
)
def test_an_incomplete_read_proves_nothing(app: Workflow) -> None:
    """Not even where an earlier one was."""
    ctx = context()
    read.read(ctx, told(), WRITTEN)
    assert None is read.row_check(ctx, read.read(ctx, app, WRITTEN))


def test_a_read_of_another_version_proves_nothing_about_this_one() -> None:
    """State was not written by that read, as after a publish whose answer was lost."""
    ctx = context()
    read.read(ctx, told(), WRITTEN)
    assert None is read.row_check(ctx, {**WRITTEN, "version": 8})
    assert None is read.row_check(ctx, {**WRITTEN, "version": None})


@pytest.mark.parametrize(
    "stored",
    [
        {},
        {"read_version": 7},
        {"read_version": 7, "read_revision": "0.0.1/00000000"},
        {"read_revision": "0.1.0/00000000"},
    ],
    ids=["never read", "no revision", "another release", "no version"],
)
def test_a_read_with_another_revision_of_the_schema_proves_nothing(stored: dict[str, Any]) -> None:
    """It may have read less, or otherwise."""
    assert None is read.row_check(context(**stored), WRITTEN)


@pytest.mark.parametrize(
    ("app", "proven"),
    [
        pytest.param(told(), True, id="as it was sent"),
        pytest.param(told({**ARGS, "added": "by the service"}), True, id="with what the service added"),
        pytest.param(told({**ARGS, "rows": 2}), False, id="otherwise than it was sent"),
        pytest.param(told({"flag": 1, "rows": 1}), False, id="as another type"),
        pytest.param(told({"flag": True}), False, id="without an input"),
        pytest.param(told(version=8), False, id="another version"),
        pytest.param(Workflow.model_validate(TOLD), False, id="inputs are hidden"),
    ],
)
def test_published_inputs_count_as_read_if_a_read_returns_the_inputs_in_state(app: Workflow, proven: bool) -> None:
    """Else the next refresh has to show the difference."""
    ctx = context()
    private_state.remember_publish(ctx, 7)
    read.remember_if_equal(ctx, app, WRITTEN)
    assert proven == proves(ctx, WRITTEN)


def test_a_publish_takes_the_proof_back() -> None:
    """State is what was sent, until it is read."""
    ctx = context()
    read.read(ctx, told(), WRITTEN)
    private_state.remember_publish(ctx, 7)
    assert None is read.row_check(ctx, WRITTEN)


def test_write_only_inputs_that_are_new_take_the_proof_back() -> None:
    """Whatever becomes of the publish, a read leaves them out from then on; known ones change nothing."""
    ctx = PlanContext(Diagnostics(), "atlan_app", threading.Event(), {"inputs": None, "inputs_wo": {"token": "t"}})
    read.read(ctx, told(), WRITTEN)
    private_state.remember_write_only_paths(ctx)
    assert None is read.row_check(ctx, WRITTEN)
    read.read(ctx, told(), WRITTEN)
    private_state.remember_write_only_paths(ctx)
    assert proves(ctx, WRITTEN)


@pytest.mark.parametrize(
    ("published", "version", "pending", "expected"),
    [
        (None, 7, None, 7),
        (5, 7, None, 5),
        (None, Unknown, None, Unknown),
        (5, Unknown, 5, Unknown),
        (5, 7, 5, 7),
        (5, 7, 7, 5),
    ],
)
def test_the_published_version_is_kept_or_unknown(
    published: int | None, version: Any, pending: int | None, expected: Any
) -> None:
    """A state of an earlier release has none, so its version counts. A publish whose answer was lost counts, too."""
    state = {**WRITTEN, "published_version": published}
    ctx = PlanContext(Diagnostics(), "atlan_app", threading.Event(), {})
    pending_publish.remember(ctx, pending)
    assert expected == read.planned_published_version(ctx, state, version)
    kept = published or state["version"]
    assert kept == read.with_published_version(state)["published_version"]


@pytest.mark.parametrize(("version", "expected"), [(5, False), (7, True)])
def test_a_read_of_the_version_before_a_publish_proves_that_nothing_was_published(version: int, expected: bool) -> None:
    """Another version does not."""
    ctx = PlanContext(Diagnostics(), "atlan_app", threading.Event(), {})
    pending_publish.remember(ctx, 5)
    pending_publish.note_read(ctx, version)
    assert expected == pending_publish.may_have_published(ctx, 8)
