"""tf's interfaces as base classes.

A type checker sees empty classes. The contexts here have more attributes than tf's, so a method of a resource takes
narrower arguments than the method of tf's interface. A type checker would refuse each of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from provider.framework.schema import Schema

    class ResourceInterface:
        """tf.iface.Resource"""

        @classmethod
        def get_name(cls) -> str: ...

        @classmethod
        def get_schema(cls) -> Schema: ...

    class DataSourceInterface:
        """tf.iface.DataSource"""

        @classmethod
        def get_name(cls) -> str: ...

        @classmethod
        def get_schema(cls) -> Schema: ...

    class ProviderInterface:
        """tf.iface.Provider"""
else:
    from tf.iface import DataSource as DataSourceInterface
    from tf.iface import Provider as ProviderInterface
    from tf.iface import Resource as ResourceInterface

__all__ = ["DataSourceInterface", "FromProviderData", "ProviderInterface", "ResourceInterface"]


class FromProviderData(Protocol):
    """A resource, data source or function. Each call creates an instance."""

    def __init__(self, provider_data: Any) -> None: ...
