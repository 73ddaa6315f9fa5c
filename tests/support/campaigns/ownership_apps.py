"""The workflows after an apply, by the rules of DESIGN.md, "Who owns an object"."""

from __future__ import annotations

from collections import Counter

from tests.support.campaigns.ownership_blocks import App
from tests.support.campaigns.ownership_expected import (
    BESIDE,
    CHANGED,
    MANAGED,
    RACE,
    TAKEN,
    TWICE,
    UNCHANGED,
    Expected,
    View,
)


def expect_apps(view: View, result: Expected) -> None:
    """Add what becomes of the workflow of each address."""
    for address, app in view.configuration.app_addresses().items():
        if view.selects(address):
            _expect(view, result, address, app)
    _expect_equal_names(view, result)


def _expect(view: View, result: Expected, address: str, app: App) -> None:
    current = view.live(address)
    if current is not None and _keeps(view, address, app):
        result.same[address] = current.object_id
    elif current is not None:
        result.removed.add(current.object_id)
        if current.is_tainted and app.adopts:  # looks like another address
            _adopt(view, result, address, app)
        else:
            _create(view, result, address, app, predecessor=current.object_id)
    elif address in view.imports:
        result.same[address] = view.imports[address]
    elif app.adopts and app.is_unknown:
        _adopt_unknown(view, result, address, app)
    elif app.adopts:
        _adopt(view, result, address, app)
    else:
        _create(view, result, address, app)


def _keeps(view: View, address: str, app: App) -> bool:
    """Return True if the apply does not replace the workflow of an address."""
    current = view.live(address)
    if current is None or current.is_tainted or address in view.command.replaces:
        return False
    return view.tenant[current.slug].name == app.name


def _is_kept(view: View, slug: str) -> bool:
    """Return True if all addresses with a workflow keep it."""
    apps = view.configuration.app_addresses()
    return all(address in apps and _keeps(view, address, apps[address]) for address in view.owners(slug))


def _named(view: View, name: str) -> str | None:
    return next((slug for slug, each in view.tenant.items() if each.name == name), None)


def _adopt(view: View, result: Expected, address: str, app: App) -> None:
    """Expect a create whose plan knows the workflow to adopt."""
    slug = _named(view, app.name)
    if slug is None:
        result.new.add(address)
    elif slug in view.managed(address):
        result.refusals.add(MANAGED)
    elif view.is_planned(address, slug):
        result.refusals.add(TWICE)
    else:
        view.plan_adoption(address, slug)
        result.same[address] = slug


def _adopt_unknown(view: View, result: Expected, address: str, app: App) -> None:
    """Expect a create whose name the plan does not know. The apply sees only the objects that it changes."""
    slug = _named(view, app.name)
    if slug is None:
        result.new.add(address)
        return
    if _is_kept(view, slug):
        result.same[address] = slug
        if view.owners(slug):
            result.invisible.add(UNCHANGED)
        if view.tenant[slug].is_edited or view.is_planned(address, slug):
            result.possible_failures.add(RACE)
    else:
        result.either[address] = slug
        result.possible_failures.add(RACE)


def _create(view: View, result: Expected, address: str, app: App, predecessor: str | None = None) -> None:
    """Expect a create that looks for nothing to adopt. The service refuses a name that is taken."""
    result.new.add(address)
    slug = _named(view, app.name)
    if slug is None or (slug == predecessor and not app.creates_first):
        return
    if predecessor not in (None, slug) and app.adopts:
        result.refusals.add(BESIDE)
    elif slug != predecessor and not _is_kept(view, slug):
        result.possible_failures.add(RACE)
    else:
        result.failures.add(CHANGED if app.adopts else TAKEN)


def _expect_equal_names(view: View, result: Expected) -> None:
    """Expect that only one of several new workflows gets a name."""
    apps = view.configuration.app_addresses()
    names = Counter(apps[each].name for each in result.new)
    if any(number > 1 for number in names.values()):
        result.failures.add(TAKEN)
    names.update(view.tenant[slug].name for slug in result.either.values())
    if any(number > 1 for number in names.values()):
        result.possible_failures.add(RACE)
