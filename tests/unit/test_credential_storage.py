"""Under which name a credential is stored if its name is taken, and why a credential was not stored."""

from __future__ import annotations

import re
import threading
from types import SimpleNamespace
from typing import Any

import pytest

from provider.client.entities import Credential
from provider.client.errors import AtlanError, Forbidden, UnprovenNotFound
from provider.credential_storage import ReplacedCredentials, is_listed, name_with_suffix, unknown_connector
from provider.framework import Context, Diagnostics, UserError

BODY = {"authType": "basic", "connectorConfigName": "c", "name": "shared", "host": "h", "port": 5432, "password": "p"}
RECORD = {**BODY, "id": "guid-1", "username": "", "connectorType": None}


def client(*records: dict[str, Any], error: AtlanError | None = None) -> Any:
    """Return a client whose list has these records, or fails."""

    def list_credentials(name: str | None = None) -> list[Credential]:
        if error is not None:
            raise error
        return [Credential.model_validate(each) for each in records if name in (None, each["name"])]

    return SimpleNamespace(list_credentials=list_credentials)


def stored_name(api: Any, ctx: Context[Any], replaced: ReplacedCredentials, own_guid: str | None = None) -> str:
    return name_with_suffix(
        ctx, api, replaced, BODY, own_guid=own_guid, attribute="name", path=["name"], text="the service said so"
    )


def context() -> Context[Any]:
    return Context(Diagnostics(), "atlan_credential", threading.Event())


def replaced(*identities: str | None) -> ReplacedCredentials:
    found = ReplacedCredentials()
    found.add(*identities)
    return found


NO_LIST, NO_ANSWER = UnprovenNotFound("page not found", status=404), Forbidden("no permission", status=403)
REST = (
    ", so it is not known by which one. The configuration and state keep the name. To choose another one, change name."
)
OTHER = {**RECORD, "host": "other"}


@pytest.mark.parametrize(
    ("api", "known", "own_guid", "warning"),
    [
        pytest.param(client(OTHER), replaced("guid-1"), None, "", id="replaced in this apply"),
        pytest.param(client(), replaced("guid-1", "shared"), None, "", id="archived in this apply"),
        pytest.param(client(OTHER), replaced(None), "guid-1", "", id="the workflow's own"),
        pytest.param(client(RECORD), replaced(), None, 'has the name "shared" and the same values', id="equal"),
        pytest.param(client({**RECORD, "port": "5432"}), replaced(), None, "the same values", id="a port as text"),
        pytest.param(client(), replaced(), None, "An archived credential keeps its name", id="not listed"),
        pytest.param(client({**OTHER, "isActive": False}), replaced(), None, "An archived", id="listed as archived"),
        pytest.param(client(error=NO_LIST), replaced(), None, "does not list its credentials", id="no list"),
        pytest.param(client(error=NO_ANSWER), replaced(), None, f"could not be read{REST}", id="a list that fails"),
    ],
)
def test_a_taken_name_gets_a_suffix(api: Any, known: ReplacedCredentials, own_guid: str | None, warning: str) -> None:
    """A warning says why, unless this apply replaces the credential that has the name."""
    ctx = context()
    assert re.fullmatch("shared-[0-9a-f]{16}", stored_name(api, ctx, known, own_guid))
    warned = [f"{each.summary} {each.detail}" for each in ctx.diagnostics.diagnostics]
    assert bool(warning) == bool(warned)
    assert all(warning in each for each in warned)


@pytest.mark.parametrize(
    ("change", "differing"),
    [
        ({"host": "other"}, "host"),
        ({"host": None, "username": "u"}, "host, username"),
        ({"authType": "role"}, "auth_type"),
        ({"connectorConfigName": "d"}, "connector_config_name"),
        ({"port": 1}, "port"),
    ],
)
def test_a_name_of_another_credential_is_an_error(change: dict[str, Any], differing: str) -> None:
    """The error names the credential, what differs, and the remedy, on the attribute."""
    ctx = context()
    with pytest.raises(UserError, match='The credential name "shared" is taken') as raised:
        stored_name(client({**RECORD, **change}), ctx, replaced())
    assert f"The credential guid-1 has this name, and another {differing}." in raised.value.detail
    assert "Choose another name, or remove it for a generated name." in raised.value.detail
    assert (["name"], []) == (raised.value.path, list(ctx.diagnostics.diagnostics))


def test_replaced_credentials_are_those_of_one_apply() -> None:
    """One process can serve several applies."""
    known = replaced("guid-1", None)
    assert ("guid-1" in known, None in known) == (True, False)
    known.clear()
    assert "guid-1" not in known


@pytest.mark.parametrize(
    ("name", "advice"),
    [
        ("atlan-connectors-snowflke", "Did you mean atlan-connectors-snowflake?"),
        ("qqqq", "Copy the name from a credential of the same connector."),
        ("atlan-connectors-glue", "check that this tenant has the app"),
    ],
)
def test_an_unknown_connector_suggests_a_known_one(name: str, advice: str) -> None:
    """From the known apps."""
    error = unknown_connector(name, ["connector_config_name"], "the service said so")
    assert advice in error.detail
    assert "probably does not know" in error.detail


@pytest.mark.parametrize(
    ("api", "expected"),
    [
        (client(RECORD), True),
        (client({**RECORD, "isActive": False}), False),
        (client({**RECORD, "id": "guid-2"}), False),
    ],
)
def test_a_list_tells_whether_a_credential_exists(api: Any, expected: bool) -> None:
    """An archived credential does not exist."""
    assert expected is is_listed(api, "guid-1")


def test_the_warning_shows_the_error_of_the_list() -> None:
    """It contains the reason, so the user can repair it."""
    ctx = context()
    stored_name(client(error=NO_ANSWER), ctx, replaced())
    assert ["no permission" in each.detail for each in ctx.diagnostics.diagnostics] == [True]
