"""Base classes of the provider, its resources, data sources and functions.

They are tf's interfaces with richer contexts: every call is told the configuration, the private state and the
stop event besides what tf hands over.
"""

from __future__ import annotations

import threading
from abc import abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from tf import function as tf_function
from tf import iface
from tf.utils import Diagnostics

from provider.framework.private_state import Shape
from provider.framework.protocol.plan import Path, State
from provider.framework.schema import Schema

__all__ = [
    "Context",
    "DataSource",
    "Function",
    "MoveSource",
    "Path",
    "PlanContext",
    "Problem",
    "Provider",
    "Resource",
    "State",
    "TaintingProblem",
]


class Problem(Exception):  # noqa: N818 - it is the user's problem, told as a diagnostic
    """Something a user can act on. It ends the call and becomes one error diagnostic.

    ``path`` is tf's: attribute names as strings, map keys and list indices as one-element tuples.
    """

    def __init__(self, summary: str, detail: str = "", path: Path | None = None) -> None:
        super().__init__(summary)
        self.summary = summary
        self.detail = detail
        self.path = path


class TaintingProblem(Problem):
    """A problem with what a create made and saved that leaves it of no use: the next apply is to replace it."""


@dataclass
class Context:
    """What every call is told.

    ``private`` is the resource's private state, a JSON object: what the call leaves in it is stored with the
    new state. ``config`` is the configuration as written, empty where the protocol does not send it.
    """

    diagnostics: Diagnostics
    type_name: str
    stop: threading.Event
    config: State = field(default_factory=dict)
    private: dict[str, Any] = field(default_factory=dict)
    saved: State | None = None

    def save(self, state: State) -> None:
        """Put what exists into state, whatever happens in the rest of this call.

        After a create has saved, a failure is told as a warning: an error would taint what was made, and the
        next apply would replace it. Where just that is meant, raise a TaintingProblem.
        """
        self.saved = dict(state)

    def warn(self, summary: str, detail: str, path: Path | None = None) -> None:
        """Add a warning diagnostic."""
        self.diagnostics.add_warning(summary, detail, path=path)

    def error(self, summary: str, detail: str, path: Path | None = None) -> None:
        """Add an error diagnostic and go on, so that several problems are told at once."""
        self.diagnostics.add_error(summary, detail, path=path)


class MoveSource(NamedTuple):
    """What a ``moved`` block leads away from (``MoveResourceState.Request``).

    ``provider_address`` is such as ``registry.terraform.io/mastercard/restapi``; ``state`` is the source's stored
    state as plain JSON. It may hold secrets: no value of it may reach a message.
    """

    provider_address: str
    type_name: str
    schema_version: int
    state: State


@dataclass
class PlanContext(Context):
    """What a plan hook is told: which attributes change, and which changes replace (it may add to both)."""

    changed: set[str] = field(default_factory=set)
    requires_replace: list[Path] = field(default_factory=list)


class Provider(iface.Provider):
    """The provider. ``stop`` is set when Terraform asks it to stop: waits end, calls in flight finish."""

    stop: threading.Event

    @abstractmethod
    def get_provider_schema(self, diags: Diagnostics) -> Schema:
        """The schema of the provider block."""

    @abstractmethod
    def explain(self, error: Exception) -> Problem | None:
        """What a user is told of an exception from below; None for one that nobody expected."""


class Resource(iface.Resource):
    """A managed resource. ``plan`` is called on create (no ``current``), update, and destroy (no ``planned``)."""

    @classmethod
    @abstractmethod
    def get_schema(cls) -> Schema:
        """The schema of the resource."""

    @classmethod
    def get_private_shapes(cls) -> Mapping[str, Shape]:
        """What private state may hold, by key; a value of another shape counts as not there."""
        return {}

    # The contexts are richer than tf's own, and only this package's servicer calls these.
    def validate(self, diags: Diagnostics, type_name: str, config: State) -> None:
        """Check what the configuration says by itself. Values may be unknown. Makes no request."""

    def plan(self, ctx: PlanContext, current: State | None, planned: State | None) -> State | None:
        """Change the plan, or warn about it. Returns the planned state."""
        return planned

    @abstractmethod
    def create(self, ctx: Context, planned: State) -> State:
        """Make it and return its whole state."""

    @abstractmethod
    def read(self, ctx: Context, current: State) -> State | None:
        """Its state now; None when it is gone."""

    @abstractmethod
    def update(self, ctx: Context, current: State, planned: State) -> State:
        """Change it in place and return its whole state."""

    @abstractmethod
    def delete(self, ctx: Context, current: State) -> None:
        """Remove it. That it is gone already is a success."""

    def import_(self, ctx: Context, id: str) -> State:  # noqa: A002 - tf's name
        """The state of what exists under that id."""
        raise Problem(f"{ctx.type_name} cannot be imported", "This resource has nothing that an import could find.")

    def move(self, ctx: Context, source: MoveSource) -> State:
        """The state that takes over from a resource of another type or provider, by a ``moved`` block.

        The provider is not configured yet. What stays unknown is null: Terraform reads the state next, unless told
        not to refresh. What is left in ``ctx.private`` is stored with it.
        """
        raise Problem(
            f"Cannot move {source.type_name} to {ctx.type_name}",
            f"No other resource can be moved to {ctx.type_name}. Import the object instead of moving it.",
        )


class DataSource(iface.DataSource):
    """A data source."""

    @classmethod
    @abstractmethod
    def get_schema(cls) -> Schema:
        """The schema of the data source."""

    def validate(self, diags: Diagnostics, type_name: str, config: State) -> None:
        """Check what the configuration says by itself. Values may be unknown. Makes no request."""

    @abstractmethod
    def read(self, ctx: Context, config: State) -> State:
        """Its whole state for that configuration."""


class Function(tf_function.Function):
    """A function: pure, no I/O. A bad argument is raised as ``ArgumentProblem``."""

    def __init__(self, provider: Provider) -> None:
        """It is handed the provider, as everything is, and has no use for it."""


class ArgumentProblem(Exception):  # noqa: N818 - it is the user's problem, told as a function error
    """A function's argument, counted from 0, is not what the function takes.

    Terraform writes the parameter's name before the text, and a full stop after it.
    """

    def __init__(self, argument: int, text: str) -> None:
        super().__init__(text)
        self.argument = argument
