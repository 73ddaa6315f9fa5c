"""The habits of real proxies. Each is a switch."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from tests.support.proxies.server import SECONDS

OPENED = 200


@dataclass(frozen=True)
class Habits:
    """The habits of a proxy. Those from `pages` on are for proxies that inspect TLS."""

    connect_status: int = OPENED
    """The answer to CONNECT. Any other status refuses the tunnel."""
    connect_headers: Mapping[str, str] = field(default_factory=dict)
    connect_seconds: float = 0
    """The wait before the answer to CONNECT."""

    pages: bool = True
    """Answer for a tenant that closes, resets or refuses a connection with a page (502), and for one that does not
    answer in time with another (504). Otherwise close or reset the connection to the client as the tenant did."""
    tenant_seconds: float = SECONDS
    """The longest wait for the tenant."""
    chunked: bool = False
    """Send each answer in chunks."""
    requests_of_a_connection: int = 0
    """Close a connection after this number of requests, or never."""
    announces_close: bool = True
    """Send `Connection: close` with the last answer of a connection."""
    idle_seconds: float = SECONDS
    """Close a connection without requests after this time."""


NO_HABITS = Habits()
