"""A tenant with two configurations, each with its own state, and the applies of the campaign of ownership."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.support.campaigns import interrupts
from tests.support.campaigns.ownership_blocks import Configuration, is_aliased
from tests.support.campaigns.ownership_expected import Command, Expected
from tests.support.campaigns.ownership_model import expect
from tests.support.campaigns.ownership_objects import Held, Tenant, held, live
from tests.support.sandbox import Sandbox
from tests.support.terraform import PROVIDER, Attach, Result, Workspace

STACKS = ("a", "b")
_KEPT = ("versions.tf", ".terraform.lock.hcl")
_WRITES = ("POST", "PUT", "DELETE")
_SLOW_MS = 300


@dataclass(frozen=True)
class Trouble:
    """A trouble of an apply: a fault of requests, or a signal at the first write.

    ``is_harmless``: the apply succeeds nevertheless.
    """

    name: str
    faults: tuple[dict[str, Any], ...] = field(default=(), hash=False)
    signal: str = ""
    target: str = ""
    is_harmless: bool = False

    def __repr__(self) -> str:
        return self.name

    def meets(self, requests: Iterable[tuple[str, str]]) -> bool:
        """Return True if a fault concerns one of these requests (method and path)."""
        return any(
            method == fault["method"] and re.search(fault["path"], path)
            for method, path in requests
            for fault in self.faults
        )


def _lost(what: str, method: str, path: str, drop: str, *, is_harmless: bool = False) -> Trouble:
    fault = {"method": method, "path": path, "times": 1, "drop": drop}
    return Trouble(f"lost {what}, {drop} the change", (fault,), is_harmless=is_harmless)


_SLOW = tuple({"method": each, "path": "/v1/app", "times": 50, "delay_ms": _SLOW_MS} for each in _WRITES)
NO_TROUBLE = Trouble("no trouble", is_harmless=True)
SLOW_REMOVAL = Trouble(
    "slow removal of schedules",
    ({"method": "DELETE", "path": "/schedule/", "times": 5, "delay_ms": _SLOW_MS},),
    is_harmless=True,
)
FAILED_REMOVAL = Trouble(
    "failed removal of a replaced trigger",
    ({"method": "DELETE", "path": "/schedule/", "times": 5, "status": 500, "body": {"code": 500, "message": "no"}},),
)
LOST_ANSWERS = (
    _lost("create", "POST", "/v1/app$", "after", is_harmless=True),
    _lost("create", "POST", "/v1/app$", "before"),
    _lost("schedule", "POST", "/schedule$", "after", is_harmless=True),
    _lost("schedule", "POST", "/schedule$", "before"),
    _lost("update", "PUT", "/v1/app/[^/]+$", "after"),
    _lost("archive", "DELETE", "/v1/app/[^/]+$", "after"),
    _lost("removal", "DELETE", "/schedule/", "after"),
)
INTERRUPTS = (
    Trouble("SIGINT to terraform", _SLOW, "SIGINT", "terraform"),
    Trouble("SIGINT to both", _SLOW, "SIGINT", "both"),
    Trouble("SIGKILL to the provider", _SLOW, "SIGKILL", "provider"),
)
TROUBLES = (NO_TROUBLE, SLOW_REMOVAL, FAILED_REMOVAL, *LOST_ANSWERS, *INTERRUPTS)


@dataclass(frozen=True)
class Outcome:
    """An apply: the expectation, the tenant and the state before and after it, and its result."""

    expected: Expected
    configuration: Configuration
    trouble: Trouble
    before: Tenant
    after: Tenant
    held_before: list[Held]
    held_after: list[Held]
    result: Result
    is_interrupted: bool
    is_troubled: bool
    """A fault concerned a request, or a signal came before the end of the apply."""

    @property
    def is_completed(self) -> bool:
        return self.result.returncode == 0

    @property
    def has_lost(self) -> bool:
        """Return True if state has an object that is gone, because another alias of the provider has archived it."""
        return any(not each.lives(self.after) for each in self.held_after)

    def holders(self, object_id: str) -> list[Held]:
        """Return the places of an object in state before or after the apply."""
        return [each for each in (*self.held_before, *self.held_after) if each.object_id == object_id]

    @property
    def changes_nothing(self) -> bool:
        return "No changes." in self.result.output


class Stack:
    """A configuration with its own state."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        self._attach = workspace.attach
        self.workspace.write(PROVIDER, "versions.tf")
        self.workspace.init().ok()
        self.configuration = Configuration()

    @property
    def state_file(self) -> Path:
        return self.workspace.directory / "terraform.tfstate"

    def held(self) -> list[Held]:
        return held(self.state_file)

    def write(self) -> None:
        """Write the configuration. With an alias, commands launch the provider: one process would serve both."""
        addresses = [*self.configuration.addresses(), *(each.address for each in self.held())]
        self.workspace.attach = dict if any(map(is_aliased, addresses)) else self._attach
        self.workspace.write(self.configuration.text())

    def reset(self) -> None:
        """Remove the configuration and the state."""
        self.configuration = Configuration()
        for path in self.workspace.directory.iterdir():
            if path.is_file() and path.name not in _KEPT:
                path.unlink()


class Stacks:
    """A tenant and its configurations."""

    def __init__(self, sandbox: Sandbox, directory: Path, attach: Attach) -> None:
        self.sandbox = sandbox
        self.stacks = {name: Stack(self._workspace(directory / name, attach)) for name in STACKS}

    def _workspace(self, directory: Path, attach: Attach) -> Workspace:
        return Workspace(directory, self.sandbox.url, self.sandbox.api_key, attach=attach)

    def reset(self) -> None:
        self.sandbox.reset()
        for stack in self.stacks.values():
            stack.reset()

    def live(self) -> Tenant:
        return live(self.sandbox)

    def apply(self, stack: Stack, command: Command, trouble: Trouble = NO_TROUBLE) -> Outcome:
        """Apply the configuration of a stack, and return what happened."""
        before, held_before, configuration = self.live(), stack.held(), copy.deepcopy(stack.configuration)
        foreign = {each.object_id for other in self.stacks.values() if other is not stack for each in other.held()}
        expected = expect(before, held_before, foreign, configuration, command)
        if any(each.slug not in before for each in held_before):
            stack.workspace.age()  # a 404 in the first minute after a publish proves nothing
        stack.write()
        since = len(self.sandbox.requests())
        for fault in trouble.faults:
            self.sandbox.fault(**fault)
        result, is_interrupted = self._run(stack, command, trouble)
        self.sandbox.clear_faults()
        sent = [(each["method"], each["path"]) for each in self.sandbox.requests()[since:]]
        return Outcome(
            expected,
            configuration,
            trouble,
            before,
            self.live(),
            held_before,
            stack.held(),
            result,
            is_interrupted,
            is_troubled=is_interrupted if trouble.signal else trouble.meets(sent),
        )

    def _run(self, stack: Stack, command: Command, trouble: Trouble) -> tuple[Result, bool]:
        if not trouble.signal:
            return stack.workspace.apply(*command.options()), False
        environment = interrupts.Environment(self.sandbox, stack.workspace)
        case = interrupts.Case("update", trouble.signal, trouble.target, "writes sent", 1)
        return environment.interrupt(case, *command.options())
