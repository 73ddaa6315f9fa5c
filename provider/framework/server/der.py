"""Encode values as DER (ITU-T X.690), as far as a certificate and its key need it.

A general encoder would have to be imported before the handshake, and every command waits for it.
"""

from __future__ import annotations

import base64
import time
from typing import Final

_CONTEXT: Final = 0xA0  # the tag of a context-specific, constructed value
_CONTEXT_TEXT: Final = 0x80  # the tag of a context-specific, primitive value
_FIRST_YEAR_OF_LONG_TIMES: Final = 2050  # RFC 5280, 4.1.2.5


def sequence(*parts: bytes) -> bytes:
    """Return a SEQUENCE of encoded values."""
    return _encoded(0x30, b"".join(parts))


def set_of_one(part: bytes) -> bytes:
    """Return a SET of one encoded value."""
    return _encoded(0x31, part)


def boolean(value: bool) -> bytes:
    """Return a BOOLEAN."""
    return _encoded(0x01, b"\xff" if value else b"\x00")


def integer(value: int) -> bytes:
    """Return an INTEGER that is not negative."""
    return _encoded(0x02, value.to_bytes(value.bit_length() // 8 + 1))


def bit_string(content: bytes) -> bytes:
    """Return a BIT STRING of whole bytes."""
    return _encoded(0x03, b"\x00" + content)


def octet_string(content: bytes) -> bytes:
    """Return an OCTET STRING."""
    return _encoded(0x04, content)


def object_identifier(dotted: str) -> bytes:
    """Return an OBJECT IDENTIFIER such as ``2.5.4.3``."""
    first, second, *others = map(int, dotted.split("."))
    return _encoded(0x06, b"".join(map(_base_128, (40 * first + second, *others))))


def text(value: str) -> bytes:
    """Return a UTF8String."""
    return _encoded(0x0C, value.encode())


def moment(seconds: float) -> bytes:
    """Return a Unix time in seconds as the type that RFC 5280 requires for its year."""
    parts = time.gmtime(seconds)
    if parts.tm_year < _FIRST_YEAR_OF_LONG_TIMES:
        return _encoded(0x17, time.strftime("%y%m%d%H%M%SZ", parts).encode())
    return _encoded(0x18, time.strftime("%Y%m%d%H%M%SZ", parts).encode())


def explicit(number: int, content: bytes) -> bytes:
    """Return an encoded value with an explicit context-specific tag."""
    return _encoded(_CONTEXT | number, content)


def implicit_text(number: int, value: str) -> bytes:
    """Return an ASCII string with an implicit context-specific tag."""
    return _encoded(_CONTEXT_TEXT | number, value.encode("ascii"))


def pem(label: str, der: bytes) -> bytes:
    """Return encoded bytes as PEM (RFC 7468)."""
    encoded = base64.b64encode(der).decode()
    lines = [encoded[start : start + 64] for start in range(0, len(encoded), 64)]
    return "\n".join((f"-----BEGIN {label}-----", *lines, f"-----END {label}-----", "")).encode()


def _encoded(tag: int, content: bytes) -> bytes:
    return bytes((tag, *_length(len(content)))) + content


def _length(count: int) -> bytes:
    if count < 0x80:
        return bytes((count,))
    encoded = count.to_bytes((count.bit_length() + 7) // 8)
    return bytes((0x80 | len(encoded),)) + encoded


def _base_128(number: int) -> bytes:
    digits = [number & 0x7F]
    while number := number >> 7:
        digits.append(0x80 | number & 0x7F)
    return bytes(reversed(digits))
