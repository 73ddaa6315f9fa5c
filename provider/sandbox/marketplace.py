"""The apps of the marketplace, in one of several forms, because the form is not documented.

The default form is the one that the vendor's public code reads: an object with all apps under `apps` and their number
under `total`. An app has `id`, `name`, `displayName`, `entrypoint` and `execution_mode`. Several apps can have the same
`name`. Chosen here: the other forms, and their pages.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TypedDict

from provider.sandbox.apps import App, Apps
from provider.sandbox.errors import invalid
from provider.sandbox.json_codec import Json, JsonObject
from provider.sandbox.json_schema import Validator, closed_object

NAMESPACE = uuid.UUID("5b0f3a54-2b57-4c55-9a51-6f5a4f4d8f0e")
FORM_SCHEMA = closed_object(
    {
        "container": {"enum": ["apps", "records", "data", "none"]},
        "id": {"enum": ["id", "app_id"]},
        "native": {"enum": ["execution_mode", "native_ready", "none"]},
        "keys": {"enum": ["mixed", "snake", "camel"]},
        "pages": {"enum": ["none", "offset", "cursor", "first_only"]},
    },
    [],
)


class FormBody(TypedDict, total=False):
    """The parts of a form to change; see `Form`."""

    container: str
    id: str
    native: str
    keys: str
    pages: str


VALIDATOR: Validator[FormBody] = Validator(FORM_SCHEMA, "form")


@dataclass(frozen=True)
class Form:
    """The form of the answer.

    `container` is the key of the list of apps; "none" is a list without an object around it. `id` is the key of an
    app's id. If it is "app_id", `id` is a UUID. `native` is the key that says if an app is native; "none" leaves it
    out. `keys` are in snake_case, in camelCase, or as in the vendor's public code ("mixed"). `pages` is the query
    parameter that selects a page: a number of rows ("offset") or the `next_cursor` of the previous page ("cursor").
    There can be one page with all apps ("none"), or no way to read the rest after the first page ("first_only").
    """

    container: str = "apps"
    id: str = "id"
    native: str = "execution_mode"
    keys: str = "mixed"
    pages: str = "none"


class Marketplace:
    """The tenant's list of apps. `page_size` is the number of apps in a page."""

    def __init__(self, apps: Apps, page_size: int) -> None:
        self._apps = apps
        self._page_size = page_size
        self._form = Form()

    def change(self, body: JsonObject) -> None:
        """Change parts of the form (a FormBody). Raises ServiceError (400) if the body is invalid."""
        self._form = replace(self._form, **VALIDATOR.validate(body))

    def clear(self) -> None:
        """Use the default form."""
        self._form = Form()

    def page(self, query: Mapping[str, str]) -> Json:
        """Return all apps, or one page of them. Raises ServiceError (400) for a wrong offset or cursor."""
        form, apps = self._form, [self._describe(app) for app in self._apps.all()]
        if form.container == "none":
            return apps
        start = _number(query, form.pages) if form.pages in ("offset", "cursor") else 0
        end = len(apps) if form.pages == "none" else start + self._page_size
        page: JsonObject = {form.container: apps[start:end]}
        if form.pages != "cursor":
            return page | {"total": len(apps)}
        has_more = end < len(apps)
        return self._renamed(page | {"has_more": has_more, "next_cursor": str(end) if has_more else None})

    def _describe(self, app: App) -> Json:
        described: JsonObject = {
            "id": app.app_id if self._form.id == "id" else str(uuid.uuid5(NAMESPACE, app.app_id)),
            "name": app.connector_name,
            "display_name": app.name,
            "type": "miner" if app.app_id.endswith("-miner") else "connector",
            "entrypoint": app.entrypoints[0] if app.entrypoints else "",
            "installed": True,
            "package_id": "",
        }
        described[self._form.id] = app.app_id
        if self._form.native == "execution_mode":
            described["execution_mode"] = app.describe()["execution_mode"]
        elif self._form.native == "native_ready":
            described["native_ready"] = app.native_ready
        return self._renamed(described)

    def _renamed(self, found: JsonObject) -> JsonObject:
        """Return an object with the keys of the form."""
        if self._form.keys == "camel":
            return {re.sub("_(.)", lambda match: match[1].upper(), key): value for key, value in found.items()}
        mixed = {"display_name": "displayName"} if self._form.keys == "mixed" else {}
        return {mixed.get(key, key): value for key, value in found.items()}


def _number(query: Mapping[str, str], key: str) -> int:
    text = query.get(key, "0")
    if not (text.isascii() and text.isdigit()):
        raise invalid(f"{key} must be a number")
    return int(text[:9])
