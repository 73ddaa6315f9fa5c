"""Why the service does not store a credential, and under which name it is stored instead.

Names are unique on a tenant. In an apply, the create of a replacement looks like any other create, so the provider
cannot know whose credential has a taken name. It reads the list of credentials:

- The credential belongs to an object that this apply replaces: use the name with a suffix.
- The credential has the values of this configuration, except secrets. An apply that failed, or the object that
  ``create_before_destroy`` replaces later, has stored it: use the suffix, and warn.
- The list does not contain the name, because the credential is archived, or the list cannot be read, or the tenant has
  no such list: use the suffix, and warn.
- The credential has other values: it is somebody else's, and the name is an error.

The configured secrets are stored in each case but the last one, so no rule leaves a workflow with a wrong credential.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping
from typing import TYPE_CHECKING, Final, TypeVar

from provider.client.errors import AtlanError
from provider.contracts.suggestions import nearest
from provider.framework import Path, UserError, Value
from provider.model import known_apps
from provider.model.credential import WIRE_KEYS
from provider.model.credential_names import NAME, new_token, with_suffix

if TYPE_CHECKING:
    from provider.client.api import AtlanApi
    from provider.client.entities import Credential
    from provider.framework import Context

S = TypeVar("S")

_NOT_FOUND_STATUS: Final = 404
_COMPARED: Final = ("auth_type", "connector_config_name", "connector_type", "host", "port", "username")
"""The values of a credential that the list returns and that differ between two credentials."""


class ReplacedCredentials:
    """The credentials of the objects that this process has archived in this apply. Safe for threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._identities: set[str] = set()

    def add(self, *identities: str | None) -> None:
        """Record the guid of a credential, and its name if it is known."""
        with self._lock:
            self._identities.update(filter(None, identities))

    def __contains__(self, identity: object) -> bool:
        with self._lock:
            return identity in self._identities

    def clear(self) -> None:
        """Remove all records, because one process can serve several applies."""
        with self._lock:
            self._identities.clear()


def name_with_suffix(
    ctx: Context[S],
    client: AtlanApi,
    replaced: ReplacedCredentials,
    body: Mapping[str, Value],
    *,
    own_guid: str | None = None,
    attribute: str,
    path: Path,
    text: str,
) -> str:
    """Return the name under which to store a credential whose name is taken. See the rule at the top.

    ``body`` is the refused credential, ``own_guid`` the guid of the one that it replaces. ``attribute`` and ``path``
    name the attribute with the name, and ``text`` is the text of the client's error. Raises UserError if the name is
    somebody else's.
    """
    name = str(body[NAME])
    found, error = _find(client, name)
    new_name = with_suffix(name, new_token())
    if (found is None and name in replaced) or (found is not None and (found.id in replaced or found.id == own_guid)):
        return new_name
    differing = [] if found is None else _differing(found, body)
    if found is not None and differing:
        reason = f"The credential {found.id} has this name, and another {', '.join(differing)}."
        raise taken(name, reason, attribute=attribute, path=path, text=text)
    ctx.warn(
        f'A credential is stored as "{new_name}"',
        f"{_holder_sentence(name, found, error)} The configuration and state keep the name. To choose another one, "
        f"change {attribute}." + (f"\n\n{error}" if error else ""),
        path,
    )
    return new_name


def taken(name: str, reason: str, *, attribute: str, path: Path, text: str) -> UserError:
    """Return the error about a credential's name that another credential has. ``reason`` is a sentence."""
    return UserError(
        f'The credential name "{name}" is taken',
        f"{reason} Names of credentials are unique on a tenant. Choose another {attribute}, or remove it for a "
        f"generated name.\n\n{text}",
        path,
    )


def unknown_connector(connector_config_name: str, path: Path, text: str) -> UserError:
    """Return the error about a credential that the service could not store. ``text`` is the text of its error.

    Source: the service answers 500 "failed to store credential" to a connectorConfigName that it does not know.
    """
    known = known_apps.connector_config_names()
    if connector_config_name in known:
        advice = (
            f"The name is that of an app in {known_apps.SOURCE}, so check that this tenant has the app. If it has, "
            "apply again later."
        )
    else:
        similar = nearest(connector_config_name, sorted(known))
        advice = f"Did you mean {similar}?" if similar else "Copy the name from a credential of the same connector."
    return UserError(
        "The service could not store the credential",
        f"The tenant probably does not know the connector_config_name {connector_config_name}. {advice}\n\n{text}",
        path,
    )


def is_listed(client: AtlanApi, guid: str) -> bool:
    """Return True if the tenant's list contains a credential that is not archived.

    Raises AtlanError if the list cannot be read.
    """
    return any(each.id == guid and each.is_active is not False for each in client.list_credentials())


def no_list_clause(error: AtlanError) -> str:
    """Return a clause that says why there is no list of credentials, from the error of its request."""
    if error.status == _NOT_FOUND_STATUS:
        return "this tenant does not list its credentials"
    return "the list of credentials could not be read"


def _find(client: AtlanApi, name: str) -> tuple[Credential | None, AtlanError | None]:
    """Return the credential that has a name and is not archived, or None, and the error of a list that failed."""
    try:
        found = [each for each in client.list_credentials(name) if each.is_active is not False]
    except AtlanError as error:
        return None, error
    return next(iter(found), None), None


def _differing(found: Credential, body: Mapping[str, Value]) -> list[str]:
    """Return the attributes whose values differ. A missing value equals an empty one."""
    return [name for name in _COMPARED if str(getattr(found, name) or "") != str(body.get(WIRE_KEYS[name]) or "")]


def _holder_sentence(name: str, found: Credential | None, error: AtlanError | None) -> str:
    if found is not None:
        return (
            f'The credential {found.id} has the name "{name}" and the same values, except its secrets. An apply that '
            "failed may have stored it, or the object that this one replaces uses it. Archive it if nothing uses it."
        )
    if error is None:
        return f'The name "{name}" is taken, and no active credential has it. An archived credential keeps its name.'
    return f'The name "{name}" is taken, and {no_list_clause(error)}, so it is not known by which one.'
