"""Diagnostics as protocol messages. Every error and warning passes through this module.

Each text is cleaned, redacted and truncated here, in this order. Lower layers do none of that.
"""

from __future__ import annotations

import re
from typing import Any, Final

from tf.utils import Diagnostic, Diagnostics

from provider.framework.plain_text import clean, truncate
from provider.framework.protocol import messages
from provider.framework.redaction import REDACTED, shown

MAX_SUMMARY_LENGTH: Final = 500
"""The most characters of a diagnostic's first line."""
MAX_DETAIL_LENGTH: Final = 4000
"""The most characters of the text below a diagnostic's first line."""

_CONTROL: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")


def printable(text: Any, limit: int = MAX_DETAIL_LENGTH) -> str:
    """Return the text as a user may see it: without control characters and secrets, at most ``limit`` characters."""
    return truncate(shown(str(text)), limit, whole=REDACTED)


def put_diagnostics(response: Any, diagnostics: Diagnostics) -> None:
    """Put diagnostics into a response of any kind. The responses of two RPCs have only one text, for the first one."""
    texts = [f"{each.summary}: {each.detail}" for each in diagnostics.diagnostics]
    match response.DESCRIPTOR.full_name.split(".")[-2:]:
        case ["CallFunction", _] if texts:
            response.error.text = printable(texts[0])
        case ["StopProvider", _] if texts:
            response.Error = printable(texts[0])
        case _ if texts:
            response.diagnostics.extend(to_messages(diagnostics))


def to_messages(diagnostics: Diagnostics) -> list[Any]:
    """Return the protocol's ``Diagnostic`` messages, in order."""
    return [_to_message(each) for each in diagnostics.diagnostics]


def _to_message(diagnostic: Diagnostic) -> Any:
    kind = messages.message("Diagnostic")
    return kind(
        severity=kind.ERROR if diagnostic.severity == Diagnostic.ERROR else kind.WARNING,
        summary=printable(diagnostic.summary, MAX_SUMMARY_LENGTH),
        detail=printable(diagnostic.detail or ""),
        attribute=to_path(_resolvable(diagnostic.path)) if diagnostic.path else None,
    )


def _resolvable(path: list[Any]) -> list[Any]:
    """Return the part of a path for which Terraform finds the source line: at most an attribute and one key.

    The part ends before the first step that contains a secret. A nested name counts as a key.
    """
    steps = path[:1] + [step if isinstance(step, tuple) else (step,) for step in path[1:2]]
    secret = (index for index, step in enumerate(steps) if _is_secret(step))
    return steps[: next(secret, len(steps))]


def _is_secret(step: str | tuple[str | int]) -> bool:
    text = str(step[0]) if isinstance(step, tuple) else step
    return shown(text) != clean(text)


def to_path(path: list[Any]) -> Any:
    """Return the protocol's ``AttributePath``. Strings are attribute names, one-element tuples are keys or indices."""
    return messages.message("AttributePath")(steps=[_to_step(step) for step in path])


def _to_step(step: str | tuple[str | int]) -> dict[str, str | int]:
    if isinstance(step, str):
        return {"attribute_name": _encodable(step)}
    key = step[0]
    return {"element_key_string": _encodable(key)} if isinstance(key, str) else {"element_key_int": key}


def _encodable(step: str) -> str:
    """Return a step of a path without control characters, as valid Unicode, so that Terraform finds it."""
    return _CONTROL.sub("", step).encode(errors="replace").decode()
