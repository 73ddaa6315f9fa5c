"""Rows of the list, compared with reads of the same workflows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from provider.client.responses import Trigger, Workflow

SAMPLE_SIZE: Final = 3
"""The number of reads that must match their rows of the list before any row is trusted."""


class Row(NamedTuple):
    """The values that the list and a read return for a workflow. A value that is missing is None.

    ``triggers`` contains (trigger id, cron, timezone) of each schedule. It is None if the service does not return the
    schedules, or if a schedule lacks its cron or timezone.
    """

    version: int | None
    owner: str | None
    execution_mode: str | None
    triggers: frozenset[tuple[str, str | None, str | None]] | None


def row_of(workflow: Workflow) -> Row:
    """Return the row of a workflow that the list or a read returned."""
    return Row(workflow.version, workflow.owner, workflow.execution_mode, _triggers(workflow.schedules))


def _triggers(schedules: list[Trigger] | None) -> frozenset[tuple[str, str | None, str | None]] | None:
    if schedules is None or not all(each.cron and each.timezone for each in schedules):
        return None
    return frozenset((each.trigger_id, each.cron, each.timezone) for each in schedules)


class Rows:
    """The rows of one walk, and the sample of reads that they are compared with. Not safe for threads.

    ``matched`` is the number of comparisons in which a row equaled its read. ``mismatch`` describes the first
    difference. After it, no row is trusted.
    """

    def __init__(self) -> None:
        self._rows: dict[str, Row | None] = {}
        self._reads: dict[str, Row | None] = {}
        self.matched = 0
        self._matched_triggers = 0
        self._are_triggers_comparable = True
        self.mismatch: str | None = None

    def __len__(self) -> int:
        return len(self._rows)

    @property
    def are_trusted(self) -> bool:
        """Return True if enough reads match their rows and none differs."""
        return self.matched >= SAMPLE_SIZE and self.mismatch is None

    def add(self, slug: str, row: Row) -> None:
        """Add a row, and compare it if the workflow was read.

        A workflow that the list contains twice with different values has no trusted row.
        """
        self._rows[slug] = row if self._rows.get(slug, row) == row else None
        if slug in self._reads:
            self._compare(slug)

    def add_read(self, slug: str, read: Row | None) -> None:
        """Add a read, and compare it if the workflow has a row. ``read`` is None if the workflow does not exist."""
        self._reads[slug] = read
        if slug in self._rows:
            self._compare(slug)

    def trusted_row(self, slug: str) -> Row | None:
        """Return the row if it is trusted. Its triggers are None if they are not trusted.

        Triggers are trusted if enough comparisons found them in the row and in the read, and none in only one of both.
        """
        row = self._rows.get(slug) if self.are_trusted else None
        if row is None or (self._are_triggers_comparable and self._matched_triggers >= SAMPLE_SIZE):
            return row
        return row._replace(triggers=None)

    def _compare(self, slug: str) -> None:
        row, read = self._rows[slug], self._reads[slug]
        if row is None or self.mismatch is not None:
            return
        if read is None or not _match(row, read):
            self.mismatch = f"{slug} is {_describe(row)} in the list, and {_describe(read)} in a read"
            return
        self.matched += 1
        if row.triggers is not None and read.triggers is not None:
            self._matched_triggers += 1
        elif row.triggers != read.triggers:
            self._are_triggers_comparable = False


def _match(row: Row, read: Row) -> bool:
    """Return True if a row equals a read. A row without an execution mode, and triggers that one lacks, are ignored."""
    if (row.version, row.owner) != (read.version, read.owner):
        return False
    lacks_triggers = row.triggers is None or read.triggers is None
    return row.execution_mode in (None, read.execution_mode) and (lacks_triggers or row.triggers == read.triggers)


def _describe(row: Row | None) -> str:
    if row is None:
        return "gone"
    ids = "" if row.triggers is None else f", triggers {sorted(each[0] for each in row.triggers)}"
    return f"version {row.version}, owner {row.owner}, {row.execution_mode}{ids}"
