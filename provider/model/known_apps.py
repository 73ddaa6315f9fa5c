"""The apps that the provider knows without asking the tenant: their inputs, credentials and filters.

Source: the typed builders of the vendor's SDK, release 11.6.0. ``known_apps.json`` also contains the facts that only
the modules in ``examples/modules`` need.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Final, Literal, NamedTuple, NotRequired, TypeAlias, TypedDict

from provider.framework import Json

SOURCE: Final = "the vendor's SDK, release 11.6.0"

_DATA: Final = Path(__file__).with_suffix(".json")

FilterShape: TypeAlias = Literal["anchored", "nested", "lists", "projects", "as_given", "expression", "expressions"]
"""The form of an app's ``include_filter`` and ``exclude_filter``. A filter of another form matches nothing.

- ``anchored``: anchored regular expressions, each with a list of them: ``{"^db$": ["^schema$"]}``
- ``nested``: names or ids in objects in objects: ``{"db": {"schema": {}}}``
- ``lists``: names, each with a list of names: ``{"catalog": ["schema"]}``
- ``projects``: the projects and jobs of dbt in an object
- ``as_given``: not known
- ``expression``: one regular expression
- ``expressions``: regular expressions with commas between them

``anchored``, ``nested`` and ``projects`` are JSON text. ``lists`` is an object and not a text.
"""


class InputFacts(TypedDict):
    """One input: its JSON Schema type or types, its default, its label in the UI, and the allowed values."""

    type: str | list[str]
    default: Json
    label: NotRequired[str]
    enum: NotRequired[list[Json]]


class ParameterFacts(TypedDict):
    """One parameter of a way to sign in. The type is ``boolean``, or missing for text."""

    required: bool
    secret: NotRequired[bool]
    type: NotRequired[str]


class CredentialFacts(TypedDict):
    """One way to sign in. `extra_from` has the name of a parameter by the key of the credential's ``extra``."""

    method: str
    input_field: str
    auth_type: str
    connector_config_name: str
    connector_type: str | None
    username_from: str | None
    password_from: str | None
    extra_from: dict[str, str]
    parameters: dict[str, ParameterFacts]
    host_default: NotRequired[str]
    port_default: NotRequired[int]


class AppFacts(TypedDict):
    """One app, and its ways to sign in."""

    app_id: str
    entrypoint: str | None
    connector_name: str
    connector_config_name: str | None
    filter_shape: FilterShape | None
    credential_needed_if: dict[str, str]
    hidden_defaults: dict[str, Json]
    inputs: dict[str, InputFacts]
    credentials: list[CredentialFacts]


class KnownApp(NamedTuple):
    """One app. ``inputs`` are the names of all inputs that it reads, also of those that no contract needs to declare:
    the inputs that the web UI hides and submits, and those with the guid of a credential.

    ``connector_config_names`` are the configurations of its connector that a credential can name.
    One of the inputs in ``credential_inputs`` must contain the guid of a credential, if the inputs of the app have the
    values in ``credential_needed_if``. ``defaults`` are the defaults of its inputs.
    """

    connector_config_names: frozenset[str]
    inputs: frozenset[str]
    filter_shape: FilterShape | None
    credential_inputs: frozenset[str]
    credential_needed_if: Mapping[str, Json]
    defaults: Mapping[str, Json]


@cache
def known_apps() -> Mapping[str, KnownApp]:
    """Return all known apps by their ids."""
    return {facts["app_id"]: _known_app(facts) for facts in load_facts()}


@cache
def connector_config_names() -> frozenset[str]:
    """Return the connectors' configurations of all known apps."""
    return frozenset(name for app in known_apps().values() for name in app.connector_config_names)


def load_facts() -> list[AppFacts]:
    """Return everything in ``known_apps.json``."""
    facts: list[AppFacts] = json.loads(_DATA.read_text("utf-8"))
    return facts


def _known_app(facts: AppFacts) -> KnownApp:
    ways = facts["credentials"]
    # A way to sign in can be the one that a value of an input selects, such as the api of dbt.
    selected = [way for way in ways if way["method"] in facts["credential_needed_if"].values()] or ways
    return KnownApp(
        connector_config_names=frozenset(way["connector_config_name"] for way in ways),
        inputs=frozenset([*facts["inputs"], *facts["hidden_defaults"], *(way["input_field"] for way in ways)]),
        filter_shape=facts["filter_shape"],
        credential_inputs=frozenset(way["input_field"] for way in selected),
        credential_needed_if=facts["credential_needed_if"],
        defaults={name: each["default"] for name, each in facts["inputs"].items()},
    )
