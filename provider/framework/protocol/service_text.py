"""Errors of calls without a configuration. A service can repeat write-only values, which these calls do not know."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from provider.framework.provider import Provider
from provider.framework.resource import Context, Resource
from provider.framework.values import State


@contextmanager
def without_config(provider: Provider, resource: Resource[State], ctx: Context[State]) -> Iterator[None]:
    """Leave out the service's text in the errors of this block if ``omits_service_text`` returns True.

    Also set ``ctx.with_service_text``. Read, import, delete and the plan of a destroy get no configuration. So the
    secrets of the configuration are not registered and cannot be redacted.
    """
    ctx.with_service_text = not resource.omits_service_text(ctx.private)
    try:
        yield
    except Exception as error:
        known = None if ctx.with_service_text else provider.explain(error, with_service_text=False)
        if known is None:
            raise
        raise known from error
