"""The base class of resources and data sources."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, ClassVar, Generic, TypeVar

from tf.iface import AbstractResource
from tf.utils import Diagnostics

from provider.framework.diagnostics import Finding, add
from provider.framework.schema import Schema
from provider.framework.values import State

if TYPE_CHECKING:
    # mypy compares a method with the same method of every base class, also in the classes of authors. There a state is
    # a TypedDict and a context has more attributes than tf's, so mypy would refuse each operation of each resource.
    from tf.iface import AbstractResource as TfDataSource
    from tf.iface import AbstractResource as TfResource
else:
    from tf.iface import DataSource as TfDataSource
    from tf.iface import Resource as TfResource

__all__ = ["Block", "S", "TfDataSource", "TfResource"]

S = TypeVar("S")
"""The state of a resource or data source: a TypedDict of the schema's attributes."""


class Block(AbstractResource, Generic[S]):
    """A ``resource`` or ``data`` block: its name, its schema, and the checks of its configuration.

    Each RPC that is about a block creates an instance with the provider's ``provider_data``.
    """

    name: ClassVar[str]
    """The type name without the provider's prefix."""
    schema: ClassVar[Schema]

    def __init__(self, provider_data: Any) -> None:
        self.provider_data = provider_data

    @classmethod
    def get_name(cls) -> str:
        """Return the type name for tf's interface."""
        return cls.name

    @classmethod
    def get_schema(cls) -> Schema:
        """Return the schema for tf's interface."""
        return cls.schema

    def validate(self, diags: Diagnostics, type_name: str, config: State) -> None:
        """Report the findings of ``check_config`` for tf's interface."""
        add(diags, self.check_config(config))  # type: ignore[arg-type]  # the configuration as a TypedDict

    def check_config(self, config: S) -> Iterable[Finding]:
        """Yield errors and warnings about the configuration. Values may be unknown. Send no request."""
        return ()
