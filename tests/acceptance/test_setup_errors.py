"""A wrong key, certificate or address is an error of each plan, also if the plan only creates."""

import json
import re
import ssl
from collections.abc import Callable
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from tests.acceptance.conftest import Start
from tests.support import client_certificate, connections, ui
from tests.support.configurations import app
from tests.support.http_server import free_port, http_server
from tests.support.sandbox import Sandbox
from tests.support.setup_answers import ANSWERS, FOREIGN, MISSING, REFUSED, UNTRUSTED
from tests.support.terraform import Result, Workspace

NO_RETRIES = 'provider "atlan" {\n  max_retries = 0\n}\n'
SCHEDULE = """
resource "atlan_app_schedule" "daily" {
  slug = "bigquery-prod-AbC123"
  cron = "0 6 * * *"
}
"""
CREATES = {
    "a workflow": app(),
    "an adoption": app(more="adopt_existing = true"),
    "a schedule": SCHEDULE,
}
# A schedule looks for a trigger again in the apply, so its plan is silent.
WARNINGS = {"a workflow": "were not checked", "an adoption": "The name could not be looked up", "a schedule": ""}


def summaries(result: Result) -> list[str]:
    return [each["summary"] for each in result.errors]


@pytest.mark.parametrize("answer", ANSWERS)
@pytest.mark.parametrize("created", CREATES)
def test_a_wrong_setup_fails_a_plan_that_only_creates(start: Start, created: str, answer: str) -> None:
    """The error is that of a refresh, with its advice."""
    what, expected = ANSWERS[answer]
    sandbox, workspace = start(CREATES[created])
    sandbox.fault("GET", "/", times=1000, **what)
    assert [expected] == summaries(workspace.plan("-json").failed())


@pytest.mark.parametrize("answer", MISSING)
@pytest.mark.parametrize("created", CREATES)
def test_an_answer_that_is_only_missing_fails_no_plan(start: Start, created: str, answer: str) -> None:
    """The apply may succeed, so the plan warns at most."""
    settings = 'provider "atlan" {\n  max_retries     = 0\n  request_timeout = 1\n}\n'
    sandbox, workspace = start(settings + CREATES[created])
    sandbox.fault("GET", "/", times=1000, **MISSING[answer])
    assert WARNINGS[created] in workspace.plan().ok().text


@pytest.mark.parametrize("created", CREATES)
def test_a_tenant_that_does_not_listen_fails_no_plan(start: Start, created: str) -> None:
    """No connection is a missing answer."""
    _, workspace = start(NO_RETRIES + CREATES[created])
    workspace.env["ATLAN_BASE_URL"] = f"http://127.0.0.1:{free_port()}"
    assert WARNINGS[created] in workspace.plan().ok().text


@pytest.mark.parametrize("created", CREATES)
def test_an_untrusted_certificate_fails_a_plan_that_only_creates(start: Start, created: str, tmp_path: Path) -> None:
    """The error names the certificate and the variable for the CA bundle."""
    _, workspace = start(CREATES[created])
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    file = tmp_path / "server.pem"
    file.write_bytes(b"".join(client_certificate.issue(ec.SECP256R1())))
    tls.load_cert_chain(file)
    with http_server(tls) as server:
        workspace.env["ATLAN_BASE_URL"] = server.url
        result = workspace.plan("-json").failed("its certificate is not trusted", "REQUESTS_CA_BUNDLE")
    assert [UNTRUSTED] == summaries(result)


def test_many_resources_report_one_error(start: Start) -> None:
    """A plan of 40 creates with an expired key, and a second plan right after it in the same process."""
    apps = "".join(app(f"it{index}", f"it {index}", more="adopt_existing = true") for index in range(40))
    _, workspace = start(apps)
    workspace.env["ATLAN_API_KEY"] = "expired-0123456789"
    for _ in range(2):
        assert [REFUSED] == summaries(workspace.plan("-json").failed())
    result = workspace.plan("-json", "-parallelism=1").failed()
    assert ([REFUSED], []) == (summaries(result), [each for each in result.diagnostics if each["severity"] != "error"])


def test_an_update_without_a_refresh_fails_too(start: Start) -> None:
    """The plan reads the contract, and the inputs that the workflow has."""
    sandbox, workspace = start(app())
    workspace.apply().ok()
    workspace.write(app(hidden_dataset=True))
    sandbox.fault("GET", "/v1/app/", times=1000, **ANSWERS["a sign-in page"][0])
    assert [FOREIGN] == summaries(workspace.plan("-json", "-refresh=false").failed())
    sandbox.clear_faults()
    workspace.env["ATLAN_API_KEY"] = "expired-0123456789"
    assert [REFUSED] == summaries(workspace.plan("-json", "-refresh=false").failed())


def plan_adoption(sandbox: Sandbox, workspace: Workspace) -> None:
    connections.make_connection(sandbox)
    slug = ui.create(sandbox, "it")
    blocks = f"""
resource "atlan_app_schedule" "daily" {{
  slug           = "{slug}"
  cron           = "0 6 * * *"
  adopt_existing = true
}}

resource "atlan_app_run" "now" {{
  slug = "{slug}"
}}
"""
    connection = '{ admin_users = ["admin"] }'
    workspace.write(NO_RETRIES + connections.app(connection, more="adopt_existing = true") + blocks)


def plan_update(sandbox: Sandbox, workspace: Workspace) -> None:
    workspace.write(NO_RETRIES + app(more=""))
    workspace.apply().ok()
    (slug,) = (each["slug"] for each in ui.live(sandbox))
    sandbox.show_args(slug, {**ui.args(sandbox, slug), "old_input": "x"})
    workspace.write(NO_RETRIES + app(more="", hidden_datasets=True))


def plan_equal_keys(sandbox: Sandbox, workspace: Workspace) -> None:
    workspace.write(NO_RETRIES + app(more=""))
    workspace.apply().ok()
    (slug,) = (each["slug"] for each in ui.live(sandbox))
    sandbox.show_args(slug, {**ui.args(sandbox, slug), "sen\u0303or": "x", "se\u00f1or": "y"})


def plan_unknown_app(_sandbox: Sandbox, workspace: Workspace) -> None:
    workspace.write(NO_RETRIES + app().replace('"bigquery-crawler"', '"bigquery-crawlr"'))


# How to prepare each plan, its options, and the end of a path that the plan requests.
PLANS: dict[str, tuple[Callable[[Sandbox, Workspace], None], str, str]] = {
    "an adoption": (plan_adoption, "-refresh=true", "/type/Connection"),
    "an update": (plan_update, "-refresh=false", "/apps/bigquery-crawler"),
    "a refresh": (plan_equal_keys, "-refresh=true", "/apps/bigquery-crawler"),
    "an app that does not exist": (plan_unknown_app, "-refresh=true", "/marketplace/apps"),
}


@pytest.mark.parametrize("contracts", ["closed"], indirect=True)
@pytest.mark.parametrize("planned", PLANS)
def test_each_request_of_a_plan_fails_it(start: Start, planned: str) -> None:
    """The service refuses the key for one path at a time."""
    prepare, option, needed = PLANS[planned]
    sandbox, workspace = start("")
    prepare(sandbox, workspace)
    before = len(sandbox.requests())
    workspace.plan(option)
    requests = {(each["path"], each["method"]) for each in sandbox.requests()[before:]}
    found = {}
    for path, method in sorted(requests):
        sandbox.fault(method, f"^{re.escape(path)}$", times=1000, **ANSWERS["401"][0])
        found[path] = summaries(workspace.plan("-json", option))
        sandbox.clear_faults()
    assert any(path.endswith(needed) for path in found), found
    assert {path: [REFUSED] for path in found} == found


def test_an_adoption_warns_about_a_connection_that_it_cannot_read(start: Start) -> None:
    """The plan compares what the workflow has published."""
    sandbox, workspace = start("")
    plan_adoption(sandbox, workspace)
    sandbox.fault("GET", "/meta/entity/", times=1000, **MISSING["403"])
    found = workspace.plan("-json").ok().diagnostics
    assert f"The connection {connections.SHARED} was not compared with the configuration" in [
        each["summary"] for each in found
    ]


DATA = 'data "atlan_app" "it" {\n  name = "bigquery prod"\n}\n'
IMPORT = 'import {\n  to = atlan_app.crawler\n  id = "name:bigquery prod"\n}\n'


@pytest.mark.parametrize("configuration", [DATA, IMPORT + app()], ids=["data source", "import"])
def test_a_read_that_needs_only_a_contract_fails_too(start: Start, configuration: str) -> None:
    """A data source does not warn that inputs are hidden, and an import does not say to try again."""
    sandbox, workspace = start(app())
    workspace.apply().ok()
    workspace.state("rm", "atlan_app.crawler").ok()
    workspace.write(configuration)
    sandbox.fault("GET", "/v1/apps/", times=1000, **ANSWERS["401"][0])
    assert REFUSED in summaries(workspace.plan("-json").failed())


def test_a_plan_that_sends_nothing_cannot_notice(start: Start) -> None:
    """With ``validate_inputs = false``, the plan of a create succeeds, and the apply fails."""
    _, workspace = start('provider "atlan" {\n  validate_inputs = false\n}\n' + app())
    workspace.env["ATLAN_API_KEY"] = "expired-0123456789"
    workspace.plan("-out=it.tfplan").ok()
    workspace.apply("it.tfplan").failed(REFUSED)


UNKNOWN = """
resource "terraform_data" "tenant" {
  input = "URL"
}

provider "atlan" {
  base_url = terraform_data.tenant.output
}
"""
ROLE = 'data "atlan_role" "admin" {\n  name = "$admin"\n  MORE\n}\n'
Write = Callable[[Workspace, str], None]


def without_address(start: Start, configuration: str = "") -> tuple[Sandbox, Workspace]:
    sandbox, workspace = start(configuration)
    del workspace.env["ATLAN_BASE_URL"]
    return sandbox, workspace


def test_a_data_source_says_what_to_do_while_the_address_is_unknown(start: Start) -> None:
    """With ``depends_on``, the apply reads it. With ``-target``, a second plan does."""
    sandbox, workspace = without_address(start)
    unknown = UNKNOWN.replace("URL", sandbox.url)
    workspace.write(unknown + ROLE.replace("MORE", ""))
    workspace.plan().failed("These settings are not known yet: base_url.", "depends_on", "-target")
    workspace.write(unknown + ROLE.replace("MORE", "depends_on = [terraform_data.tenant]"))
    workspace.apply().ok()
    assert "data.atlan_role.admin" in workspace.resources()


def test_an_import_says_what_to_do_while_the_address_is_unknown(start: Start) -> None:
    """After ``-target``, the import succeeds."""
    sandbox, workspace = without_address(start)
    body = {"app_id": "bigquery-crawler", "name": "bigquery prod", "inputs": {}, "run": False}
    slug = json.loads(sandbox.call("POST", "/api/service/v1/app", body).text)["slug"]
    block = f'import {{\n  to = atlan_app.crawler\n  id = "{slug}"\n}}\n'
    workspace.write(UNKNOWN.replace("URL", sandbox.url) + block + app())
    failed = workspace.plan().failed("These settings are not known yet: base_url.", "-target")
    assert "depends_on" not in failed.text
    workspace.apply("-target=terraform_data.tenant").ok()
    workspace.apply().ok()
    assert slug == workspace.values("atlan_app.crawler")["slug"]
