"""The base class of providers."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from tf import iface
from tf.utils import Diagnostics

from provider.framework.diagnostics import Finding, UserError, add
from provider.framework.registration import FromProviderData, Lazy
from provider.framework.schema import Schema
from provider.framework.values import State

if TYPE_CHECKING:
    from provider.framework.data_source import DataSource
    from provider.framework.function import Function
    from provider.framework.resource import Resource

T = TypeVar("T", bound=FromProviderData)


class Provider(iface.Provider):
    """A provider. ``stop`` is set when Terraform asks to stop: waits end, and calls in flight finish.

    ``unknown_settings`` are the names of settings that are unknown in this plan. While there are any, only
    resources whose ``needs_refresh`` returns False are read, and a data source or an import is an error. Each resource,
    data source and function is created with ``provider_data``. ``is_configured`` is True after a configure. A process
    that Terraform launches to validate is never configured.
    """

    stop: threading.Event
    address: ClassVar[str]
    """The source address, such as ``registry.terraform.io/example/notes``."""
    prefix: ClassVar[str]
    """The prefix of all type names, such as ``notes_``."""
    schema: ClassVar[Schema]
    resources: ClassVar[Sequence[type[Resource[Any]] | Lazy]] = ()
    data_sources: ClassVar[Sequence[type[DataSource[Any]] | Lazy]] = ()
    functions: ClassVar[Sequence[type[Function]]] = ()
    """The classes of everything that a configuration can name. ``Lazy`` registers a class without its import."""
    unknown_settings: Sequence[str] = ()
    is_configured: bool = False
    provider_data: Any = None

    def __init__(self) -> None:
        self.stop = threading.Event()

    def full_name(self) -> str:
        """Return the source address for tf's interface."""
        return self.address

    def get_model_prefix(self) -> str:
        """Return the prefix of all type names for tf's interface."""
        return self.prefix

    def get_resources(self) -> list[type[Resource[Any]] | Lazy]:  # type: ignore[override]  # Lazy ones, too
        """Return the resource classes for tf's interface."""
        return [*self.resources]

    def get_data_sources(self) -> list[type[DataSource[Any]] | Lazy]:  # type: ignore[override]  # Lazy ones, too
        """Return the data source classes for tf's interface."""
        return [*self.data_sources]

    def get_functions(self) -> list[type[Function]]:  # type: ignore[override]  # a list is invariant
        """Return the function classes for tf's interface."""
        return [*self.functions]

    def get_provider_schema(self, diags: Diagnostics) -> Schema:
        """Return the schema of the provider block for tf's interface."""
        return self.schema

    def validate_config(self, diags: Diagnostics, config: State) -> None:
        """Report the findings of ``check_config`` for tf's interface."""
        add(diags, self.check_config(config))

    def configure_provider(self, diags: Diagnostics, config: State) -> None:
        """Report the findings of ``configure`` for tf's interface."""
        add(diags, self.configure(config))

    def check_config(self, config: State) -> Iterable[Finding]:
        """Yield errors and warnings about the provider block. Values may be unknown. Send no request."""
        return ()

    def configure(self, config: State) -> Iterable[Finding]:
        """Set ``provider_data`` from the settings, and yield errors and warnings. Values may be unknown in a plan."""
        return ()

    def explain(self, error: Exception, *, with_service_text: bool = True) -> UserError | None:
        """Return the error that a user sees for an exception, or None for an unexpected exception.

        Without the service's text, the error contains only codes and ids of the service.
        """
        return None

    def new_resource(self, klass: type[T]) -> T:
        """Return a resource of that class."""
        return klass(self.provider_data)

    def new_data_source(self, klass: type[T]) -> T:
        """Return a data source of that class."""
        return klass(self.provider_data)

    def new_function(self, klass: type[T]) -> T:
        """Return a function of that class."""
        return klass(self.provider_data)
