"""The result of an apply, and what decides it: the tenant, the state, the configuration and the command."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from tests.support.campaigns.ownership_blocks import Configuration, is_aliased
from tests.support.campaigns.ownership_objects import Held, Tenant

MANAGED = "is already managed by this configuration"
TWICE = "Two resources adopt"
SHARED = "Two addresses manage"
UNCLEAR = "It is not clear which trigger of"
BESIDE = "A replacement does not adopt"
WORDINGS = {MANAGED: (MANAGED, "Another resource adopts")}
"""A conflict has another error if the read comes after the create."""

TAKEN, CHANGED, RACE = "the name is taken", "the plan did not show an adoption", "a destroy and a create at once"
OTHER_STATE = "an object of another state is adopted or imported"
ALIAS = "an object of another alias of the provider is adopted or imported"
UNCHANGED = "a create that the plan could not know adopts an object that the apply does not change"
TARGET = "an object that -target leaves out is adopted"
DEPOSED = "a failed replacement leaves a deposed object"


@dataclass
class Expected:
    """The result of an apply. Addresses are those of the configuration, ids those of workflows and triggers."""

    refusals: set[str] = field(default_factory=set)
    """Errors of the plan. Then nothing changes."""
    failures: set[str] = field(default_factory=set)
    """Why the apply fails."""
    possible_failures: set[str] = field(default_factory=set)
    invisible: set[str] = field(default_factory=set)
    """The cases that no rule sees."""
    same: dict[str, str] = field(default_factory=dict)
    """The object that an address has after the apply: its own, or one that it adopts or imports."""
    new: set[str] = field(default_factory=set)
    """The addresses with a new object."""
    either: dict[str, str] = field(default_factory=dict)
    """The object that an address adopts, unless the destroy of its old address is first."""
    open: set[str] = field(default_factory=set)
    """The addresses of schedules that depend on one of `either`."""
    removed: set[str] = field(default_factory=set)
    """The objects that are destroyed."""
    warned: set[str] = field(default_factory=set)
    """The triggers that no state contains, with the times of a new schedule."""

    @property
    def is_shared(self) -> bool:
        """Return True if two addresses of one process of the provider have one object after the apply."""
        objects = Counter((is_aliased(address), object_id) for address, object_id in self.same.items())
        return any(number > 1 for number in objects.values())


@dataclass(frozen=True)
class Command:
    """The options of an apply."""

    replaces: frozenset[str] = frozenset()
    targets: frozenset[str] = frozenset()

    def options(self) -> list[str]:
        return [f"-replace={each}" for each in sorted(self.replaces)] + [f"-target={each}" for each in self.targets]


@dataclass
class View:
    """The objects that an apply sees. ``stored`` is the state without the addresses that ``-target`` leaves out."""

    tenant: Tenant
    stored: list[Held]
    configuration: Configuration
    command: Command
    planned: set[tuple[bool, str]] = field(default_factory=set)
    """The objects that a create adopts: if its address is aliased, and the id."""

    @property
    def current(self) -> dict[str, Held]:
        """Return the objects in state by address, without deposed ones."""
        return {each.address: each for each in self.stored if not each.is_deposed}

    @property
    def imports(self) -> dict[str, str]:
        """Return the ids of the objects that are imported, by address."""
        imports = self.configuration.imports
        return {to: each.rpartition("/")[2] for to, each in imports.items() if to not in self.current}

    def managed(self, address: str) -> set[str]:
        """Return the ids of the objects that the process of an address sees: in state, or imported."""
        held = {each.address: each.object_id for each in self.stored} | self.imports
        found = {object_id for each, object_id in held.items() if is_aliased(each) is is_aliased(address)}
        return found | (set() if is_aliased(address) else self.replaced)

    @property
    def replaced(self) -> set[str]:
        """Return the ids of the triggers that schedules have replaced and must still remove."""
        return {object_id for each in self.stored for object_id in each.leaving(self.tenant)}

    def plan_adoption(self, address: str, object_id: str) -> None:
        self.planned.add((is_aliased(address), object_id))

    def is_planned(self, address: str, object_id: str) -> bool:
        """Return True if another create of the same process adopts the object."""
        return (is_aliased(address), object_id) in self.planned

    def live(self, address: str) -> Held | None:
        """Return the object of an address in state. Return None if the object is gone."""
        found = self.current.get(address)
        return found if found is not None and found.lives(self.tenant) else None

    def owners(self, object_id: str) -> set[str]:
        return {each.address for each in self.stored if each.object_id == object_id}

    def selects(self, address: str) -> bool:
        return not self.command.targets or address in self.command.targets
