"""All modules in one configuration: a block for each way to use one, and what it publishes then."""

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
    """A module with what it cannot do without, its credential given in one way if it takes one."""

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
        """The inputs that go out unasked: what the web UI would submit unseen, and what a user has to name."""
        method = next(each.default for each in self.app.inputs if each.name == "extraction_method")
        scope = {name: json.dumps(value, separators=(",", ":")) for name, value in self._scope().items()}
        mode = signing_in.mode(self.way) if self.way else {}
        return {**self.app.hidden, "extraction_method": method, **scope, **mode}

    def _scope(self) -> dict[str, Any]:
        return {each.name: self.variables[each.name] for each in inputs.fields(self.app) if each.required}

    @property
    def secrets(self) -> dict[str, Any]:
        """What the vault has to hold of it: a ``password``, keys of ``extra``, or both."""
        assert self.way is not None
        body = write_only(self.way, signing_in.least(self.way))
        return {name: body[name] for name in ("password", "extra") if name in body}


def uses() -> list[Use]:
    """Each module in each of its ways to sign in, or once."""
    return [Use(app, way) for app in APPS for way in ways(app) or [None]]


def call(label: str, app: App, variables: dict[str, Any]) -> str:
    """A module's block; the workflow is called by the label."""
    return block(f'module "{label}"', {"source": f"./modules/{app.app_id}", "name": label, **variables})


def readme_example(app: App) -> str:
    """The module's block in its README, with a text in the place of each secret's variable."""
    example, _, _ = markdown.example(folders.MODULES / app.app_id / "README.md").partition("\n}\n")
    return re.sub(r"var\.(\w+)", r'"\1"', example).replace('"./', '"./modules/', 1) + "\n}\n"


def write(workspace: Workspace, blocks: Iterable[str]) -> list[str]:
    """Have the workspace hold the modules and these blocks; the lines of its configuration."""
    text = "\n".join(blocks)
    workspace.write(text)
    shutil.copytree(folders.MODULES, workspace.directory / "modules", dirs_exist_ok=True)
    workspace.init().ok()
    return text.splitlines()


def furnish(sandbox: Sandbox) -> None:
    """Make the connections that miners work on."""
    for app in APPS:
        sandbox.make_connection(trial.existing(app), f"{app.connector_name} production", adminUsers=["admin"])
