"""The triggers after an apply, by the rules of DESIGN.md, "Who owns an object"."""

from __future__ import annotations

from tests.support.campaigns.ownership_blocks import Schedule
from tests.support.campaigns.ownership_expected import (
    BESIDE,
    MANAGED,
    RACE,
    TWICE,
    UNCHANGED,
    UNCLEAR,
    Expected,
    View,
)
from tests.support.campaigns.ownership_objects import Held


def expect_schedules(view: View, result: Expected) -> None:
    """Add what becomes of the trigger of each address. ``result`` has the workflows already."""
    for address, schedule in view.configuration.schedule_addresses().items():
        if view.selects(address):
            _expect(view, result, address, schedule)


def _expect(view: View, result: Expected, address: str, schedule: Schedule) -> None:
    current = view.live(address)
    if current is None and address in view.imports:
        result.same[address] = view.imports[address]
    elif current is None or not _is_updated(view, result, address, schedule, current):
        if current is not None:
            result.removed.add(current.object_id)
        _create(view, result, address, schedule, current)


def _is_updated(view: View, result: Expected, address: str, schedule: Schedule, current: Held) -> bool:
    """Return True if the schedule stays or gets another trigger in an update. Return False if it is replaced."""
    app_address = view.configuration.app_address(schedule.app)
    is_kept = current.slug == result.same.get(app_address) and _is_known(view, app_address)
    if not is_kept or current.is_tainted or address in view.command.replaces:
        return False
    if view.tenant[current.slug].triggers[current.object_id] == schedule.cron:
        result.same[address] = current.object_id
    else:
        result.new.add(address)
        result.removed.add(current.object_id)
    return True


def _create(view: View, result: Expected, address: str, schedule: Schedule, predecessor: Held | None) -> None:
    app_address = view.configuration.app_address(schedule.app)
    slug = result.same.get(app_address)
    if app_address in result.either:
        result.open.add(address)
        result.possible_failures.add(RACE)
    elif slug is None or not schedule.adopts:
        result.new.add(address)
        if slug is not None and _is_known(view, app_address):
            found = set(view.tenant[slug].with_cron(schedule.cron))
            result.warned |= found - view.managed(address)
    elif _is_known(view, app_address) and (predecessor is None or predecessor.is_tainted):
        _adopt(view, result, address, slug, schedule)
    elif predecessor is not None and _has_other(view, app_address, slug, schedule, predecessor):
        result.refusals.add(BESIDE)
    else:
        _adopt_later(view, result, address, slug, schedule)


def _has_other(view: View, app_address: str, slug: str, schedule: Schedule, predecessor: Held) -> bool:
    """Return True if the plan of a replacement finds another trigger with the times."""
    own = {predecessor.object_id, *predecessor.replaced}
    found = set(view.tenant[slug].with_cron(schedule.cron)) - own
    return _is_known(view, app_address) and bool(found)


def _is_known(view: View, app_address: str) -> bool:
    """Return True if the plan knows the slug of a workflow that is not new."""
    app = view.configuration.app_addresses()[app_address]
    return view.live(app_address) is not None or app_address in view.imports or not app.is_unknown


def _adopt(view: View, result: Expected, address: str, slug: str, schedule: Schedule) -> None:
    """Expect a create whose plan knows the triggers of the workflow."""
    found = view.tenant[slug].with_cron(schedule.cron)
    if not found:
        result.new.add(address)
    elif len(found) > 1 and not set(found) <= view.managed(address):
        result.refusals.add(UNCLEAR)
    elif found[0] in view.managed(address):
        result.refusals.add(MANAGED)
    elif view.is_planned(address, found[0]):
        result.refusals.add(TWICE)
    else:
        view.plan_adoption(address, found[0])
        result.same[address] = found[0]


def _adopt_later(view: View, result: Expected, address: str, slug: str, schedule: Schedule) -> None:
    """Expect a create whose apply looks for a trigger. It sees only the objects that it changes."""
    found = set(view.tenant[slug].with_cron(schedule.cron)) - result.removed
    if found & (_leaving(view) | view.replaced) or any(view.is_planned(address, each) for each in found):
        result.open.add(address)
        result.possible_failures.add(RACE)
    elif len(found) > 1:
        result.new.add(address)
        result.failures.add(UNCLEAR)
    elif found:
        (trigger_id,) = found
        result.same[address] = trigger_id
        if view.owners(trigger_id):
            result.invisible.add(UNCHANGED)
    else:
        result.new.add(address)


def _leaving(view: View) -> set[str]:
    """Return the triggers whose addresses are not configured any more."""
    configured = view.configuration.schedule_addresses()
    return {each.object_id for each in view.stored if not each.is_app and each.address not in configured}
