"""Translate locations in a request's body to attributes of the configuration."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from provider.client.errors import Location, ServiceError
from provider.framework import State
from provider.resources.app import check_inputs


@contextmanager
def on_attributes(config: State) -> Iterator[None]:
    """Raise the service's errors with locations that name attributes instead of inputs in the body.

    For example, ``inputs.credential.port`` becomes ``credential_wo.port`` if that attribute is configured.
    """
    try:
        yield
    except ServiceError as error:
        error.locations = tuple(_attribute(config, location) for location in error.locations)
        raise


def _attribute(config: State, location: Location) -> Location:
    if location[:1] != ("inputs",):
        return location
    steps = check_inputs.attribute_path(config, location[1:])
    return tuple(step[0] if isinstance(step, tuple) else step for step in steps)
