"""The vendor's public SDK, imported without the warnings that its own import gives."""

from __future__ import annotations

import warnings

import pytest

with warnings.catch_warnings():
    # the SDK reads its version file by a function of the standard library that has a successor
    warnings.filterwarnings("ignore", r"(read|open)_text is deprecated", DeprecationWarning)
    from pyatlan import errors
    from pyatlan.client.atlan import AtlanClient
    from pyatlan.client.transport import PyatlanSyncTransport
    from pyatlan.model import apps
    from pyatlan.model.app import AppSchedule
    from pyatlan.model.apps._base import _anchor_filter as anchor_filter
    from pyatlan.model.apps._base import _selective_filter as selective_filter
    from pyatlan.model.assets import Connection
    from pyatlan.model.credential import Credential

# the SDK hands its bodies to httpx by an argument that has a successor
accepts_sdk_warnings = pytest.mark.filterwarnings("ignore:Use 'content=:DeprecationWarning:httpx")

__all__ = [
    "AppSchedule",
    "AtlanClient",
    "Connection",
    "Credential",
    "PyatlanSyncTransport",
    "accepts_sdk_warnings",
    "anchor_filter",
    "apps",
    "errors",
    "selective_filter",
]
