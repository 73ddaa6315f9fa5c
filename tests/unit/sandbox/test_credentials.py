"""Credentials: vaulted on publishing or beforehand, kept, replaced, and spoilt as the service spoils them."""

from __future__ import annotations

from typing import Any

import pytest

from tests.unit.sandbox.service import APP, CREDENTIAL, CREDENTIALS, Service, connection, inputs

SECRETS = ("a-password-nobody-may-see", "a-secret-extra")


@pytest.fixture
def slug(service: Service) -> str:
    """A workflow with a vaulted credential."""
    return service.slug(inputs=inputs(credential=CREDENTIAL))


def _guid(service: Service, slug: str) -> str:
    return service.args(slug)["credential_guid"]


def _record(service: Service, guid: str) -> dict[str, Any]:
    kept = ("authType", "username", "connectorConfigName", "credentialSource")
    return {key: value for key, value in service.credential(guid).json.items() if key in kept}


WHOLE = {key: CREDENTIAL[key] for key in ("authType", "username", "connectorConfigName")}


def test_a_credential_is_named_after_its_connector(service: Service, slug: str) -> None:
    """Unless it has a name, a credential is called default-{connector}-{epoch}-0."""
    name = service.credential(_guid(service, slug)).json["name"]
    assert ["default", "bigquery", "0"] == [part for part in name.split("-") if not part.isdigit() or part == "0"]


@pytest.mark.parametrize("sent", [{}, {"credential_guid": ""}])
def test_an_update_without_a_credential_keeps_it(service: Service, slug: str, sent: dict[str, str]) -> None:
    """Left out or empty, the guid stays, and so does the record."""
    guid = _guid(service, slug)
    body = {"connection": connection(), **sent}
    assert 200 == service.call("PUT", f"{APP}/{slug}", {"inputs": body}).status
    assert guid == _guid(service, slug)
    assert WHOLE == _record(service, guid)


def test_an_update_with_a_credential_mints_a_new_guid(service: Service, slug: str) -> None:
    """A raw credential in a PUT is vaulted anew; the old one is left as it was."""
    old = _guid(service, slug)
    service.put(slug, credential={**CREDENTIAL, "username": "other@example.com"})
    new = _guid(service, slug)
    assert old != new
    assert [WHOLE, {**WHOLE, "username": "other@example.com"}] == [_record(service, g) for g in (old, new)]


def test_a_bare_guid_on_an_update_spoils_the_record(service: Service, slug: str) -> None:
    """Echoing the guid that was read back rewrites the shared credential's record."""
    guid = _guid(service, slug)
    service.put(slug, credential_guid=guid)
    assert {"credentialSource": "direct"} == _record(service, guid)


def test_a_bare_guid_on_a_create_spoils_the_record(service: Service) -> None:
    """So does a second workflow that names the guid at the top level."""
    guid = service.call("POST", CREDENTIALS, CREDENTIAL).json["id"]
    service.slug(inputs=inputs(credential_guid=guid))
    assert {"credentialSource": "direct"} == _record(service, guid)


def test_a_guid_on_the_connection_is_harmless(service: Service) -> None:
    """Reused the way it is meant to be, a credential keeps its record."""
    guid = service.call("POST", CREDENTIALS, CREDENTIAL).json["id"]
    slug = service.slug(inputs=inputs(connection=connection(defaultCredentialGuid=guid)))
    assert WHOLE == _record(service, guid)
    args = service.args(slug)
    assert ("", guid) == (args["credential_guid"], args["connection"]["attributes"]["defaultCredentialGuid"])


def test_a_credential_is_vaulted_first(service: Service) -> None:
    """Named credential fields take a guid that was vaulted beforehand; the record is untouched by it."""
    guid = service.call("POST", f"{CREDENTIALS}?testCredential=false", CREDENTIAL).json["id"]
    slug = service.slug(app_id="atlan-dbt", inputs=inputs(api_credential_guid=guid))
    assert guid == service.args(slug)["api_credential_guid"]
    assert WHOLE == _record(service, guid)


def test_a_credential_is_updated_and_archived(service: Service) -> None:
    """An update replaces the record under the same guid and name; an archived one answers 404."""
    made = service.call("POST", CREDENTIALS, CREDENTIAL).json
    path = f"{CREDENTIALS}/{made['id']}"
    changed = service.call("POST", path, {**CREDENTIAL, "host": "db.example.com"}).json
    assert (made["id"], made["name"], "db.example.com", "2") == tuple(
        changed[key] for key in ("id", "name", "host", "version")
    )
    assert service.call("POST", f"{path}/archive").json["isActive"] is False
    assert [404, 404, 404] == [
        service.call("GET", path).status,
        service.call("POST", path, CREDENTIAL).status,
        service.call("POST", f"{path}/archive").status,
    ]


def test_no_answer_and_no_file_has_a_secret(service: Service, slug: str) -> None:
    """A read has no password and of `extra` its keys alone; neither has what is written down."""
    found = service.credential(_guid(service, slug)).json
    assert "password" not in found
    assert {"project_id": None} == found["extra"]
    files = service.sandbox.database.parent.iterdir()
    written = b"".join(path.read_bytes() for path in files)
    assert b"crawler@example.com" in written
    assert [] == [secret for secret in SECRETS if secret.encode() in written]


@pytest.mark.parametrize(
    "wrong",
    [{"authType": ""}, {"port": SECRETS[0]}, {"extra": SECRETS[0]}, {"usrname": "x"}, {"password": 5}],
)
def test_a_bad_credential_is_refused_without_telling_it(service: Service, wrong: dict[str, Any]) -> None:
    """A violation names the place, never the value."""
    sent = {**CREDENTIAL, **wrong}
    answers = [service.call("POST", CREDENTIALS, sent), service.create(inputs=inputs(credential=sent))]
    assert [400, 400] == [answer.status for answer in answers]
    assert not [secret for secret in SECRETS for answer in answers if secret in answer.text]
