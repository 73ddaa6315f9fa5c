"""The base class of resources, and the contexts that its methods get."""

from __future__ import annotations

import threading
from abc import abstractmethod
from collections.abc import Callable, Iterable, Mapping
from copy import copy
from enum import Enum
from typing import Any, ClassVar, Final, Generic, NamedTuple

from tf.utils import Diagnostics

from provider.framework.block import Block, S, TfResource
from provider.framework.diagnostics import Finding, UserError, add, warning
from provider.framework.private_state import Shape
from provider.framework.values import Json, Path


class Gone(Enum):
    """The result of a read that found no object."""

    GONE = "gone"


GONE: Final = Gone.GONE


class Context(Generic[S]):
    """The argument of each call of a resource or data source.

    ``config`` is the configuration, empty if the protocol does not send it. ``private`` is the resource's private
    state. Its changes are stored, unless the call raises an exception before ``save``. Its values are ``Any`` because
    ``Resource.private_shapes`` declares their types. ``stop`` is set when Terraform asks to stop.
    ``with_service_text`` is False if messages must leave out the service's text: see ``Resource.omits_service_text``.
    A read that keeps a state without finding the object sets ``was_found`` to False.
    """

    def __init__(
        self,
        diagnostics: Diagnostics,
        type_name: str,
        stop: threading.Event,
        config: S | None = None,
        private: dict[str, Any] | None = None,
    ) -> None:
        self.diagnostics = diagnostics
        self.type_name = type_name
        self.stop = stop
        self.config: S = {} if config is None else config  # type: ignore[assignment]  # empty if none is sent
        self.private = private or {}
        self.saved: S | None = None
        self.with_service_text = True
        self.was_found = True

    def save(self, state: S) -> None:
        """Record a state that a create or update stores if it raises an exception later. Other calls ignore the state.

        After a create has saved, its exception is reported as a warning. An error would taint the object, and the next
        apply would replace the object. To taint the object on purpose, raise TaintingError.
        """
        self.saved = copy(state)

    def warn(self, summary: str, detail: str, path: Path | None = None) -> None:
        """Report a warning."""
        self.report([warning(summary, detail, path)])

    def report(self, findings: Iterable[Finding]) -> None:
        """Report findings of a check. Errors among them fail the call."""
        add(self.diagnostics, findings)


class PlanContext(Context[S]):
    """The argument of a plan. The resource may add to ``changed`` and ``requires_replace``.

    ``changed`` contains the names of the attributes that change. ``requires_replace`` contains the paths whose change
    replaces the resource. ``type_of`` returns the type of a configured attribute in cty's notation, with the type of
    each dynamic value in it.
    """

    def __init__(
        self,
        diagnostics: Diagnostics,
        type_name: str,
        stop: threading.Event,
        config: S | None = None,
        private: dict[str, Any] | None = None,
        changed: set[str] | None = None,
        requires_replace: list[Path] | None = None,
    ) -> None:
        super().__init__(diagnostics, type_name, stop, config, private)
        self.changed = changed or set()
        self.requires_replace: list[Path] = requires_replace or []
        self.type_of: Callable[[str], Any] = lambda _: "dynamic"

    def report(self, findings: Iterable[Finding]) -> None:
        """Report findings of a check. Errors among them fail the plan, except in a destroy: see ``refusal``."""
        # Imported here, because a launch that only answers the schema does not need it.
        from provider.framework.refusals import refusal

        super().report(map(refusal, findings))


class MoveSource(NamedTuple):
    """The source of a ``moved`` block (``MoveResourceState.Request``).

    An example of ``provider_address`` is ``registry.terraform.io/mastercard/restapi``. ``state`` is the stored state of
    the source as JSON. The state may contain secrets, so a message may contain only its id.
    """

    provider_address: str
    type_name: str
    schema_version: int
    state: dict[str, Json]


class Resource(Block[S], TfResource, Generic[S]):
    """A managed resource."""

    private_shapes: ClassVar[Mapping[str, Shape]] = {}
    """The shapes of private state, by key. A value that does not have the shape of its key is dropped before a call."""
    state_upgraders: ClassVar[Mapping[int, Callable[[dict[str, Json]], dict[str, Json]]]] = {}
    """The upgraders, by the schema version of the state that they receive. Each returns a state of the next version."""

    def note_stored(self, state: dict[str, Json]) -> None:
        """Note a stored state that Terraform reads, before it is upgraded. Send no request.

        Terraform requests an upgrade of each state that a command concerns, also if it does not refresh the state.
        """

    def was_read(self, current: S) -> bool:
        """Return True if this process has read the object since it was configured.

        Then a plan without a change keeps the types of values in state, such as a map that is configured as an object.
        Without a read, Terraform may be applying a plan, and the plan must have the types in the configuration.
        """
        return False

    def needs_refresh(self, current: S) -> bool:
        """Return False if a read of this state sends no request. Such a read runs even if settings are unknown."""
        return True

    def omits_service_text(self, private: dict[str, Json]) -> bool:
        """Return True if errors of calls without a configuration must leave out the service's text.

        Read, import, delete and the plan of a destroy get no configuration. So write-only values that
        the service repeats in its text cannot be redacted. ``private`` is the private state of the object.
        """
        return False

    def check_account(self, ctx: Context[S], current: S) -> None:
        """Raise UserError if private state says that the object is not in the account that the settings select.

        This is called before a read, plan, update or delete of an object in state (``current``). An account is whatever
        separates the objects of a service: a tenant, a project, a host. Private state can be changed.
        """

    def start_private(self, ctx: Context[S]) -> None:
        """Prepare the private state of an object that is new in state: before a create, an import or a move.

        ``ctx.private`` of a create may contain values of the object that it replaces.
        """

    def remember_account(self, ctx: Context[S]) -> None:
        """Record in private state the account that the settings select.

        This is called before a create and an import, and after a read that has requested the object and found it.
        """

    def plan(self, ctx: PlanContext[S], current: S | None, planned: S | None) -> S | None:
        """Return the planned state, or None to keep ``planned``.

        ``current`` is None in the plan of a create. ``planned`` is None in the plan of a destroy, whose result is
        ignored. An exception is reported like a finding: in a destroy, it is a warning.
        """
        return planned

    @abstractmethod
    def create(self, ctx: Context[S], planned: S) -> S:
        """Create the object and return its whole state."""

    @abstractmethod
    def read(self, ctx: Context[S], current: S) -> S | Gone:
        """Return the state as the service has it now, or GONE if the object does not exist."""

    @abstractmethod
    def update(self, ctx: Context[S], current: S, planned: S) -> S:
        """Change the object in place and return its whole state."""

    @abstractmethod
    def delete(self, ctx: Context[S], current: S) -> None:
        """Delete the object. Succeed if it does not exist."""

    def import_(self, ctx: Context[S], id: str) -> S:  # noqa: A002 - tf's name
        """Return the state of the existing object with that import id."""
        raise UserError(f"{ctx.type_name} cannot be imported", f"{ctx.type_name} does not support import.")

    def move(self, ctx: Context[S], source: MoveSource) -> S:
        """Return the state for a ``moved`` block whose source is a resource of another type or provider.

        The provider is not configured yet. Return null for an attribute whose value the source does not contain.
        Terraform refreshes the state next, unless refresh is off. ``ctx.private`` is stored with the state.
        """
        raise UserError(
            f"Cannot move {source.type_name} to {ctx.type_name}",
            f"No other resource can be moved to {ctx.type_name}. Import the object instead of moving it.",
        )
