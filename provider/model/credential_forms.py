"""Check the form of a secret or a host without showing it: PEM, the JSON key of a service account, URL or host name.

A problem is an error if the value is recognized as another thing, such as a path. It is a warning if the value is
only not recognized, because the service does not say which forms it accepts.
"""

from __future__ import annotations

import base64
import binascii
import json
import re
from collections.abc import Callable, Mapping
from typing import Final, Literal, NamedTuple, TypeAlias

from provider.framework import Value, is_known

Form: TypeAlias = Literal["private key", "certificate", "service account", "URL", "host name"]

_PEM: Final = re.compile(r"-----BEGIN (?P<label>[A-Z0-9 ]+)-----\s*?\n.*?\n\s*-----END (?P=label)-----", re.DOTALL)
_PEM_BEGIN: Final = "-----BEGIN "
_LITERAL_LINE_BREAK: Final = "\\n"  # two characters
_LITERAL_CARRIAGE_RETURN: Final = "\\r"  # two characters
_BASE64: Final = re.compile(r"[A-Za-z0-9+/_\-\s]{24,}={0,2}\s*")
_PATH: Final = re.compile(
    r"(file://|~?/|\.{1,2}[/\\]|[A-Za-z]:[/\\])\S.*|[\w.\- /\\]+\.(pem|p8|key|json|crt|cer|der|p12|pfx)", re.IGNORECASE
)
_MAX_PATH: Final = 1024
_PEM_WITHOUT_LINE_BREAKS: Final = re.compile(r"\s*-----BEGIN ([A-Z0-9 ]+)-----[^\n]*-----END \1-----\s*")
_DER_SEQUENCE: Final = b"\x30"  # the first byte of a key or a certificate in binary form

_LITERAL: Final = (
    "It contains \\n as two characters instead of line breaks. Read the file with file(), or write replace(value, "
    '"\\\\n", "\\n").'
)
_LITERAL_WINDOWS: Final = (
    "It contains \\r\\n as four characters instead of line breaks. Read the file with file(), or write "
    'replace(replace(value, "\\\\r", ""), "\\\\n", "\\n").'
)
_ENCODED: Final = "It is base64. Decode it with base64decode()."
_QUOTED: Final = "It is JSON text in quotation marks. Remove jsonencode()."
_IS_JSON: Final = "It is JSON instead of PEM text. Give only the PEM text in it."
_NO_LINE_BREAKS: Final = "Its line breaks are missing, or are spaces or carriage returns. Read the file with file()."
_BYTE_ORDER_MARK: Final = "\ufeff"  # at the start of a file that some editors on Windows write
_IS_PATH: Final = "It is a path instead of the content of the file. Read the file with file()."


class Problem(NamedTuple):
    """A problem of a value: sentences that do not contain it. It is a warning if ``is_error`` is False."""

    text: str
    is_error: bool = True


class _PemKind(NamedTuple):
    """A kind of PEM text: a noun phrase, and the end of its label."""

    what: str
    label: str


_PRIVATE_KEY: Final = _PemKind("a private key", "PRIVATE KEY")
_CERTIFICATE: Final = _PemKind("a certificate", "CERTIFICATE")


def problem(form: Form, value: Value) -> Problem | None:
    """Return the problem of a value that should have a form. Return None if there is none, or if it is not known."""
    if value is None or value == "" or not is_known(value):
        return None
    return _CHECKS[form](value.removeprefix(_BYTE_ORDER_MARK) if isinstance(value, str) else value)


def pem_problem(value: Value) -> Problem | None:
    """Return the problem of a PEM text in a place whose form is not known. It is a warning."""
    if isinstance(value, str) and value.lstrip(' "').startswith(_PEM_BEGIN) and _LITERAL_LINE_BREAK in value:
        return Problem(_QUOTED if value.lstrip().startswith('"') else _literal(value), is_error=False)
    return None


def _literal(value: str) -> str:
    """Return the sentences about a text with line breaks as characters. A break from Windows has two parts."""
    return _LITERAL_WINDOWS if _LITERAL_CARRIAGE_RETURN in value else _LITERAL


def _without_literals(text: str) -> str:
    return text.replace(_LITERAL_CARRIAGE_RETURN, "").replace(_LITERAL_LINE_BREAK, " ")


def _pem(value: Value, kind: _PemKind) -> Problem | None:
    if not isinstance(value, str):
        return Problem(f"It is not a text. Give {kind.what} as PEM text.")
    if _PEM_BEGIN in value and value.lstrip()[:1] in ('"', "{"):
        return Problem(_QUOTED if value.lstrip().startswith('"') else _IS_JSON)
    if _PEM_BEGIN in value and _LITERAL_LINE_BREAK in value:
        return Problem(_literal(value))
    labels = [found["label"] for found in _PEM.finditer(value)]
    if any(label.endswith(kind.label) for label in labels):
        return None
    if labels:
        return Problem(f"It is PEM text, but not {kind.what}.")
    if _PEM_WITHOUT_LINE_BREAKS.fullmatch(value):
        return Problem(_NO_LINE_BREAKS)
    if _PEM_BEGIN in value:
        return Problem("It is not complete: from the BEGIN line to the END line, each on its own line, is required.")
    return _other_text(value, kind)


def _other_text(value: str, kind: _PemKind) -> Problem:
    """Return the problem of a text that is not PEM."""
    decoded = _decoded(value)
    if decoded is not None and decoded.lstrip().startswith(_PEM_BEGIN.encode()):
        return Problem(_ENCODED)
    if decoded is not None and decoded.startswith(_DER_SEQUENCE):
        return Problem("It is base64 without the BEGIN line and the END line. Give the whole PEM text.")
    if _is_path(value):
        return Problem(_IS_PATH)
    return Problem(f"It does not look like {kind.what}: PEM text starts with {_PEM_BEGIN.strip()}.", is_error=False)


def _service_account(value: Value) -> Problem | None:
    if isinstance(value, dict):
        return _service_account_object(value)
    if not isinstance(value, str):
        return Problem("It is not a text. Give the JSON file of the key.")
    try:
        opened = json.loads(value)
    except (ValueError, RecursionError):
        return _no_json(value)
    if isinstance(opened, dict):
        return _service_account_object(opened)
    if isinstance(opened, str) and opened.lstrip().startswith("{"):
        return Problem("It is JSON text inside JSON text. Remove one jsonencode().")
    return Problem("It is JSON, but not an object. Give the JSON file of the key.")


def _service_account_object(key: Mapping[str, Value]) -> Problem | None:
    if key.get("type") != "service_account":
        return Problem('It is JSON without "type": "service_account", so it may be another file.', is_error=False)
    missing = [name for name in ("client_email", "private_key") if not key.get(name)]
    if missing:
        return Problem(f"It has no {' and no '.join(missing)}. Give the whole JSON file of the key.")
    inner = _pem(key["private_key"], _PRIVATE_KEY)
    return Problem(f"This is about its private_key: {inner.text}", inner.is_error) if inner is not None else None


def _no_json(value: str) -> Problem:
    """Return the problem of a text that is not JSON."""
    text = value.strip()
    if text.startswith("{"):
        if _LITERAL_LINE_BREAK in text and _is_json(_without_literals(text)):
            return Problem(_literal(value))
        if _is_json(text):
            return Problem("A text in it contains a line break. Read the file with file(), or write jsonencode().")
        return Problem("It is not valid JSON. Read the file with file().")
    if text.startswith(_PEM_BEGIN):
        return Problem("It is only the private key. Give the whole JSON file, which contains the key.")
    decoded = _decoded(text)
    if decoded is not None and decoded.lstrip().startswith(b"{"):
        return Problem(_ENCODED)
    if _is_path(text):
        return Problem(_IS_PATH)
    return Problem("It is not JSON. Give the content of the key's JSON file.", is_error=False)


def _is_json(text: str) -> bool:
    """Return True if a text is JSON, or would be if its texts could contain line breaks."""
    try:
        json.loads(text, strict=False)
    except (ValueError, RecursionError):
        return False
    return True


def _decoded(text: str) -> bytes | None:
    """Return the bytes of a base64 text, or None if it is none. Both alphabets are accepted."""
    if not _BASE64.fullmatch(text):
        return None
    joined = re.sub(r"[\s=]+", "", text).replace("-", "+").replace("_", "/")
    try:
        decoded = base64.b64decode(joined + "=" * (-len(joined) % 4), validate=True)
        return decoded.removeprefix(_BYTE_ORDER_MARK.encode())
    except binascii.Error:
        return None


def _is_path(text: str) -> bool:
    stripped = text.strip()
    return len(stripped) <= _MAX_PATH and "\n" not in stripped and _PATH.fullmatch(stripped) is not None


def _url(value: Value) -> Problem | None:
    if isinstance(value, str) and "://" not in value:
        return Problem("The connector takes a URL, and it has no scheme. Write https:// before it.", is_error=False)
    return None


def _host_name(value: Value) -> Problem | None:
    if isinstance(value, str) and "://" in value:
        what = "The connector takes a host name, and it is a URL. Remove the scheme, and the path if there is one."
        return Problem(what, is_error=False)
    return None


_CHECKS: Final[Mapping[Form, Callable[[Value], Problem | None]]] = {
    "private key": lambda value: _pem(value, _PRIVATE_KEY),
    "certificate": lambda value: _pem(value, _CERTIFICATE),
    "service account": _service_account,
    "URL": _url,
    "host name": _host_name,
}
