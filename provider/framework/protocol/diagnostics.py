"""tf's diagnostics as protocol messages, with text that a terminal can show."""

from __future__ import annotations

import re
from typing import Any, Final

from tf.utils import Diagnostic, Diagnostics

from provider.framework.protocol import messages

_UNPRINTABLE: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")


def printable(text: Any) -> str:
    """The text without control characters (terminal escapes among them) and without lone surrogates."""
    return _UNPRINTABLE.sub("", str(text)).encode(errors="replace").decode()


def tell(response: Any, diagnostics: Diagnostics) -> None:
    """Put them into an answer of any kind. Two kinds hold no diagnostics but one text: a call's and a stop's."""
    texts = [f"{each.summary}: {each.detail}" for each in diagnostics.diagnostics]
    match response.DESCRIPTOR.full_name.split(".")[-2:]:
        case ["CallFunction", _] if texts:
            response.error.text = printable(texts[0])
        case ["StopProvider", _] if texts:
            response.Error = printable(texts[0])
        case _ if texts:
            response.diagnostics.extend(to_messages(diagnostics))


def to_messages(diagnostics: Diagnostics) -> list[Any]:
    """The protocol's ``Diagnostic`` messages, in order."""
    return [_to_message(each) for each in diagnostics.diagnostics]


def _to_message(diagnostic: Diagnostic) -> Any:
    kind = messages.message("Diagnostic")
    return kind(
        severity=kind.ERROR if diagnostic.severity == Diagnostic.ERROR else kind.WARNING,
        summary=printable(diagnostic.summary),
        detail=printable(diagnostic.detail or ""),
        attribute=to_path(_resolvable(diagnostic.path)) if diagnostic.path else None,
    )


def _resolvable(path: list[Any]) -> list[Any]:
    """As much of a path as Terraform finds the source line of: an attribute and one key in it."""
    return path[:1] + [step if isinstance(step, tuple) else (step,) for step in path[1:2]]


def to_path(path: list[Any]) -> Any:
    """The protocol's ``AttributePath``: strings are attribute names, one-element tuples are keys or indices."""
    return messages.message("AttributePath")(steps=[_to_step(step) for step in path])


def _to_step(step: str | tuple[str | int]) -> dict[str, str | int]:
    if isinstance(step, str):
        return {"attribute_name": printable(step)}
    key = step[0]
    return {"element_key_string": printable(key)} if isinstance(key, str) else {"element_key_int": key}
