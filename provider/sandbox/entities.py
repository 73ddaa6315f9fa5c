"""The JSON bodies of the metadata endpoints."""

from __future__ import annotations

from typing import NotRequired, TypedDict

from provider.sandbox.json_codec import JsonObject


class Entity(TypedDict):
    """A connection or a run in the metadata store. `status` is "ACTIVE" or "DELETED"."""

    typeName: str
    guid: str
    status: str
    attributes: JsonObject


class EntityResponse(TypedDict):
    referredEntities: JsonObject
    entity: Entity


class SearchResponse(TypedDict):
    """`approximateCount` counts all results, not only this page. A page without results has no `entities`."""

    searchType: str
    approximateCount: int
    entities: NotRequired[list[Entity]]
