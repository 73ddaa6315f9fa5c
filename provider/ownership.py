"""Record which objects this configuration manages, so that no two addresses manage the same object.

The protocol contains no address. So each object has a random token in its private state, and the provider records
which tokens it has seen for each id since it was configured. Not visible are other processes (provider aliases), other
states, and addresses that ``-target`` leaves out.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Iterable
from typing import Any, Final, Literal, NamedTuple, TypeAlias

from provider.framework import Context, Finding, PlanContext, UserError
from provider.framework import private_state as shape
from provider.framework.refusals import refusal

_ADDRESS_KEY: Final = "address"
_PLANNED_KEY: Final = "planned_id"
_TOKEN_BYTES: Final = 8

# Terraform starts the reads of siblings together, unless -parallelism is small.
SIBLING_SECONDS: Final = 0.5

SHAPES: Final = {_ADDRESS_KEY: shape.string, _PLANNED_KEY: shape.string}
"""The shapes of the keys that this module stores in private state: the token, and the id at the last plan."""

Conflict: TypeAlias = Literal["managed", "adopted"]
"""Why an address cannot have an object: another address manages it, or a create adopts it."""

_MOVED_BLOCK: Final = """\
moved {
  from = %(type_name)s.OLD
  to   = %(type_name)s.NEW
}"""

_MOVED: Final = f"""\
If you renamed an address, declare that, with both addresses:

{_MOVED_BLOCK}

If the object is tainted, run `terraform untaint` on its address. If a `removed` block takes it out of state, apply \
that block first, and adopt the object in the next apply. If a replacement has failed, take the object out of \
state with `terraform state rm` and its address. The next apply adopts it."""


_TEXTS: Final[dict[tuple[bool, Conflict], tuple[str, str]]] = {
    (False, "managed"): (
        "Two addresses manage %(id)s",
        (
            "The state contains this %(noun)s at two addresses, or two import blocks import it. If one of them is "
            "removed, the %(noun)s of the other is removed. Keep one address: take the other one out of state with "
            "`terraform state rm`, or remove its import block."
        ),
    ),
    (False, "adopted"): ("Another resource adopts %(id)s", f"This address manages the %(noun)s already.\n\n{_MOVED}"),
    (True, "managed"): (
        "%(id)s is already managed by this configuration",
        f"Another address of this configuration manages this %(noun)s, so adopt_existing does not take it.\n\n{_MOVED}",
    ),
    (True, "adopted"): (
        "Two resources adopt %(id)s",
        "One %(noun)s can have only one address. Remove one of the resources, or %(remedy)s.",
    ),
}
"""The summary and the detail of each error, by whether the address that gets it adopts, and by the conflict."""

_REPLACED: Final = "has replaced it, could not remove it, and removes it in its next apply."
_REPLACED_TEXTS: Final[dict[tuple[bool, Conflict], str]] = {
    (False, "managed"): (
        f"One address has this %(noun)s. Another one {_REPLACED} Take the address that has it out of state with "
        "`terraform state rm`, or remove its import block."
    ),
    (False, "adopted"): f"This address {_REPLACED} Remove adopt_existing from the other resource.",
    (True, "managed"): (
        f"Another address of this configuration {_REPLACED} Remove adopt_existing: then this resource gets its own "
        "%(noun)s."
    ),
}
"""The detail if an address has replaced the object."""


class Kind(NamedTuple):
    """A kind of object.

    ``noun`` is the service's word, ``type_name`` the type of its resource, and ``remedy`` what lets another resource
    adopt another object. A kind that is never adopted has no ``remedy``.
    """

    noun: str
    type_name: str
    remedy: str = ""


def moved_block(type_name: str) -> str:
    """Return a block that declares a new address, with placeholders, because the protocol sends no addresses."""
    return _MOVED_BLOCK % {"type_name": type_name}


class Ownership:
    """The objects of one kind that this process has seen, by id. Safe for threads."""

    def __init__(self, kind: Kind) -> None:
        self.kind = kind
        self._lock = threading.Condition()
        self._stored: set[str] = set()
        self._tokens: dict[str, str | None] = {}
        self._read: set[str] = set()
        self._planned: set[str] = set()
        self._adopted: set[str] = set()
        self._removed: set[str] = set()
        self._reported: set[str] = set()
        self._replaced: set[str] = set()

    def add_stored(self, object_id: str) -> None:
        """Record that a stored state contains the object."""
        with self._lock:
            self._stored.add(object_id)
            self._lock.notify_all()

    def add_address(self, object_id: str, token: str | None, *, was_read: bool) -> Conflict | None:
        """Record that the address with this token manages the object. Return the conflict with another address.

        Without a refresh, a state of an earlier release has no token. Two such addresses are not noticed.
        """
        with self._lock:
            self._stored.add(object_id)
            self._lock.notify_all()
            if was_read:
                self._read.add(object_id)
            if self._tokens.setdefault(object_id, token) != token:
                return "managed"
            return "adopted" if object_id in self._planned else None

    def add_replaced(self, object_id: str, token: str | None) -> Conflict | None:
        """Record that the address with this token has replaced the object and must remove it. Return the conflict."""
        with self._lock:
            self._replaced.add(object_id)
            return self.add_address(object_id, token, was_read=False)

    def is_replaced(self, object_id: str) -> bool:
        """Return True if an address has replaced the object and must remove it."""
        with self._lock:
            return object_id in self._replaced

    def add_created(self, object_id: str, token: str | None) -> None:
        """Record that a create of the address with this token has created the object."""
        with self._lock:
            self._stored.add(object_id)
            self._planned.discard(object_id)
            if token is not None:
                self._tokens.setdefault(object_id, token)
            self._lock.notify_all()

    def plan_adoption(self, object_id: str) -> Conflict | None:
        """Record that a create will adopt the object. Return the conflict with another address."""
        with self._lock:
            if object_id in self._planned or object_id in self._adopted:
                return "adopted"
            if object_id in self._stored:
                return "managed"
            self._planned.add(object_id)
            return None

    def add_adopted(self, object_id: str, token: str | None) -> Conflict | None:
        """Record that a create of the address with this token adopts the object. Return the conflict with another."""
        with self._lock:
            if self._is_of_another(object_id, token):
                return "managed"
            self._planned.discard(object_id)
            self._adopted.add(object_id)
            return None

    def start_removal(self, object_id: str, token: str | None = None) -> bool:
        """Record that a delete of the address with this token removes the object.

        Return False if it must not: a create adopts the object, or another address manages it.
        """
        with self._lock:
            if object_id in self._planned or object_id in self._adopted or self._is_of_another(object_id, token):
                return False
            self._removed.add(object_id)
            return True

    def is_removed(self, object_id: str) -> bool:
        """Return True if a delete in this process removes the object, or has removed it."""
        with self._lock:
            return object_id in self._removed

    def _is_of_another(self, object_id: str, token: str | None) -> bool:
        return self._tokens.get(object_id, token) != token

    def without_address(self, object_ids: Iterable[str], seconds: float = 0) -> set[str]:
        """Return the ids of the objects that no address manages or adopts.

        Wait at most ``seconds`` until there are none, because Terraform reads several addresses at the same time.
        """
        ids = set(object_ids)
        with self._lock:
            self._lock.wait_for(lambda: not self._unmanaged(ids), seconds)
            return self._unmanaged(ids)

    def _unmanaged(self, object_ids: set[str]) -> set[str]:
        return object_ids - self._stored - self._planned - self._adopted

    def is_first_report(self, object_id: str) -> bool:
        """Return True on the first call for an object, so that only one address reports it."""
        with self._lock:
            is_first = object_id not in self._reported
            self._reported.add(object_id)
            return is_first

    def was_read(self, object_id: str) -> bool:
        """Return True if this process has read the object since it was configured."""
        with self._lock:
            return object_id in self._read

    def clear(self) -> None:
        """Remove all records, because one process can serve several commands."""
        with self._lock:
            for ids in (
                self._stored,
                self._read,
                self._planned,
                self._adopted,
                self._removed,
                self._reported,
                self._replaced,
            ):
                ids.clear()
            self._tokens.clear()


def start_address(ctx: Context[Any]) -> None:
    """Give an object that is new in state its own token. A replacement has the token of its predecessor until then."""
    ctx.private[_ADDRESS_KEY] = os.urandom(_TOKEN_BYTES).hex()


def record_created(ctx: Context[Any], ownership: Ownership, object_id: str) -> None:
    """Record that this create has created the object, so that no other create of the apply adopts it."""
    ownership.add_created(object_id, ctx.private.get(_ADDRESS_KEY))


def record_adopted(ctx: Context[Any], ownership: Ownership, object_id: str) -> None:
    """Record that this create adopts the object. Raises UserError if another address has created it in this apply."""
    conflict = ownership.add_adopted(object_id, ctx.private.get(_ADDRESS_KEY))
    if conflict is not None:
        raise UserError.of(_finding(ownership, object_id, conflict, adopts=True))


def may_remove(ctx: Context[Any], ownership: Ownership, object_id: str) -> bool:
    """Record that this delete removes the object. If another address has it now, warn and return False."""
    if ownership.start_removal(object_id, ctx.private.get(_ADDRESS_KEY)):
        return True
    kind = ownership.kind
    detail = (
        f"Another address of this configuration manages or adopts this {kind.noun}, so this resource did not remove it."
    )
    if kind.remedy:
        detail += f" If that failed, no address has the {kind.noun} now, and the next apply adopts it."
    ctx.warn(f"{object_id} was left to another address", detail)
    return False


def check_read(ctx: Context[Any], ownership: Ownership, object_id: str, replaced: Iterable[str] = ()) -> None:
    """Record a read, and give the object a token if it has none.

    ``replaced`` are the ids of the objects that the address has replaced and must still remove. Raises UserError if
    another address manages or adopts one of the objects. In the plan of a destroy, warn instead.
    """
    ctx.private.setdefault(_ADDRESS_KEY, os.urandom(_TOKEN_BYTES).hex())
    findings = _conflicts(ctx, ownership, object_id, replaced, was_read=True)
    for each in findings:
        if each.is_error:
            raise UserError.of(each)
    ctx.report(findings)


def check_planned(ctx: PlanContext[Any], ownership: Ownership, object_id: str, replaced: Iterable[str] = ()) -> None:
    """Record the plan of an object in state, which is not read if refresh is off. Report a conflict.

    ``replaced`` is that of ``check_read``.
    """
    ctx.private[_PLANNED_KEY] = object_id
    # Not the plan's way to report, which adds the way out of a destroy.
    Context.report(ctx, _conflicts(ctx, ownership, object_id, replaced, was_read=False))


def _conflicts(
    ctx: Context[Any], ownership: Ownership, object_id: str, replaced: Iterable[str], *, was_read: bool
) -> list[Finding]:
    """Record the objects of an address, and return an error for each that another address manages or adopts.

    In a destroy, these are warnings. `terraform destroy -refresh=false` finds the same conflict.
    """
    token = ctx.private.get(_ADDRESS_KEY)
    found = [(object_id, ownership.add_address(object_id, token, was_read=was_read))]
    found += [(each, ownership.add_replaced(each, token)) for each in replaced]
    findings = [_finding(ownership, each, conflict) for each, conflict in found if conflict is not None]
    return [refusal(each, has_way_out=False) for each in findings]


def check_adoption(ownership: Ownership, object_id: str) -> None:
    """Record that a create will adopt the object. Raises UserError if another address manages or adopts it."""
    conflict = ownership.plan_adoption(object_id)
    if conflict is not None:
        raise UserError.of(_finding(ownership, object_id, conflict, adopts=True))


def is_replacement(ctx: PlanContext[Any]) -> bool:
    """Return True if the plan of a create has the private state of the object that it replaces."""
    return _ADDRESS_KEY in ctx.private


def predecessor(ctx: PlanContext[Any]) -> str | None:
    """Return the id of the object that the planned create replaces. Return None if it replaces none.

    Terraform plans a replacement twice, first as an update. The second plan gets the private state of the first.
    """
    object_id: str | None = ctx.private.get(_PLANNED_KEY)
    return object_id


def _finding(ownership: Ownership, object_id: str, conflict: Conflict, *, adopts: bool = False) -> Finding:
    """Return the error. ``adopts``: the address that gets the error adopts the object."""
    key = adopts, conflict
    summary, detail = _TEXTS[key]
    if ownership.is_replaced(object_id):
        detail = _REPLACED_TEXTS.get(key, detail)
    words = {**ownership.kind._asdict(), "id": object_id}
    return Finding(summary % words, detail % words, ["adopt_existing"] if adopts else None)
