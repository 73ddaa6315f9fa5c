"""The base class of data sources."""

from __future__ import annotations

from abc import abstractmethod
from typing import Generic

from provider.framework.block import Block, S, TfDataSource
from provider.framework.resource import Context


class DataSource(Block[S], TfDataSource, Generic[S]):
    """A data source."""

    @abstractmethod
    def read(self, ctx: Context[S], config: S) -> S:
        """Return the whole state for a configuration."""
