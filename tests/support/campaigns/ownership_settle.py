"""Apply a configuration of the campaign of ownership until everything is as configured.

After each step, the configuration is applied completely, and a plan has no changes.
"""

from __future__ import annotations

import copy
from collections.abc import Callable
from dataclasses import replace

from tests.support.campaigns.figures import Figures
from tests.support.campaigns.ownership_blocks import Configuration, is_aliased
from tests.support.campaigns.ownership_checks import check
from tests.support.campaigns.ownership_expected import DEPOSED, SHARED, TAKEN, Command
from tests.support.campaigns.ownership_stacks import NO_TROUBLE, Outcome, Stack, Stacks, Trouble

MOST_APPLIES = 8
ALL = Command()
STUCK = 3
"""The number of the apply after which a race ends with a change: with create_before_destroy, it never does itself."""

Advice = Callable[[], object]
"""A function that changes the configuration or the state, as an error advises."""


class Settler:
    """The steps on a tenant. ``figures`` counts what happens, and ``told`` has a line for each step and apply."""

    def __init__(self, stacks: Stacks, figures: Figures) -> None:
        self.stacks = stacks
        self.figures = figures
        self.told: list[str] = []

    def tell(self, line: str) -> None:
        self.told.append(line)

    def settle(
        self,
        stack: Stack,
        previous: Configuration,
        command: Command = ALL,
        trouble: Trouble = NO_TROUBLE,
        advice: Advice | None = None,
    ) -> None:
        """Apply until everything is as configured and a plan has no changes.

        After an error, do what it advises. ``advice`` is the first change after a refused plan, ``previous`` the
        configuration before the step.
        """
        for attempt in range(MOST_APPLIES):
            outcome = self.apply(stack, command, trouble)
            is_final = outcome.is_completed and not command.targets and not outcome.has_lost
            is_settled = is_final and self._is_quiet(stack, outcome)
            stack.configuration.apps = {
                key: replace(app, is_unknown=False) for key, app in stack.configuration.apps.items()
            }
            if is_settled:
                stack.configuration.imports, stack.configuration.moves = {}, {}
                return
            is_stuck = bool(outcome.expected.refusals) or attempt == STUCK
            if is_stuck and advice is not None:
                self.tell("  follow the advice")
                advice()
                advice = None
            elif attempt == STUCK:
                self._revert(stack, outcome, previous)
            else:
                self._follow(stack, outcome, previous)
            command, trouble = ALL, NO_TROUBLE
        raise AssertionError(f"not settled after {MOST_APPLIES} applies\n{self._text()}")

    def apply(self, stack: Stack, command: Command, trouble: Trouble) -> Outcome:
        """Apply once, and check what happened."""
        outcome = self.stacks.apply(stack, command, trouble)
        expected = outcome.expected
        reasons = sorted(expected.refusals or expected.failures or expected.possible_failures)
        self.tell(
            f"  apply {' '.join(command.options())} with {trouble}: exit code {outcome.result.returncode}, "
            f"expected {reasons or 'success'}, state {sorted(each.text for each in outcome.held_after)}"
        )
        try:
            check(outcome)
        except AssertionError as error:
            raise AssertionError(f"{error}\n{self._text()}\n{self._details(outcome)}") from error
        self._count(outcome)
        return outcome

    def _count(self, outcome: Outcome) -> None:
        self.figures.count("applies")
        if outcome.is_troubled:
            self.figures.count(f"troubles: {outcome.trouble}")
        for each in outcome.expected.refusals:
            self.figures.count(f"refusals: {each}")
        for each in outcome.expected.invisible if outcome.is_completed else ():
            self.figures.count(f"invisible: {each}")

    def _is_quiet(self, stack: Stack, outcome: Outcome) -> bool:
        """Return True if a plan has no changes. Return False if the model expects that the plan is refused."""
        if outcome.expected.is_shared:
            refused = stack.workspace.plan()
            assert (1, True) == (refused.returncode, SHARED in refused.text), f"{self._text()}\n{refused}"
            return False
        if not outcome.changes_nothing:
            plan = stack.workspace.plan("-detailed-exitcode")
            assert 0 == plan.returncode, f"{self._text()}\n{self._details(outcome)}\n{plan}"
            self.figures.count("plans without changes")
        return True

    # What a user does after an error

    def _follow(self, stack: Stack, outcome: Outcome, previous: Configuration) -> None:
        deposed = [each.address for each in outcome.held_after if each.is_deposed]
        shared = self._shared(stack, outcome)
        if deposed:
            self.figures.count(f"invisible: {DEPOSED}")
            self._forget(stack, deposed[0])
        elif shared is not None:
            self._forget(stack, shared)
            stack.configuration.remove(shared)
        elif outcome.expected.refusals:
            self._revert(stack, outcome, previous)
        elif TAKEN in outcome.expected.failures and outcome.trouble.is_harmless:  # Otherwise, apply again.
            self._import_taken(stack, outcome, previous)

    def _forget(self, stack: Stack, address: str) -> None:
        self.tell(f"  state rm {address}")
        stack.workspace.state("rm", address).ok()

    def _shared(self, stack: Stack, outcome: Outcome) -> str | None:
        """Return the address to take out of state if two addresses have one object: one that is not configured."""
        places = {each: (is_aliased(each.address), each.object_id) for each in outcome.held_after}
        ids = [*places.values()]
        shared = sorted(each.address for each, place in places.items() if ids.count(place) > 1)
        configured = stack.configuration.addresses()
        return min(shared, key=lambda address: address in configured, default=None)

    def _revert(self, stack: Stack, outcome: Outcome, previous: Configuration) -> None:
        """Configure what was configured before the step, or else the living objects in state. Take the taints back."""
        self.tell("  revert")
        if stack.configuration == previous:
            living = {each.address for each in outcome.held_after if each.lives(outcome.after)}
            for address in set(previous.addresses()) - living:
                stack.configuration.remove(address)
        else:
            stack.configuration = copy.deepcopy(previous)
        for each in outcome.held_after:
            if each.is_tainted:
                stack.workspace.run("untaint", each.address).ok()

    def _import_taken(self, stack: Stack, outcome: Outcome, previous: Configuration) -> None:
        """Paste the import block of a workflow that has the name, or revert if this state has the workflow."""
        slugs = {each.name: each.slug for each in outcome.after.values()}
        known = {each.object_id for each in outcome.held_after} | set(stack.configuration.imports.values())
        stored = {each.address for each in outcome.held_after}
        apps = stack.configuration.app_addresses()
        missing = {
            address: slugs[app.name] for address, app in apps.items() if address not in stored and app.name in slugs
        }
        if not missing or known & set(missing.values()) or len(set(missing.values())) < len(missing):
            self._revert(stack, outcome, previous)
            return
        self.tell(f"  import {missing}")
        for address, slug in missing.items():
            if not apps[address].adopts:
                assert f'id = "{slug}"' in outcome.result.output, f"{self._text()}\n{outcome.result}"
                stack.configuration.imports[address] = slug

    # Messages

    def _text(self) -> str:
        return "\n".join(["the sequence:", *self.told])

    def _details(self, outcome: Outcome) -> str:
        expected, text = outcome.expected, outcome.configuration.text()
        return f"{expected}\nbefore: {outcome.before}\nafter: {outcome.after}\n{text}\n{outcome.result}"
