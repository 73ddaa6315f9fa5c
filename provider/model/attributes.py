"""The attributes that a resource and a data source, or several data sources, describe with the same words."""

from __future__ import annotations

from typing import Final

from provider.framework import NUMBER, STRING, Attribute
from provider.model import identifiers

APP_ID: Final = Attribute(
    "app_id",
    STRING,
    required=True,
    validators=[identifiers.usable("bigquery-crawler")],
    description="The app's id, such as `bigquery-crawler`.",
)
"""The id of the app that a data source reads."""

WORKFLOW_APP_ID: Final = Attribute(
    "app_id", STRING, computed=True, description="The id of the workflow's app, such as `bigquery-crawler`."
)
WORKFLOW_VERSION: Final = Attribute(
    "version", NUMBER, computed=True, description="The published version, a whole number."
)
WORKFLOW_OWNER: Final = Attribute("owner", STRING, computed=True, description="The user who owns the workflow.")

RUN_STATUS: Final = Attribute(
    "status",
    STRING,
    computed=True,
    description="The run's status: `Pending`, `Running` or `Paused` while it is active, then `Succeeded`, `Failed`, "
    "`Error`, `Stopped`, `Terminated`, `Cancelled` or `Skipped`.",
)
RUN_STARTED_AT: Final = Attribute(
    "started_at",
    STRING,
    computed=True,
    description="The time when the run started, in the service's format. It is null before the start.",
)
