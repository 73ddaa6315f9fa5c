"""Checks of a credential's configuration."""

from __future__ import annotations

from collections.abc import Iterable

from provider.framework import Finding, Value
from provider.model import credential
from provider.resources.credential.schema import CredentialState


def check(config: CredentialState) -> Iterable[Finding]:
    """Yield what is wrong with a configuration. Values may be unknown."""
    yield from credential.check({**config, "extra": None})
    yield from check_extras(config["extra"], config["extra_wo"])


def check_extras(extra: Value, extra_wo: Value) -> list[Finding]:
    """Return what is wrong with the two parts of ``extra``: one is not an object, or both have the same key."""
    not_objects = [*credential.check_extra("extra", extra), *credential.check_extra("extra_wo", extra_wo)]
    return not_objects or [
        Finding(
            f"{key} is in extra and in extra_wo",
            "Both are sent as one object, so each key can be in one of the two only. Put a secret into extra_wo.",
            ["extra", (key,)],
        )
        for key in _common_keys(extra, extra_wo)
    ]


def _common_keys(left: Value, right: Value) -> list[str]:
    return sorted(left.keys() & right.keys()) if isinstance(left, dict) and isinstance(right, dict) else []
