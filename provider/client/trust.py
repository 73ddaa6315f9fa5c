"""The certificates that the client trusts: a bundle that the environment names, the system's store, or certifi's.

The variables come first: those of curl and of other programs in Python, then those that Terraform itself honors.
"""

from __future__ import annotations

import os
import ssl
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

from urllib3.util.ssltransport import SSLTransport

_SOURCES: Final = (("REQUESTS_CA_BUNDLE",), ("CURL_CA_BUNDLE",), ("SSL_CERT_FILE", "SSL_CERT_DIR"))
"""The variables of each source of certificates. The first source with a variable that is set counts alone."""


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
    for names in _SOURCES:
        if named := {name: value for name in names if (value := environment.get(name))}:
            for name, value in named.items():
                _load(created, name, value)
            return created
    if _system_has_certificates():
        created.load_default_certs()
    else:
        import certifi

        created.load_verify_locations(certifi.where())
    return created


def _load(created: ssl.SSLContext, name: str, value: str) -> None:
    """Load the file or folder that a variable names, or the folders of a list."""
    for each in value.split(os.pathsep) if name == "SSL_CERT_DIR" else [value]:
        path = Path(each).expanduser()
        try:
            if path.is_dir():
                _load_folder(created, path)
            else:
                created.load_verify_locations(path)
        except FileNotFoundError:
            raise UnreadableBundleError(f"{name} names {each}, which does not exist") from None
        except (OSError, ssl.SSLError):
            raise UnreadableBundleError(f"{name} names {each}, which has no certificates that can be read") from None


def _load_folder(created: ssl.SSLContext, folder: Path) -> None:
    """Load every certificate in a folder, as Terraform does: the names of the files do not matter."""
    before = created.cert_store_stats()["x509"]
    for file in sorted(folder.iterdir()):
        with suppress(OSError, ssl.SSLError):
            created.load_verify_locations(file)
    if created.cert_store_stats()["x509"] == before:
        raise OSError


def _system_has_certificates() -> bool:
    """Return True if the system has a store. An interpreter that was built elsewhere may look in a missing folder."""
    paths = ssl.get_default_verify_paths()
    if paths.cafile is not None or os.name == "nt":
        return True
    try:
        return paths.capath is not None and any(Path(paths.capath).iterdir())
    except OSError:
        return False
