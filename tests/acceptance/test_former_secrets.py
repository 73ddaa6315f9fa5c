"""The secret before a rotation: the service still has it, and no message of the update shows it."""

import pytest

from tests.acceptance.conftest import Start
from tests.support.credential_settings import VARIABLE, credential, workflow
from tests.support.sandbox import Sandbox
from tests.support.secret_search import CANARY, ROTATED
from tests.support.terraform import Workspace

SETTINGS = 'provider "atlan" {\n  max_retries = 0\n}\n'
LEFT_OUT = "The service's own message is left out"
CREDENTIAL, WORKFLOW = "/credentials/[^/]+$", "/v1/app/[^/]+$"


def inputs(version: int) -> str:
    """Return a workflow whose secret is an input."""
    return f"""{VARIABLE}
resource "atlan_app" "it" {{
  app_id            = "bigquery-crawler"
  name              = "it"
  asset_connection  = {{ name = "analytics", admin_users = ["admin"] }}
  inputs_wo         = {{ temp_table_regex = var.secret }}
  inputs_wo_version = {version}
}}
"""


CONFIGURATIONS = {"credential": credential, "workflow": workflow, "inputs": inputs}


def rotated(start: Start, kind: str) -> tuple[Sandbox, Workspace]:
    """Return a workspace with the saved plan of a rotation."""
    sandbox, workspace = start(SETTINGS + CONFIGURATIONS[kind](1))
    workspace.env["TF_VAR_secret"] = CANARY
    workspace.apply().ok()
    workspace.env["TF_VAR_secret"] = ROTATED
    workspace.write(SETTINGS + CONFIGURATIONS[kind](2))
    workspace.plan("-out=it.tfplan").ok()
    return sandbox, workspace


@pytest.mark.parametrize(
    ("kind", "method", "path", "status"),
    [
        *(("credential", "GET", CREDENTIAL, status) for status in (400, 403, 404, 422, 500)),
        *(("credential", "POST", CREDENTIAL, status) for status in (400, 404, 500)),
        *((kind, "GET", WORKFLOW, status) for kind in ("workflow", "inputs") for status in (403, 500)),
        *((kind, "PUT", WORKFLOW, status) for kind in ("workflow", "inputs") for status in (400, 500)),
    ],
)
def test_a_rotation_that_fails_shows_no_former_secret(
    start: Start, kind: str, method: str, path: str, status: int
) -> None:
    """Neither in the error about the read before the update, nor in the error about the update itself."""
    sandbox, workspace = rotated(start, kind)
    body = {"code": "X-1", "message": f"record {CANARY}"}
    sandbox.fault(method, path, times=1000, status=status, body=body)
    result = workspace.apply("it.tfplan").failed(LEFT_OUT)
    assert (False, False) == (CANARY in result.output, "that the service names" in result.text)


@pytest.mark.parametrize("kind", CONFIGURATIONS)
def test_a_refusal_of_the_same_secret_says_why(start: Start, kind: str) -> None:
    """Nothing was rotated, so the secret in the service's message is known and redacted."""
    settings = SETTINGS + CONFIGURATIONS[kind](1)
    sandbox, workspace = start(settings)
    workspace.env["TF_VAR_secret"] = CANARY
    workspace.apply().ok()
    changed = {"credential": '"db.example.com"', "workflow": '"analytics"', "inputs": '"analytics"'}[kind]
    workspace.write(settings.replace(changed, '"other.example.com"'))
    body = {"code": "X-1", "message": f"the new value is wrong, not {CANARY}"}
    method, path = ("POST", CREDENTIAL) if kind == "credential" else ("PUT", WORKFLOW)
    sandbox.fault(method, path, times=1000, status=400, body=body)
    result = workspace.apply().failed("the new value is wrong, not ***")
    assert CANARY not in result.output
