"""What the list and the gets tell of the same workflows, held against each other."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from provider.client.responses import Trigger, Workflow

ENOUGH: Final = 3
"""How many workflows have to be told alike by the list and by gets before a row is believed."""


class Row(NamedTuple):
    """What both the list and a get may tell of a workflow; None is what was not told.

    ``triggers`` are (trigger id, cron, timezone), and None too where one of them lacks its times.
    """

    version: int | None
    owner: str | None
    execution_mode: str | None
    triggers: frozenset[tuple[str, str | None, str | None]] | None


def row_of(app: Workflow) -> Row:
    return Row(app.version, app.owner, app.execution_mode, _triggers(app.schedules))


def _triggers(schedules: list[Trigger] | None) -> frozenset[tuple[str, str | None, str | None]] | None:
    if schedules is None or not all(each.cron and each.timezone for each in schedules):
        return None
    return frozenset((each.trigger_id, each.cron, each.timezone) for each in schedules)


class Rows:
    """The rows of one walk, and how far they may be believed. Not safe for threads.

    ``agreed`` counts the gets that tell the same as their rows. One that tells otherwise is a ``contradiction``, and
    nothing is believed from then on.
    """

    def __init__(self) -> None:
        self._rows: dict[str, Row | None] = {}
        self._gets: dict[str, Row | None] = {}
        self.agreed = 0
        self._triggers_agreed = 0
        self._tells_triggers = True
        self.contradiction: str | None = None

    def __len__(self) -> int:
        return len(self._rows)

    @property
    def are_believed(self) -> bool:
        return self.agreed >= ENOUGH and self.contradiction is None

    def add(self, slug: str, row: Row) -> None:
        """What the list tells. A workflow that it tells twice, in two ways, is told by a get alone."""
        self._rows[slug] = row if self._rows.get(slug, row) == row else None
        if slug in self._gets:
            self._compare(slug)

    def add_get(self, slug: str, told: Row | None) -> None:
        """What a get tells; None where the workflow is gone."""
        self._gets[slug] = told
        if slug in self._rows:
            self._compare(slug)

    def believed(self, slug: str) -> Row | None:
        """The row, where there is one that is believed; its triggers are None unless they are, too."""
        row = self._rows.get(slug) if self.are_believed else None
        if row is None or (self._tells_triggers and self._triggers_agreed >= ENOUGH):
            return row
        return row._replace(triggers=None)

    def _compare(self, slug: str) -> None:
        row, told = self._rows[slug], self._gets[slug]
        if row is None:
            return
        if told is None or not _agree(row, told):
            self.contradiction = f"it tells {_shown(row)} of {slug}, and a get tells {_shown(told)}"
            return
        self.agreed += 1
        if None not in (row.triggers, told.triggers):
            self._triggers_agreed += 1
        elif row.triggers != told.triggers:
            self._tells_triggers = False


def _agree(row: Row, told: Row) -> bool:
    """Whether they tell the same; a row may be silent of how a workflow is executed and of its triggers, a get too."""
    if (row.version, row.owner) != (told.version, told.owner):
        return False
    silent = None in (row.triggers, told.triggers)
    return row.execution_mode in (None, told.execution_mode) and (silent or row.triggers == told.triggers)


def _shown(row: Row | None) -> str:
    if row is None:
        return "that it is gone"
    ids = "" if row.triggers is None else f", triggers {sorted(each[0] for each in row.triggers)}"
    return f"version {row.version}, owner {row.owner}, {row.execution_mode}{ids}"
