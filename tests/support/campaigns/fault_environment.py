"""A tenant and a workspace for one case after another."""

import json
import re
import threading
import time
from collections import Counter
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from tests.support.campaigns.fault_blocks import OWN_NAME
from tests.support.campaigns.fault_operations import Operation
from tests.support.campaigns.fault_routes import Through, Variables, open_route
from tests.support.campaigns.fault_scenario import Scenario
from tests.support.campaigns.fault_scenarios import OAUTH
from tests.support.sandbox import Sandbox
from tests.support.terraform import PROVIDER, Attach, Result, Workspace
from tests.support.ui import live, remove_schedule

RETRIES = 1
SECONDS = 60.0
PLAN = "it.tfplan"
CONTRACTS = ("open", "closed")
_KEPT = ("versions.tf", ".terraform.lock.hcl")
_WRITE = ("method", "path")
_BLOCK = re.compile(r'import \{\n  to = \S+\n  id = "[^"\n]+"\n\}')


class Tenant(NamedTuple):
    """The tenant of a case, and the route to it. A hidden one lists no schedules."""

    through: Through
    contracts: str
    hidden: bool


class Environment:
    """A sandbox, a route to it, and a workspace that is initialized once.

    `reset` removes everything of the previous case.
    """

    def __init__(self, folder: Path, attach: Attach, tenant: Tenant) -> None:
        self.sandbox = Sandbox(
            database=folder / "tenant.db",
            surface_schedules=not tenant.hidden,
            contracts=tenant.contracts,
            run_seconds=3600,
        )
        self.route = open_route(tenant.through, self.sandbox.url, folder)
        self.workspace = Workspace(
            folder / "workspace", api_key=self.sandbox.api_key, env=self.route.variables, attach=attach
        )
        self.workspace.write(PROVIDER, "versions.tf")
        self.workspace.init().ok()
        self.names: dict[str, str] = {}

    def close(self) -> None:
        self.route.close()
        self.sandbox.stop()

    def reset(self) -> None:
        self.sandbox.reset()
        self.names = {}
        for path in self.workspace.directory.iterdir():
            if path.is_file() and path.name not in _KEPT:
                path.unlink()

    def write(self, scenario: Scenario, text: str, request_seconds: float = 30) -> None:
        """Write a configuration and the provider's settings."""
        for name, value in self.names.items():
            text = text.replace(name, value)
        settings = f"max_retries = {RETRIES}\n  retry_timeout = 20\n  request_timeout = {request_seconds}"
        provider = f'provider "atlan" {{\n  {settings}{OAUTH if scenario.oauth else ""}\n}}\n'
        self.workspace.write(provider + text)

    def set_up(self, scenario: Scenario) -> None:
        """Create everything that exists before the fault."""
        self.reset()
        self.names |= scenario.prepare(self.sandbox)
        if scenario.before:
            self.write(scenario, scenario.before)
            self.workspace.apply().ok()
            if not scenario.is_fresh:
                self.workspace.age()
        self.names |= scenario.between(self.sandbox)

    def act(self, variables: Variables, *, planned: bool) -> Result:
        """Apply the configuration, or the saved plan, with these variables of a route."""
        before = dict(self.workspace.env)
        self.workspace.env |= variables
        try:
            return self.workspace.apply("-json", "-parallelism=1", *([PLAN] if planned else []))
        finally:
            self.workspace.env = before

    # The objects of the tenant and of state

    def sent(self, operation: Operation, since: int) -> list[dict[str, Any]]:
        """Return the requests of an operation, without the first `since` requests."""
        return [each for each in self.sandbox.requests()[since:] if is_of(operation, each)]

    def passed(self, operation: Operation) -> int:
        """Return how often an inspecting proxy has read an operation since the tenant began to refuse connections."""
        requests = ({"method": method, "path": path} for method, path in self.route.requests())
        return len([each for each in requests if is_of(operation, each)])

    def repeated_writes(self, since: int, but: Operation, sent_again: Collection[Operation]) -> list[tuple[str, str]]:
        """Return the writes that were sent more than once, or twice for operations in `sent_again`.

        Those of `but` are not counted.
        """
        reads = ("/indexsearch", "/token")
        writes = Counter(
            (each["method"], each["path"])
            for each in self.sandbox.requests()[since:]
            if each["method"] != "GET" and not each["path"].endswith(reads) and not is_of(but, each)
        )
        most = {
            write: 1 + any(is_of(each, dict(zip(_WRITE, write, strict=True))) for each in sent_again)
            for write in writes
        }
        return [write for write, times in writes.items() if times > most[write]]

    def counts(self) -> dict[str, int]:
        """Return the number of live workflows, triggers, runs and credentials."""
        apps = live(self.sandbox)
        found = {
            "workflows": len(apps),
            "triggers": len(self.triggers()),
            "runs": sum(len(app["runs"]) for app in apps),
            "credentials": len(self.credentials()),
        }
        return {what: number for what, number in found.items() if number}

    def triggers(self) -> dict[str, str]:
        """Return the slug of each trigger's workflow by the trigger's id."""
        return {each["trigger_id"]: app["slug"] for app in live(self.sandbox) for each in app["schedules"]}

    def credentials(self) -> list[str]:
        """Return the guids of the credentials, but leave out those that a workflow had before.

        The service keeps the credential of each publish, even if it refuses the publish afterwards.
        """
        used = [used_credential(app) for app in live(self.sandbox)]
        stored = [each for each in self.sandbox.credentials() if not each["archived"]]
        return [each["guid"] for each in stored if each["guid"] in used or not each["name"].startswith(OWN_NAME)]

    def state(self) -> dict[str, dict[str, Any]]:
        """Return the attributes of each managed resource in state by its type, and `tainted`."""
        path = self.workspace.directory / "terraform.tfstate"
        resources = json.loads(path.read_text())["resources"] if path.exists() else []
        managed = [each for each in resources if each["mode"] == "managed"]
        return {
            each["type"]: {**instance["attributes"], "tainted": instance.get("status") == "tainted"}
            for each in managed
            for instance in each["instances"]
        }

    def tainted(self) -> list[str]:
        return [kind for kind, values in self.state().items() if values["tainted"]]

    # The actions of a user

    def wait_for_slow_requests(self, operation: Operation, since: int) -> None:
        """Return after the slow requests have been handled."""
        deadline = time.monotonic() + SECONDS
        pause = threading.Event()
        while any(each["status"] is None for each in self.sent(operation, since)):
            assert time.monotonic() < deadline, "a slow request was not handled in time"
            pause.wait(0.05)

    def follow_advice(self, said: str) -> bool:
        """Follow the advice of an error before the next apply. Return True if there was any."""
        blocks = _BLOCK.findall(said)
        if "A trigger may exist" in said:
            known = self.state().get("atlan_app_schedule", {}).get("trigger_id")
            for trigger_id, slug in self.triggers().items():
                if trigger_id != known:
                    remove_schedule(self.sandbox, slug, trigger_id)
        if "A credential may exist" in said:
            blocks = [f'import {{\n  to = atlan_credential.it\n  id = "{guid}"\n}}' for guid in self.credentials()]
        if blocks:
            self.workspace.write(blocks[0] + "\n", "import.tf")
        return bool(blocks)

    def converge(self, said: str) -> bool:
        """Apply, and apply again if the first apply printed an import block. Return True if a block was used."""
        pasted = self.follow_advice(said)
        result = self.workspace.apply("-json")
        if result.returncode and self.follow_advice(texts(result)):
            pasted = True
            result = self.workspace.apply("-json")
        result.ok()
        return pasted


def is_of(operation: Operation, request: Mapping[str, Any]) -> bool:
    """Return True if a request in the log belongs to the operation."""
    return request["method"] == operation.method and re.search(operation.path, request["path"]) is not None


def used_credential(app: Mapping[str, Any]) -> str:
    """Return the guid of a workflow's credential, or "" if it has none."""
    inputs = app["inputs"]
    guid: str = inputs.get("credential_guid") or inputs["connection"]["attributes"].get("defaultCredentialGuid", "")
    return guid


def texts(result: Result) -> str:
    """Return the texts of all diagnostics of a command."""
    return "\n".join(f"{each['summary']}\n{each['detail']}" for each in result.diagnostics)
