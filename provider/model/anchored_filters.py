"""Anchor all texts of a filter: a map from each database to a list of its schemas."""

from __future__ import annotations

from collections.abc import Callable

from provider.framework import Value


def anchored(databases: Value, anchor: Callable[[str], str], noun: str) -> dict[str, Value]:
    """Return the filter with every key and every element anchored. ``noun`` is what each of them is.

    Raises ValueError for a null, for two keys that become one, and for a text that ``anchor`` refuses. The text of the
    error is a clause for users.
    """
    assert isinstance(databases, dict)
    result: dict[str, Value] = {
        _anchored(f'the key "{name}"', name, anchor): _list(f'map["{name}"]', each, anchor, noun)
        for name, each in databases.items()
    }
    if len(result) < len(databases):
        raise ValueError("it contains a key twice, once anchored and once not; merge their lists")
    return result


def _list(path: str, schemas: Value, anchor: Callable[[str], str], noun: str) -> list[Value]:
    if schemas is None:
        raise ValueError(f"{path} is null; use a list")
    assert isinstance(schemas, list)
    texts = [each for each in schemas if isinstance(each, str)]
    if len(texts) < len(schemas):
        raise ValueError(f"{path} contains a null; use {noun}s")
    return [_anchored(f"{path}[{index}]", text, anchor) for index, text in enumerate(texts)]


def _anchored(path: str, text: str, anchor: Callable[[str], str]) -> str:
    try:
        return anchor(text)
    except ValueError as error:
        raise ValueError(f"{path} is not a regular expression: {error}") from None
