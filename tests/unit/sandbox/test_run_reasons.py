"""The read of a run's nodes: which node failed, and why."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from provider.sandbox.errors import ServiceError
from provider.sandbox.run_reasons import EXECUTION_MODE
from provider.sandbox.tenant import Tenant
from tests.support.sandbox import Sandbox
from tests.support.sandbox_service import Clock, Service, body
from tests.unit.sandbox.conftest import OpenTenant

PATH = "/api/service/package-workflows/native-status"
MODE = f"?execution_mode={EXECUTION_MODE}"


def _run(tenant: Tenant, status: str) -> str:
    slug = tenant.workflows.create(body(), "some-admin")["slug"]
    run_id = tenant.stores.runs.of_workflow(slug)[0]["run_id"]
    tenant.stores.runs.set_status(run_id, status)
    return run_id


def _nodes(tenant: Tenant, run_id: str) -> dict[str, tuple[str, str | None]]:
    nodes = tenant.reasons.read(run_id, EXECUTION_MODE)["dag_nodes"]
    return {name: (node["status"], node["error_message"]) for name, node in nodes.items()}


@pytest.mark.parametrize("status", ["Failed", "Error"])
@pytest.mark.parametrize(
    ("reason", "expected"),
    [
        ({"node": "extract", "message": "no"}, {"extract": ("", "no"), "publish": ("Skipped", None)}),
        ({"node": "publish"}, {"extract": ("Succeeded", None), "publish": ("", None)}),
        (
            {"node": "lineage", "message": "no"},
            {"extract": ("Succeeded", None), "publish": ("Succeeded", None), "lineage": ("", "no")},
        ),
    ],
)
def test_a_failed_run_has_one_failed_node(
    open_tenant: OpenTenant, status: str, reason: Any, expected: dict[str, tuple[str, str | None]]
) -> None:
    """The nodes before it succeeded, and those after it were skipped. A second read is equal."""
    tenant = open_tenant()
    run_id = _run(tenant, status)
    tenant.reasons.script_next(reason)
    nodes = {name: (node or status, message) for name, (node, message) in expected.items()}
    assert [nodes, nodes] == [_nodes(tenant, run_id), _nodes(tenant, run_id)]


def test_a_run_without_a_script_has_a_reason_or_none(open_tenant: OpenTenant) -> None:
    """A failed run has a reason, and the nodes of any other run have the status of the run."""
    tenant = open_tenant()
    run_id = _run(tenant, "Succeeded")
    assert {"extract": ("Succeeded", None), "publish": ("Succeeded", None)} == _nodes(tenant, run_id)
    tenant.stores.runs.set_status(run_id, "Failed")
    assert ("Failed", "the source refused the connection") == _nodes(tenant, run_id)["extract"]


@pytest.mark.parametrize(
    ("status", "ended"),
    [("Pending", (False, False)), ("Running", (False, False)), ("Succeeded", (True, True)), ("Failed", (True, False))],
)
def test_a_node_that_ran_to_its_end_has_the_time_of_its_end(
    open_tenant: OpenTenant, clock: Clock, status: str, ended: tuple[bool, bool]
) -> None:
    """A node that is active or was skipped has none. A later read has the same time."""
    tenant = open_tenant()
    run_id = _run(tenant, status)
    now = datetime.fromtimestamp(clock.now, UTC).isoformat()
    clock.advance(60)
    nodes = tenant.reasons.read(run_id, EXECUTION_MODE)["dag_nodes"]
    assert tuple(now if each else None for each in ended) == tuple(
        nodes[name]["completed_at"] for name in ("extract", "publish")
    )


def test_the_nodes_of_a_run_that_ended_by_time_end_with_it(open_tenant: OpenTenant, clock: Clock) -> None:
    """The run takes ten seconds."""
    tenant = open_tenant(run_seconds=10)
    run_id = tenant.workflows.create(body(), "some-admin")["run_id"]
    expected = datetime.fromtimestamp(clock.now + 10, UTC).isoformat()
    clock.advance(60)
    assert [expected] * 2 == [
        node["completed_at"] for node in tenant.reasons.read(run_id, EXECUTION_MODE)["dag_nodes"].values()
    ]


def test_a_reset_removes_reasons(open_tenant: OpenTenant) -> None:
    """The next failed run has the default reason."""
    tenant = open_tenant()
    tenant.reasons.script_next({"node": "publish"})
    tenant.reset()
    assert "Failed" == _nodes(tenant, _run(tenant, "Failed"))["extract"][0]


@pytest.mark.parametrize("reason", [{}, {"message": "no"}, {"node": 1}, {"node": "extract", "status": "Failed"}])
def test_an_invalid_reason_is_refused(open_tenant: OpenTenant, reason: Any) -> None:
    """With a 400."""
    with pytest.raises(ServiceError) as raised:
        open_tenant().reasons.script_next(reason)
    assert 400 == raised.value.status


def test_a_tenant_with_the_read_answers_by_run_id() -> None:
    """The message is that of the control plane. An unknown run or execution mode is a 404 of the service."""
    with Sandbox(run_reasons=True) as sandbox:
        service = Service(sandbox)
        slug = service.slug()
        run_id = service.run(slug, "Failed")
        sandbox.expect_reason("extract", "no access")
        told = sandbox.call("GET", f"{PATH}/{run_id}{MODE}").json
        assert ("Failed", run_id, slug) == (told["status"], told["run_id"], told["workflow_slug"])
        assert "no access" == told["dag_nodes"]["extract"]["error_message"]
        for unknown in (f"{PATH}/no-such{MODE}", f"{PATH}/{run_id}", f"{PATH}/{run_id}?execution_mode=argo"):
            assert 404 == sandbox.call("GET", unknown).json["code"]


def test_a_tenant_without_the_read_has_no_such_path(service: Service) -> None:
    """The gateway answers with a page, as for every path that does not exist."""
    answer = service.call("GET", f"{PATH}/{service.run(service.slug(), 'Failed')}{MODE}")
    assert (404, None) == (answer.status, answer.json)
