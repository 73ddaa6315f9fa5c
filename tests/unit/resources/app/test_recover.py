"""Find the workflow of a create whose answer was lost."""

from typing import Any

import pytest

from provider.client.errors import AppNotReady, NoAnswer, NotFound
from provider.credential_uses import CredentialUses
from provider.framework import UserError
from provider.replaced_credentials import ReplacedCredentials
from provider.resources.app import publish
from provider.resources.app.own_credential import Storage
from tests.support.app_resource import SLUG, Workflows, app_context, app_state, stored_workflow
from tests.support.marketplace import app_ids

INPUTS: dict[str, Any] = {"flag": True}
PLANNED = app_state(inputs=INPUTS)
STORAGE = Storage(ReplacedCredentials(), CredentialUses(lambda: None))


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


def test_a_new_workflow_that_is_listed_and_not_found_yet_is_read_again() -> None:
    """A slug can answer 404 for some seconds after its create."""
    client: Any = Workflows(stored_workflow(INPUTS))
    answers = [NotFound("no such workflow", status=404, code="404")]
    client.errors = [NoAnswer("no answer in time", method="POST", path="/api/service/v1/app")]

    def get(slug: str) -> Any:
        if answers:
            raise answers.pop()
        return client.workflows[slug]

    client.get_workflow = get
    assert SLUG == publish.create(app_context(PLANNED), client, app_ids(), PLANNED, INPUTS, STORAGE).workflow.slug


def test_a_create_of_an_app_that_is_not_ready_says_that_nothing_was_created() -> None:
    """No workflow has the name afterwards, so this is certain."""
    client: Any = Workflows()
    client.errors = [AppNotReady("dial tcp: connection refused", method="POST", path="/app", status=500)]
    with pytest.raises(UserError, match="bigquery-crawler is not ready") as raised:
        publish.create(app_context(PLANNED), client, app_ids(), PLANNED, INPUTS, STORAGE)
    assert "So no workflow was created. Apply again in some minutes." in raised.value.detail
    assert 1 == len(client.sent)
