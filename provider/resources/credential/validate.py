"""Validate the configuration of a credential."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from provider.framework import Finding, Value
from provider.model import credential, credential_values
from provider.model.credential_values import Field, Fields
from provider.resources.credential.schema import CredentialState


def check(config: CredentialState) -> Iterable[Finding]:
    """Yield a finding for each mistake in the configuration. Values may be unknown."""
    yield from check_extras(config["extra"], config["extra_wo"])
    yield from check_values(config)


def check_values(config: CredentialState) -> Iterator[Finding]:
    """Yield a finding for each value that cannot be right. Values may be unknown."""
    yield from credential_values.check(
        Fields(
            config["connector_config_name"],
            config["auth_type"],
            Field(config["password_wo"], "password_wo"),
            Field(config["host"], "host"),
            ["host"],
            (*_extra("extra", config["extra"]), *_extra("extra_wo", config["extra_wo"])),
        )
    )


def check_extras(extra: Value, extra_wo: Value) -> list[Finding]:
    """Return the findings about each part of ``extra``, or else one for each key that both parts contain."""
    findings = [*credential.check_extra("extra", extra), *credential.check_extra("extra_wo", extra_wo)]
    return findings or [
        Finding(
            f"{key} is in extra and in extra_wo",
            "Both are sent as one object, so each key can be in one of the two only. Put a secret into extra_wo.",
            ["extra", (key,)],
        )
        for key in _common_keys(extra, extra_wo)
    ]


def _extra(name: str, extra: Value) -> Iterator[Field]:
    for key, value in extra.items() if isinstance(extra, dict) else ():
        yield Field(value, f"{name}.{key}", key)


def _common_keys(left: Value, right: Value) -> list[str]:
    if not (isinstance(left, dict) and isinstance(right, dict)):
        return []
    return sorted(key for key in left if left[key] is not None and right.get(key) is not None)
