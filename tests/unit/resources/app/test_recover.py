"""Find the workflow of a create whose answer was lost."""

from typing import Any

import pytest

from provider.client.errors import NoAnswer
from provider.credential_storage import ReplacedCredentials
from provider.framework import UserError
from provider.resources.app import publish
from provider.resources.app.own_credential import Storage
from tests.support.app_resource import SLUG, Workflows, app_context, app_state, stored_workflow
from tests.support.marketplace import app_ids

INPUTS: dict[str, Any] = {"flag": True}
PLANNED = app_state(inputs=INPUTS)
STORAGE = Storage(ReplacedCredentials())


@pytest.mark.parametrize(
    ("workflows", "expected"),
    [
        pytest.param([stored_workflow(INPUTS)], None, id="ours"),
        pytest.param([stored_workflow({"flag": False})], "exists, and it is not known who created it", id="another"),
        pytest.param([], "It is not known whether", id="none"),
    ],
)
def test_a_create_whose_answer_is_lost_is_looked_up(workflows: Any, expected: str | None) -> None:
    """It is ours only with the inputs that were sent."""
    client: Any = Workflows(*workflows)
    error = NoAnswer("no answer in time", method="POST", path="/api/service/v1/app")
    client.errors = [error]
    if expected is None:
        created = publish.create(app_context(PLANNED), client, app_ids(), PLANNED, INPUTS, STORAGE)
        assert (SLUG, error) == (created.workflow.slug, created.lost_answer)
    else:
        with pytest.raises(UserError, match=expected):
            publish.create(app_context(PLANNED), client, app_ids(), PLANNED, INPUTS, STORAGE)
