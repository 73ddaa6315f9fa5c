"""The certificate of this process, which Terraform pins: P-256, in memory, never cached.

The library creates the key and the signature. The rest of a certificate is constant, so this module writes it:
the library's classes for certificates and keys would take a fifth of the time until the handshake to import.
"""

from __future__ import annotations

import os
import time
from typing import Final, NamedTuple

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec

from provider.framework.server import der

_HOST: Final = "localhost"  # the server name that Terraform verifies
_VALID_BEFORE_SECONDS: Final = 5 * 60  # for a clock that is behind
_VALID_SECONDS: Final = 30 * 24 * 60 * 60
_NUMBER_BYTES: Final = 32  # of a number of P-256

_P_256: Final = der.sequence(der.object_identifier("1.2.840.10045.2.1"), der.object_identifier("1.2.840.10045.3.1.7"))
_ECDSA_SHA_256: Final = der.sequence(der.object_identifier("1.2.840.10045.4.3.2"))
_NAME: Final = der.sequence(der.set_of_one(der.sequence(der.object_identifier("2.5.4.3"), der.text(_HOST))))
_BASIC_CONSTRAINTS: Final = der.object_identifier("2.5.29.19")
_CRITICAL: Final = der.boolean(True)
_IS_AUTHORITY: Final = der.boolean(True)
_ALTERNATIVE_NAME: Final = der.object_identifier("2.5.29.17")
_EXTENDED_KEY_USAGE: Final = der.object_identifier("2.5.29.37")
_SERVER: Final = der.object_identifier("1.3.6.1.5.5.7.3.1")
_CLIENT: Final = der.object_identifier("1.3.6.1.5.5.7.3.2")


class _EcdsaSha256(ec.ECDSA):
    """ECDSA with SHA-256.

    The library's constructor would import every algorithm, to check an option that is not used here.
    """

    def __init__(self) -> None:
        pass

    @property
    def algorithm(self) -> hashes.SHA256:
        """The hash that is signed."""
        return hashes.SHA256()

    @property
    def deterministic_signing(self) -> bool:
        """Never, so each signature has its own random number."""
        return False


class Certificate(NamedTuple):
    """A private key and its certificate, as PEM for the server and as DER for the handshake line."""

    key_pem: bytes
    certificate_pem: bytes
    certificate_der: bytes

    def encrypted_key(self, password: str) -> bytes:
        """Return the private key as PEM, encrypted with a password."""
        from cryptography.hazmat.primitives import serialization

        key = serialization.load_pem_private_key(self.key_pem, None)
        how = serialization.BestAvailableEncryption(password.encode())
        return key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, how)


def issue(*, for_client: bool = False) -> Certificate:
    """Return a new key and self-signed certificate, for a server or for its client."""
    key = ec.generate_private_key(ec.SECP256R1())
    numbers = key.private_numbers()
    point = b"\x04" + _fixed(numbers.public_numbers.x) + _fixed(numbers.public_numbers.y)
    content = _content(point, _CLIENT if for_client else _SERVER)
    signature = key.sign(content, _EcdsaSha256())
    certificate = der.sequence(content, _ECDSA_SHA_256, der.bit_string(signature))
    return Certificate(
        der.pem("PRIVATE KEY", _private_key(numbers.private_value, point)),
        der.pem("CERTIFICATE", certificate),
        certificate,
    )


def _content(point: bytes, usage: bytes) -> bytes:
    """Return what is signed (RFC 5280, TBSCertificate)."""
    now = int(time.time())
    return der.sequence(
        der.explicit(0, der.integer(2)),  # version 3
        der.integer(int.from_bytes(os.urandom(20)) >> 1),
        _ECDSA_SHA_256,
        _NAME,
        der.sequence(der.moment(now - _VALID_BEFORE_SECONDS), der.moment(now + _VALID_SECONDS)),
        _NAME,
        der.sequence(_P_256, der.bit_string(point)),
        der.explicit(3, _extensions(usage)),
    )


def _extensions(usage: bytes) -> bytes:
    return der.sequence(
        der.sequence(_BASIC_CONSTRAINTS, _CRITICAL, der.octet_string(der.sequence(_IS_AUTHORITY))),
        der.sequence(_ALTERNATIVE_NAME, der.octet_string(der.sequence(der.implicit_text(2, _HOST)))),
        der.sequence(_EXTENDED_KEY_USAGE, der.octet_string(der.sequence(usage))),
    )


def _private_key(value: int, point: bytes) -> bytes:
    """Return a key as PKCS #8 (RFC 5958, with the content of RFC 5915)."""
    content = der.sequence(der.integer(1), der.octet_string(_fixed(value)), der.explicit(1, der.bit_string(point)))
    return der.sequence(der.integer(0), _P_256, der.octet_string(content))


def _fixed(number: int) -> bytes:
    return number.to_bytes(_NUMBER_BYTES)
