"""A secret given through every way that takes one, at once: it goes where it belongs and stands nowhere else."""

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
from tests.campaigns.conftest import Figures, drawn
from tests.support.sandbox import Sandbox
from tests.support.secret_search import DATABASE, REQUEST_LOG, TRACE_LOG, Witness, where
from tests.support.terraform import Workspace
from tests.support.ui import live, publish

MARKER = 'm4rker-"0"/no+secret-ü'
"""No secret, as hard to write as one, and in the same places: where it is not found, no canary would be."""

CLIENT = "oauth-client-of-the-canary"
TOKEN_PART = b64encode(CLIENT.encode()).decode()
"""What each of the sandbox's access tokens for that client holds, and nothing else does."""

SIGN_IN = {
    "api_key": 'api_key = var.secrets["sign_in"]',
    "oauth_client_secret": f'oauth_client_id = "{CLIENT}"\n  oauth_client_secret = var.secrets["sign_in"]',
}
ENVIRONMENT = {
    "api_key": {"ATLAN_API_KEY": "sign_in"},
    "oauth_client_secret": {"ATLAN_OAUTH_CLIENT_SECRET": "sign_in"},
}
OF_APP = ("app_password", "app_extra", "app_input")
OF_CREDENTIAL = ("vault_password", "vault_extra")
APPLY = ("apply", "-auto-approve")
WAYS = range(5)
"""How a command may fail; see `faults`."""
TELLING = range(3)
"""Of these, those whose error shows what the service said."""
ADDRESSES = ("atlan_app.it", "atlan_credential.it")


def canaries(number: int) -> dict[str, str]:
    """A secret for each attribute, none part of another."""
    return {name: f'c4nary-{name}-"{number}"/one+ü' for name in (*OF_APP, *OF_CREDENTIAL)}


def settings(block: str) -> str:
    return f'{ephemeral_variable("secrets")}\nprovider "atlan" {{\n  max_retries = 2\n  {block}\n}}\n'


def resources(version: int) -> str:
    return f"""
resource "atlan_app" "it" {{
  app_id                = "bigquery-crawler"
  name                  = {json.dumps(MARKER)}
  connection            = {{ name = "analytics", admin_users = ["admin"] }}
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
  password_wo           = var.secrets["vault_password"]
  extra_wo              = {{ private_key = var.secrets["vault_extra"] }}
  secret_wo_version     = {version}
}}
"""


@dataclass
class Story:
    """What happens to one workspace; `secrets` are those that it gives now, `given` all that it ever gave."""

    sandbox: Sandbox
    workspace: Workspace
    witness: Witness
    sign_in: str
    ways: Iterator[Sequence[int]]
    secrets: dict[str, str] = field(default_factory=dict)
    given: set[str] = field(default_factory=set)

    def give(self, number: int) -> None:
        """New secrets for every attribute."""
        self.secrets = canaries(number) | {"sign_in": self.sandbox.api_key}
        self.given |= set(self.secrets.values())
        self.workspace.env["TF_VAR_secrets"] = json.dumps(self.secrets)

    def plan_and_show(self) -> None:
        self.witness.run("plan", "-out=plan.tfplan").ok()
        self.witness.run("show", "-json", "plan.tfplan").ok()

    def fails(self, command: Iterable[str], *, drop: str, says: str = MARKER, **echoing: tuple[str, ...]) -> None:
        """Run a command once for each of the next ways to fail, each after a 429; `echoing`: secrets by request."""
        for way in next(self.ways):
            for request, names in echoing.items():
                method, path = REQUESTS[request]
                limited, *failing = faults([self.secrets[name] for name in (*names, "sign_in")], drop)
                self.sandbox.fault(method, path, **limited)
                self.sandbox.fault(method, path, **{"times": 3, **failing[way]})
            self.witness.run(*command).failed(*([says] if way in TELLING else []))
            self.sandbox.clear_faults()

    def reading_back_fails(self) -> None:
        """The read that follows a create is answered with what the create sent."""
        secrets = [self.secrets[name] for name in (*OF_APP, "sign_in")]
        self.sandbox.fault(*REQUESTS["read_app"], **faults(secrets, "after")[2])

    def forget(self) -> None:
        self.witness.run("state", "rm", *ADDRESSES).ok()

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
    """A 429, and five ways to fail; each answer echoes the secrets as services do, beside the marker."""
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


def through_a_create(story: Story) -> None:
    """Faults, a plan, what is shown of it, its apply, and a refresh with faults."""
    story.fails(APPLY, drop="before", create_app=OF_APP, create_credential=OF_CREDENTIAL)
    story.plan_and_show()
    story.reading_back_fails()
    assert MARKER in story.witness.run(*APPLY, "plan.tfplan").ok().output
    story.witness.run("show", "-json").ok()
    # a read sends no secret but the one that signs in, and knows none, so the service's text is left out
    refresh = (*APPLY, "-refresh-only")
    story.fails(refresh, drop="after", says=WITHOUT_SERVICE_TEXT, read_app=(), read_credential=())


def through_an_edit_beside_it(story: Story) -> None:
    """Somebody else changes an input and a host; drift is shown, and put right."""
    guid = story.credential_guid()
    publish(story.sandbox, live(story.sandbox)[0]["slug"], hidden_datasets=True)
    moved = {"authType": "basic", "connectorConfigName": "atlan-connectors-postgres", "host": "moved.example.com"}
    assert 200 == story.sandbox.call("POST", f"/api/service/credentials/{guid}", moved).status
    story.witness.run(*APPLY, "-refresh-only").ok()
    story.plan_and_show()
    story.witness.run(*APPLY).ok()


def through_a_rotation(story: Story) -> None:
    """New secrets with new versions: faults before and at the update, then the update."""
    story.give(2)
    story.workspace.write(resources(2))
    story.plan_and_show()
    story.fails((*APPLY, "-refresh=false"), drop="before", read_app=OF_APP, read_credential=OF_CREDENTIAL)
    story.fails(APPLY, drop="after", update_app=OF_APP, update_credential=OF_CREDENTIAL)
    story.witness.run(*APPLY).ok()


def through_imports(story: Story) -> None:
    """By block with a configuration that is generated and with the one at hand, and by the command."""
    guid, slug = story.credential_guid(), live(story.sandbox)[0]["slug"]
    ids = dict(zip(ADDRESSES, (slug, guid), strict=True))
    blocks = "\n".join(f'import {{\n  to = {address}\n  id = "{found}"\n}}' for address, found in ids.items())
    story.forget()
    story.workspace.write(blocks, "import.tf")
    story.workspace.write("")
    story.witness.run("plan", "-generate-config-out=generated.tf").ok()
    (story.workspace.directory / "generated.tf").unlink()
    story.workspace.write(resources(2))
    story.witness.run(*APPLY).ok()
    story.forget()
    story.witness.run("import", "atlan_app.it", f"name:{MARKER}").ok()
    story.witness.run("import", "atlan_credential.it", guid).ok()
    story.witness.run(*APPLY).ok()


def through_the_environment(story: Story) -> None:
    """The same secret signs in, from where most people keep it, and everything is destroyed."""
    client = f'oauth_client_id = "{CLIENT}"' if story.sign_in == "oauth_client_secret" else ""
    story.workspace.write(settings(client), "provider.tf")
    story.workspace.env |= {name: story.secrets[secret] for name, secret in ENVIRONMENT[story.sign_in].items()}
    story.witness.run("plan", "-out=plan.tfplan").ok()
    if client:
        story.fails(("plan",), drop="before", says=WITHOUT_SERVICE_TEXT, token=())
    story.witness.run("destroy", "-auto-approve").ok()


def assert_vaulted(story: Story) -> None:
    """The secrets of now did arrive, so that there was something to leak."""
    app_guid = live(story.sandbox)[0]["inputs"]["credential_guid"]
    told = story.secrets
    assert story.sandbox.verify(app_guid, password=told["app_password"], extra={"key": told["app_extra"]})
    vaulted = {"password": told["vault_password"], "extra": {"private_key": told["vault_extra"]}}
    assert story.sandbox.verify(story.credential_guid(), **vaulted)


def assert_searched(seen: dict[str, bytes]) -> None:
    """The marker is found in every kind of place where a canary was looked for."""
    found = {name.partition(": ")[2] or name for name in where(MARKER, seen)}
    files = {"terraform.tfstate", "terraform.tfstate.backup", "plan.tfplan:tfplan", "plan.tfplan:tfstate"}
    others = {"main.tf", "generated.tf", "stdout", "stderr", TRACE_LOG, REQUEST_LOG, DATABASE}
    assert set() == (files | others) - found
    assert b"PlanResourceChange" in seen[TRACE_LOG]
    assert b"POST /api/service/v1/app: 429" in seen[TRACE_LOG]


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "sign_in" in metafunc.fixturenames:
        metafunc.parametrize("sign_in", drawn(metafunc.config, list(SIGN_IN), short=1))


def ways(full: bool) -> Iterator[Sequence[int]]:
    """The ways in which each command that is to fail does: all of them in full, and two at a time in the short form."""
    turns = itertools.cycle(WAYS)
    while True:
        yield WAYS if full else (next(turns), next(turns))


def test_no_secret_is_written_down_anywhere(start: Start, sign_in: str, full: bool, figures: Figures) -> None:
    """Not in state, plans, logs, messages, generated code or the tenant, but for the input that is published."""
    sandbox, workspace = start(resources(1), api_key='c4nary-sign_in-"1"/one+~')
    del workspace.env["ATLAN_API_KEY"]
    workspace.write(settings(SIGN_IN[sign_in]), "provider.tf")
    story = Story(sandbox, workspace, Witness(sandbox, workspace), sign_in, ways(full))
    story.give(1)
    for step in (through_a_create, through_an_edit_beside_it, through_a_rotation, through_imports):
        step(story)
    assert_vaulted(story)
    through_the_environment(story)
    seen = story.witness.seen()
    assert_searched(seen)
    figures.count("files and streams searched for secrets", len(seen))
    published = {canaries(number)["app_input"] for number in (1, 2)}
    assert {DATABASE} == {name for secret in published for name in where(secret, seen)}
    assert {} == {secret: found for secret in {*story.given, TOKEN_PART} - published if (found := where(secret, seen))}


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
    """A canary that was encoded on its way is found as well."""
    assert ["here"] == where(MARKER, {"here": f"<{encode(MARKER)}>".encode(), "there": b"nothing"})
