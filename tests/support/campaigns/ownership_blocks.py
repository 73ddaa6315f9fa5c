"""The configurations of the campaign of ownership: workflows and schedules by their keys."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

FILTER = {"project": ["public"]}
PUBLISHED_FILTER = {"^project$": ["^public$"]}
"""The configured filter, and what a publish sends."""

_BODY = f"""\
  app_id           = "bigquery-crawler"
  entrypoint       = "crawler"
  name             = each.value.name
  adopt_existing   = each.value.adopts
  asset_connection = {{ admin_users = ["admin"] }}
  inputs           = {{ include_filter = provider::atlan::anchored_filter({json.dumps(FILTER)}) }}
"""
_ALIASED = "  provider         = atlan.other\n"
_CREATES_FIRST = "  lifecycle {\n    create_before_destroy = true\n  }\n"
_SCHEDULE = (
    "  slug           = each.value.slug\n  cron           = each.value.cron\n  adopt_existing = each.value.adopts\n"
)


@dataclass(frozen=True)
class App:
    """A workflow of a configuration.

    ``is_unknown``: the plan does not know its name. ``is_aliased``: another process of the provider manages it.
    """

    name: str
    adopts: bool = False
    creates_first: bool = False
    is_unknown: bool = False
    is_aliased: bool = False

    @property
    def label(self) -> str:
        return "other" if self.is_aliased else "first" if self.creates_first else "it"

    def address(self, key: str) -> str:
        return f'atlan_app.{self.label}["{key}"]'


def is_aliased(address: str) -> bool:
    """Return True if another process of the provider manages the address."""
    return address.startswith("atlan_app.other[")


@dataclass(frozen=True)
class Schedule:
    """A schedule of a configuration. ``app`` is the key of its workflow."""

    app: str
    cron: str
    adopts: bool = False


def schedule_address(key: str) -> str:
    return f'atlan_app_schedule.it["{key}"]'


@dataclass
class Configuration:
    """The blocks of a configuration. ``imports`` has ids by address, ``moves`` new addresses by the old ones."""

    apps: dict[str, App] = field(default_factory=dict)
    schedules: dict[str, Schedule] = field(default_factory=dict)
    imports: dict[str, str] = field(default_factory=dict)
    moves: dict[str, str] = field(default_factory=dict)

    def app_addresses(self) -> dict[str, App]:
        return {app.address(key): app for key, app in self.apps.items()}

    def app_address(self, key: str) -> str:
        return self.apps[key].address(key)

    def schedule_addresses(self) -> dict[str, Schedule]:
        return {schedule_address(key): each for key, each in self.schedules.items()}

    def addresses(self) -> list[str]:
        return [*self.app_addresses(), *self.schedule_addresses()]

    def remove(self, address: str) -> None:
        """Remove the block of an address, and the schedules of a removed workflow."""
        self.imports.pop(address, None)
        self.schedules = {key: each for key, each in self.schedules.items() if schedule_address(key) != address}
        self.apps = {key: each for key, each in self.apps.items() if each.address(key) != address}
        self.schedules = {key: each for key, each in self.schedules.items() if each.app in self.apps}

    def text(self) -> str:
        """Return the configuration in HCL."""
        parts = ['provider "atlan" {\n  alias = "other"\n}\n']
        parts.append(_block("atlan_app", "it", self._apps("it"), _BODY))
        parts.append(_block("atlan_app", "first", self._apps("first"), _BODY + _CREATES_FIRST))
        if any(app.is_aliased for app in self.apps.values()):  # Terraform launches a process for it.
            parts.append(_block("atlan_app", "other", self._apps("other"), _BODY + _ALIASED))
        parts.append(_block("atlan_app_schedule", "it", self._schedules(), _SCHEDULE))
        unknown = {key: json.dumps(app.name) for key, app in self.apps.items() if app.is_unknown}
        parts.append(_block("terraform_data", "name", unknown, "  input = each.value\n"))
        parts += [f'import {{\n  to = {to}\n  id = "{each}"\n}}\n' for to, each in self.imports.items()]
        parts += [f"moved {{\n  from = {old}\n  to   = {new}\n}}\n" for old, new in self.moves.items()]
        return "\n".join(parts)

    def _apps(self, label: str) -> dict[str, str]:
        return {
            key: _object(
                name=f'terraform_data.name["{key}"].output' if app.is_unknown else json.dumps(app.name),
                adopts=json.dumps(app.adopts),
            )
            for key, app in self.apps.items()
            if app.label == label
        }

    def _schedules(self) -> dict[str, str]:
        return {
            key: _object(
                slug=f"{self.app_address(each.app)}.slug", cron=json.dumps(each.cron), adopts=json.dumps(each.adopts)
            )
            for key, each in self.schedules.items()
        }


def _block(kind: str, label: str, values: Mapping[str, str], body: str) -> str:
    elements = "".join(f'    "{key}" = {value}\n' for key, value in values.items())
    return f'resource "{kind}" "{label}" {{\n  for_each = {{\n{elements}  }}\n{body}}}\n'


def _object(**attributes: Any) -> str:
    return f"{{ {', '.join(f'{name} = {value}' for name, value in attributes.items())} }}"
