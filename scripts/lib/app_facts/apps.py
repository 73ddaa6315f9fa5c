"""Facts about each known app: its id, its inputs, and the ways to give it a credential."""

from dataclasses import dataclass

from provider.model.known_apps import AppFacts, CredentialFacts, FilterShape, InputFacts, load_facts
from scripts.lib.shared.hcl import Value


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
    """One app. `number` is its place in the list, `hidden` the inputs that the UI submits but does not show.

    An app that signs in needs a credential if its inputs have the values in `credential_needed_if`.
    """

    number: int
    app_id: str
    entrypoint: str | None
    connector_name: str
    connector_config_name: str | None
    filter_shape: FilterShape | None
    credential_needed_if: dict[str, str]
    inputs: tuple[Input, ...]
    hidden: dict[str, Value]
    credentials: tuple[CredentialFacts, ...]

    @property
    def label(self) -> str:
        """The app id as the label of a resource, such as ``bigquery_crawler``."""
        return self.app_id.replace("-", "_").lower()


def load() -> tuple[App, ...]:
    """Return all known apps."""
    return tuple(_app(number, fact) for number, fact in enumerate(load_facts()))


def _app(number: int, fact: AppFacts) -> App:
    return App(
        number=number,
        app_id=fact["app_id"],
        entrypoint=fact["entrypoint"],
        connector_name=fact["connector_name"],
        connector_config_name=fact["connector_config_name"],
        filter_shape=fact["filter_shape"],
        credential_needed_if=fact["credential_needed_if"],
        inputs=tuple(_input(name, each) for name, each in fact["inputs"].items()),
        hidden=dict(fact["hidden_defaults"]),
        credentials=tuple(fact["credentials"]),
    )


def _input(name: str, fact: InputFacts) -> Input:
    types = fact["type"] if isinstance(fact["type"], list) else [fact["type"]]
    return Input(name, tuple(types), fact["default"], fact.get("label"), tuple(fact.get("enum", ())))
