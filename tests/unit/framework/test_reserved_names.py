"""Names that Terraform reserves."""

from typing import Any

import pytest

from provider.framework import (
    STRING,
    Attribute,
    DataSource,
    Diagnostics,
    Nested,
    Provider,
    Resource,
    Schema,
    reserved_names,
)
from provider.provider import AtlanProvider


def _schema(*names: str) -> Schema:
    return Schema([Attribute(name, STRING, optional=True, description="") for name in names], description="")


def _provider(name: str) -> type[Provider]:
    class Thing(Resource[Any]):
        pass

    class Source(DataSource[Any]):
        pass

    class Things(Provider):
        prefix = "a_"
        resources = (Thing,)
        data_sources = (Source,)
        schema = _schema("fine", name)

    for kind, kind_name in ((Thing, "thing"), (Source, "source")):
        kind.name, kind.schema = kind_name, _schema("fine", name)
    return Things


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("connection", ["a_thing.connection", "data.a_source.connection"]),
        ("provisioner", ["a_thing.provisioner", "data.a_source.provisioner"]),
        ("provider", ["a_thing.provider", "data.a_source.provider"]),
        ("alias", ["provider.alias"]),
        ("source", ["provider.source"]),
        ("version", ["provider.version"]),
        *(
            (name, [f"provider.{name}", f"a_thing.{name}", f"data.a_source.{name}"])
            for name in ("count", "for_each", "depends_on", "lifecycle", "locals", "_")
        ),
        ("name", []),
        ("id", []),
    ],
)
def test_a_reserved_name_is_found_at_the_root(name: str, expected: list[str]) -> None:
    """Each kind of block has its own list of reserved names."""
    kind = _provider(name)
    assert expected == reserved_names.find(kind(), kind.schema)


def test_a_nested_attribute_may_have_a_reserved_name() -> None:
    """Only the root of a block has reserved names."""
    kind = _provider("fine")
    inner = Attribute("count", STRING, optional=True, description="")
    schema = Schema([Attribute("a", nested=Nested("SINGLE", [inner]), optional=True, description="")], description="")
    assert [] == reserved_names.find(kind(), schema)


def test_this_provider_uses_no_reserved_name() -> None:
    """Every attribute of every block of this provider can be set in JSON too."""
    provider = AtlanProvider()
    assert [] == reserved_names.find(provider, provider.get_provider_schema(Diagnostics()))
