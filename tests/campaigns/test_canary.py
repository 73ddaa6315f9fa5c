"""A secret is given in every way at once, and is found only where it belongs."""

import itertools
import json
from base64 import b64encode
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote, quote_plus

import pytest

from provider.errors import WITHOUT_SERVICE_TEXT
from scripts.lib.app_facts.configuration import ephemeral_variable
from tests.acceptance.conftest import Start
from tests.support.campaigns.figures import Figures, drawn
from tests.support.sandbox import Sandbox
from tests.support.secret_search import DATABASE, REQUEST_LOG, TRACE_LOG, Recorder, where
from tests.support.terraform import Workspace
from tests.support.ui import live, publish

MARKER = 'm4rker-"0"/no+secret-ü'
"""A text that is not secret, but is as hard to encode and in the same places. The search must find this text."""

CLIENT = "oauth-client-of-the-canary"
TOKEN_PART = b64encode(CLIENT.encode()).decode()
"""A part of each access token that the sandbox issues for this client, and of nothing else."""

SIGN_IN = {
    "api_key": 'api_key = var.secrets["sign_in"]',
    "oauth_client_secret": f'oauth_client_id = "{CLIENT}"\n  oauth_client_secret = var.secrets["sign_in"]',
}
ENVIRONMENT = {
    "api_key": {"ATLAN_API_KEY": "sign_in"},
    "oauth_client_secret": {"ATLAN_OAUTH_CLIENT_SECRET": "sign_in"},
}
OF_APP = ("app_password", "app_extra", "app_input")
OF_CREDENTIAL = ("stored_password", "stored_extra")
APPLY = ("apply", "-auto-approve")
WAYS = range(5)
"""The ways in which a command can fail; see `faults`."""
WITH_MESSAGE = range(3)
"""The ways in which the error shows the message of the service."""
ADDRESSES = ("atlan_app.it", "atlan_credential.it")


def canaries(number: int) -> dict[str, str]:
    """Return a secret for each attribute. None is a part of another one."""
    return {name: f'c4nary-{name}-"{number}"/one+ü' for name in (*OF_APP, *OF_CREDENTIAL)}


def settings(block: str) -> str:
    return f'{ephemeral_variable("secrets")}\nprovider "atlan" {{\n  max_retries = 2\n  {block}\n}}\n'


def resources(version: int) -> str:
    return f"""
resource "atlan_app" "it" {{
  app_id                = "bigquery-crawler"
  name                  = {json.dumps(MARKER)}
  asset_connection            = {{ name = "analytics", admin_users = ["admin"] }}
  inputs                = {{ hidden_datasets = false }}
  inputs_wo             = {{ agent_json = {{ token = var.secrets["app_input"] }} }}
  inputs_wo_version     = {version}
  credential_wo_version = {version}
  credential_wo = {{
    auth_type             = "basic"
    connector_config_name = "atlan-connectors-bigquery"
    password              = var.secrets["app_password"]
    extra                 = {{ project_id = "my-project", key = var.secrets["app_extra"] }}
  }}
}}

resource "atlan_credential" "it" {{
  name                  = {json.dumps(MARKER)}
  auth_type             = "basic"
  connector_config_name = "atlan-connectors-postgres"
  host                  = "db.example.com"
  password_wo           = var.secrets["stored_password"]
  extra_wo              = {{ private_key = var.secrets["stored_extra"] }}
  secret_wo_version     = {version}
}}
"""


@dataclass
class Life:
    """The state of one workspace: `secrets` are those in use now, `given` all that were ever in use."""

    sandbox: Sandbox
    workspace: Workspace
    recorder: Recorder
    sign_in: str
    ways: Iterator[Sequence[int]]
    secrets: dict[str, str] = field(default_factory=dict)
    given: set[str] = field(default_factory=set)

    def give(self, number: int) -> None:
        """Give new secrets to every attribute."""
        self.secrets = canaries(number) | {"sign_in": self.sandbox.api_key}
        self.given |= set(self.secrets.values())
        self.workspace.env["TF_VAR_secrets"] = json.dumps(self.secrets)

    def plan_and_show(self) -> None:
        self.recorder.run("plan", "-out=plan.tfplan").ok()
        self.recorder.run("show", "-json", "plan.tfplan").ok()

    def fails(
        self, command: Iterable[str], *, drop: str, says: str = MARKER, times: int = 3, **echoing: tuple[str, ...]
    ) -> None:
        """Run a command once for each of the next ways to fail, each after a 429.

        `times` is the number of failing answers. `echoing` has the secrets by request.
        """
        for way in next(self.ways):
            for request, names in echoing.items():
                method, path = REQUESTS[request]
                limited, *failing = faults([self.secrets[name] for name in (*names, "sign_in")], drop)
                self.sandbox.fault(method, path, **limited)
                self.sandbox.fault(method, path, **{"times": times, **failing[way]})
            self.recorder.run(*command).failed(*([says] if way in WITH_MESSAGE else []))
            self.sandbox.clear_faults()

    def reading_back_fails(self) -> None:
        """Answer the read that follows a create with the secrets that the create sent."""
        secrets = [self.secrets[name] for name in (*OF_APP, "sign_in")]
        self.sandbox.fault(*REQUESTS["read_app"], **faults(secrets, "after")[2])

    def forget(self) -> None:
        self.recorder.run("state", "rm", *ADDRESSES).ok()

    def credential_guid(self) -> str:
        guid: str = self.workspace.values("atlan_credential.it")["guid"]
        return guid


REQUESTS = {
    "create_app": ("POST", "/v1/app$"),
    "create_credential": ("POST", "/credentials$"),
    "read_app": ("GET", "/v1/app/"),
    "read_credential": ("GET", "/credentials/"),
    "update_app": ("PUT", "/v1/app/"),
    "update_credential": ("POST", "/credentials/"),
    "token": ("POST", "/oauth-clients/token$"),
}


def faults(secrets: list[str], drop: str) -> list[dict[str, Any]]:
    """Return a 429 and five ways to fail. Each response repeats the secrets in several encodings, and the marker."""
    plain, sent = ":".join(secrets), json.dumps(secrets)
    encoded = [b64encode(each.encode()).decode() for each in (plain, sent)]
    echo = " ".join([MARKER, plain, sent, quote_plus(sent), *encoded])
    causes = [{"errorMessage": f"{MARKER} {secret}", "location": "inputs"} for secret in secrets]
    page: dict[str, Any] = {"headers": {"Content-Type": "text/html"}, "body": f"<html>{echo}</html>"}
    return [
        {"status": 429, "headers": {"Retry-After": "0"}, "body": {"message": echo}},
        {"status": 400, "body": {"message": echo, "causes": causes}},
        {"status": 500, "body": {"errorMessage": echo, "code": secrets[0], "errorCause": echo}},
        {"status": 502, "headers": {"Retry-After": "0"}, "body": {"message": echo}},
        {"status": 200, **page},
        {"drop": drop},
    ]


def through_a_create(life: Life) -> None:
    """Create with faults, plan, show the plan, apply it, and refresh with faults."""
    life.fails(APPLY, drop="before", create_app=OF_APP, create_credential=OF_CREDENTIAL)
    life.plan_and_show()
    life.reading_back_fails()
    assert MARKER in life.recorder.run(*APPLY, "plan.tfplan").ok().output
    life.recorder.run("show", "-json").ok()
    # a read sends only the secret that signs in and knows no other, so the service's text is left out
    refresh = (*APPLY, "-refresh-only")
    life.fails(refresh, drop="after", says=WITHOUT_SERVICE_TEXT, read_app=(), read_credential=())


def through_an_edit_beside_it(life: Life) -> None:
    """Edit an input and a host as another user does, show the drift, and revert it."""
    guid = life.credential_guid()
    publish(life.sandbox, live(life.sandbox)[0]["slug"], hidden_datasets=True)
    moved = {"authType": "basic", "connectorConfigName": "atlan-connectors-postgres", "host": "moved.example.com"}
    assert 200 == life.sandbox.call("POST", f"/api/service/credentials/{guid}", moved).status
    life.recorder.run(*APPLY, "-refresh-only").ok()
    life.plan_and_show()
    life.recorder.run(*APPLY).ok()


def through_a_rotation(life: Life) -> None:
    """Give new secrets with new versions: fail before and during the update, then update."""
    life.give(2)
    life.workspace.write(resources(2))
    life.plan_and_show()
    # The plans of both walks read both, too, and go on without an answer.
    reads = {"read_app": OF_APP, "read_credential": OF_CREDENTIAL}
    # The service may repeat the former secrets, which nothing knows any more, so its text is left out.
    says = WITHOUT_SERVICE_TEXT
    life.fails((*APPLY, "-refresh=false"), drop="before", says=says, times=30, **reads)
    life.fails(APPLY, drop="after", says=says, update_app=OF_APP, update_credential=OF_CREDENTIAL)
    life.recorder.run(*APPLY).ok()


def through_imports(life: Life) -> None:
    """Import by block with a generated and with an existing configuration, and by the command."""
    guid, slug = life.credential_guid(), live(life.sandbox)[0]["slug"]
    ids = dict(zip(ADDRESSES, (slug, guid), strict=True))
    blocks = "\n".join(f'import {{\n  to = {address}\n  id = "{found}"\n}}' for address, found in ids.items())
    life.forget()
    life.workspace.write(blocks, "import.tf")
    life.workspace.write("")
    life.recorder.run("plan", "-generate-config-out=generated.tf").ok()
    (life.workspace.directory / "generated.tf").unlink()
    life.workspace.write(resources(2))
    life.recorder.run(*APPLY).ok()
    life.forget()
    life.recorder.run("import", "atlan_app.it", f"name:{MARKER}").ok()
    life.recorder.run("import", "atlan_credential.it", guid).ok()
    life.recorder.run(*APPLY).ok()


def through_the_environment(life: Life) -> None:
    """Sign in with a secret from the environment, and destroy everything."""
    client = f'oauth_client_id = "{CLIENT}"' if life.sign_in == "oauth_client_secret" else ""
    life.workspace.write(settings(client), "provider.tf")
    life.workspace.env |= {name: life.secrets[secret] for name, secret in ENVIRONMENT[life.sign_in].items()}
    life.recorder.run("plan", "-out=plan.tfplan").ok()
    if client:
        life.fails(("plan",), drop="before", says=WITHOUT_SERVICE_TEXT, token=())
    life.recorder.run("destroy", "-auto-approve").ok()


def assert_stored(life: Life) -> None:
    """Assert that the current secrets are stored, so that they could leak."""
    app_guid = live(life.sandbox)[0]["inputs"]["credential_guid"]
    told = life.secrets
    assert life.sandbox.verify(app_guid, password=told["app_password"], extra={"key": told["app_extra"]})
    stored = {"password": told["stored_password"], "extra": {"private_key": told["stored_extra"]}}
    assert life.sandbox.verify(life.credential_guid(), **stored)


def assert_searched(recorded: dict[str, bytes]) -> None:
    """Assert that the search finds the marker in each place where it looks for secrets."""
    found = {name.partition(": ")[2] or name for name in where(MARKER, recorded)}
    files = {"terraform.tfstate", "terraform.tfstate.backup", "plan.tfplan:tfplan", "plan.tfplan:tfstate"}
    others = {"main.tf", "generated.tf", "stdout", "stderr", TRACE_LOG, DATABASE}
    assert set() == (files | others) - found
    # No request contains the marker, because a name that is not ASCII is looked up in the whole list.
    assert any(REQUEST_LOG in name and b"/api/service/v1/app" in text for name, text in recorded.items())
    assert b"PlanResourceChange" in recorded[TRACE_LOG]
    assert b"POST /api/service/v1/app: 429" in recorded[TRACE_LOG]


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "sign_in" in metafunc.fixturenames:
        metafunc.parametrize("sign_in", drawn(metafunc.config, list(SIGN_IN), short=1))


def ways(full: bool) -> Iterator[Sequence[int]]:
    """Yield the ways in which each failing command fails: all of them in the full form, otherwise two at a time."""
    turns = itertools.cycle(WAYS)
    while True:
        yield WAYS if full else (next(turns), next(turns))


def test_no_secret_is_written_down_anywhere(start: Start, sign_in: str, full: bool, figures: Figures) -> None:
    """State, plans, logs, messages, generated code and the tenant contain no secret, except for the published input."""
    sandbox, workspace = start(resources(1), api_key='c4nary-sign_in-"1"/one+~')
    del workspace.env["ATLAN_API_KEY"]
    workspace.write(settings(SIGN_IN[sign_in]), "provider.tf")
    life = Life(sandbox, workspace, Recorder(sandbox, workspace), sign_in, ways(full))
    life.give(1)
    for step in (through_a_create, through_an_edit_beside_it, through_a_rotation, through_imports):
        step(life)
    assert_stored(life)
    through_the_environment(life)
    recorded = life.recorder.recorded()
    assert_searched(recorded)
    figures.count("files and streams searched for secrets", len(recorded))
    published = {canaries(number)["app_input"] for number in (1, 2)}
    assert {DATABASE} == {name for secret in published for name in where(secret, recorded)}
    assert {} == {
        secret: found for secret in {*life.given, TOKEN_PART} - published if (found := where(secret, recorded))
    }


@pytest.mark.parametrize(
    "encode",
    [
        pytest.param(str, id="plain"),
        pytest.param(json.dumps, id="JSON"),
        pytest.param(lambda text: json.dumps(json.dumps({"a": text}), ensure_ascii=False), id="JSON in JSON"),
        pytest.param(lambda text: json.dumps(json.dumps({"a": text}, ensure_ascii=False)), id="JSON in ASCII JSON"),
        pytest.param(quote, id="path"),
        pytest.param(lambda text: quote(json.dumps(text)), id="JSON in a path"),
        pytest.param(lambda text: b64encode(json.dumps([text]).encode()).decode(), id="JSON in base64"),
        pytest.param(quote_plus, id="query"),
        *(
            pytest.param(
                lambda text, before=before: b64encode(f"{before}{text}:".encode()).decode(), id=f"base64 {before}"
            )
            for before in ("", "a", "ab", "abc")
        ),
    ],
)
def test_the_search_finds_every_form(encode: Callable[[str], str]) -> None:
    """The search finds an encoded canary, too."""
    assert ["here"] == where(MARKER, {"here": f"<{encode(MARKER)}>".encode(), "there": b"nothing"})
