"""Every input of every app, broken and valid: a plan reports each error on its line, and sends only GETs."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

import pytest

from scripts.lib.app_facts import filters
from scripts.lib.app_facts.apps import App, Input, load
from scripts.lib.shared.hcl import block
from tests.acceptance.conftest import Start
from tests.support.campaigns.figures import Figures, drawn
from tests.support.sandbox_pool import BOTH_CONTRACTS
from tests.support.terraform import Workspace

APPS = load()
APPS_A_PLAN = 5
WRONG: tuple[tuple[str, Any], ...] = (("number", 3.5), ("boolean", True), ("string", "three"))
VALID: dict[str, list[Any]] = {
    "string": ["text", ""],
    "object": [{}, {"a": ["b"]}],
    "array": [[], ["one", "two"]],
    "boolean": [True, False],
    "number": [7],
    "integer": [7],
    "null": [None],
}
# The service refuses a null guid. A connection that is null or empty is a missing one.
REFUSED = [("credential_guid", None), *(("connection", value) for value in (None, {}, "", "text"))]
REFUSED_IF_OPEN = [("agent_json", value) for value in ("", "text")]
OF_OPEN_CONTRACTS = ("missing", "nothing near")
"""The mistakes that an open contract accepts. They are warnings."""


class Told(NamedTuple):
    """A finding of a plan: its severity, the attribute on its line, and a part of its text."""

    severity: str
    key: str
    said: str


NO_CREDENTIAL = "inputs.{}: it is probably required, but missing"
CREDENTIAL_INPUTS = {"atlan-dbt": "api_credential_guid"}
"""The input with the credential, by app, if it is not that of all others."""


@dataclass(frozen=True)
class Case:
    """One workflow: its inputs, the attribute with the mistake, and a part of the text about the mistake.

    Valid inputs have no such text.
    """

    app: App
    what: str
    inputs: dict[str, Any]
    key: str = "inputs"
    said: str = ""
    connection: bool = True

    def mistake(self, contracts: str) -> Told:
        is_warning = contracts == "open" and self.what in OF_OPEN_CONTRACTS
        return Told("warning" if is_warning else "error", self.key, self.said)

    def findings(self, contracts: str) -> list[Told]:
        """Return what a plan reports: the mistake, and a missing credential if no connection can have one."""
        if self.connection or not signs_in(self.app):
            return [self.mistake(contracts)]
        said = NO_CREDENTIAL.format(CREDENTIAL_INPUTS.get(self.app.app_id, "credential"))
        return sorted([self.mistake(contracts), Told("warning", "inputs", said)])

    def hcl(self, label: str) -> str:
        attributes: dict[str, Any] = {"app_id": self.app.app_id, "name": label, "inputs": self.inputs}
        if self.app.entrypoint is not None:
            attributes["entrypoint"] = self.app.entrypoint
        if self.connection and "connection" not in self.inputs:
            attributes["asset_connection"] = {"qualified_name": f"default/{self.app.connector_name}/1700000000"}
        return block(f'resource "atlan_app" "{label}"', attributes)


def signs_in(app: App) -> bool:
    """Return True if the app needs a credential where all inputs have their defaults."""
    defaults = {each.name: each.default for each in app.inputs}
    return bool(app.credentials) and app.credential_needed_if.items() <= defaults.items()


def broken(app: App) -> Iterator[Case]:
    """Yield each input with a wrong type, with a value that is not allowed, and with a misspelled name.

    Also yield a workflow without a connection, and an input whose name is near to no other.
    """
    yield Case(app, "missing", {}, said="inputs.connection: ", connection=False)
    yield Case(app, "nothing near", {"qqqq": None}, "qqqq", "qqqq")
    for each in app.inputs:
        yield Case(app, "type", {each.name: _wrong(each)}, each.name, f"inputs.{each.name}")
        yield Case(app, "name", {f"{each.name}x": None}, f"{each.name}x", each.name)
        if each.allowed:
            yield Case(app, "value", {each.name: "no-such-value"}, each.name, str(each.allowed[-1]))


def valid(app: App, contracts: str) -> Iterator[Case]:
    """Yield each valid value of the app's facts, and one of each type that an input allows."""
    for each in app.inputs:
        of_its_types = [value for kind in each.types for value in VALID[kind]]
        if filters.is_filter(app, each.name):
            empty = [value for value in of_its_types if not value]
            of_its_types = [*empty, *(filters.given(app, each.name, text=text) for text in (False, True))]
        for value in [each.default, *each.allowed] if each.allowed else [each.default, *of_its_types]:
            refused = REFUSED + (REFUSED_IF_OPEN if contracts == "open" else [])
            if (each.name, value) not in refused and (value is not None or "null" in each.types):
                yield Case(app, "valid", {each.name: value})


def _wrong(each: Input) -> Any:
    taken = {"number" if kind == "integer" else kind for kind in each.types}
    return next(value for kind, value in WRONG if kind not in taken)


def plan(workspace: Workspace, cases: dict[str, Case]) -> tuple[list[dict[str, Any]], list[str]]:
    """Plan all cases at once, and return the diagnostics and the lines of the configuration."""
    text = "\n".join(case.hcl(label) for label, case in cases.items())
    workspace.write(text)
    return workspace.plan("-json", "-parallelism=20").diagnostics, text.splitlines()


def labeled(cases: Iterator[Case]) -> dict[str, Case]:
    return {f"case_{number}": case for number, case in enumerate(cases)}


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    groups = [APPS[first : first + APPS_A_PLAN] for first in range(0, len(APPS), APPS_A_PLAN)]
    chosen = drawn(metafunc.config, groups, short=2)
    metafunc.parametrize("apps", chosen, ids=[group[0].app_id for group in chosen])


def told(case: Case, contracts: str, findings: list[dict[str, Any]], lines: list[str]) -> list[Told]:
    """Return the findings of a plan about a case, with the whole text of each one that is not expected."""
    found = []
    for each in findings:
        text = f"{each['summary']} {each['detail']}"
        said = next((expected.said for expected in case.findings(contracts) if expected.said in text), text)
        key, _, _ = lines[each["range"]["start"]["line"] - 1].strip().partition(" ")
        found.append(Told(each["severity"], key, said))
    return sorted(found)


@BOTH_CONTRACTS
def test_every_broken_input_is_one_finding_on_its_line(
    start: Start, contracts: str, apps: tuple[App, ...], figures: Figures
) -> None:
    """Each mistake is one error. What an open contract accepts is one warning, unless a declared name is near."""
    cases = labeled(case for app in apps for case in broken(app))
    sandbox, workspace = start()
    findings, lines = plan(workspace, cases)
    by_label: dict[str, list[dict[str, Any]]] = {label: [] for label in cases}
    for finding in findings:
        by_label[finding["address"].removeprefix("atlan_app.")].append(finding)
    expected = {label: case.findings(contracts) for label, case in cases.items()}
    assert expected == {label: told(cases[label], contracts, found, lines) for label, found in by_label.items()}
    assert {"GET"} == {each["method"] for each in sandbox.requests()}
    requested = [each["path"] for each in sandbox.requests() if each["path"].endswith("/inputs")]
    assert {app.app_id for app in apps} == {path.split("/")[-2] for path in requested}
    errors = [case for case in cases.values() if case.mistake(contracts).severity == "error"]
    figures.count(f"{contracts} contracts: broken inputs, each one error on its line", len(errors))
    if contracts == "open":
        figures.count("open contracts: broken inputs, each one warning on its line", len(cases) - len(errors))


@BOTH_CONTRACTS
def test_every_valid_value_is_silent(start: Start, contracts: str, apps: tuple[App, ...], figures: Figures) -> None:
    """A plan accepts defaults, all allowed values, and one value of each type that an input allows."""
    cases = labeled(case for app in apps for case in valid(app, contracts))
    _, workspace = start()
    diagnostics, _ = plan(workspace, cases)
    findings = [each for each in diagnostics if each["severity"] in ("error", "warning")]
    assert [] == [(each["address"], each["summary"]) for each in findings]
    figures.count(f"{contracts} contracts: valid values without a finding", len(cases))
