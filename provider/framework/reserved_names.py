"""Names that Terraform reserves at the root of a resource, data source or provider block.

A configuration cannot set an attribute with such a name. Only the names of blocks can be set in Terraform's own
syntax. JSON (``.tf.json``) reads such an attribute as a block, and silently drops the value.

Sources: hashicorp/terraform 1.17, ``internal/configs/resource.go`` (commonResourceAttributes, ResourceBlockSchema,
dataBlockSchema) and ``internal/configs/provider.go`` (providerBlockSchema); hashicorp/terraform-plugin-framework,
``internal/fwschema/schema.go``, which uses one list for resources and data sources.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from provider.framework.protocol.kinds import data_sources, resources
from provider.framework.provider import Provider
from provider.framework.schema import Schema

_BLOCKS: Final = {"_", "lifecycle", "locals"}

RESOURCE_BLOCKS: Final = frozenset({*_BLOCKS, "connection", "provisioner"})
"""Names of blocks in a resource or data block, dropped silently in JSON."""

PROVIDER_BLOCKS: Final = frozenset(_BLOCKS)
"""Names of blocks in a provider block, dropped silently in JSON."""

RESOURCE: Final = RESOURCE_BLOCKS | {"count", "depends_on", "for_each", "provider"}
"""All names that are reserved in a resource or data block."""

PROVIDER: Final = PROVIDER_BLOCKS | {"alias", "count", "depends_on", "for_each", "source", "version"}
"""All names that are reserved in a provider block."""


def find(provider: Provider, schema: Schema) -> list[str]:
    """Return the addresses of the root attributes with a reserved name, such as ``data.pet_cat.count``.

    ``schema`` is the schema of the provider block.
    """
    return [*_find(provider, schema)]


def _find(provider: Provider, schema: Schema) -> Iterator[str]:
    yield from (f"provider.{name}" for name in schema.by_name if name in PROVIDER)
    schemas = {name: kind.get_schema() for name, kind in resources(provider).items()}
    schemas |= {f"data.{name}": kind.get_schema() for name, kind in data_sources(provider).items()}
    for address, each in schemas.items():
        yield from (f"{address}.{name}" for name in each.by_name if name in RESOURCE)
