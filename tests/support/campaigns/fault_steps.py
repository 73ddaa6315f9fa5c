"""The steps before a fault: objects that exist already, and objects that somebody removes."""

from collections.abc import Callable, Mapping

from tests.support.campaigns.fault_blocks import QUALIFIED_NAME
from tests.support.sandbox import Sandbox
from tests.support.ui import add_schedule, archive, create, live, submit

Names = Mapping[str, str]
Step = Callable[[Sandbox], Names]


def nothing(sandbox: Sandbox) -> Names:
    return {}


def workflow(sandbox: Sandbox) -> Names:
    return {"SLUG": create(sandbox, "it", hidden_datasets=False)}


def with_run(sandbox: Sandbox) -> Names:
    (app,) = live(sandbox)
    return {"RUN": submit(sandbox, app["slug"])}


def run_of_workflow(sandbox: Sandbox) -> Names:
    return {**workflow(sandbox), **with_run(sandbox)}


def with_schedule(sandbox: Sandbox) -> Names:
    names = workflow(sandbox)
    return {**names, "TRIGGER": add_schedule(sandbox, names["SLUG"], cron="0 6 * * *", timezone="UTC")}


def stored(sandbox: Sandbox) -> Names:
    body = {"authType": "basic", "name": "it", "connectorConfigName": "atlan-connectors-postgres"}
    return {"GUID": sandbox.call("POST", "/api/service/credentials", body).json["id"]}


def connection(sandbox: Sandbox) -> Names:
    sandbox.make_connection(QUALIFIED_NAME, "analytics", connectorName="bigquery", adminUsers=["admin"])
    return {}


def short_runs(sandbox: Sandbox) -> Names:
    sandbox.expect_run("Running", "Running", "Running", "Succeeded")
    sandbox.expect_run("Running", "Succeeded")
    return {}


def archive_workflow(sandbox: Sandbox) -> Names:
    for app in live(sandbox):
        archive(sandbox, app["slug"])
    return {}


def late_list(sandbox: Sandbox) -> Names:
    sandbox.lag()
    return {}


def lose_runs(sandbox: Sandbox) -> Names:
    for app in live(sandbox):
        for run in app["runs"]:
            sandbox.lose_run(run["run_id"])
    return {}


def archive_credential(sandbox: Sandbox) -> Names:
    for each in sandbox.credentials():
        if not each["archived"]:
            assert 200 == sandbox.call("POST", f"/api/service/credentials/{each['guid']}/archive").status
    return {}
