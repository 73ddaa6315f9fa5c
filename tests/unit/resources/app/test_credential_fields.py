"""The values of a workflow's credential."""

from __future__ import annotations

from typing import Any

import pytest

from provider.framework import Unknown, UserError
from provider.resources.app import credential_fields
from tests.support.app_resource import app_context, app_state

BLANK = dict.fromkeys(("name", "connector_type", "host", "port", "username", "password", "extra"))
BIGQUERY = {**BLANK, "auth_type": "basic", "connector_config_name": "atlan-connectors-bigquery"}
RAW = {"authType": "basic", "connectorConfigName": "atlan-connectors-bigquery"}


@pytest.mark.parametrize(
    ("attributes", "expected"),
    [
        pytest.param(
            {"credential_wo": {**BIGQUERY, "password": ""}},
            "credential_wo.password is empty",
            id="the attribute",
        ),
        pytest.param(
            {"credential_wo": {**BIGQUERY, "extra": {"z": 1, "project_id": ""}}},
            "credential_wo.extra.project_id is empty",
            id="a known key",
        ),
        pytest.param(
            {"credential_wo": {**BIGQUERY, "extra": {"a": 1, "c4nary": ""}}},
            "credential_wo.extra[key 2] is empty",
            id="another key",
        ),
        pytest.param(
            {"inputs": {"credential": {**RAW, "password": ""}}},
            "inputs.credential.password is empty",
            id="in inputs",
        ),
        pytest.param(
            {"inputs": {"credential": '{"password": ""}'}},
            "inputs.credential.password is empty",
            id="in JSON text",
        ),
    ],
)
def test_a_wrong_value_is_found_where_it_is_configured(attributes: Any, expected: str) -> None:
    """The plan names it, and an apply refuses an error."""
    config = app_state(**attributes)
    (found,) = credential_fields.check(config)
    assert expected == found.summary
    if found.is_error:
        with pytest.raises(UserError) as raised:
            credential_fields.refuse_wrong(app_context(config))
        assert found == raised.value.finding


@pytest.mark.parametrize(
    "attributes",
    [
        {},
        {"credential_wo": Unknown, "inputs": Unknown},
        {"credential_wo": {**BIGQUERY, "password": Unknown, "extra": Unknown}},
        {"inputs": {"credential": Unknown}},
        {"inputs": {"credential": "text"}},
        {"inputs": "text"},
    ],
)
def test_a_credential_that_is_not_known_is_not_checked(attributes: Any) -> None:
    """Neither in a plan nor in an apply."""
    config = app_state(**attributes)
    assert [] == list(credential_fields.check(config))
    credential_fields.refuse_wrong(app_context(config))
