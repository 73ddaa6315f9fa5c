"""Write regular expressions that match one name, or a whole text, for the filters of crawlers.

It is not known which engine the service uses. The expressions have the same meaning in Python and in Java.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

_SPECIAL: Final = re.compile(r"[.^$*+?()\[\]{}|\\]")
_FLAGS: Final = re.compile(r"\(\?(?P<on>[A-Za-z]*)(?:-(?P<off>[A-Za-z]+))?(?P<end>[:)])")
_COMMENTS: Final = re.compile(r"(?:\(\?\#[^)]*\))*")
_VERBOSE_COMMENTS: Final = re.compile(r"(?:\(\?\#[^)]*\)|\#[^\n]*|[ \t\n\r\f\v])*")  # With the flag x.
_BACKREFERENCE: Final = re.compile(r"\\[1-9]|\(\?\([0-9]")
_TOKEN: Final = re.compile(
    r"""
    (?P<quotation> \\Q .*? (?: \\E | \Z ) )  # Java
    | \\.
    | \[ \^?+ \]?+ (?: \\. | [^\]\\] )* \]
    | (?P<open> \( (?: \? (?: <[=!] | P?<\w+> | [A-Za-z]*-?[A-Za-z]*:? | [=!>] )? )? )
    | (?P<counted> \{ \d+ (?: ,\d* )? \} )
    | .
    """,
    re.DOTALL | re.VERBOSE,
)


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
    flags, verbose, body = _without_flags(expression)
    tokens = list(_tokens(body, verbose=verbose))
    alternatives = _has_alternatives(tokens)
    last = tokens[-1] if tokens else None
    if last and last["quotation"] and not last[0].endswith(r"\E"):
        body += r"\E"
    if flags:
        return f"^(?{flags}:{body}{chr(10) if verbose else ''})$"  # A line break ends a comment.
    if alternatives:
        opening = "(?:" if _BACKREFERENCE.search(body) else "("  # A group would change the numbers of the others.
        return f"^{opening}{body})$"
    start = "" if body.startswith("^") else "^"
    return f"{start}{body}{'' if last and last[0] == '$' and last.end() == len(body) else '$'}"


def _without_flags(expression: str) -> tuple[str, bool, str]:
    """Return the flags at the start, whether spaces and comments are ignored, and the expression without these flags.

    The comments between the flags stay, unless the last flags turn ``x`` off: then they would not be comments.
    """
    flags, comments, place = dict[str, bool](), "", 0
    while True:
        end = _after_comments(expression, place, verbose=flags.get("x", False))
        found = _FLAGS.match(expression, end)
        if found is None or found["end"] == ":" or not (found["on"] or found["off"]):
            break
        comments, place = comments + expression[place:end], found.end()
        flags |= dict.fromkeys(found["on"], True) | dict.fromkeys(found["off"] or "", False)
    if flags.get("x") is False:
        comments = ""
    on, off = ("".join(flag for flag in flags if flags[flag] is is_on) for is_on in (True, False))
    return f"{on}-{off}" if off else on, flags.get("x", False), comments + expression[place:]


def _after_comments(text: str, place: int, *, verbose: bool) -> int:
    ignored = (_VERBOSE_COMMENTS if verbose else _COMMENTS).match(text, place)
    return ignored.end() if ignored else place


def _tokens(body: str, *, verbose: bool) -> Iterator[re.Match[str]]:
    """Yield the tokens of an expression. ``verbose`` is True if spaces and comments are ignored at the start."""
    groups = [verbose]  # The same for the expression and for each open group.
    place = _after_comments(body, 0, verbose=verbose)
    while token := _TOKEN.match(body, place):
        if token["open"]:
            groups[-1], inner = _verbose_after(body, place, verbose=groups[-1])
            groups.append(inner)
        elif token[0] == ")" and len(groups) > 1:
            groups.pop()
        yield token
        place = _after_comments(body, token.end(), verbose=groups[-1])


def _verbose_after(body: str, place: int, *, verbose: bool) -> tuple[bool, bool]:
    """Return whether spaces and comments are ignored after the group at ``place``, and in the group.

    ``verbose`` is True if they are ignored before it. Flags without a colon are valid after their group.
    """
    flags = _FLAGS.match(body, place)
    if flags is None:
        return verbose, verbose
    inner = "x" not in (flags["off"] or "") and (verbose or "x" in flags["on"])
    return (inner if flags["end"] == ")" else verbose), inner


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
