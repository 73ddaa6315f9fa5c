"""No secret of a call, of a connection or of another thread is in any answer to Terraform."""

import json
import logging
import threading
from base64 import b64encode
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from urllib.parse import quote

import pytest

from provider.errors import WITHOUT_SERVICE_TEXT
from provider.framework import Unknown, redaction
from provider.framework.testing import METHODS, Caller, ResourceClient, diagnostics, in_process, packed, typed
from provider.provider import AtlanProvider
from tests.support.http_server import Received, Reply, ScriptedServer, http_server

KEY = "not-a-real-key-4711"
GUID = "5c7a1e0e-0000-4000-8000-000000000001"
SLUG = "prod-AbC123"
SECRETS = ["hunter2", "4711-x", "reader-role", "QUJDREVG", "123456"]
BODY: dict[str, Any] = {
    "authType": "basic",
    "name": "default-snowflake-1700000000-0",
    "connectorConfigName": "atlan-connectors-snowflake",
    "host": "warehouse.example.com",
    "port": 443,
    "username": "crawler-user",
    "password": 'hunter2/"4711-x"',
    "extra": {"role": "reader-role", "private_key": "-----BEGIN KEY-----\nQUJDREVG\n-----END KEY-----\n", "n": 123456},
}
ATTRIBUTES: dict[str, Any] = {
    "auth_type": "basic",
    "name": BODY["name"],
    "connector_config_name": BODY["connectorConfigName"],
    "connector_type": None,
    "host": BODY["host"],
    "port": 443,
    "username": "crawler-user",
    "password": BODY["password"],
}
UNKNOWN = ("id", "slug", "credential_guid", "version", "owner", "execution_mode")


def dynamic(value: Any) -> list[Any] | None:
    """Return plain data as a dynamic value is sent."""
    return None if value is None else typed(json.dumps(_type(value)).encode(), value)


def _type(value: Any) -> Any:
    if isinstance(value, dict):
        return ["object", {name: _type(item) for name, item in value.items()}]
    if isinstance(value, list):
        return ["tuple", [_type(item) for item in value]]
    return "number" if isinstance(value, int) else "string"


@pytest.fixture
def server() -> Iterator[ScriptedServer]:
    with http_server() as scripted:
        yield scripted


@pytest.fixture(autouse=True)
def _alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only the secrets of this test are redacted, and no proxy of the machine is used."""
    monkeypatch.setattr(redaction, "_registrations", set())
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.delenv(name, raising=False)


class Tenant:
    """A configured provider whose resources are called as Terraform calls them."""

    def __init__(self, server: ScriptedServer) -> None:
        self.provider = AtlanProvider()
        self.call: Caller = in_process(self.provider)
        config = dict.fromkeys(self.provider.schema.by_name)
        config |= {"base_url": server.url, "api_key": KEY, "max_retries": 0, "refresh_from_list": False}
        answer = self.call("ConfigureProvider", METHODS["ConfigureProvider"].request(config=packed(config)))
        assert [] == diagnostics(answer)

    def client(self, name: str) -> ResourceClient:
        (kind,) = (each for each in self.provider.resources if each.name == name)
        return ResourceClient(self.call, f"atlan_{name}", kind.schema)


@pytest.fixture
def tenant(server: ScriptedServer) -> Iterator[Tenant]:
    tenant = Tenant(server)
    yield tenant
    tenant.provider.provider_data.client.close()


def credential(tenant: Tenant, prior: dict[str, Any] | None = None, **more: Any) -> Any:
    """Apply a credential: create it, or update it if there is a prior state."""
    client = tenant.client("credential")
    known: dict[str, Any] = {name: ATTRIBUTES[name] for name in ATTRIBUTES if name != "password"} | {
        "test_before_store": False
    }
    ids = {"id": prior["id"], "guid": prior["guid"]} if prior else {"id": Unknown, "guid": Unknown}
    secrets = {"password_wo": BODY["password"], "extra_wo": dynamic(BODY["extra"])} | more
    planned = client.full(known | ids)
    return client.apply(client.full(prior), planned, client.full(known | secrets)).response


def workflow(tenant: Tenant, prior: dict[str, Any] | None = None, slug: str = SLUG, **config: Any) -> Any:
    """Apply a workflow: create it, or update it if there is a prior state."""
    client = tenant.client("app")
    configured = client.full({"app_id": "x", "name": "n"} | config)
    ids = dict.fromkeys(UNKNOWN, Unknown) if prior is None else {"id": slug, "slug": slug, "version": Unknown}
    planned: dict[str, Any] = {**(configured or {}), **ids, "inputs_wo": None, "credential_wo": None}
    return client.apply(client.full(prior), planned, configured).response


def create_credential(tenant: Tenant) -> Any:
    return credential(tenant)


def update_credential(tenant: Tenant) -> Any:
    return credential(tenant, {"id": GUID, "guid": GUID, "test_before_store": False})


def create(tenant: Tenant) -> Any:
    return workflow(tenant, credential_wo=ATTRIBUTES | {"extra": dynamic(BODY["extra"])})


def create_raw(tenant: Tenant) -> Any:
    return workflow(tenant, inputs=dynamic({"credential": BODY}))


def create_raw_text(tenant: Tenant) -> Any:
    return workflow(tenant, inputs=dynamic({"credential": json.dumps(BODY)}))


def update_raw(tenant: Tenant) -> Any:
    prior = {"id": SLUG, "slug": SLUG, "app_id": "x", "name": "n", "version": 1}
    return workflow(tenant, prior, inputs=dynamic({"credential": BODY}))


def update_write_only(tenant: Tenant) -> Any:
    prior = {"id": SLUG, "slug": SLUG, "app_id": "x", "name": "n", "version": 1}
    return workflow(tenant, prior, inputs_wo=dynamic({"deep": {"in": [BODY]}}), inputs_wo_version=2)


WRITES = [create_credential, update_credential, create, create_raw, create_raw_text, update_raw, update_write_only]
ECHOES: dict[str, Callable[[str], str]] = {
    "the whole body": str,
    "escaped": json.dumps,
    "a url": lambda body: "&".join(quote(str(value), safe="") for value in leaves(json.loads(body))),
    "base64": lambda body: " ".join(b64encode(str(value).encode()).decode() for value in leaves(json.loads(body))),
    "plain": lambda body: "; ".join(map(str, leaves(json.loads(body)))),
}


def leaves(value: Any) -> list[Any]:
    if isinstance(value, str) and value.startswith("{"):
        return leaves(json.loads(value))
    values = value.values() if isinstance(value, dict) else value if isinstance(value, list) else None
    return [value] if values is None else [leaf for each in values for leaf in leaves(each)]


def texts(response: Any) -> str:
    """Return everything that a user reads of an answer."""
    return "\n".join(f"{each.summary}\n{each.detail}" for each in response.diagnostics)


@pytest.mark.parametrize("echo", ECHOES)
@pytest.mark.parametrize("operation", WRITES)
def test_no_diagnostic_shows_a_secret_that_was_sent(
    operation: Callable[[Tenant], Any],
    echo: str,
    tenant: Tenant,
    server: ScriptedServer,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """A service that repeats what it refuses, however it writes it, reveals nothing. The words around it stay."""
    caplog.set_level(logging.DEBUG)

    def refuse(request: Received) -> Reply:
        if request.method == "GET":
            found = {"slug": SLUG, "id": GUID, "version": 1, "app_id": "x", "name": "n"}
            return Reply(404, {"code": 1, "message": "none"}) if "apps/" in request.path else Reply(body=found)
        said = ECHOES[echo](request.body.decode())
        causes = [{"errorMessage": f"cause: {leaf}", "location": "inputs"} for leaf in leaves(request.json())]
        return Reply(400, {"code": 1001, "message": f"this is wrong: {said}", "causes": causes[-4:]})

    server.always = refuse
    told = texts(operation(tenant))
    written = [form for secret in SECRETS for form in (secret, b64encode(secret.encode()).decode().rstrip("="))]
    assert not [form for form in written if form in told + caplog.text]
    assert "this is wrong: " in told
    assert "cause: *** (at inputs)" in told
    assert "Code 1001" in told


def failing(message: str) -> Callable[[Received], Reply]:
    """Return an answer to every request: a failure with that message."""
    return lambda _request: Reply(500, {"code": "E-1", "message": message})


def test_a_secret_of_one_call_counts_for_all_its_requests_and_ends_with_it(
    tenant: Tenant, server: ScriptedServer
) -> None:
    """The key is redacted in every call, a password only while its own call runs."""
    server.always = failing(f"first-secret {KEY} plain")
    assert "*** *** plain" in texts(credential(tenant, password_wo="first-secret"))
    assert "first-secret *** plain" in texts(credential(tenant))


def test_a_thread_does_not_show_the_secret_of_another_one(tenant: Tenant, server: ScriptedServer) -> None:
    """A call is answered with the password of another call that runs at the same time in another thread."""
    arrived, answered = threading.Event(), threading.Event()

    def answer(request: Received) -> Reply:
        if request.json()["password"] == "first-of-both":
            arrived.set()
            assert answered.wait(20)
        return Reply(500, {"message": "not first-of-both, not the-second-one, plain"})

    server.always = answer
    with ThreadPoolExecutor(1) as threads:
        one = threads.submit(lambda: texts(credential(tenant, password_wo="first-of-both")))
        assert arrived.wait(20)
        two = texts(credential(tenant, password_wo="the-second-one"))
        answered.set()
    assert "not ***, not ***, plain" in two
    assert "not ***, not the-second-one, plain" in one.result()


@pytest.mark.parametrize(
    ("operation", "expected"),
    [
        # An update that rotates leaves out the service's text, which can repeat the former secret.
        pytest.param(update_credential, "was answered with status 500. Code", id="credential"),
        pytest.param(update_write_only, "was answered with status 500: no ***", id="workflow"),
    ],
)
def test_a_path_stays_readable_whatever_is_secret(
    operation: Callable[[Tenant], Any], expected: str, tenant: Tenant, server: ScriptedServer
) -> None:
    """A word of it that happens to be a secret reveals nothing, and without it the message says nothing."""
    server.always = failing("no service")
    with redaction.register("service", "api", "app"):
        told = texts(operation(tenant))
    assert "/api/service/" in told
    assert expected in told


def test_a_request_that_was_not_sent_shows_nothing_either(tenant: Tenant, server: ScriptedServer) -> None:
    """An error about a value that cannot be sent passes the same exit."""
    told = texts(credential(tenant, password_wo="hunter2", extra_wo=dynamic({"a": "hunter2"})))
    assert "hunter2" not in told


def test_a_slug_that_equals_a_secret_stays(tenant: Tenant, server: ScriptedServer) -> None:
    """Without the slug, a message does not say which workflow it is about."""
    server.always = failing(f"no {SLUG}, no prod")
    prior = {"id": SLUG, "slug": SLUG, "app_id": "x", "name": "n", "version": 1}
    secrets = dynamic({"a": SLUG, "b": "prod"})
    told = texts(workflow(tenant, prior, inputs_wo=secrets, inputs_wo_version=2))
    assert f"/v1/app/{SLUG} was answered" in told
    assert f"no {SLUG}, no ***" in told


def test_a_slug_in_an_answer_stays_although_a_secret_is_part_of_it(tenant: Tenant, server: ScriptedServer) -> None:
    """The import block for a name that is taken can be pasted. The message of the service is redacted."""
    server.always = lambda request: (
        Reply(409, {"message": "not prod", "slug": SLUG, "version": 1}) if request.method == "POST" else Reply(404)
    )
    text = texts(workflow(tenant, None, inputs_wo=dynamic({"b": "prod"}), inputs_wo_version=1))
    assert f'id = "{SLUG}"' in text
    assert "not ***" in text


@pytest.mark.parametrize("key", ["slug", "run_id", "id", "other"])
def test_an_input_with_the_name_of_an_identifier_is_a_secret(key: str, tenant: Tenant, server: ScriptedServer) -> None:
    """The answer to a read contains the inputs, and a user chose their names and values."""
    prior = {"id": SLUG, "slug": SLUG, "app_id": "x", "name": "n", "version": 1}
    inputs = {"config": {key: GUID}}
    stored = {"slug": SLUG, "version": 1, "dag": {"extract": {"inputs": {"args": inputs}}}}
    server.always = lambda request: (
        Reply(200, stored) if request.method == "GET" else Reply(400, {"message": f"{GUID} is not valid"})
    )
    text = texts(workflow(tenant, prior, inputs_wo=dynamic(inputs), inputs_wo_version=2))
    assert "*** is not valid" in text
    assert GUID not in text


@pytest.mark.parametrize("place", [{"slug": "hunter2"}, {"input": {"slug": "hunter2"}}, {"slugs": ["hunter2"]}])
def test_a_secret_in_the_place_of_an_identifier_is_redacted(
    place: dict[str, Any], tenant: Tenant, server: ScriptedServer
) -> None:
    """An error can repeat what was sent, under any key."""
    server.always = lambda _: Reply(400, {"message": "bad hunter2", **place})
    text = texts(workflow(tenant, None, inputs_wo=dynamic({"b": "hunter2"}), inputs_wo_version=1))
    assert "bad ***" in text
    assert "hunter2" not in text


def test_no_log_line_shows_the_key(
    tenant: Tenant, server: ScriptedServer, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A slug that is the key by mistake is part of the request's path, which a log line contains."""
    from provider.framework import logs

    root, own = logging.getLogger(), logging.getLogger("provider")
    monkeypatch.setattr(root, "handlers", [])
    monkeypatch.setattr(own, "level", own.level)
    monkeypatch.setenv("TF_LOG", "DEBUG")
    logs.start()
    server.always = failing("no")
    tenant.client("app").read({"id": KEY, "slug": KEY + "-1", "app_id": "x", "name": "n"})
    own.setLevel(logging.NOTSET)
    lines = capsys.readouterr().err
    assert "GET /api/service/v1/app/" in lines
    assert KEY not in lines.replace(f"{KEY}-1", "")


PUBLISHED = json.dumps({"write_only_paths": [["token"]]}).encode()
ON_EXAMPLE = json.dumps({"tenant": "localhost"}).encode()
OWN_CREDENTIAL = json.dumps({"vaulted_credential": True}).encode()
WORKFLOW: dict[str, Any] = {"id": SLUG, "slug": SLUG, "app_id": "x", "name": "n", "version": 1}
CREDENTIAL: dict[str, Any] = {
    "id": GUID,
    "guid": GUID,
    "auth_type": "b",
    "connector_config_name": "c",
    "test_before_store": False,
}


@pytest.mark.parametrize(
    ("name", "state", "private", "hides"),
    [
        ("app", WORKFLOW, PUBLISHED, True),
        ("app", WORKFLOW, OWN_CREDENTIAL, True),
        ("app", WORKFLOW, ON_EXAMPLE, False),
        ("app", WORKFLOW, b"", True),
        ("credential", CREDENTIAL, b"", True),
    ],
)
@pytest.mark.parametrize("method", ["read", "delete"])
def test_a_call_without_a_configuration_leaves_out_what_the_service_says(
    name: str, state: dict[str, Any], private: bytes, hides: bool, method: str, tenant: Tenant, server: ScriptedServer
) -> None:
    """The secrets that were sent earlier are not known then. Status, code and request id stay, with the reason."""
    body = {"code": "E-1", "message": "no c4nary", "causes": [{"errorMessage": "c4nary"}], "errorCause": "c4nary"}
    server.always = Reply(500, body)
    client = tenant.client(name)
    response = (client.read(state, private) if method == "read" else client.apply(state, None, None, private)).response
    told = texts(response)
    assert hides == ("c4nary" not in told) == (WITHOUT_SERVICE_TEXT in told)
    assert "was answered with status 500" in told
    assert "Code E-1" in told
    assert f"Request id {server.requests[-1].headers['x-atlan-request-id']}" in told


def test_an_import_of_a_credential_leaves_out_what_the_service_says(tenant: Tenant, server: ScriptedServer) -> None:
    """Nothing is known of a credential that is imported, and it has a secret."""
    server.always = Reply(404, {"code": "1404", "message": "no c4nary"})
    told = texts(tenant.client("credential")("ImportResourceState", id=GUID))
    assert "There is no credential with the guid" in told
    assert WITHOUT_SERVICE_TEXT in told
    assert "c4nary" not in told


def test_an_error_that_is_not_from_the_service_keeps_its_text(tenant: Tenant, server: ScriptedServer) -> None:
    """A lost connection is described by the provider itself."""
    server.always = Reply(act="drop")
    told = texts(tenant.client("credential").read(CREDENTIAL).response)
    assert "the connection was closed without an answer" in told
    assert WITHOUT_SERVICE_TEXT not in told
