"""Write regular expressions that match one name, or a whole text, for the filters of crawlers.

It is not known which engine the service uses. The expressions have the same meaning in Python and in Java.
"""

from __future__ import annotations

import re
from typing import Final

_SPECIAL: Final = re.compile(r"[.^$*+?()\[\]{}|\\]")
_FLAGS: Final = re.compile(r"\(\?([A-Za-z]+(?:-[A-Za-z]+)?|-[A-Za-z]+)\)")
_BACKREFERENCE: Final = re.compile(r"\\[1-9]|\(\?\([0-9]")
_TOKEN: Final = re.compile(
    r"""
    (?P<quotation> \\Q .*? (?: \\E | \Z ) )  # Java
    | \\.
    | \[ \^?+ \]?+ (?: \\. | [^\]\\] )* \]
    | \(\?\# [^)]* \)  # Python: a comment
    | (?P<open> \( (?: \? (?: <[=!] | P?<\w+> | [A-Za-z]*-?[A-Za-z]*:? | [=!>] )? )? )
    | (?P<counted> \{ \d+ (?: ,\d* )? \} )
    | .
    """,
    re.DOTALL | re.VERBOSE,
)
_VERBOSE_TOKEN: Final = re.compile(rf"\#[^\n]* | {_TOKEN.pattern}", re.DOTALL | re.VERBOSE)


def is_anchored(text: str) -> bool:
    """Return True if a text begins with ``^`` and ends with ``$``. The vendor's SDK leaves such a text unchanged."""
    return text.startswith("^") and text.endswith("$")


def anchored_name(name: str) -> str:
    """Return an expression that matches only this name. A name that is already anchored stays unchanged."""
    return name if is_anchored(name) else f"^{_SPECIAL.sub(lambda found: chr(92) + found[0], name)}$"


def anchored_expression(expression: str) -> str:
    """Return an expression that matches what the given expression matches in full, as ``^…$``.

    An alternation is grouped. Flags at the start become flags of a group, because Python accepts them nowhere else.
    Raises ValueError if the text is not an expression. The text of the error is a clause for users.
    """
    verbose, body = _scoped(expression)
    tokens = list((_VERBOSE_TOKEN if verbose else _TOKEN).finditer(body))
    alternatives = _has_alternatives(tokens)
    last = tokens[-1] if tokens else None
    if last and last["quotation"] and not last[0].endswith(r"\E"):
        body += r"\E"
    if alternatives:
        opening = "(?:" if _BACKREFERENCE.search(body) else "("  # A group would change the numbers of the others.
        return f"^{opening}{body})$"
    start = "" if body.startswith("^") else "^"
    return f"{start}{body}{'' if last and last[0] == '$' else '$'}"


def _scoped(expression: str) -> tuple[bool, str]:
    """Return whether comments and spaces are ignored, and the expression without flags at the start."""
    found = _FLAGS.match(expression)
    if found is None:
        return False, expression
    verbose, body = _scoped(expression[found.end() :])
    verbose = verbose or "x" in found[1].partition("-")[0]
    return verbose, f"(?{found[1]}:{body}{chr(10) if verbose else ''})"  # A line break ends a comment.


def _has_alternatives(tokens: list[re.Match[str]]) -> bool:
    """Return True if an expression is an alternation that is not in a group.

    Raises ValueError if the tokens are not an expression. The text of the error is a clause for users.
    """
    depth, repeatable, found = 0, "", False
    for token in tokens:
        text = token[0]
        if text in ("\\", "["):
            raise ValueError("it ends with a single backslash" if text == "\\" else "a character class is not closed")
        if text in ("*", "+", "?") and not (repeatable == "once" or (repeatable == "again" and text != "*")):
            raise ValueError(f"there is nothing to repeat before {text}")
        depth += bool(token["open"]) - (text == ")")
        if depth < 0:
            raise ValueError("a ) has no (")
        found = found or (text == "|" and depth == 0)
        repeatable = _repeatable(token, repeatable)
    if depth:
        raise ValueError("a ( has no )")
    return found


def _repeatable(token: re.Match[str], before: str) -> str:
    """Return which quantifiers can follow: any (``once``), only ``?`` and ``+`` (``again``), or none."""
    if token["open"] or token[0] == "|":
        return ""
    if token["counted"]:
        return "again"
    if token[0] in ("*", "+", "?"):
        return "again" if before == "once" else ""
    return "once"
