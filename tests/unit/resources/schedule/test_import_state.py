"""Import a schedule."""

from typing import Any

import pytest

from provider.framework import UserError
from provider.resources.schedule.resource import AppScheduleResource
from tests.support.http_server import ScriptedServer
from tests.support.schedule_resource import SLUG, Tenant, context, trigger, warnings


@pytest.mark.parametrize("lists", [True, False])
def test_an_import_has_the_version_of_the_workflow(
    server: ScriptedServer, resource: AppScheduleResource, lists: bool
) -> None:
    """And the times, if the tenant lists schedules. The version stays in private state until the next trigger."""
    server.always = Tenant(trigger("t"), lists=lists)
    ctx = context()
    imported = resource.import_(ctx, f"{SLUG}/t")
    expected: dict[str, Any] = {"cron": "0 6 * * 1", "timezone": "UTC"} if lists else {"cron": None, "timezone": None}
    assert expected | {"app_version": 1, "adopted_trigger_id": None} == {
        name: imported[name] for name in (*expected, "app_version", "adopted_trigger_id")
    }
    assert ({"imported_version": 1}, 0 if lists else 1) == (ctx.private, len(warnings(ctx)))


@pytest.mark.parametrize(
    ("import_id", "expected"), [("t", "is not an import id"), (f"{SLUG}/x", f"{SLUG} has no trigger x")]
)
def test_an_id_without_a_trigger_is_an_error(
    server: ScriptedServer, resource: AppScheduleResource, import_id: str, expected: str
) -> None:
    """The error says what an id looks like, or which triggers exist."""
    server.always = Tenant(trigger("t"))
    with pytest.raises(UserError, match=expected):
        resource.import_(context(), import_id)
