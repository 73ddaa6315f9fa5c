"""The common base class of resources and data sources."""

from typing import Any

import pytest

from provider.framework import STRING, Attribute, DataSource, Diagnostics, Finding, Provider, Resource, Schema

SCHEMA = Schema([Attribute("name", STRING, optional=True, description="")], description="")


def bases(kind: type) -> set[str]:
    return {f"{each.__module__}.{each.__name__}" for each in kind.__mro__}


@pytest.mark.parametrize("kind", [Resource, DataSource, Provider])
def test_a_base_class_has_the_interface_of_tf(kind: type) -> None:
    """A program that knows tf's interfaces can use the classes."""
    assert f"tf.iface.{kind.__name__}" in bases(kind)


@pytest.mark.parametrize("kind", [Resource, DataSource])
def test_a_block_declares_its_name_schema_and_checks(kind: type) -> None:
    """The interface returns the class attributes, and a finding of a check becomes a diagnostic."""

    class Thing(kind):
        name = "thing"
        schema = SCHEMA

        def check_config(self, config: Any) -> Any:
            yield Finding("wrong", "", ["name"])

        create = read = update = delete = None

    diagnostics = Diagnostics()
    Thing("data").validate(diagnostics, "a_thing", {})
    assert ("thing", SCHEMA, "data") == (Thing.get_name(), Thing.get_schema(), Thing("data").provider_data)
    assert [("wrong", ["name"])] == [(each.summary, each.path) for each in diagnostics.diagnostics]
