"""Workflows that the vendor's SDK creates in a sandbox: one for each way to give a credential."""

from __future__ import annotations

import inspect
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pytest

from scripts.lib.app_facts.apps import App
from scripts.lib.app_facts.credentials import Parameter, Way
from scripts.lib.app_facts.inputs import connection
from tests.support.sandbox import Sandbox
from tests.support.vendor_sdk import AtlanClient, PyatlanSyncTransport, apps

BUILDERS = {
    value._APP_ID: value
    for value in vars(apps).values()
    if inspect.isclass(value) and issubclass(value, apps.AppBuilder) and value is not apps.AppBuilder
}
ADMIN = "some-admin"
READS = 20
SCOPE = ["default/bigquery/1700000000"]


@dataclass(frozen=True)
class Case:
    """An app, and a way to sign in. An app without a way uses an existing connection."""

    app: App
    way: Way | None

    @property
    def label(self) -> str:
        return self.app.label if self.way is None else self.way.label

    @property
    def connection_name(self) -> str:
        return f"Connection of {self.label}"

    @property
    def qualified_name(self) -> str:
        """Return the qualified name of the existing connection, for an app without a way to sign in."""
        found: str = connection(self.app)["attributes"]["qualifiedName"]
        return found

    @property
    def given(self) -> dict[str, Any]:
        """Return a different value for each parameter. An optional host or port keeps its default."""
        asked = () if self.way is None else self.way.parameters
        return {each.name: self._value(each) for each in asked if each.required or each.name not in ("host", "port")}

    def _value(self, parameter: Parameter) -> Any:
        return True if parameter.boolean else f"{parameter.name} of {self.label}"


def create(
    sdk: AtlanClient,
    case: Case,
    name: str,
    given: Mapping[str, Any] | None = None,
    steps: Mapping[str, str] | None = None,
) -> str:
    """Create the workflow as a user of the SDK does, without a run, and return its slug.

    `given` has the parameters of the credential instead of those of the case. `steps` has arguments by the method of
    the builder.
    """
    builder = BUILDERS[case.app.app_id](sdk)
    if case.app.app_id == "atlan-standard-lineage":
        builder.connections(SCOPE)
    if case.way is None:
        builder.connection(qualified_name=case.qualified_name)
    else:
        getattr(builder, case.way.method)(**(case.given if given is None else given))
        builder.connection(name=case.connection_name, admin_users=[ADMIN])
    for method, argument in (steps or {}).items():
        getattr(builder, method)(argument)
    slug: str = builder.create(name=name).slug
    return slug


def every_page(sdk: AtlanClient) -> list[Any]:
    """Return all workflows of all pages."""
    page = sdk.app.get_all()
    found = list(page.workflows)
    while page.has_more:
        page = sdk.app.get_all(cursor=page.next_cursor)
        found += page.workflows
    return found


def wait_for_end(sdk: AtlanClient, run_id: str) -> Any:
    """Return the run after its end. Raises AssertionError if it has not ended after 20 reads."""
    for _ in range(READS):
        run = sdk.app.get_run(run_id)
        if run.is_terminal:
            return run
    raise AssertionError(f"{run_id} has not ended after {READS} reads")


@contextmanager
def client(sandbox: Sandbox) -> Iterator[AtlanClient]:
    """Yield the SDK's client of a sandbox, and close the transports that the client leaves open."""
    opened: list[PyatlanSyncTransport] = []

    class Remembered(PyatlanSyncTransport):
        def __init__(self, **how: Any) -> None:
            super().__init__(**how)
            opened.append(self)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("pyatlan.client.atlan.PyatlanSyncTransport", Remembered)
        # no proxy and no certificates of this machine
        yield AtlanClient(base_url=sandbox.url, api_key=sandbox.api_key, proxy=None, verify=False)
    for transport in opened:
        transport.close()
