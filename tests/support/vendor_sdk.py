"""The vendor's public SDK, imported without the warnings that its import causes."""

from __future__ import annotations

import warnings

import pytest

with warnings.catch_warnings():
    # the SDK uses a deprecated function of the standard library to read its version file
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

# the SDK passes its bodies to httpx in a deprecated argument
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
