"""Why the service does not store a credential, and under which name it is stored instead.

Names are unique on a tenant. In an apply, the create of a replacement looks like any other create, and the object that
``create_before_destroy`` replaces appears only afterwards. So the provider cannot know whose credential has a taken
name. It reads the list of credentials:

- The credential belongs to an object that this apply replaces: use the name with a suffix.
- No value of the credential that the list shows differs from this configuration: use the suffix, and warn.
- Values differ, but the connector is the same, and no workflow uses the credential, or only workflows whose connection
  has the name of this one: use the suffix, and warn. An apply that failed or an object that was destroyed can have left
  the credential, or ``create_before_destroy`` replaces a workflow with it later.
- The list does not contain the name, because the credential is archived, or the tenant has no such list: use the
  suffix, and warn.
- In any other case, it can be somebody else's, and the name is an error.

The configured secrets are stored in each case but the last one, and the old credential does not change. So no rule
leaves a workflow with a wrong credential.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final, NamedTuple, TypeVar

from provider import credential_list
from provider.client.errors import AtlanError
from provider.contracts.suggestions import nearest
from provider.credential_list import NoList
from provider.framework import Path, UserError, Value
from provider.model import known_apps
from provider.model.credential import WIRE_KEYS
from provider.model.credential_names import NAME, digest, new_token, with_suffix

if TYPE_CHECKING:
    from provider.client.api import AtlanApi
    from provider.client.credentials import CredentialList
    from provider.client.entities import Credential
    from provider.credential_uses import CredentialUses
    from provider.framework import Context
    from provider.replaced_credentials import ReplacedCredentials

S = TypeVar("S")

_CONNECTOR: Final = "connector_config_name"
_COMPARED: Final = ("auth_type", _CONNECTOR, "connector_type", "host", "port", "username")
"""The values of a credential that the list can show and that differ between two credentials."""

_POSSIBLE_OWNERS: Final = (
    "It can be left from an apply that failed or from a workflow that was destroyed, or belong to the object that this "
    "one replaces or to another one. Archive it only if nothing uses it."
)
_EARLIER_ONE: Final = (
    "It can be an earlier one of this resource: create_before_destroy replaces the object that uses it, or an apply "
    "failed after it stored it. Then archive it as soon as nothing uses it, and apply again."
)


class Refusal(NamedTuple):
    """A credential that the service refused because its name is taken.

    ``attribute`` and ``path`` name the attribute with the name, and ``text`` is the text of the client's error.
    ``own_guid`` is the guid of the credential that it replaces, and ``connection`` is that of its workflow, as
    ``credential_uses.identity`` returns it.
    """

    body: Mapping[str, Value]
    attribute: str
    path: Path
    text: str
    own_guid: str | None = None
    connection: frozenset[tuple[str, str]] = frozenset()

    @property
    def name(self) -> str:
        return str(self.body[NAME])

    @property
    def shows_name(self) -> bool:
        """True if messages can contain the name. A name inside ``credential_wo`` or ``inputs`` can be sensitive."""
        return _is_shown(self.attribute)

    def taken(self, reason: str, *more_texts: str) -> UserError:
        """Return the error for the user. ``reason`` is a sentence."""
        text = "\n\n".join((self.text, *more_texts))
        return taken(self.name, reason, attribute=self.attribute, path=self.path, text=text)


def name_with_suffix(
    ctx: Context[S], client: AtlanApi, replaced: ReplacedCredentials, uses: CredentialUses, refusal: Refusal
) -> str:
    """Return the name under which to store a credential whose name is taken. See the rule at the top.

    Raises UserError if the name can be somebody else's, or if the list could not be read.
    """
    new_name = with_suffix(refusal.name, new_token())
    if digest(refusal.name) in replaced:
        return new_name
    try:
        listed = credential_list.read(client, refusal.name)
    except AtlanError as error:
        reason = "The list of credentials could not be read, so it is not known which credential has this name."
        raise refusal.taken(reason, error.text(with_service_text=ctx.with_service_text)) from error
    found = None if isinstance(listed, NoList) else next(iter(listed.credentials), None)
    if found is not None and (found.id in replaced or found.id == refusal.own_guid):
        return new_name
    sentence = _unlisted_sentence(listed) if found is None else _checked(ctx, uses, refusal, found)
    text = f"\n\n{listed.error.text(with_service_text=ctx.with_service_text)}" if isinstance(listed, NoList) else ""
    stored_as = f'"{new_name}"' if refusal.shows_name else f'its name with the suffix "{new_name[len(refusal.name) :]}"'
    ctx.warn(
        f"A credential is stored as {stored_as}",
        f"{sentence} The configuration and state keep the name. To choose another one, change {refusal.attribute}."
        f"{text}",
        refusal.path,
    )
    return new_name


def taken(name: str, reason: str, *, attribute: str, path: Path, text: str) -> UserError:
    """Return the error about a credential's name that another credential has. ``reason`` is a sentence."""
    return UserError(
        f'The credential name "{name}" is taken' if _is_shown(attribute) else f"The name in {attribute} is taken",
        f"{reason} Names of credentials are unique on a tenant. Choose another {attribute}, or remove it for a "
        f"generated name.\n\n{text}",
        path,
    )


def _is_shown(attribute: str) -> bool:
    return "." not in attribute


def generated_taken(name: str, *, attribute: str, path: Path, text: str) -> UserError:
    """Return the error about a generated name that is taken. Another one was refused before."""
    return UserError(
        f'The credential name "{name}" is taken',
        f"The provider generated the name, and the service also refused another generated name. Set {attribute}, or "
        f"report the request id to the service's support.\n\n{text}",
        path,
    )


def unknown_connector(connector_config_name: str | None, path: Path, text: str) -> UserError:
    """Return the error about a credential that the service could not store. ``text`` is the text of its error.

    ``connector_config_name`` is None if the credential has none. It is shown only if it is an attribute of the resource
    itself, because a text inside ``credential_wo`` or ``inputs`` can be sensitive. Source: the service answers 500
    "failed to store credential" to a connectorConfigName that it does not know.
    """
    summary, known = "The service could not store the credential", known_apps.connector_config_names()
    if connector_config_name is None:
        return UserError(summary, f"The credential has no connector_config_name. Set it.\n\n{text}", path)
    if connector_config_name in known:
        advice = (
            f"The name is that of an app in {known_apps.SOURCE}, so check that this tenant has the app. If it has, "
            "apply again later."
        )
    else:
        similar = nearest(connector_config_name, sorted(known))
        advice = f"Did you mean {similar}?" if similar else "Copy the name from a credential of the same connector."
    name = f"the connector_config_name {connector_config_name}" if len(path) == 1 else "this connector_config_name"
    return UserError(
        summary,
        f"The tenant probably does not know {name}. {advice}\n\n{text}",
        path,
    )


def _differing(found: Credential, body: Mapping[str, Value]) -> list[str]:
    """Return the attributes whose values differ. A list that does not show a value says nothing about it."""
    pairs = ((name, getattr(found, name), body.get(WIRE_KEYS[name])) for name in _COMPARED)
    return [name for name, listed, sent in pairs if _is_given(listed) and _is_given(sent) and str(listed) != str(sent)]


def _is_given(value: Value) -> bool:
    return value is not None and value != ""


def _checked(ctx: Context[S], uses: CredentialUses, refusal: Refusal, found: Credential) -> str:
    """Return the sentences about a credential that has the name and may be an earlier one of this configuration.

    Raises UserError if it can be somebody else's.
    """
    differing = _differing(found, refusal.body)
    if not differing:
        return (
            f"The credential {found.id} has this name and the same values, as far as the list shows them. "
            f"{_POSSIBLE_OWNERS}"
        )
    reason = f"The credential {found.id} has this name, and another {', '.join(differing)}."
    if _CONNECTOR in differing:
        raise refusal.taken(f"{reason} {_EARLIER_ONE}")
    try:
        users = uses.of(found.id)
    except AtlanError as error:
        reason = f"{reason} It could not be checked which workflows use it. {_EARLIER_ONE}"
        raise refusal.taken(reason, error.text(with_service_text=ctx.with_service_text)) from error
    slugs = ", ".join(each.slug for each in users)
    if any(not each.connection & refusal.connection for each in users):
        raise refusal.taken(f"{reason} These workflows use it: {slugs}. {_EARLIER_ONE}")
    used = (
        f"Only workflows whose connection has the same name use it: {slugs}."
        if users
        else "No workflow was found that uses it."
    )
    return f"{reason} {used} {_POSSIBLE_OWNERS}"


def _unlisted_sentence(listed: CredentialList | NoList) -> str:
    if isinstance(listed, NoList):
        which = "this tenant does not list its credentials, so it is not known by which one"
    elif not listed.is_complete:
        which = "the tenant's list of credentials is incomplete, so it is not known by which one"
    else:
        return "The name is taken, and no active credential has it. An archived credential keeps its name."
    return f"The name is taken, and {which}."
