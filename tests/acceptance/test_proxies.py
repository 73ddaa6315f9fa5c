"""A proxy between the provider and the tenant: no write is sent twice, no secret leaks, and errors name the proxy."""

import re

import pytest

from tests.acceptance.conftest import PROXIES, TENANT, Proxied, Start
from tests.support.configurations import app, schedule
from tests.support.http_server import free_port, http_server
from tests.support.proxies.habits import Habits
from tests.support.runs import RUN_OF_CRAWLER
from tests.support.sandbox import API_KEY
from tests.support.ui import wait_for_workflows

UNNAMED = """
resource "atlan_credential" "it" {
  auth_type             = "basic"
  connector_config_name = "atlan-connectors-postgres"
}
"""
NAMED = UNNAMED.replace("auth_type", 'name = "it"\n  auth_type', 1)
ROLE = 'provider "atlan" {\n  max_retries = 0\n}\n\ndata "atlan_role" "admin" {\n  name = "$admin"\n}\n'
RECOVERED, REPORTED = 0, 1
LOST = {
    "workflow": ("", app(), "/v1/app$", RECOVERED, "was found after a lost answer"),
    "schedule": (app(), app() + schedule(), "/schedule$", RECOVERED, "was found after a lost answer"),
    "credential": ("", UNNAMED, "/credentials$", RECOVERED, "was found after a lost answer"),
    "credential with a name": ("", NAMED, "/credentials$", REPORTED, "A credential may exist"),
    "run": (app(), app() + RUN_OF_CRAWLER, "/submit$", REPORTED, "nothing was submitted again"),
}


@pytest.mark.parametrize("kind", PROXIES)
@pytest.mark.parametrize("what", LOST)
def test_a_write_whose_answer_is_lost_behind_a_proxy_is_sent_once(proxied: Proxied, kind: str, what: str) -> None:
    """Every connection is reset after the change. The object is found, or the error says that it may exist."""
    before, after, path, code, words = LOST[what]
    sandbox, workspace, _ = proxied(kind, before, Habits(pages=False))
    if before:
        workspace.apply().ok()
    workspace.write(after)
    sandbox.fault("POST", path, times=1000, drop="after", reset=True)
    result = workspace.apply()
    assert code == result.returncode, f"{result}"
    assert words in result.text
    assert "got no answer: connection reset by peer (tenant.example.com, through the proxy 127.0.0.1:" in result.text
    assert 1 == len([each for each in sandbox.requests() if each["method"] == "POST" and re.search(path, each["path"])])


def test_a_write_that_an_inspecting_proxy_answers_for_the_tenant_is_sent_once(proxied: Proxied) -> None:
    """Its 504 comes before the tenant creates the workflow, so the error says that the result is not known."""
    sandbox, workspace, _ = proxied("intercept", app(), Habits(tenant_seconds=1))
    sandbox.fault("POST", "/v1/app$", times=1000, delay_ms=5000)
    workspace.apply().failed('It is not known whether "bigquery prod" was created', "was answered with status 504")
    wait_for_workflows(sandbox, 1)
    assert 1 == len([each for each in sandbox.requests() if each["method"] == "POST"])


REFUSALS = {
    "a dead proxy": ("https_proxy", "http://127.0.0.1:{port}", "connection refused (the proxy 127.0.0.1:"),
    "a SOCKS address": (
        "ALL_PROXY",
        "socks5h://127.0.0.1:{port}",
        "ALL_PROXY names a proxy of the kind socks5h, and only http and https proxies work",
    ),
}


@pytest.mark.parametrize("what", REFUSALS)
def test_an_error_names_a_proxy_that_cannot_be_used(start: Start, what: str) -> None:
    """It also names the variable and the remedy."""
    variable, address, words = REFUSALS[what]
    sandbox, workspace = start(ROLE)
    workspace.env |= {"ATLAN_BASE_URL": f"https://{TENANT}", variable: address.format(port=free_port())}
    remedy = f"Check {variable}, or add {TENANT} to NO_PROXY if no proxy is needed"
    result = workspace.plan().failed("was not sent: ", words, remedy)
    assert what == "a SOCKS address" or f" of {variable})" in result.text
    assert [] == sandbox.requests()


@pytest.mark.parametrize(
    ("status", "words"), [(407, "it requires a user and a password"), (502, "it refused with status 502")]
)
def test_an_error_names_a_proxy_that_refuses_the_tunnel(proxied: Proxied, status: int, words: str) -> None:
    """With its variable and the remedy, and without the password in its address."""
    sandbox, workspace, proxy = proxied("connect", ROLE, Habits(connect_status=status))
    workspace.env["HTTPS_PROXY"] = proxy.url.replace("http://", "http://user:word4711@")
    place = f"(the proxy {proxy.url.removeprefix('http://')} of HTTPS_PROXY)"
    remedy = f"Check HTTPS_PROXY, or add {TENANT} to NO_PROXY if no proxy is needed"
    result = workspace.plan().failed(f"was not sent: {words} {place}. {remedy}")
    assert "word4711" not in result.output
    assert ["Basic dXNlcjp3b3JkNDcxMQ=="] == proxy.logins
    assert [] == sandbox.requests()


OAUTH = {"ATLAN_OAUTH_CLIENT_ID": "an-oauth-client", "ATLAN_OAUTH_CLIENT_SECRET": API_KEY}


@pytest.mark.parametrize("name", ["127.0.0.1", "localhost"])
@pytest.mark.parametrize("sign_in", ["key", "OAuth"])
def test_a_proxy_gets_nothing_that_is_for_this_machine(start: Start, name: str, sign_in: str) -> None:
    """Otherwise it would read the key and the secret, because http has no TLS."""
    _, workspace = start(app())
    if sign_in == "OAuth":
        del workspace.env["ATLAN_API_KEY"]
        workspace.env |= OAUTH
    with http_server() as proxy:
        workspace.env |= dict.fromkeys(("http_proxy", "HTTP_PROXY", "ALL_PROXY", "all_proxy"), proxy.url)
        workspace.env |= {"NO_PROXY": "", "no_proxy": ""}
        workspace.env["ATLAN_BASE_URL"] = workspace.env["ATLAN_BASE_URL"].replace("127.0.0.1", name)
        workspace.apply().ok()
        assert 0 == proxy.connections
