"""The model of the campaign of ownership: what an apply leads to. It shares no code with the provider."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from tests.support.campaigns.ownership_apps import expect_apps
from tests.support.campaigns.ownership_blocks import Configuration, is_aliased
from tests.support.campaigns.ownership_expected import ALIAS, OTHER_STATE, RACE, SHARED, TARGET, Command, Expected, View
from tests.support.campaigns.ownership_objects import Held, Tenant
from tests.support.campaigns.ownership_schedules import expect_schedules


def expect(
    tenant: Tenant,
    stored: Iterable[Held],
    foreign: Collection[str],
    configuration: Configuration,
    command: Command,
) -> Expected:
    """Return what an apply leads to. ``foreign`` are the ids of the objects in other states."""
    moved = [each.moved(configuration.moves).restored(tenant) for each in stored]
    view = View(tenant, [], configuration, command)
    view.stored = [each for each in moved if view.selects(each.address)]
    result = Expected()
    _expect_sharing(view, result)
    expect_apps(view, result)
    expect_schedules(view, result)
    _expect_destroys(view, result)
    _expect_aliases(view, result)
    left_out = {each.address: each.object_id for each in moved if not view.selects(each.address)}
    for address, object_id in result.same.items():
        current = view.live(address)
        if current is None and object_id in foreign:
            result.invisible.add(OTHER_STATE)
        if object_id in left_out.values():
            result.invisible.add(TARGET)
    result.same |= left_out  # these may have a second address now
    return result


def _expect_sharing(view: View, result: Expected) -> None:
    """Expect a refusal if two addresses have one object, or if an import takes one of another address."""
    addresses: dict[tuple[bool, str], set[tuple[str, bool]]] = {}
    for each in view.stored:
        place = is_aliased(each.address), each.object_id
        addresses.setdefault(place, set()).add((each.address, each.is_deposed))
        for object_id in each.leaving(view.tenant):
            addresses.setdefault((False, object_id), set()).add((each.address, each.is_deposed))
    for address, object_id in view.imports.items():
        addresses.setdefault((is_aliased(address), object_id), set()).add((address, False))
    if any(len(each) > 1 for each in addresses.values()):
        result.refusals.add(SHARED)


def _expect_destroys(view: View, result: Expected) -> None:
    configured = view.configuration.addresses()
    for each in view.stored:
        result.removed |= each.leaving(view.tenant)
        if (each.address not in configured or each.is_deposed) and each.lives(view.tenant):
            result.removed.add(each.object_id)


def _expect_aliases(view: View, result: Expected) -> None:
    """Expect that the processes of two aliases do not see each other: one archives what the other adopts or keeps."""
    held = {(is_aliased(each.address), each.object_id) for each in view.stored}
    for address, object_id in [*result.same.items()]:
        if view.live(address) is None and (not is_aliased(address), object_id) in held:
            result.invisible.add(ALIAS)
        if object_id in result.removed:
            result.either[address] = result.same.pop(address)
            result.possible_failures.add(RACE)
