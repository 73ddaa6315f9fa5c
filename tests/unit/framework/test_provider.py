"""The base class of providers."""

from collections.abc import Iterable
from typing import Any

from provider.framework import Diagnostics, Finding, Provider, State, warning


class Thing:
    def __init__(self, provider_data: Any) -> None:
        self.provider_data = provider_data


class Checked(Provider):
    def check_config(self, config: State) -> Iterable[Finding]:
        yield Finding("wrong", "because", ["a"])

    def configure(self, config: State) -> Iterable[Finding]:
        yield warning("careful", "because", ["b"])


def reported(diagnostics: Diagnostics) -> list[tuple[str, str, Any]]:
    return [(each.severity, each.summary, each.path) for each in diagnostics.diagnostics]


def test_findings_become_diagnostics() -> None:
    """A finding of a check or of the configuration is reported with its path."""
    validated, configured = Diagnostics(), Diagnostics()
    Checked().validate_config(validated, {})
    Checked().configure_provider(configured, {})
    assert [("error", "wrong", ["a"])] == reported(validated)
    assert [("warning", "careful", ["b"])] == reported(configured)


def test_a_provider_needs_no_method() -> None:
    """By default a provider accepts every configuration, registers nothing and explains no exception."""
    provider, diagnostics = Provider(), Diagnostics()
    provider.validate_config(diagnostics, {})
    provider.configure_provider(diagnostics, {})
    assert [] == reported(diagnostics)
    assert ([], [], []) == (provider.get_resources(), provider.get_data_sources(), provider.get_functions())
    assert provider.explain(ValueError()) is None
    assert not provider.stop.is_set()


def test_everything_is_created_with_the_data_of_the_provider() -> None:
    """A resource, a data source and a function receive ``provider_data``."""
    provider = Provider()
    provider.provider_data = ["data"]
    for new in (provider.new_resource, provider.new_data_source, provider.new_function):
        assert new(Thing).provider_data is provider.provider_data
