"""Refreshes that read many workflows from the service's list instead of one by one.

``index`` decides for each workflow, ``walk`` fetches the pages for all threads, ``pages`` follows the cursor, and
``rows`` compares the list with reads.
"""

from provider.refresh.index import UNCHANGED, RefreshIndex, Unchanged
from provider.refresh.rows import Row

__all__ = ["UNCHANGED", "RefreshIndex", "Row", "Unchanged"]
