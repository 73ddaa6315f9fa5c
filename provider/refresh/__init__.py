"""What the list of workflows proves unchanged, so that a refresh does not ask for each of them."""

from provider.refresh.index import RefreshIndex
from provider.refresh.rows import Row

__all__ = ["RefreshIndex", "Row"]
