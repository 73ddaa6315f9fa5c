"""Facts about each known app: its id, its inputs, and the ways to give it a credential."""

import json
from dataclasses import dataclass
from pathlib import Path

from scripts.lib.app_facts.facts import AppFacts, CredentialFacts, InputFacts
from scripts.lib.shared.hcl import Value

_DATA = Path(__file__).with_name("apps.json")


@dataclass(frozen=True)
class Input:
    """One input: its JSON Schema types, its default, its label in the UI, and the allowed values if they are few."""

    name: str
    types: tuple[str, ...]
    default: Value
    label: str | None
    allowed: tuple[Value, ...]


@dataclass(frozen=True)
class App:
    """One app. `number` is its place in the list, `hidden` the inputs that the UI submits but does not show."""

    number: int
    app_id: str
    entrypoint: str | None
    connector_name: str
    connector_config_name: str | None
    inputs: tuple[Input, ...]
    hidden: dict[str, Value]
    credentials: tuple[CredentialFacts, ...]

    @property
    def label(self) -> str:
        """The app id as the label of a resource, such as ``bigquery_crawler``."""
        return self.app_id.replace("-", "_").lower()


def load() -> tuple[App, ...]:
    """Return all known apps."""
    facts: list[AppFacts] = json.loads(_DATA.read_text(encoding="utf-8"))
    return tuple(_app(number, fact) for number, fact in enumerate(facts))


def _app(number: int, fact: AppFacts) -> App:
    return App(
        number=number,
        app_id=fact["app_id"],
        entrypoint=fact["entrypoint"],
        connector_name=fact["connector_name"],
        connector_config_name=fact["connector_config_name"],
        inputs=tuple(_input(name, each) for name, each in fact["inputs"].items()),
        hidden=fact["hidden_defaults"],
        credentials=tuple(fact["credentials"]),
    )


def _input(name: str, fact: InputFacts) -> Input:
    types = fact["type"] if isinstance(fact["type"], list) else [fact["type"]]
    return Input(name, tuple(types), fact["default"], fact.get("label"), tuple(fact.get("enum", ())))
