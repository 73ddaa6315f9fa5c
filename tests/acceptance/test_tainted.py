"""The replacement of a tainted object. Terraform gives neither its create nor its delete the private state."""

import pytest

from tests.acceptance.conftest import Start
from tests.support.configurations import app, schedule
from tests.support.credential_settings import credential
from tests.support.secret_search import CANARY

TAINTED = {
    "workflow": (app(), "atlan_app.crawler", "/v1/app/[^/]+$"),
    "schedule": (app() + schedule(), "atlan_app_schedule.daily", "/schedule/"),
    "credential": (credential(), "atlan_credential.it", "/archive"),
}


@pytest.mark.parametrize("what", TAINTED)
def test_a_lost_answer_to_the_delete_of_a_tainted_object_does_not_block(start: Start, what: str) -> None:
    """The next read finds nothing, and the next apply creates the object."""
    configuration, address, path = TAINTED[what]
    sandbox, workspace = start(configuration)
    workspace.env["TF_VAR_secret"] = CANARY
    workspace.apply().ok()
    before = workspace.values(address)["id"]
    workspace.run("taint", address).ok()
    sandbox.fault("DELETE", path, times=1, drop="after")
    sandbox.fault("POST", path, times=1, drop="after")
    workspace.apply().failed("no answer")
    workspace.age()
    workspace.apply().ok()
    assert before != workspace.values(address)["id"]
    assert {} == workspace.plan_changes()
