"""The workflow of a create whose answer was lost."""

from typing import Any

import pytest

from provider.client.errors import NoAnswer
from provider.framework import UserError
from provider.resources.app import recover
from tests.unit.resources.app.conftest import APP_ID, SLUG, Workflows, stored_workflow

SENT: dict[str, Any] = {"flag": True}
LOST = NoAnswer("no answer in time", method="POST", path="/api/service/v1/app")


def test_the_only_workflow_with_the_sent_inputs_is_the_created_one() -> None:
    """The service may add inputs of its own."""
    client = Workflows(stored_workflow({"flag": True, "added": 1}))
    found = recover.find_created(client, APP_ID, "prod", SENT, LOST)  # type: ignore[arg-type]
    assert (SLUG, 7) == (found.slug, found.version)


@pytest.mark.parametrize(
    ("workflow", "summary"),
    [
        pytest.param(stored_workflow({"flag": False}), "exists, and it is not known who created it", id="other inputs"),
        pytest.param(stored_workflow(SENT, app_id="other"), "exists, and it is not known", id="another app"),
        pytest.param(stored_workflow(), "exists, and it is not known", id="hidden inputs"),
        pytest.param(None, "It is not known whether", id="none"),
    ],
)
def test_another_workflow_is_never_taken_for_the_created_one(workflow: Any, summary: str) -> None:
    """The error says what to do, and contains the lost answer."""
    client = Workflows(*([workflow] if workflow else []))
    with pytest.raises(UserError, match=summary) as raised:
        recover.find_created(client, APP_ID, "prod", SENT, LOST)  # type: ignore[arg-type]
    assert "no answer in time" in raised.value.detail


def test_a_look_up_that_fails_is_said() -> None:
    """The error of the create stays, because the second error says less."""
    client = Workflows(stored_workflow(SENT))
    client.errors = [LOST]
    assert recover.look_up(client, "prod") is None  # type: ignore[arg-type]
    client.errors = [LOST]
    with pytest.raises(UserError, match="It is not known whether") as raised:
        recover.find_created(client, APP_ID, "prod", SENT, LOST)  # type: ignore[arg-type]
    assert "Looking for it failed too" in raised.value.detail
