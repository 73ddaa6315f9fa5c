"""The provider block: configure, and what is registered."""

from typing import Any, get_args

import pytest

from provider.client.errors import Forbidden
from provider.framework import Diagnostics, Unknown, UserError, redaction
from provider.framework.protocol import validation
from provider.provider import AtlanProvider

NULLS = dict.fromkeys(AtlanProvider.schema.by_name)
SETTINGS = NULLS | {"base_url": "https://example.atlan.com", "api_key": "not-a-real-key-4711"}


@pytest.fixture(autouse=True)
def _alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """No setting comes from the environment, and no secret of a test is redacted after it."""
    monkeypatch.setattr(redaction, "_registrations", set())
    for name in ("BASE_URL", "API_KEY", "OAUTH_CLIENT_ID", "OAUTH_CLIENT_SECRET"):
        monkeypatch.delenv(f"ATLAN_{name}", raising=False)


@pytest.mark.parametrize("kind", [*(each.load() for each in AtlanProvider.resources), *AtlanProvider.data_sources])
def test_each_state_has_the_attributes_of_its_schema(kind: Any) -> None:
    """A type checker reads the state, and Terraform reads the schema."""
    (state,) = get_args(kind.__orig_bases__[0])
    assert kind.schema.by_name.keys() == getattr(state, "__required_keys__", kind.schema.by_name.keys())


def test_configure_reports_every_wrong_setting_and_stays_unconfigured() -> None:
    """A call after it gets an error instead of a client with half of the settings."""
    provider = AtlanProvider()
    diagnostics = Diagnostics()
    provider.configure_provider(diagnostics, NULLS | {"api_key": "with space"})
    expected = ["base_url is missing", "api_key is not usable"]
    assert expected == [each.summary for each in diagnostics.diagnostics]
    with pytest.raises(UserError, match="The provider is not configured"):
        _ = provider.provider_data.client


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("request_timeout", 0),
        ("request_timeout", 3601),
        ("max_retries", 21),
        ("max_retries", 1.5),
        ("retry_timeout", -1),
    ],
)
def test_a_number_outside_its_limits_is_refused(name: str, value: float) -> None:
    """Limits are inclusive, and retries are whole."""
    found = validation.check(AtlanProvider.schema, NULLS | {name: value})
    assert [(f"{name} is not valid", [name])] == [(each.summary, each.path) for each in found]


def test_unknown_settings_leave_the_provider_unconfigured_without_an_error() -> None:
    """The framework refreshes nothing while there are any."""
    provider = AtlanProvider()
    diagnostics = Diagnostics()
    provider.configure_provider(diagnostics, SETTINGS | {"api_key": Unknown})
    assert ([], ["api_key"]) == (diagnostics.diagnostics, provider.unknown_settings)
    assert not provider.provider_data.is_known


def test_a_later_configure_replaces_the_settings() -> None:
    """One process can serve several commands."""
    provider = AtlanProvider()
    for config in (SETTINGS | {"api_key": Unknown}, SETTINGS | {"validate_inputs": False}):
        provider.configure_provider(Diagnostics(), config)
    assert (True, False) == (provider.provider_data.is_known, provider.provider_data.validates_inputs)


def test_validate_reports_the_values_of_the_block_alone() -> None:
    """A missing setting may come from the environment of the later command."""
    diagnostics = Diagnostics()
    AtlanProvider().validate_config(diagnostics, NULLS | {"base_url": "nonsense"})
    assert ["base_url is not usable"] == [each.summary for each in diagnostics.diagnostics]


@pytest.mark.parametrize(
    ("sign_in", "expected"),
    [
        ({"api_key": "k"}, "The API key has no permission for this"),
        (
            {"api_key": None, "oauth_client_id": "i", "oauth_client_secret": "s"},
            "The OAuth client has no permission for this",
        ),
    ],
)
def test_an_error_of_the_client_is_explained_for_the_way_to_sign_in(
    sign_in: dict[str, str | None], expected: str
) -> None:
    """The advice names the key or the OAuth client."""
    provider = AtlanProvider()
    provider.configure_provider(Diagnostics(), SETTINGS | sign_in)
    explained = provider.explain(Forbidden("no", status=403))
    assert explained is not None
    assert expected == explained.summary
    assert None is provider.explain(ValueError("unexpected"))
