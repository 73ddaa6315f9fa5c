"""The RPCs of the provider itself."""

from collections.abc import Iterable

import pytest

from provider.framework import NUMBER, STRING, Attribute, Finding, Provider, Schema, State, validators
from provider.framework.testing import METHODS, diagnostics, in_process, packed


class Configured(Provider):
    address = "registry.terraform.io/example/configured"
    prefix = "configured_"
    schema = Schema(
        [
            Attribute("url", STRING, required=True, description=""),
            Attribute("retries", NUMBER, optional=True, validators=[validators.at_most(5)], description=""),
        ],
        description="",
    )

    def configure(self, config: State) -> Iterable[Finding]:
        self.provider_data = config
        return ()


@pytest.mark.parametrize(
    ("config", "expected"),
    [
        ({"url": "u", "retries": 5}, []),
        ({"url": "u", "retries": 6}, [("error", "retries is not valid")]),
        ({"url": None, "retries": None}, [("error", "url is required")]),
    ],
)
def test_a_provider_block_is_checked_by_its_schema(config: State, expected: list[tuple[str, str]]) -> None:
    """Required attributes and validators count in a provider block too."""
    request = METHODS["ValidateProviderConfig"].request(config=packed(config))
    assert expected == diagnostics(in_process(Configured())("ValidateProviderConfig", request))


def test_a_provider_is_not_configured_with_a_block_that_fails_its_schema() -> None:
    """Terraform checks the block before, but the call itself never reaches the provider with such values."""
    provider = Configured()
    request = METHODS["ConfigureProvider"].request(config=packed({"url": "u", "retries": 6}))
    assert [("error", "retries is not valid")] == diagnostics(in_process(provider)("ConfigureProvider", request))
    assert provider.provider_data is None


def test_a_provider_is_configured_and_stopped() -> None:
    """The configuration reaches the provider decoded, and a stop sets the event."""
    provider = Configured()
    call = in_process(provider)
    config = packed({"url": "u", "retries": "0.5"})
    assert [] == diagnostics(call("ConfigureProvider", METHODS["ConfigureProvider"].request(config=config)))
    assert {"url": "u", "retries": 0.5} == provider.provider_data
    assert call("StopProvider", METHODS["StopProvider"].request()).Error == ""
    assert provider.stop.is_set()


def test_a_provider_without_resources_has_a_schema() -> None:
    """GetProviderSchema and GetMetadata answer for a provider that registers nothing."""
    call = in_process(Configured())
    schema = call("GetProviderSchema", METHODS["GetProviderSchema"].request())
    assert ["url", "retries"] == [each.name for each in schema.provider.block.attributes]
    assert [] == [*call("GetMetadata", METHODS["GetMetadata"].request()).resources]
