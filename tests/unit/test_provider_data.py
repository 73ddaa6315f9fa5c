"""The objects that resources and data sources get from the provider."""

import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager

import pytest

from provider.client.api import AtlanApi
from provider.framework import UserError, redaction
from provider.provider_data import ProviderData
from provider.settings import Settings, resolve
from tests.support.http_server import Received, Reply, http_server

WORKFLOW = {"slug": "prod-AbC123", "version": 1}


def settings(base_url: str = "https://example.atlan.com", **more: str | bool) -> Settings:
    sign_in = {} if "oauth_client_id" in more else {"api_key": "not-a-real-key-4711"}
    return resolve({"base_url": base_url, **sign_in, **more}, {})


@contextmanager
def configured(given: Settings) -> Iterator[ProviderData]:
    data = ProviderData(threading.Event())
    data.configure(given)
    with closing(data.client):
        yield data


def test_an_unconfigured_provider_raises_an_error_for_the_user() -> None:
    """Terraform always configures first. Another caller gets a clear message."""
    data = ProviderData(threading.Event())
    with pytest.raises(UserError, match="The provider is not configured") as raised:
        _ = data.client
    assert "before it configured the provider" in raised.value.detail
    assert (True, False, False) == (data.is_known, data.validates_inputs, data.signs_in_with_oauth)


def test_unknown_settings_are_named_in_the_error() -> None:
    """The user has to apply first what they depend on."""
    data = ProviderData(threading.Event())
    data.clear(["base_url", "api_key"])
    with pytest.raises(UserError, match="The provider is not configured") as raised:
        _ = data.client
    assert raised.value.detail.startswith("These settings are not known yet: base_url, api_key.")
    assert not data.is_known


def test_the_client_is_connected_once() -> None:
    """Threads share one client, and so its connections."""
    with configured(settings()) as data:
        found: list[AtlanApi] = []
        threads = [threading.Thread(target=lambda: found.append(data.client)) for _ in range(10)]
        for each in threads:
            each.start()
        for each in threads:
            each.join(10)
        assert {id(data.client)} == {id(each) for each in found}


@pytest.mark.parametrize("oauth", [False, True])
def test_requests_are_signed_as_the_settings_say(oauth: bool) -> None:
    """With the API key, or with the token of the OAuth client."""
    token = Reply(body={"accessToken": "a-token", "expiresIn": 600})

    def reply(request: Received) -> Reply:
        return token if request.path.endswith("/token") else Reply(body=WORKFLOW)

    with http_server() as server:
        server.always = reply
        sign_in = {"oauth_client_id": "i", "oauth_client_secret": "s"} if oauth else {}
        with configured(settings(server.url, **sign_in)) as data:
            assert 1 == data.client.get_workflow("prod-AbC123").version
            assert oauth == data.signs_in_with_oauth
        expected = "Bearer a-token" if oauth else "Bearer not-a-real-key-4711"
        assert expected == server.requests[-1].headers["authorization"]


@pytest.mark.parametrize("validates", [True, False])
def test_a_setting_says_that_inputs_are_checked(validates: bool) -> None:
    """True by default."""
    with configured(settings(**({} if validates else {"validate_inputs": False}))) as data:
        assert validates == data.validates_inputs


def test_clear_drops_what_was_known_of_the_tenant() -> None:
    """The next command may use another tenant."""
    with configured(settings()) as data:
        contracts = data.contracts
        owner = threading.Event()
        data.claims.claim("t", owner)
        data.clear()
        assert data.contracts is not contracts
        assert data.claims.claim("t", threading.Event())
        with pytest.raises(UserError, match="The provider is not configured"):
            _ = data.client
        data.configure(settings())


def test_a_write_ends_the_refresh_from_the_list() -> None:
    """After a write, the list may be older than the workflow."""
    ended: list[str] = []
    with http_server() as server:
        server.always = lambda _: Reply(body={"slug": "s-1", "archived": True})
        data = ProviderData(threading.Event())
        data.refresh.end = lambda: ended.append("ended")  # type: ignore[method-assign]
        data.configure(settings(server.url))
        ended.clear()
        with closing(data.client) as client:
            client.delete_workflow("s-1")
    assert ["ended"] == ended


def test_the_secrets_of_a_configuration_are_redacted_until_it_is_dropped(monkeypatch: pytest.MonkeyPatch) -> None:
    """The key and the password of a proxy count for the whole process, the fixed paths stay readable."""
    monkeypatch.setattr(redaction, "_registrations", set())
    monkeypatch.setenv("HTTPS_PROXY", "http://user:proxy-4711@127.0.0.1:9")
    text = "not-a-real-key-4711 proxy-4711 at /api/service/v1/app"
    with configured(settings()) as data, redaction.register("service"):
        assert "*** *** at /api/service/v1/app" == redaction.redact(text)
        data.clear()
        assert text.replace("service", "***") == redaction.redact(text)
        data.configure(settings())


def test_the_address_of_the_tenant_stays_readable(monkeypatch: pytest.MonkeyPatch) -> None:
    """A secret can be a URL below it, or equal a part of its host."""
    monkeypatch.setattr(redaction, "_registrations", set())
    text = "no answer from https://example.atlan.com/api (example.atlan.com)"
    with configured(settings()) as data:
        assert data.client
        with redaction.register("https://example.atlan.com/hooks/s3cr3t", "example.atlan"):
            assert f"{text}, ***" == redaction.redact(f"{text}, example.atlan")


def test_a_new_configuration_closes_the_connections_of_the_one_before() -> None:
    """A process that is attached for debugging serves several commands."""
    with configured(settings()) as data:
        before = data.client
        data.clear()
        data.configure(settings())
        assert before is not data.client
