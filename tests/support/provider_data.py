"""The provider's data with a client of a test, for tests of a resource without Terraform."""

import threading
from typing import Any

from provider.provider_data import ProviderData


def provider_data(client: Any, **known: Any) -> Any:
    """Return data with this client, and with other attributes or properties replaced by those in ``known``."""
    replaced = {"client": client, "is_known": True, **known}
    properties = {name: value for name, value in replaced.items() if hasattr(ProviderData, name)}
    data = type("Data", (ProviderData,), properties)(threading.Event())
    for name in replaced.keys() - properties.keys():
        setattr(data, name, replaced[name])
    return data
