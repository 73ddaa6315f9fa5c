"""The steps in the web UI of the campaign of ownership. After each, both configurations are applied."""

from __future__ import annotations

import copy
import itertools

from tests.support import ui
from tests.support.campaigns.ownership_steps import CRONS, NAMES, Steps, picked

EDITED = '{"^edited$": ["^.*$"]}'


class UiSteps(Steps):
    """The steps in the web UI. One that is not possible creates a workflow, or adds a schedule to one."""

    _connections = itertools.count(1)

    def create_in_ui(self, number: int) -> None:
        taken = {each.name for each in self.stacks.live().values()}
        name = picked([each for each in NAMES if each not in taken], number)
        if name is None:
            self.add_trigger_in_ui(number)
            return
        self.begin("create a workflow in the UI", name)
        ui.create(self.stacks.sandbox, name, connection=self._connection())
        self._settle()

    def archive_in_ui(self, number: int) -> None:
        slug = picked(self._slugs(), number)
        if slug is None:
            self.create_in_ui(number)
            return
        self.begin("archive in the UI", slug)
        ui.archive(self.stacks.sandbox, slug)
        self._settle()

    def edit_in_ui(self, number: int) -> None:
        slug = picked(self._slugs(), number)
        if slug is None:
            self.create_in_ui(number)
            return
        self.begin("edit in the UI", slug)
        ui.publish(self.stacks.sandbox, slug, include_filter=EDITED)
        self._settle()

    def add_trigger_in_ui(self, number: int) -> None:
        slug = picked(self._slugs(), number)
        if slug is None:
            self.create_in_ui(number)
            return
        self.begin("add a schedule in the UI", slug)
        ui.add_schedule(self.stacks.sandbox, slug, cron=CRONS[number % 3 == 2], timezone="UTC")
        self._settle()

    def remove_trigger_in_ui(self, number: int) -> None:
        tenant = self.stacks.live()
        chosen = picked([(slug, each) for slug in self._slugs() for each in tenant[slug].triggers], number)
        if chosen is None:
            self.add_trigger_in_ui(number)
            return
        self.begin("remove a schedule in the UI", chosen)
        ui.remove_schedule(self.stacks.sandbox, *chosen)
        self._settle()

    def _slugs(self) -> list[str]:
        """Return the slugs of the live workflows, ordered by name."""
        return [each.slug for each in sorted(self.stacks.live().values(), key=lambda each: each.name)]

    def _connection(self) -> dict[str, object]:
        number = next(self._connections)
        attributes = {
            "qualifiedName": f"default/bigquery/17{number:08}",
            "connectorName": "bigquery",
            "name": f"stored {number}",
            "adminUsers": ["admin"],
        }
        return {"typeName": "Connection", "attributes": attributes}

    def _settle(self) -> None:
        for name in self.stacks.stacks:
            stack = self.stack(name)
            if stack.configuration.apps or stack.held():
                self.settler.settle(stack, copy.deepcopy(stack.configuration))
