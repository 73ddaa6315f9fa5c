"""The steps of the campaign of ownership. A number selects the object of a step, whatever exists then."""

from __future__ import annotations

import copy
import itertools
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Literal, TypeAlias, TypeVar

from tests.support.campaigns.figures import Figures
from tests.support.campaigns.ownership_blocks import App, Schedule, schedule_address
from tests.support.campaigns.ownership_expected import Command
from tests.support.campaigns.ownership_objects import Tenant
from tests.support.campaigns.ownership_settle import ALL, Settler
from tests.support.campaigns.ownership_stacks import (
    FAILED_REMOVAL,
    SLOW_REMOVAL,
    STACKS,
    Stack,
    Stacks,
    Trouble,
)

T = TypeVar("T")

NAMES = ("n1", "n2", "n3")
CRONS = ("0 6 * * *", "0 18 * * *")
MOST_APPS, MOST_SCHEDULES = 3, 3

Form: TypeAlias = Literal["known", "unknown", "creates first", "aliased"]
Renaming: TypeAlias = Literal["plain", "moved", "unknown", "target"]
Taking: TypeAlias = Literal["equal times", "adopt", "import"]


def picked(elements: Sequence[T], number: int) -> T | None:
    """Return the element that a number selects. Return None if there are no elements."""
    return elements[number % len(elements)] if elements else None


class Steps:
    """The steps in Terraform. One that is not possible adds a workflow instead."""

    def __init__(self, stacks: Stacks, figures: Figures) -> None:
        self.stacks = stacks
        self.figures = figures
        self.settler = Settler(stacks, figures)
        self._keys = (f"k{number}" for number in itertools.count(1))

    def begin(self, kind: str, told: object = "") -> None:
        """Count a step."""
        self.settler.tell(f"{kind} {told}")
        self.figures.count("steps")
        self.figures.count(f"steps: {kind}")

    def start(self, adopts: bool, form: Form, number: int) -> None:
        """Create two workflows, and a schedule of the second."""
        stack = self.stacks.stacks["a"]
        self.begin("start", (adopts, form, number))
        name, other = NAMES[number % 3], NAMES[(number + 1) % 3]
        stack.configuration.apps = {
            "first": App(name, not adopts),
            "second": App(other, adopts, form == "creates first", form == "unknown"),
        }
        stack.configuration.schedules = {"daily": Schedule("second", CRONS[0], adopts=number % 2 == 0)}
        self.settler.settle(stack, copy.deepcopy(stack.configuration))

    def stack(self, name: str) -> Stack:
        """Return a stack for the next step. The names in it are known by now."""
        stack = self.stacks.stacks[name]
        apps = stack.configuration.apps
        stack.configuration.apps = {key: replace(app, is_unknown=False) for key, app in apps.items()}
        return stack

    def filled(self, name: str) -> tuple[str, Stack]:
        """Return a stack with workflows: the one with this name, or else the first."""
        name = name if self.stacks.stacks[name].configuration.apps else STACKS[0]
        return name, self.stack(name)

    # Workflows

    def add_app(self, name: str, number: int, adopts: bool, form: Form, trouble: Trouble) -> None:
        stack = self.stack(name)
        previous = copy.deepcopy(stack.configuration)
        app = App(NAMES[number % len(NAMES)], adopts, form == "creates first", form == "unknown", form == "aliased")
        self.begin("add a workflow", (name, app, trouble))
        _make_room(stack, MOST_APPS)
        stack.configuration.apps[next(self._keys)] = app
        self.settler.settle(stack, previous, trouble=trouble)

    def remove(self, name: str, number: int, trouble: Trouble) -> None:
        name, stack = self.filled(name)
        address = picked(stack.configuration.addresses(), number)
        if address is None:
            self.add_app(name, number, False, "known", trouble)
            return
        self.begin("remove", (name, address, trouble))
        previous = copy.deepcopy(stack.configuration)
        stack.configuration.remove(address)
        self.settler.settle(stack, previous, trouble=trouble)

    def rename_app(self, name: str, number: int, how: Renaming, trouble: Trouble) -> None:
        """Give a workflow another key. After an error, add the moved block."""
        name, stack = self.filled(name)
        previous = copy.deepcopy(stack.configuration)
        old_key = picked([*stack.configuration.apps], number)
        if old_key is None:
            self.add_app(name, number, True, "known", trouble)
            return
        key, app = next(self._keys), stack.configuration.apps.pop(old_key)
        new = replace(app, adopts=app.adopts or how in ("unknown", "target"), is_unknown=how == "unknown")
        if (
            how == "unknown" and number % 4 and not app.is_aliased
        ):  # Only with another resource, the create can be before the slow removals.
            new = replace(new, creates_first=not app.creates_first)
        self.begin(f"rename a key, {how}", (name, old_key, key, new, trouble))
        stack.configuration.apps[key] = new
        stack.configuration.schedules = {
            each: replace(schedule, app=key) if schedule.app == old_key else schedule
            for each, schedule in stack.configuration.schedules.items()
            if schedule.app != old_key or new.creates_first is app.creates_first
        }
        moves = {app.address(old_key): new.address(key)}
        stack.configuration.moves = moves if how == "moved" else {}
        targets = frozenset(moves.values()) if how == "target" else frozenset()
        trouble = SLOW_REMOVAL if how == "unknown" else trouble
        advice = None if how == "unknown" else lambda: stack.configuration.moves.update(moves)
        self.settler.settle(stack, previous, Command(targets=targets), trouble, advice)

    def change_name(self, name: str, number: int, trouble: Trouble) -> None:
        """Replace a workflow by one of another name."""
        name, stack = self.filled(name)
        previous = copy.deepcopy(stack.configuration)
        key = picked([*stack.configuration.apps], number)
        if key is None:
            self.add_app(name, number, False, "known", trouble)
            return
        app = stack.configuration.apps[key]
        others = [each for each in NAMES if each != app.name]
        stack.configuration.apps[key] = replace(app, name=others[number % 2])
        self.begin("change a name", (name, key, others[number % 2], trouble))
        self.settler.settle(stack, previous, trouble=trouble)

    def import_app(self, name: str, number: int, twice: bool, trouble: Trouble) -> None:
        """Import a workflow, at one or two addresses. After an error, remove the last address."""
        stack = self.stack(name)
        previous, tenant = copy.deepcopy(stack.configuration), self.stacks.live()
        own = {each.object_id for each in stack.held()}
        slug = picked(sorted(tenant.keys() - own, key=_by_name(tenant)) or sorted(tenant, key=_by_name(tenant)), number)
        if slug is None:
            self.add_app(name, number, False, "known", trouble)
            return
        self.begin("import a workflow twice" if twice else "import a workflow", (name, slug, trouble))
        _make_room(stack, MOST_APPS)
        for _ in range(1 + twice):
            app = App(tenant[slug].name, adopts=number % 2 == 0)
            key = next(self._keys)
            stack.configuration.apps[key] = app
            stack.configuration.imports[app.address(key)] = slug
        last = app.address(key)
        self.settler.settle(stack, previous, trouble=trouble, advice=lambda: stack.configuration.remove(last))

    # Schedules

    def add_schedule(self, name: str, number: int, adopts: bool, trouble: Trouble) -> None:
        name, stack = self.filled(name)
        previous = copy.deepcopy(stack.configuration)
        app = picked([*stack.configuration.apps], number)
        if app is None:
            self.add_app(name, number, adopts, "known", trouble)
            return
        if len(stack.configuration.schedules) >= MOST_SCHEDULES:
            stack.configuration.remove(schedule_address(next(iter(stack.configuration.schedules))))
        schedule = Schedule(app, CRONS[number % 3 == 2], adopts)
        self.begin("add a schedule", (name, schedule, trouble))
        stack.configuration.schedules[next(self._keys)] = schedule
        self.settler.settle(stack, previous, trouble=trouble)

    def rename_schedule(self, name: str, number: int, moved: bool, trouble: Trouble) -> None:
        name, stack = self.filled(name)
        previous = copy.deepcopy(stack.configuration)
        old_key = picked([*stack.configuration.schedules], number)
        if old_key is None:
            self.add_schedule(name, number, False, trouble)
            return
        key = next(self._keys)
        stack.configuration.schedules[key] = stack.configuration.schedules.pop(old_key)
        moves = {schedule_address(old_key): schedule_address(key)}
        self.begin(f"rename a schedule, {'moved' if moved else 'plain'}", (name, old_key, key, trouble))
        stack.configuration.moves = moves if moved else {}
        self.settler.settle(stack, previous, trouble=trouble, advice=lambda: stack.configuration.moves.update(moves))

    def change_cron(self, name: str, number: int, trouble: Trouble) -> None:
        name, stack = self.filled(name)
        previous = copy.deepcopy(stack.configuration)
        key = picked([*stack.configuration.schedules], number)
        if key is None:
            self.add_schedule(name, number, False, trouble)
            return
        schedule = stack.configuration.schedules[key]
        self.begin("change times", (name, key, trouble))
        stack.configuration.schedules[key] = replace(schedule, cron=CRONS[schedule.cron == CRONS[0]])
        self.settler.settle(stack, previous, trouble=trouble)

    def import_schedule(self, name: str, number: int, trouble: Trouble) -> None:
        """Import a trigger of a configured workflow, which another address may have."""
        name, stack = self.filled(name)
        previous, tenant = copy.deepcopy(stack.configuration), self.stacks.live()
        keys = {app.address(key): key for key, app in stack.configuration.apps.items()}
        found = [
            (each.slug, trigger_id, cron, keys[each.address])
            for each in stack.held()
            if each.address in keys and each.slug in tenant
            for trigger_id, cron in tenant[each.slug].triggers.items()
        ]
        chosen = picked(found, number)
        if chosen is None:
            self.add_schedule(name, number, False, trouble)
            return
        slug, trigger_id, cron, app = chosen
        key = next(self._keys)
        self.begin("import a schedule", (name, key, slug, trigger_id, trouble))
        stack.configuration.schedules[key] = Schedule(app, cron)
        stack.configuration.imports[schedule_address(key)] = f"{slug}/{trigger_id}"
        self.settler.settle(stack, previous, trouble=trouble)

    def take_replaced(self, name: str, number: int, how: Taking, trouble: Trouble) -> None:
        """Fail to remove a replaced trigger, and use its times or itself at another address."""
        name, stack = self.filled(name)
        held = {each.address: each for each in stack.held() if each.lives(self.stacks.live())}
        key = picked([each for each in stack.configuration.schedules if schedule_address(each) in held], number)
        if key is None:
            self.add_schedule(name, number, False, trouble)
            return
        schedule, replaced = stack.configuration.schedules[key], held[schedule_address(key)]
        self.begin(f"take a replaced trigger, {how}", (name, key, replaced.object_id, trouble))
        stack.configuration.schedules[key] = replace(schedule, cron=CRONS[schedule.cron == CRONS[0]])
        self.settler.apply(stack, ALL, FAILED_REMOVAL)
        previous = copy.deepcopy(stack.configuration)
        new_key = next(self._keys)
        address = schedule_address(new_key)
        stack.configuration.schedules[new_key] = replace(schedule, adopts=how == "adopt")
        if how == "import":
            stack.configuration.imports[address] = f"{replaced.slug}/{replaced.object_id}"
        self.settler.settle(stack, previous, trouble=trouble, advice=lambda: stack.configuration.remove(address))

    # Both

    def replace(self, name: str, number: int, trouble: Trouble) -> None:
        name, stack = self.filled(name)
        address = picked(stack.configuration.addresses(), number)
        if address is None:
            self.add_app(name, number, False, "known", trouble)
            return
        self.begin("replace", (name, address, trouble))
        command = Command(replaces=frozenset([address]))
        self.settler.settle(stack, copy.deepcopy(stack.configuration), command, trouble)

    def taint(self, name: str, number: int, trouble: Trouble) -> None:
        name, stack = self.filled(name)
        address = picked(sorted({each.address for each in stack.held()}), number)
        if address is None:
            self.add_app(name, number, False, "known", trouble)
            return
        self.begin("taint", (name, address, trouble))
        stack.workspace.run("taint", address).ok()
        self.settler.settle(stack, copy.deepcopy(stack.configuration), trouble=trouble)

    def adopt(self, name: str, number: int, form: Form, trouble: Trouble) -> None:
        """Take an object out of state and adopt it."""
        name, stack = self.filled(name)
        previous = copy.deepcopy(stack.configuration)
        held = {each.address for each in stack.held()}
        address = picked([each for each in stack.configuration.addresses() if each in held], number)
        if address is None:
            self.add_app(name, number, True, form, trouble)
            return
        self.begin("adopt", (name, address, form, trouble))
        stack.workspace.state("rm", address).ok()
        apps, schedules = stack.configuration.apps, stack.configuration.schedules
        for key, app in apps.items():
            if app.address(key) == address:
                apps[key] = replace(app, adopts=True, is_unknown=form == "unknown")
        for key, schedule in schedules.items():
            if schedule_address(key) == address:
                schedules[key] = replace(schedule, adopts=True)
        self.settler.settle(stack, previous, trouble=trouble)


def _make_room(stack: Stack, most: int) -> None:
    """Remove the first workflow of a full configuration."""
    if len(stack.configuration.apps) >= most:
        stack.configuration.remove(next(iter(stack.configuration.app_addresses())))


def _by_name(tenant: Tenant) -> Callable[[str], str]:
    """Return the key that sorts slugs by the names of their workflows, because slugs are random."""
    return lambda slug: tenant[slug].name
