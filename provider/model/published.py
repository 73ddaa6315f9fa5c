"""The attributes of a workflow from which a publish computes its inputs."""

from __future__ import annotations

from typing import TypedDict

from provider.framework import UnknownType, Value
from provider.model.connection import ConnectionValue


class Published(TypedDict):
    """The attributes of a workflow that decide which inputs are published. Values may be Unknown."""

    app_id: str
    inputs: Value
    inputs_wo: Value
    asset_connection: ConnectionValue
    credential_wo: Value
    credential_guid: str | UnknownType | None
