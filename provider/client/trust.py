"""The certificates that the client trusts: a bundle that the environment names, the system's store, or certifi's.

The order is that of curl and of the Python package ``requests``, then that of OpenSSL, which Terraform honors, too.
"""

from __future__ import annotations

import os
import ssl
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from urllib3.util.ssltransport import SSLTransport

_BUNDLE_VARIABLES: Final = ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE")
_STORE_VARIABLES: Final = ("SSL_CERT_FILE", "SSL_CERT_DIR")
VARIABLES: Final = (*_BUNDLE_VARIABLES, *_STORE_VARIABLES)


class UnreadableBundleError(Exception):
    """The file or folder that a variable names has no certificates. The message says which."""


class _TlsStream(SSLTransport):
    """TLS on top of a connection. The attribute lets another TLS stream use this one, behind a proxy with TLS."""

    @property
    def _io_refs(self) -> int:
        refs: int = self.socket._io_refs  # type: ignore[attr-defined]
        return refs

    @_io_refs.setter
    def _io_refs(self, refs: int) -> None:
        self.socket._io_refs = refs  # type: ignore[attr-defined]


class TrustContext(ssl.SSLContext):
    """A context whose TLS runs on top of any connection, so that the limit of the exchange applies to each read."""

    def wrap_socket(self, sock: Any, *_: Any, server_hostname: Any = None, **__: Any) -> Any:
        """Return the stream after the handshake."""
        return _TlsStream(sock, self, server_hostname)


def context(environment: Mapping[str, str] = os.environ) -> TrustContext:
    """Return the context for connections to the service and to a proxy. Raises UnreadableBundleError."""
    created = TrustContext(ssl.PROTOCOL_TLS_CLIENT)
    created.minimum_version = ssl.TLSVersion.TLSv1_2
    for name in VARIABLES:
        if value := environment.get(name):
            _load(created, name, value)
            return created
    if _system_has_certificates():
        created.load_default_certs()
    else:
        import certifi

        created.load_verify_locations(certifi.where())
    return created


def _load(created: ssl.SSLContext, name: str, value: str) -> None:
    path = Path(value).expanduser()
    try:
        if path.is_dir():
            created.load_verify_locations(capath=path)
        else:
            created.load_verify_locations(path)
    except FileNotFoundError:
        raise UnreadableBundleError(f"{name} names {value}, which does not exist") from None
    except (OSError, ssl.SSLError) as error:
        reason = error.reason if isinstance(error, ssl.SSLError) else error.strerror
        raise UnreadableBundleError(
            f"{name} names {value}, which has no certificates that can be read: {reason}"
        ) from None


def _system_has_certificates() -> bool:
    """Return True if the system has a store. An interpreter that was built elsewhere may look in a missing folder."""
    paths = ssl.get_default_verify_paths()
    if paths.cafile is not None or os.name == "nt":
        return True
    return paths.capath is not None and any(Path(paths.capath).iterdir())
