"""The provider's settings."""

from typing import Any

import pytest

from provider import settings
from provider.framework import Unknown

ENVIRONMENT = {"ATLAN_BASE_URL": "https://example.atlan.com", "ATLAN_API_KEY": "key-from-environment"}


def problems(config: dict[str, Any], environment: dict[str, str]) -> list[tuple[str, list[Any] | None]]:
    return [(each.summary, each.path) for each in settings.check(config, environment)]


def test_configuration_wins_over_environment_and_environment_over_default() -> None:
    """Each setting is taken from the first place that has it."""
    expected = settings.Settings(
        "https://other.atlan.com/prefix", "key-from-environment", None, None, 60, 900, 0, 120, True, "near", True, ()
    )
    assert expected == settings.resolve({"base_url": "https://other.atlan.com/prefix/", "max_retries": 0}, ENVIRONMENT)


@pytest.mark.parametrize(
    ("config", "expected"),
    [({}, (60, 900)), ({"request_timeout": 60}, (60, 60)), ({"request_timeout": 1800}, (1800, 1800))],
)
def test_a_submit_waits_longer_unless_the_block_sets_the_timeout(
    config: dict[str, Any], expected: tuple[float, float]
) -> None:
    """The default of `request_timeout` does not limit a submit, the same value in the block does."""
    resolved = settings.resolve(config, ENVIRONMENT)
    assert expected == (resolved.request_timeout, resolved.submit_timeout)


def test_every_missing_setting_is_named_at_once() -> None:
    """Both are reported at once, each on its attribute. An empty variable counts as missing."""
    expected = [("base_url is missing", ["base_url"]), ("api_key is missing", ["api_key"])]
    assert expected == problems({}, {"ATLAN_API_KEY": " "})


@pytest.mark.parametrize(
    "url",
    [
        "example.atlan.com",
        "ftp://example.atlan.com",
        "https://",
        "https://user:password@example.atlan.com",
        "https://example.atlan.com?x=1",
        "https://example.atlan.com:notaport",
        "https://exa mple.atlan.com",
        "http://example.atlan.com",
        "http://10.0.0.1",
        "http://127.0.0.1.example.com",
    ],
)
def test_an_address_that_cannot_be_used_is_refused(url: str) -> None:
    """Malformed addresses, and plain http to another machine."""
    assert [("base_url is not usable", ["base_url"])] == problems({"base_url": url, "api_key": "k"}, {})


@pytest.mark.parametrize("url", ["http://127.0.0.1:8080", "http://localhost", "http://[::1]:1", "http://127.9.9.9"])
def test_plain_http_is_taken_for_this_machine(url: str) -> None:
    """A sandbox on loopback needs no certificate."""
    assert url == settings.resolve({"base_url": url, "api_key": "k"}, {}).base_url


def test_a_bad_value_from_the_environment_is_named_by_its_variable() -> None:
    """The user has to know where the value came from."""
    summary = "base_url (from ATLAN_BASE_URL) is not usable"
    assert [(summary, ["base_url"])] == problems({}, {**ENVIRONMENT, "ATLAN_BASE_URL": "nonsense"})


@pytest.mark.parametrize("key", ["with space", "line\nbreak", "schlüssel"])
def test_a_key_that_no_header_could_carry_is_refused_without_showing_it(key: str) -> None:
    """The message says what is wrong without the secret."""
    (problem, *_) = settings.check({"api_key": key}, ENVIRONMENT)
    assert key not in problem.summary + problem.detail


@pytest.mark.parametrize("name", ["api_key", "base_url"])
@pytest.mark.parametrize("around", ["{}\n", "{}\r\n", " {}"])
def test_a_setting_of_a_file_is_trimmed(name: str, around: str) -> None:
    """A file ends with a line break, and one from the environment is trimmed, too."""
    values = {"base_url": "https://tenant.example.com", "api_key": "key"}
    config: dict[str, Any] = {**values, name: around.format(values[name])}
    assert [] == [*settings.check(config, {}), *settings.check_values(config)]
    assert values[name] == getattr(settings.resolve(config, {}), name)


def test_settings_hide_the_key() -> None:
    """Whatever prints settings prints no secret."""
    assert "key-from-environment" not in repr(settings.resolve({}, ENVIRONMENT))


def test_unknown_settings_are_named_and_never_checked() -> None:
    """A value that is known after apply is neither missing nor wrong."""
    config = {"base_url": Unknown, "api_key": "k", "max_retries": None}
    assert ["base_url"] == settings.unknown_names(config)
    assert [] == settings.check_values(config)


CLIENT = {"ATLAN_OAUTH_CLIENT_ID": "id-from-environment", "ATLAN_OAUTH_CLIENT_SECRET": "secret-from-environment"}


@pytest.mark.parametrize(
    ("config", "environment", "expected"),
    [
        pytest.param({}, CLIENT, (None, "id-from-environment", "secret-from-environment"), id="client"),
        pytest.param({}, {"ATLAN_API_KEY": "k", **CLIENT}, ("k", None, None), id="the key goes before the client"),
        pytest.param(
            {"oauth_client_id": "i", "oauth_client_secret": "s"},
            {"ATLAN_API_KEY": "k"},
            (None, "i", "s"),
            id="the configuration goes before the environment",
        ),
        pytest.param({"api_key": "k"}, CLIENT, ("k", None, None), id="a configured key"),
        pytest.param(
            {"oauth_client_id": "i"}, CLIENT, (None, "i", "secret-from-environment"), id="the secret from outside"
        ),
    ],
)
def test_one_signs_in_with_a_key_or_an_oauth_client(
    config: dict[str, Any], environment: dict[str, str], expected: tuple[str | None, ...]
) -> None:
    """The settings contain only one of them."""
    found = settings.resolve({"base_url": "https://example.atlan.com", **config}, environment)
    assert expected == (found.api_key, found.oauth_client_id, found.oauth_client_secret)
    assert "secret" not in repr(found)


def test_two_configured_ways_to_sign_in_are_an_error() -> None:
    """The provider does not guess."""
    config = {"base_url": "https://example.atlan.com", "api_key": "k", "oauth_client_id": "i"}
    assert ("Two ways to sign in", ["api_key"]) in problems(config, CLIENT)


def test_half_an_oauth_client_names_the_other_half() -> None:
    """An id without a secret."""
    config = {"base_url": "https://example.atlan.com", "oauth_client_id": "i"}
    assert [("oauth_client_secret is missing", ["oauth_client_secret"])] == problems(config, {})


@pytest.mark.parametrize(
    ("config", "text", "expected"),
    [
        (None, "", True),
        (None, "false", False),
        (None, " False ", False),
        (None, "0", False),
        (None, "true", True),
        (None, "1", True),
        (False, "true", False),
        (True, "nonsense", True),
    ],
)
def test_a_boolean_is_read_from_the_environment(config: bool | None, text: str, expected: bool) -> None:
    """A configured value wins."""
    found = settings.resolve({"refresh_from_list": config}, {**ENVIRONMENT, "ATLAN_REFRESH_FROM_LIST": text})
    assert expected is found.refresh_from_list


def test_a_value_that_is_not_a_boolean_is_refused() -> None:
    """It is named by its variable."""
    summary = "refresh_from_list (from ATLAN_REFRESH_FROM_LIST) is not usable"
    assert [(summary, ["refresh_from_list"])] == problems({}, {**ENVIRONMENT, "ATLAN_REFRESH_FROM_LIST": "off, please"})


ADDRESSES = ("https://a.atlan.com", "https://b.atlan.com")


@pytest.mark.parametrize(
    ("configured", "text", "expected"),
    [
        (None, "", ()),
        (None, "https://a.atlan.com", ("https://a.atlan.com",)),
        (None, " https://a.atlan.com, https://b.atlan.com  http://[::1],", (*ADDRESSES, "http://[::1]")),
        (["https://d.atlan.com/"], "https://a.atlan.com", ("https://d.atlan.com/",)),
        ([], "https://a.atlan.com", ()),
    ],
)
def test_former_addresses_are_a_list(configured: Any, text: str, expected: tuple[str, ...]) -> None:
    """In the environment, commas and spaces separate them. A configured list wins, even an empty one."""
    found = settings.resolve({"former_base_urls": configured}, {**ENVIRONMENT, "ATLAN_FORMER_BASE_URLS": text})
    assert expected == found.former_base_urls


@pytest.mark.parametrize(
    "wrong", ["example.atlan.com", "http://example.atlan.com", "https://a:secret@b.atlan.com", None]
)
def test_a_former_address_that_cannot_be_used_is_refused(wrong: str | None) -> None:
    """The message says which one it is, and does not contain it, because it may contain a password."""
    (found,) = settings.check({"former_base_urls": ["https://a.atlan.com", wrong]}, ENVIRONMENT)
    assert ("former_base_urls is not usable", ["former_base_urls"]) == (found.summary, found.path)
    assert found.detail.startswith("Address 2: ")
    assert "secret" not in found.detail


def test_a_list_with_an_unknown_address_is_unknown() -> None:
    """A plan sends no requests then, and checks nothing."""
    config = {"former_base_urls": ["nonsense", Unknown]}
    assert ["former_base_urls"] == settings.unknown_names(config)
    assert [] == settings.check_values(config)
