"""The base class of data sources."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable
from typing import Any, ClassVar, Generic

from tf.utils import Diagnostics

from provider.framework.diagnostics import Finding
from provider.framework.resource import Context, S, add
from provider.framework.schema import Schema
from provider.framework.tf_interfaces import DataSourceInterface
from provider.framework.values import State


class DataSource(DataSourceInterface, Generic[S]):
    """A data source. Each call creates an instance with the provider's ``provider_data``."""

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

    @abstractmethod
    def read(self, ctx: Context[S], config: S) -> S:
        """Return the whole state for a configuration."""
