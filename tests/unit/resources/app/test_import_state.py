"""Import a workflow into state."""

import threading
from typing import Any

from provider.client.responses import Workflow
from provider.framework import Context, Diagnostics
from provider.resources.app import import_state
from tests.support.app_resource import APP_ID, Serve

CANARY = "c4nary"
SCHEMA = {"properties": {"token": {"writeOnly": True}, "phrase": {"format": "password"}, "flag": {"type": "boolean"}}}


def test_what_the_contract_marks_as_secret_is_not_imported(serve: Serve) -> None:
    """It is left out of state and private state, and named."""
    args = {"token": CANARY, "phrase": CANARY, "agent_json": {"key": CANARY}, "flag": True}
    row: dict[str, Any] = {"slug": "prod-AbC123", "name": "prod", "app_id": APP_ID, "version": 7}
    app = Workflow.model_validate({**row, "dag": {"extract": {"inputs": {"args": args}}}})
    context = Context(Diagnostics(), "atlan_app", threading.Event())
    state = import_state.state_of(context, *serve(SCHEMA), app)
    assert {"flag": True} == state["inputs"]
    assert CANARY not in f"{state}{context.private}"
    (warning,) = context.diagnostics.diagnostics
    assert "Inputs of prod-AbC123 that were not imported: token, phrase, agent_json" == warning.summary
