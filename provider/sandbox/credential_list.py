"""The list of credentials: `{records}` without secrets, with a filter and pages.

Chosen here: a filter is an object of keys of a record and their exact values, and a list without a limit has at most 20
records. The parameter `workflow_name` is ignored, because it is not known which credentials it selects.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypedDict

from provider.sandbox.errors import invalid
from provider.sandbox.json_codec import Json, JsonObject, loads

DEFAULT_LIMIT = "20"


class CredentialPage(TypedDict):
    records: Sequence[JsonObject]


def read_page(records: Sequence[JsonObject], query: Mapping[str, str], most: int) -> CredentialPage:
    """Return a page of at most `most` records for the query parameters filter, limit and offset.

    Raises ServiceError (400) for an invalid parameter.
    """
    wanted = _parse_filter(query.get("filter"))
    found = [each for each in records if all(each.get(key) == wanted[key] for key in wanted)]
    offset, limit = _parse_number(query, "offset", "0"), _parse_number(query, "limit", DEFAULT_LIMIT)
    return {"records": found[offset : offset + min(limit, most)]}


def _parse_filter(text: str | None) -> JsonObject:
    try:
        value: Json = loads(text) if text else {}
    except ValueError:
        value = None
    if not isinstance(value, dict):
        raise invalid("filter must be a JSON object")
    return value


def _parse_number(query: Mapping[str, str], key: str, default: str) -> int:
    text = query.get(key, default)
    if not (text.isascii() and text.isdigit()):
        raise invalid(f"{key} must be a number")
    return int(text[:9])
