"""A tenant and a workspace in which one case after another is played."""

import json
import re
import threading
import time
from collections import Counter
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

from tests.support.campaigns.fault_operations import Operation
from tests.support.campaigns.fault_scenarios import OAUTH, Scene
from tests.support.sandbox import Sandbox
from tests.support.terraform import PROVIDER, Attach, Result, Workspace
from tests.support.ui import live, remove_schedule

RETRIES = 1
SECONDS = 60.0
PLAN = "it.tfplan"
_KEPT = ("versions.tf", ".terraform.lock.hcl")
_WRITE = ("method", "path")
_BLOCK = re.compile(r'import \{\n  to = \S+\n  id = "[^"\n]+"\n\}')


class World:
    """A sandbox and a workspace that is initialised once; `reset` leaves nothing of the case before."""

    def __init__(self, folder: Path, attach: Attach, *, hidden: bool) -> None:
        self.sandbox = Sandbox(database=folder / "tenant.db", surface_schedules=not hidden, run_seconds=3600)
        self.workspace = Workspace(folder / "workspace", self.sandbox.url, self.sandbox.api_key, attach=attach)
        self.workspace.write(PROVIDER, "versions.tf")
        self.workspace.init().ok()
        self.names: dict[str, str] = {}

    def close(self) -> None:
        self.sandbox.stop()

    def reset(self) -> None:
        self.sandbox.reset()
        self.names = {}
        for path in self.workspace.directory.iterdir():
            if path.is_file() and path.name not in _KEPT:
                path.unlink()

    def write(self, scene: Scene, text: str, request_seconds: int = 30) -> None:
        """Write a configuration and the provider's settings."""
        for name, value in self.names.items():
            text = text.replace(name, value)
        settings = f"max_retries = {RETRIES}\n  retry_timeout = 20\n  request_timeout = {request_seconds}"
        provider = f'provider "atlan" {{\n  {settings}{OAUTH if scene.oauth else ""}\n}}\n'
        self.workspace.write(provider + text)

    def set_up(self, scene: Scene) -> None:
        """Everything that is there before the fault."""
        self.reset()
        self.names |= scene.prepare(self.sandbox)
        if scene.before:
            self.write(scene, scene.before)
            self.workspace.apply().ok()
        self.names |= scene.between(self.sandbox)

    def act(self, scene: Scene, url: str, *, planned: bool) -> Result:
        """Apply what is configured, or the plan of it that was made before."""
        before = dict(self.workspace.env)
        self.workspace.env["ATLAN_BASE_URL"] = url
        try:
            return self.workspace.apply("-json", "-parallelism=1", *([PLAN] if planned else []))
        finally:
            self.workspace.env = before

    # What is there

    def sent(self, operation: Operation, since: int) -> list[dict[str, Any]]:
        """The requests of an operation among those after the first `since`."""
        return [each for each in self.sandbox.requests()[since:] if is_of(operation, each)]

    def repeated_writes(self, since: int, but: Operation, anew: Collection[Operation]) -> list[tuple[str, str]]:
        """The writes that were sent more than once, those of one operation aside; of those sent ``anew``, twice."""
        reads = ("/indexsearch", "/token")
        writes = Counter(
            (each["method"], each["path"])
            for each in self.sandbox.requests()[since:]
            if each["method"] != "GET" and not each["path"].endswith(reads) and not is_of(but, each)
        )
        most = {write: 1 + any(is_of(each, dict(zip(_WRITE, write, strict=True))) for each in anew) for write in writes}
        return [write for write, times in writes.items() if times > most[write]]

    def counts(self) -> dict[str, int]:
        """How many workflows, triggers, runs and credentials there are, none that is archived."""
        apps = live(self.sandbox)
        found = {
            "workflows": len(apps),
            "triggers": len(self.triggers()),
            "runs": sum(len(app["runs"]) for app in apps),
            "credentials": len(self.credentials()),
        }
        return {what: number for what, number in found.items() if number}

    def triggers(self) -> dict[str, str]:
        """The slug of each trigger's workflow, by its id."""
        return {each["trigger_id"]: app["slug"] for app in live(self.sandbox) for each in app["schedules"]}

    def credentials(self) -> list[str]:
        return [each["guid"] for each in self.sandbox.credentials() if not each["archived"]]

    def state(self) -> dict[str, dict[str, Any]]:
        """What state holds of each managed resource by its type: its attributes, and `tainted` if it is."""
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

    # What a person does

    def wait_for_the_slow(self, operation: Operation, since: int) -> None:
        """Return once what was too slow has been carried out."""
        deadline = time.monotonic() + SECONDS
        pause = threading.Event()
        while any(each["status"] is None for each in self.sent(operation, since)):
            assert time.monotonic() < deadline, "what was slow was never carried out"
            pause.wait(0.05)

    def do_as_told(self, said: str) -> bool:
        """What an error asks of whoever reads it, before the next apply; whether that was anything."""
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
        """Apply once, and once more for an import block that this apply printed; whether one had to be pasted."""
        pasted = self.do_as_told(said)
        result = self.workspace.apply("-json")
        if result.returncode and self.do_as_told(told(result)):
            pasted = True
            result = self.workspace.apply("-json")
        result.ok()
        return pasted


def is_of(operation: Operation, request: Mapping[str, Any]) -> bool:
    """Whether a request of the log is one of that operation."""
    return request["method"] == operation.method and re.search(operation.path, request["path"]) is not None


def told(result: Result) -> str:
    """Everything that a command's diagnostics say."""
    return "\n".join(f"{each['summary']}\n{each['detail']}" for each in result.diagnostics)
