"""State of one tenant, and the address of another: nothing is planned, changed or forgotten."""

import base64
import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from tests.acceptance.conftest import Start
from tests.support.certificate_authority import CertificateAuthority
from tests.support.configurations import app, schedule
from tests.support.proxies.connect import connect_proxy
from tests.support.proxies.proxy import Proxy
from tests.support.proxies.tls_front import Host
from tests.support.sandbox import Sandbox
from tests.support.sandbox_pool import SandboxPool
from tests.support.terraform import Result, Workspace
from tests.support.ui import live

ONE, TWO, RENAMED = "one.example.atlan.test", "two.example.atlan.test", "renamed.example.atlan.test"
"""Two tenants, and another name of the first one."""

OTHERS = """
resource "atlan_app_run" "now" {
  slug                = atlan_app.crawler.slug
  wait_for_completion = false
}

resource "atlan_credential" "shared" {
  name                  = "shared"
  auth_type             = "basic"
  connector_config_name = "atlan-connectors-postgres"
}
"""
EVERYTHING = app() + schedule() + OTHERS
RUN, CREDENTIAL = (f'resource "{block}' for block in OTHERS.split('resource "')[1:])
BLOCKS = {
    "atlan_app.crawler": app(),
    "atlan_app_run.now": RUN,
    "atlan_app_schedule.daily": schedule(),
    "atlan_credential.shared": CREDENTIAL,
}
ADDRESSES = tuple(BLOCKS)
NAMES = {
    "atlan_app.crawler": "{slug}",
    "atlan_app_run.now": "The run {run_id} of {slug}",
    "atlan_app_schedule.daily": "The trigger {trigger_id} of {slug}",
    "atlan_credential.shared": "The credential {guid}",
}
"""How an error names each object."""
Tenants = Callable[..., tuple[Sandbox, Sandbox, Workspace]]


def url(host: str) -> str:
    return f"https://{host}"


@pytest.fixture
def proxy(tmp_path: Path) -> Iterator[Proxy]:
    """A proxy to hosts that the tests add."""
    with connect_proxy({}) as running:
        yield running


@pytest.fixture
def tenants(start: Start, sandboxes: SandboxPool, proxy: Proxy, tmp_path: Path) -> Iterator[Tenants]:
    """Yield a function that starts two tenants, and a workspace of the first one that reaches both over TLS."""
    authority = CertificateAuthority(tmp_path)
    with ExitStack() as lent:

        def starter(configuration: str, **options: Any) -> tuple[Sandbox, Sandbox, Workspace]:
            one, workspace = start(configuration, surface_schedules=True, run_seconds=3600, **options)
            two = lent.enter_context(sandboxes.lend(contracts="open", surface_schedules=True))
            for host, sandbox in ((ONE, one), (TWO, two), (RENAMED, one)):
                proxy.hosts[host] = Host(sandbox.url, authority.server(host))
            workspace.env |= {"HTTPS_PROXY": proxy.url, "REQUESTS_CA_BUNDLE": str(authority.bundle)}
            workspace.env["ATLAN_BASE_URL"] = url(ONE)
            return one, two, workspace

        yield starter


def configured_for(host: str, more: str = "") -> str:
    return f'provider "atlan" {{\n  base_url = "{url(host)}"\n  {more}\n}}\n'


def keep_only(workspace: Workspace, address: str) -> None:
    """Stop managing every other resource, so that no command fails because of a dependency."""
    slug = workspace.values("atlan_app.crawler")["slug"]
    workspace.write(BLOCKS[address].replace("atlan_app.crawler.slug", json.dumps(slug)))
    workspace.state("rm", *(each for each in ADDRESSES if each != address)).ok()


def kept(workspace: Workspace) -> Any:
    """Return what a refused command must not change in state. It may change dependencies and other private state."""
    return workspace.resources(), tenants_in(workspace)


def errors(result: Result) -> set[str]:
    """Return the summaries of the errors of a command with ``-json``. It must have failed."""
    assert result.returncode != 0, f"{result}"
    return {each["summary"] for each in result.errors}


def forget_tenants(workspace: Workspace) -> None:
    """Remove private state, as if an earlier version of the provider had written the state."""
    path = workspace.directory / "terraform.tfstate"
    state = json.loads(path.read_text())
    for instance in (each for resource in state["resources"] for each in resource["instances"]):
        instance.pop("private", None)
    path.write_text(json.dumps(state))


def tenants_in(workspace: Workspace) -> dict[str, str | None]:
    """Return the tenant in the private state of each resource."""
    found = {}
    for resource in workspace.stored()["resources"]:
        for instance in resource["instances"]:
            private = json.loads(base64.b64decode(instance.get("private", "")) or b"{}")
            found[f"{resource['type']}.{resource['name']}"] = private.get("tenant")
    return found


def test_no_command_touches_anything_with_the_address_of_another_tenant(tenants: Tenants) -> None:
    """Plan, apply and destroy fail for every resource, with and without a refresh, and no tenant gets a request."""
    one, two, workspace = tenants(EVERYTHING, launch=True)
    workspace.apply().ok()
    state, before = kept(workspace), len(one.requests())
    workspace.env["ATLAN_BASE_URL"] = url(TWO)
    workspace.plan().failed(
        f"atlan_app {workspace.values('atlan_app.crawler')['slug']} belongs to {ONE}, not to {TWO}",
        "The object was not read or changed.",
        f"Set base_url, or ATLAN_BASE_URL, to the address of {ONE}",
        f'former_base_urls = ["{url(ONE)}"]',
        "terraform state rm",
    )
    for arguments in (["plan", "-json"], ["apply", "-auto-approve", "-json"], ["destroy", "-auto-approve", "-json"]):
        for refresh in ("true", "false"):
            found = errors(workspace.run(*arguments, f"-refresh={refresh}"))
            assert {True} == {each.endswith(f" belongs to {ONE}, not to {TWO}") for each in found}
    assert ([], before) == (two.requests(), len(one.requests()))
    assert state == kept(workspace)
    workspace.env["ATLAN_BASE_URL"] = url(ONE)
    assert {} == workspace.plan_changes()


@pytest.mark.parametrize("address", ADDRESSES)
def test_each_resource_is_refused_alone(tenants: Tenants, address: str) -> None:
    """Plans and destroys fail, with and without a refresh. A plan for the right tenant cannot be applied to another."""
    one, two, workspace = tenants(EVERYTHING)
    workspace.apply().ok()
    what = f"{address.partition('.')[0]} {workspace.values(address)['id']}"
    keep_only(workspace, address)
    workspace.plan("-destroy", "-out=destroy.tfplan").ok()
    state, before = kept(workspace), len(one.requests())
    workspace.env["ATLAN_BASE_URL"] = url(TWO)
    for arguments in (
        ["apply", "-json", "destroy.tfplan"],
        ["plan", "-json"],
        ["plan", "-refresh=false", "-json"],
        ["destroy", "-auto-approve", "-json"],
        ["destroy", "-auto-approve", "-refresh=false", "-json"],
    ):
        assert {f"{what} belongs to {ONE}, not to {TWO}"} == errors(workspace.run(*arguments))
    assert ([], before) == (two.requests(), len(one.requests()))
    assert state == kept(workspace)


@pytest.mark.parametrize("source", ["environment", "block"])
def test_a_renamed_tenant_is_accepted_and_remembered(tenants: Tenants, source: str) -> None:
    """With its former address a plan is quiet. After an apply, state has the new name and needs the setting no more."""
    _, _, workspace = tenants(EVERYTHING)
    workspace.apply().ok()
    assert dict.fromkeys(ADDRESSES, ONE) == tenants_in(workspace)
    workspace.env["ATLAN_BASE_URL"] = url(RENAMED)
    workspace.plan().failed(f" belongs to {ONE}, not to {RENAMED}")
    if source == "environment":
        workspace.env["ATLAN_FORMER_BASE_URLS"] = f"https://older.example.atlan.test, {url(ONE)}"
    else:
        workspace.write(configured_for(RENAMED, f'former_base_urls = ["{url(ONE)}/"]'), "provider.tf")
    assert {} == workspace.plan_changes()
    workspace.apply().ok()
    assert dict.fromkeys(ADDRESSES, RENAMED) == tenants_in(workspace)
    workspace.env.pop("ATLAN_FORMER_BASE_URLS", None)
    workspace.write("", "provider.tf")
    assert {} == workspace.plan_changes()
    workspace.env["ATLAN_BASE_URL"] = url(ONE)
    workspace.plan().failed(f" belongs to {RENAMED}, not to {ONE}")


@pytest.mark.parametrize("address", ADDRESSES)
def test_state_without_a_tenant_removes_nothing_after_a_404(tenants: Tenants, address: str) -> None:
    """A refresh and a destroy at another tenant fail and keep state. The first read at the right one binds it."""
    one, _, workspace = tenants(EVERYTHING)
    workspace.apply().ok()
    what = NAMES[address].format_map(workspace.values(address))
    keep_only(workspace, address)
    forget_tenants(workspace)
    state = kept(workspace)
    workspace.env["ATLAN_BASE_URL"] = url(TWO)
    workspace.plan().failed(
        "So the 404 may only mean that base_url is the address of another tenant. State keeps the object.",
        "terraform state rm",
    )
    for arguments in (["plan"], ["destroy", "-auto-approve"], ["destroy", "-auto-approve", "-refresh=false"]):
        result = workspace.run(*arguments, "-json")
        assert {f"{what} was not found, and state does not say on which tenant it is"} == errors(result)
        assert not [each for each in result.diagnostics if "removed from state" in each["detail"]]
    assert state == kept(workspace)
    workspace.env["ATLAN_BASE_URL"] = url(ONE)
    assert {address: None} == tenants_in(workspace)
    workspace.apply().ok()
    assert {address: ONE} == tenants_in(workspace)
    workspace.destroy().ok()
    assert {} == workspace.resources()
    assert (address != "atlan_app.crawler") == bool(live(one))


def test_an_import_belongs_to_the_tenant_from_which_it_came(tenants: Tenants) -> None:
    """Each imported object is refused at another tenant."""
    one, two, workspace = tenants(EVERYTHING)
    workspace.apply().ok()
    ids = {address: values["values"]["id"] for address, values in workspace.resources().items()}
    for address in ADDRESSES:
        workspace.state("rm", address).ok()
    for address, identifier in ids.items():
        workspace.import_(address, identifier).ok()
    assert dict.fromkeys(ADDRESSES, ONE) == tenants_in(workspace)
    workspace.env["ATLAN_BASE_URL"] = url(TWO)
    # Terraform does not read a resource whose dependency failed.
    named = (f"{each.partition('.')[0]} {ids[each]}" for each in ("atlan_app.crawler", "atlan_credential.shared"))
    assert {f"{each} belongs to {ONE}, not to {TWO}" for each in named} == errors(workspace.plan("-json"))
    assert [] == two.requests()
    assert 1 == len(live(one))


def test_a_saved_create_goes_to_the_tenant_in_the_configuration(tenants: Tenants) -> None:
    """A plan file contains the provider block, so the environment of the apply does not matter."""
    one, two, workspace = tenants(configured_for(ONE) + app())
    workspace.plan("-out=create.tfplan").ok()
    workspace.env["ATLAN_BASE_URL"] = url(TWO)
    workspace.write(configured_for(TWO) + app())
    workspace.apply("create.tfplan").ok()
    assert (1, []) == (len(live(one)), live(two))
    assert {"atlan_app.crawler": ONE} == tenants_in(workspace)


def test_other_spellings_of_the_address_are_the_same_tenant(tenants: Tenants, proxy: Proxy) -> None:
    """Upper case, the default port and a final dot. The proxy sees the spelling, so the request goes there."""
    _, _, workspace = tenants(EVERYTHING)
    workspace.apply().ok()
    for spelling in ("https://One.Example.Atlan.TEST/", f"https://{ONE}:443"):
        workspace.env["ATLAN_BASE_URL"] = spelling
        assert {} == workspace.plan_changes()
    assert {f"{ONE}:443"} == {each.lower() for each in proxy.tunnels}


def test_all_loopback_addresses_are_one_tenant(start: Start) -> None:
    """A sandbox that is reached by another name or port keeps its state."""
    sandbox, workspace = start(EVERYTHING, run_seconds=3600)
    workspace.apply().ok()
    workspace.env["ATLAN_BASE_URL"] = sandbox.url.replace("127.0.0.1", "localhost")
    assert {} == workspace.plan_changes()
    assert dict.fromkeys(ADDRESSES, "localhost") == tenants_in(workspace)


def test_addresses_are_checked_before_anything_is_sent(start: Start) -> None:
    """Each former address must be a URL. The error names it and its variable."""
    sandbox, workspace = start(app())
    workspace.env["ATLAN_FORMER_BASE_URLS"] = "https://one.example.atlan.com,two.example.atlan.com"
    workspace.plan().failed(
        "former_base_urls (from ATLAN_FORMER_BASE_URLS) is not usable",
        "Address 2: It is not an http or https URL with a host.",
    )
    assert [] == sandbox.requests()
