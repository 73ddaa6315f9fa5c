"""Credentials: how they are stored, kept, replaced, and rewritten."""

from __future__ import annotations

import base64
import json
from typing import Any
from urllib.parse import quote

import pytest

from provider.sandbox.credentials import CredentialRow
from tests.support.sandbox import Answer
from tests.support.sandbox_service import APP, CREDENTIAL, CREDENTIALS, Service, connection, inputs
from tests.unit.sandbox.conftest import OpenTenant

SECRETS = ("a-password-nobody-may-see", "a-secret-extra")


@pytest.fixture
def slug(service: Service) -> str:
    """Return the slug of a workflow with a stored credential."""
    return service.slug(inputs=inputs(credential=CREDENTIAL))


def _guid(service: Service, slug: str) -> str:
    return service.args(slug)["credential_guid"]


def _store(service: Service, **fields: Any) -> Answer:
    """Store a credential and return the response."""
    return service.call("POST", CREDENTIALS, {**CREDENTIAL, **fields})


def _record(service: Service, guid: str) -> dict[str, Any]:
    kept = ("authType", "username", "connectorConfigName", "credentialSource")
    return {key: value for key, value in service.credential(guid).json.items() if key in kept}


WHOLE = {key: CREDENTIAL[key] for key in ("authType", "username", "connectorConfigName")}


def test_a_credential_is_named_after_its_connector(service: Service, slug: str) -> None:
    """The default name of a credential is default-{connector}-{epoch}-0."""
    name = service.credential(_guid(service, slug)).json["name"]
    assert ["default", "bigquery", "0"] == [part for part in name.split("-") if not part.isdigit() or part == "0"]


@pytest.mark.parametrize("sent", [{}, {"credential_guid": ""}])
def test_an_update_without_a_credential_keeps_it(service: Service, slug: str, sent: dict[str, str]) -> None:
    """If the guid is missing or empty, the workflow keeps its guid, and the record does not change."""
    guid = _guid(service, slug)
    body = {"connection": connection(), **sent}
    assert 200 == service.call("PUT", f"{APP}/{slug}", {"inputs": body}).status
    assert guid == _guid(service, slug)
    assert WHOLE == _record(service, guid)


def test_an_update_with_a_credential_stores_a_new_one(service: Service, slug: str) -> None:
    """An update with a raw credential stores a new one, and the old one does not change."""
    old = _guid(service, slug)
    service.put(slug, credential={**CREDENTIAL, "name": "rotated", "username": "other@example.com"})
    new = _guid(service, slug)
    assert old != new
    assert [WHOLE, {**WHOLE, "username": "other@example.com"}] == [_record(service, g) for g in (old, new)]


def test_a_bare_guid_in_an_update_rewrites_the_record(service: Service, slug: str) -> None:
    """An update that sends the guid from a read rewrites the record of the shared credential."""
    guid = _guid(service, slug)
    service.put(slug, credential_guid=guid)
    assert {"credentialSource": "direct"} == _record(service, guid)


def test_a_bare_guid_in_a_create_rewrites_the_record(service: Service) -> None:
    """A create that sends the guid of a shared credential rewrites its record."""
    guid = service.call("POST", CREDENTIALS, CREDENTIAL).json["id"]
    service.slug(inputs=inputs(credential_guid=guid))
    assert {"credentialSource": "direct"} == _record(service, guid)


def test_a_guid_on_the_connection_is_harmless(service: Service) -> None:
    """A guid in the connection's attributes does not rewrite the record."""
    guid = service.call("POST", CREDENTIALS, CREDENTIAL).json["id"]
    slug = service.slug(inputs=inputs(connection=connection(defaultCredentialGuid=guid)))
    assert WHOLE == _record(service, guid)
    args = service.args(slug)
    assert ("", guid) == (args["credential_guid"], args["connection"]["attributes"]["defaultCredentialGuid"])


def test_a_credential_can_be_stored_first(service: Service) -> None:
    """A named credential input accepts a guid that was stored before, and does not rewrite the record."""
    guid = service.call("POST", f"{CREDENTIALS}?testCredential=false", CREDENTIAL).json["id"]
    slug = service.slug(app_id="atlan-dbt", inputs=inputs(api_credential_guid=guid))
    assert guid == service.args(slug)["api_credential_guid"]
    assert WHOLE == _record(service, guid)


def test_a_credential_is_updated_and_archived(service: Service) -> None:
    """An update replaces the record and keeps guid and name; an archived credential returns a 404."""
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


def test_the_control_plane_returns_all_credentials(service: Service) -> None:
    """The control plane returns all credentials, archived ones too, oldest first, without secrets."""
    first, second = (_store(service, name=name).json["id"] for name in ("first", "second"))
    service.call("POST", f"{CREDENTIALS}/{first}/archive")
    assert [
        {"guid": first, "name": "first", "archived": True},
        {"guid": second, "name": "second", "archived": False},
    ] == service.sandbox.credentials()


def _encodings(secret: str) -> list[bytes]:
    """Return a secret as it is, in JSON, in base64 and in a URL."""
    plain = secret.encode()
    return [plain, json.dumps(secret)[1:-1].encode(), base64.b64encode(plain), quote(secret, safe="").encode()]


def test_no_response_and_no_file_contains_a_secret(service: Service, slug: str) -> None:
    """A read contains no password and only the keys of `extra`; the database's files contain neither."""
    hard = {"extra": {"deep": [{"er": "gänz-geheim/+?"}]}}
    guid = service.call("POST", CREDENTIALS, {**CREDENTIAL, **hard}).json["id"]
    service.call("POST", f"{CREDENTIALS}/{guid}", {**CREDENTIAL, "password": "a-rotated-password"})
    service.put(slug, credential={**CREDENTIAL, "name": "rotated", "password": "a-newer-password"})
    service.call("POST", f"/_sandbox/credentials/{guid}/verify", {"password": "a-claimed-password"})
    found = service.credential(_guid(service, slug)).json
    assert "password" not in found
    assert {"project_id": None} == found["extra"]
    files = service.sandbox.database.parent.iterdir()
    written = b"".join(path.read_bytes() for path in files)
    assert b"crawler@example.com" in written
    secrets = [*SECRETS, "gänz-geheim/+?", "a-rotated-password", "a-newer-password", "a-claimed-password"]
    assert [] == [(secret, form) for secret in secrets for form in _encodings(secret) if form in written]


@pytest.mark.parametrize(
    ("claim", "matches"),
    [
        ({"password": SECRETS[0]}, True),
        ({"password": ""}, False),
        ({"password": SECRETS[0].upper()}, False),
        ({"extra": {"project_id": SECRETS[1]}}, True),
        ({"extra": {"project_id": SECRETS[0]}}, False),
        ({"extra": {"other": SECRETS[1]}}, False),
        ({"password": SECRETS[0], "extra": {"project_id": SECRETS[1]}}, True),
        ({"password": SECRETS[0], "extra": {"project_id": ""}}, False),
        ({"password": "wrong", "extra": {"project_id": SECRETS[1]}}, False),
    ],
)
@pytest.mark.parametrize("stored_by", ["publishing", "itself"])
def test_a_secret_can_be_verified(service: Service, stored_by: str, claim: dict[str, Any], matches: bool) -> None:
    """The control plane returns True only if every secret in the guess is right."""
    if stored_by == "publishing":
        guid = _guid(service, service.slug(inputs=inputs(credential=CREDENTIAL)))
    else:
        guid = service.call("POST", CREDENTIALS, CREDENTIAL).json["id"]
    assert matches is service.sandbox.verify(guid, **claim)


def test_any_value_of_extra_is_verified(service: Service) -> None:
    """Values are compared with their types, and the order of an object's keys does not matter."""
    extra = {"nested": {"a": [1, {"b": None}], "c": "ü"}, "number": 1, "null": None}
    guid = service.call("POST", CREDENTIALS, {**CREDENTIAL, "extra": extra}).json["id"]
    assert service.sandbox.verify(guid, extra={**extra, "nested": {"c": "ü", "a": [1, {"b": None}]}})
    others = [{"number": "1"}, {"null": ""}, {"null": {}}, {"nested": {"c": "ü"}}, {"number": True}]
    assert [] == [other for other in others if service.sandbox.verify(guid, extra=other)]


def test_an_update_replaces_the_secrets(service: Service) -> None:
    """The old secrets do not match any more, and a secret that the update left out is deleted."""
    guid = service.call("POST", CREDENTIALS, CREDENTIAL).json["id"]
    changed = {key: value for key, value in CREDENTIAL.items() if key != "extra"}
    service.call("POST", f"{CREDENTIALS}/{guid}", {**changed, "password": "another-password"})
    verify = service.sandbox.verify
    assert (True, False) == (verify(guid, password="another-password"), verify(guid, password=SECRETS[0]))
    assert not verify(guid, extra=CREDENTIAL["extra"])


def test_an_update_with_a_credential_stores_the_new_secret(service: Service, slug: str) -> None:
    """After a rotation the new guid has the new secret, and an update without a credential keeps it."""
    service.put(slug, credential={**CREDENTIAL, "name": "rotated", "password": "another-password"})
    service.put(slug, hidden_datasets=True)
    guid, verify = _guid(service, slug), service.sandbox.verify
    assert (True, False) == (verify(guid, password="another-password"), verify(guid, password=SECRETS[0]))


def test_a_rewritten_record_keeps_its_secret(service: Service) -> None:
    """A guid without a credential rewrites the record, but not the secrets."""
    guid = service.call("POST", CREDENTIALS, CREDENTIAL).json["id"]
    service.slug(inputs=inputs(credential_guid=guid))
    assert service.sandbox.verify(guid, password=SECRETS[0])


@pytest.mark.parametrize(
    ("claim", "status"),
    [
        ({}, 400),
        ({"pasword": SECRETS[0]}, 400),
        ({"password": [SECRETS[0]]}, 400),
        ({"extra": SECRETS[0]}, 400),
        ({"password": SECRETS[0]}, 404),
    ],
)
def test_a_refused_guess_is_not_in_the_response(service: Service, claim: dict[str, Any], status: int) -> None:
    """A body without a secret returns 400, an unknown credential 404, and neither response contains a secret."""
    guid = service.call("POST", CREDENTIALS, CREDENTIAL).json["id"]
    if status == 404:
        service.call("POST", f"{CREDENTIALS}/{guid}/archive")
    for asked in (guid,) if status == 400 else (guid, "no-such"):
        answer = service.call("POST", f"/_sandbox/credentials/{asked}/verify", claim)
        assert status == answer.status
        assert SECRETS[0] not in answer.text


def test_every_hash_has_its_own_salt(open_tenant: OpenTenant) -> None:
    """Equal secrets have different hashes, within one credential and in several."""
    tenant = open_tenant()
    for name in ("first", "second"):
        tenant.stores.credentials.create({**CREDENTIAL, "name": name, "extra": dict.fromkeys("ab", SECRETS[0])})
    rows = [
        json.loads(row["secrets"])
        for row in tenant.stores.database.rows(CredentialRow, "SELECT secrets FROM credentials")
    ]
    assert [{"password", "extra"}] * 2 == [set(row) for row in rows]
    hashes = [text for row in rows for text in (row["password"], *row["extra"].values())]
    assert 6 == len(set(hashes))
    assert 6 == len({text.split(":")[0] for text in hashes})


@pytest.mark.parametrize(
    "wrong",
    [{"authType": ""}, {"port": SECRETS[0]}, {"extra": SECRETS[0]}, {"usrname": "x"}, {"password": 5}],
)
def test_a_refused_credential_is_not_in_the_response(service: Service, wrong: dict[str, Any]) -> None:
    """A violation contains the location, and not the value."""
    sent = {**CREDENTIAL, **wrong}
    answers = [service.call("POST", CREDENTIALS, sent), service.create(inputs=inputs(credential=sent))]
    assert [400, 400] == [answer.status for answer in answers]
    assert not [secret for secret in SECRETS for answer in answers if secret in answer.text]
