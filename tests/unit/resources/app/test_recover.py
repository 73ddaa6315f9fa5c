"""Find the workflow of a create whose answer was lost."""

from typing import Any

import pytest

from provider.client.errors import AppNotReady, NoAnswer, NotFound
from provider.credential_uses import CredentialUses
from provider.framework import UserError
from provider.model.connection import ASSET_CONNECTION
from provider.replaced_credentials import ReplacedCredentials
from provider.resources.app import publish
from provider.resources.app.own_credential import Storage
from tests.support.app_resource import SLUG, Workflows, app_context, app_state, stored_workflow
from tests.support.provider_data import provider_data

INPUTS: dict[str, Any] = {"flag": True}
PLANNED = app_state(inputs=INPUTS)
VERSION = 1_700_000_000
STORAGE = Storage(ReplacedCredentials(), CredentialUses(lambda: None))


def lost() -> NoAnswer:
    return NoAnswer("no answer in time", method="POST", path="/api/service/v1/app")


def create(client: Any, config: Any = PLANNED, data: Any = None) -> publish.Created:
    return publish.create(app_context(config), client, data or provider_data(client), PLANNED, INPUTS, STORAGE)


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
    error = lost()
    client.errors = [error]
    if expected is None:
        created = create(client)
        assert (SLUG, error) == (created.workflow.slug, created.lost_answer)
    else:
        with pytest.raises(UserError, match=expected):
            create(client)


@pytest.mark.parametrize(
    ("time", "has_new_connection", "is_ours"),
    [
        pytest.param(VERSION + 0.9, False, True, id="a version of the same second"),
        pytest.param(VERSION + 1, False, False, id="an earlier version"),
        pytest.param(VERSION - 1000, False, False, id="a version that is no time"),
        pytest.param(None, False, False, id="the service's time is not known"),
        pytest.param(VERSION + 1, True, True, id="a connection that only this create has generated"),
    ],
)
def test_a_workflow_is_ours_only_if_it_is_new(time: float | None, has_new_connection: bool, is_ours: bool) -> None:
    """Names are unique, so a request that did not arrive leaves the workflow that existed before."""
    client: Any = Workflows(stored_workflow(INPUTS, version=VERSION))
    client.errors, client.time = [lost()], time
    config = {**PLANNED, ASSET_CONNECTION: {"qualified_name": None} if has_new_connection else None}
    if is_ours:
        assert SLUG == create(client, config).workflow.slug
    else:
        with pytest.raises(UserError, match="it is not known who created it"):
            create(client, config)


@pytest.mark.parametrize("is_removed", [True, False])
def test_a_workflow_that_has_or_had_an_address_is_not_new(is_removed: bool) -> None:
    """The import block is only for a workflow that is not being archived."""
    client: Any = Workflows(stored_workflow(INPUTS))
    client.errors, data = [lost()], provider_data(client)
    if is_removed:
        data.workflows.start_removal(SLUG)
    else:
        data.workflows.add_created(SLUG, "other")
    with pytest.raises(UserError) as raised:
        create(client, PLANNED, data)
    assert is_removed == (SLUG not in raised.value.detail)


def test_a_new_workflow_that_is_listed_and_not_found_yet_is_read_again() -> None:
    """A slug can answer 404 for some seconds after its create."""
    client: Any = Workflows(stored_workflow(INPUTS))
    answers = [NotFound("no such workflow", status=404, code="404")]
    client.errors = [lost()]

    def get(slug: str) -> Any:
        if answers:
            raise answers.pop()
        return client.workflows[slug]

    client.get_workflow = get
    assert SLUG == create(client).workflow.slug


def test_a_create_of_an_app_that_is_not_ready_says_that_nothing_was_created() -> None:
    """No workflow has the name afterwards, so this is certain."""
    client: Any = Workflows()
    client.errors = [AppNotReady("dial tcp: connection refused", method="POST", path="/app", status=500)]
    with pytest.raises(UserError, match="bigquery-crawler is not ready") as raised:
        create(client)
    assert "So no workflow was created. Apply again in some minutes." in raised.value.detail
    assert 1 == len(client.sent)
