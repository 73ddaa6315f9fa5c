"""Where a configuration holds what the service refused."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from provider.client.errors import ServiceError
from provider.framework import State
from provider.resources.app import check_inputs


@contextmanager
def on_attributes(config: State) -> Iterator[None]:
    """The service's errors, with locations that name the attributes behind the inputs that it was sent.

    The service's fact: a location is a dotted path into the body, such as ``inputs.credential.port``, which is
    ``credential_wo.port`` where the attribute is configured.
    """
    try:
        yield
    except ServiceError as error:
        error.locations = tuple(_attribute(config, location) for location in error.locations)
        raise


def _attribute(config: State, location: str) -> str:
    first, *path = location.split(".")
    if first != "inputs":
        return location
    steps = check_inputs.attribute_path(config, path)
    return ".".join(str(step[0]) if isinstance(step, tuple) else step for step in steps)
