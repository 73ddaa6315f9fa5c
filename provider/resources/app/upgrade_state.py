"""Upgrade states that an older version of the schema wrote."""

from __future__ import annotations

from typing import Final

from provider.framework import Json
from provider.model.connection import ASSET_CONNECTION


def rename_connection(state: dict[str, Json]) -> dict[str, Json]:
    """Rename the attribute ``connection``, because Terraform reserves this name at the root of a resource."""
    return {ASSET_CONNECTION if name == "connection" else name: value for name, value in state.items()}


UPGRADERS: Final = {0: rename_connection}
"""The upgraders by the version that they upgrade from."""
