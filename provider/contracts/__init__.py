"""Input contracts: what an app takes, as a JSON Schema, fetched once a process, and what inputs break of it.

Source: ``GET v1/apps/{app_id}/inputs``. A contract belongs to an entrypoint; an app may have registered it at its
default slot alone, and then answers code 1003 to the entrypoint's name.
"""

from provider.contracts.cache import Contracts
from provider.contracts.schema import Contract

__all__ = ["Contract", "Contracts"]
