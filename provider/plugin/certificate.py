"""The certificate that Terraform pins for this process: P-256, in memory, never cached.

It always says the same but for a serial number, a key and two times, so it is written as DER here, and cryptography
makes the key and the signature: to import its certificate builder and its serialization would take a fifth of a
launch. Sources: RFC 5280 for the certificate, RFC 5915 for the key.
"""

from __future__ import annotations

import base64
import os
import time
from typing import Final, NamedTuple

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec

_MINUTE, _DAY = 60, 24 * 3600
_FIRST_GENERALIZED: Final = "2050"  # from that year on a time is written with its century
_COORDINATE_BYTES: Final = 32
_PEM_LINE: Final = 64

# Tags of DER.
_BOOLEAN, _INTEGER, _BITS, _OCTETS, _OID, _UTF8 = 0x01, 0x02, 0x03, 0x04, 0x06, 0x0C
_UTC_TIME, _GENERALIZED_TIME, _SEQUENCE, _SET = 0x17, 0x18, 0x30, 0x31
_DNS_NAME, _FIRST, _SECOND, _FOURTH = 0x82, 0xA0, 0xA1, 0xA3


class Certificate(NamedTuple):
    """A private key and its certificate, as PEM for the server and as DER for the handshake line."""

    key_pem: bytes
    certificate_pem: bytes
    certificate_der: bytes


class _EcdsaSha256(ec.ECDSA):
    """How it is signed. The base asks OpenSSL about another kind of signature, with an import as long as all here."""

    algorithm = hashes.SHA256()  # a property there
    deterministic_signing = False  # a property there

    def __init__(self) -> None:
        """There is nothing to choose."""


def issue() -> Certificate:
    """Make a key and a self-signed certificate."""
    key = ec.generate_private_key(ec.SECP256R1())
    point = _point(key.public_key().public_numbers())
    content = _content(point, time.time())
    signature = _der(_BITS, b"\x00", key.sign(content, _EcdsaSha256()))
    certificate = _der(_SEQUENCE, content, _SIGNED_BY_ECDSA, signature)
    secret = key.private_numbers().private_value.to_bytes(_COORDINATE_BYTES, "big")
    return Certificate(_pem("EC PRIVATE KEY", _key(secret, point)), _pem("CERTIFICATE", certificate), certificate)


def _point(numbers: ec.EllipticCurvePublicNumbers) -> bytes:
    """The public key as bits: uncompressed."""
    coordinates = (each.to_bytes(_COORDINATE_BYTES, "big") for each in (numbers.x, numbers.y))
    return _der(_BITS, b"\x00\x04", *coordinates)


def _key(secret: bytes, point: bytes) -> bytes:
    return _der(_SEQUENCE, _der(_INTEGER, b"\x01"), _der(_OCTETS, secret), _der(_FIRST, _P256), _der(_SECOND, point))


def _content(point: bytes, now: float) -> bytes:
    """What is signed, in the order of ``TBSCertificate``."""
    return _der(
        _SEQUENCE,
        _der(_FIRST, _der(_INTEGER, b"\x02")),  # version 3
        _der(_INTEGER, b"\x40" + os.urandom(15)),  # the serial number: positive, and never short
        _SIGNED_BY_ECDSA,
        _NAME,
        _der(_SEQUENCE, _time(now - 5 * _MINUTE), _time(now + 30 * _DAY)),
        _NAME,
        _der(_SEQUENCE, _der(_SEQUENCE, _PUBLIC_KEY, _P256), point),
        _der(_FOURTH, _der(_SEQUENCE, *_EXTENSIONS)),
    )


def _der(tag: int, *parts: bytes) -> bytes:
    content = b"".join(parts)
    size = len(content)
    if size < 0x80:
        return bytes((tag, size)) + content
    length = size.to_bytes((size.bit_length() + 7) // 8, "big")
    return bytes((tag, 0x80 | len(length))) + length + content


def _time(seconds: float) -> bytes:
    text = time.strftime("%Y%m%d%H%M%SZ", time.gmtime(seconds))
    if text < _FIRST_GENERALIZED:
        return _der(_UTC_TIME, text[2:].encode())
    return _der(_GENERALIZED_TIME, text.encode())


def _oid(encoded: str) -> bytes:
    return _der(_OID, bytes.fromhex(encoded))


def _extension(oid: str, value: bytes, *, critical: bool = False) -> bytes:
    flag = _der(_BOOLEAN, b"\xff") if critical else b""
    return _der(_SEQUENCE, _oid(oid), flag, _der(_OCTETS, value))


def _pem(what: str, content: bytes) -> bytes:
    text = base64.b64encode(content).decode()
    lines = [text[start : start + _PEM_LINE] for start in range(0, len(text), _PEM_LINE)]
    return "\n".join([f"-----BEGIN {what}-----", *lines, f"-----END {what}-----", ""]).encode()


_HOST: Final = b"localhost"  # the name that Terraform asks for
_P256: Final = _oid("2a8648ce3d030107")  # 1.2.840.10045.3.1.7
_PUBLIC_KEY: Final = _oid("2a8648ce3d0201")  # id-ecPublicKey, 1.2.840.10045.2.1
_SIGNED_BY_ECDSA: Final = _der(_SEQUENCE, _oid("2a8648ce3d040302"))  # ecdsa-with-SHA256, 1.2.840.10045.4.3.2
_COMMON_NAME: Final = _oid("550403")  # 2.5.4.3
_NAME: Final = _der(_SEQUENCE, _der(_SET, _der(_SEQUENCE, _COMMON_NAME, _der(_UTF8, _HOST))))
_EXTENSIONS: Final = (
    # basicConstraints, 2.5.29.19: it signs itself
    _extension("551d13", _der(_SEQUENCE, _der(_BOOLEAN, b"\xff")), critical=True),
    # subjectAltName, 2.5.29.17
    _extension("551d11", _der(_SEQUENCE, _der(_DNS_NAME, _HOST))),
    # extKeyUsage, 2.5.29.37: serverAuth, 1.3.6.1.5.5.7.3.1
    _extension("551d25", _der(_SEQUENCE, _oid("2b06010505070301"))),
)
