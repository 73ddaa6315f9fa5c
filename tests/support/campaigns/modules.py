"""All modules in one configuration: a block for each way to sign in, and the published inputs of each."""

import json
import re
import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from scripts.lib.app_facts import apps
from scripts.lib.app_facts.apps import App
from scripts.lib.app_facts.credentials import Way, ways, write_only
from scripts.lib.modules import folders, inputs, signing_in, trial
from scripts.lib.shared import markdown
from scripts.lib.shared.hcl import block
from tests.support.sandbox import Sandbox
from tests.support.terraform import Workspace

APPS = apps.load()


@dataclass(frozen=True)
class Use:
    """A module with its required variables, and a credential in one way if the app needs one."""

    app: App
    way: Way | None

    @property
    def label(self) -> str:
        return self.way.label if self.way else self.app.label

    @property
    def variables(self) -> dict[str, Any]:
        return trial.least(self.app) | (trial.credential(self.app, self.way) if self.way else {})

    @property
    def published(self) -> dict[str, Any]:
        """Return the inputs that the module publishes: the defaults of the app, and the required ones."""
        added = {"connection", "credential_guid"}
        defaults = {each.name: each.default for each in self.app.inputs if each.name not in added}
        scope = {name: json.dumps(value, separators=(",", ":")) for name, value in self._scope().items()}
        mode = signing_in.mode(self.way) if self.way else {}
        return {**defaults, **self.app.hidden, **scope, **mode}

    def _scope(self) -> dict[str, Any]:
        return {each.name: self.variables[each.name] for each in inputs.fields(self.app) if each.required}

    @property
    def secrets(self) -> dict[str, Any]:
        """Return the stored secrets: a ``password``, keys of ``extra``, or both."""
        assert self.way is not None
        body = write_only(self.way, signing_in.least(self.way))
        return {name: body[name] for name in ("password", "extra") if name in body}


def uses() -> list[Use]:
    """Return each module in each of its ways to sign in, or once."""
    return [Use(app, way) for app in APPS for way in ways(app) or [None]]


def call(label: str, app: App, variables: dict[str, Any]) -> str:
    """Return a module's block. The label is the name of the workflow."""
    return block(f'module "{label}"', {"source": f"./modules/{app.app_id}", "name": label, **variables})


def readme_example(app: App) -> str:
    """Return the module's block in its README, with texts instead of the variables for secrets."""
    example, _, _ = markdown.example(folders.MODULES / app.app_id / "README.md").partition("\n}\n")
    return re.sub(r"var\.(\w+)", r'"\1"', example).replace('"./', '"./modules/', 1) + "\n}\n"


def write(workspace: Workspace, blocks: Iterable[str]) -> list[str]:
    """Write the modules and the blocks to the workspace, and return the lines of the configuration."""
    text = "\n".join(blocks)
    workspace.write(text)
    shutil.copytree(folders.MODULES, workspace.directory / "modules", dirs_exist_ok=True)
    workspace.init().ok()
    return text.splitlines()


def create_connections(sandbox: Sandbox) -> None:
    """Create the connections that miners need."""
    for app in APPS:
        sandbox.make_connection(trial.existing(app), f"{app.connector_name} production", adminUsers=["admin"])
