"""``atlan_credential``: a vaulted credential of its own. No secret of it reaches state, a plan or a message."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Final

from provider import errors
from provider.client.errors import AtlanError, BadRequest, NotFound, ServiceError
from provider.framework import (
    BOOL,
    DYNAMIC,
    GONE,
    NUMBER,
    STRING,
    Attribute,
    Context,
    Finding,
    Gone,
    Path,
    PlanContext,
    Resource,
    Schema,
    State,
    Unknown,
    UserError,
    same,
)
from provider.model import credential, identifiers, inputs

if TYPE_CHECKING:
    from provider.client.entities import Credential
    from provider.provider_data import ProviderData

TYPE: Final = "atlan_credential"

_SECRETS: Final = ("password_wo", "extra_wo")
_VERSION: Final = "secret_wo_version"
_REQUIRED: Final = ("name", "auth_type", "connector_config_name")
_OPTIONAL: Final = ("connector_type", "host", "port", "username")
_STORED: Final = (*_REQUIRED, *_OPTIONAL, "extra")
_UNPROCESSABLE: Final = 422
# How long is waited for what an operation can do without.
_OPTIONAL_SECONDS: Final = 15.0

_SCHEMA: Final = Schema(
    [
        Attribute("id", STRING, computed=True, keep=True, identifier=True, description="The same as `guid`."),
        Attribute(
            "guid",
            STRING,
            computed=True,
            keep=True,
            identifier=True,
            description="The credential's identity, a guid minted by the service: what `credential_guid` and inputs "
            "such as `api_credential_guid` take.",
        ),
        Attribute(
            "name",
            STRING,
            optional=True,
            computed=True,
            keep=True,
            description="The credential's label. Unset: the service gives it one.",
        ),
        Attribute(
            "auth_type",
            STRING,
            required=True,
            description="How the credential signs in, such as `basic`, in the connector's own words.",
        ),
        Attribute(
            "connector_config_name",
            STRING,
            required=True,
            description="The connector's configuration that the credential is for, such as "
            "`atlan-connectors-snowflake`.",
        ),
        Attribute(
            "connector_type",
            STRING,
            optional=True,
            description="The kind of connector, such as `jdbc`, where the connector asks for it.",
        ),
        Attribute(
            "host",
            STRING,
            optional=True,
            description="The source's host name or URL, as the connector asks for it.",
        ),
        Attribute("port", NUMBER, optional=True, description="The source's port, a whole number from 0 to 65535."),
        Attribute(
            "username",
            STRING,
            optional=True,
            description="The user or client id to sign in with. It stands in state: a token belongs in `password_wo`.",
        ),
        Attribute(
            "extra",
            DYNAMIC,
            optional=True,
            description='What else the connector asks for and is no secret, an object such as `{ role = "crawler" }`. '
            "It stands in state. Where the service shows no value of a key, a change of it elsewhere is not seen.",
        ),
        Attribute(
            "password_wo",
            STRING,
            optional=True,
            write_only=True,
            description="The password or client secret. It is sent when the credential is made and with every update, "
            "and stands neither in plans nor in state, so a change of it alone is not seen: raise "
            "`secret_wo_version` with it.",
        ),
        Attribute(
            "extra_wo",
            DYNAMIC,
            optional=True,
            write_only=True,
            description="The secret part of `extra`, an object, kept as secret as `password_wo`. Its keys are sent "
            "beside those of `extra`; a key stands in one of the two.",
        ),
        Attribute(
            _VERSION,
            NUMBER,
            optional=True,
            description="Any number. A change of it sends the secrets again: raise it with every new secret.",
        ),
        Attribute(
            "test_before_store",
            BOOL,
            optional=True,
            default=False,
            description="Whether the service tries the credential against its source before it stores it, when it is "
            "made. An update is not tried. Default: `false`.",
        ),
    ],
    description="A credential in the tenant's vault, for inputs that take a credential's guid and for sharing between "
    "workflows. An update sends the whole credential, its secrets too, so they must stay in the configuration. "
    "Destroying it archives it.",
)


class CredentialResource(Resource[State]):
    """A vaulted credential, by its guid."""

    name = "credential"
    schema = _SCHEMA
    provider_data: ProviderData

    def hides_service_text(self, private: State) -> bool:
        """Return True always: a vaulted credential exists for its secrets."""
        return True

    def check_config(self, config: State) -> Iterable[Finding]:
        yield from credential.check({**config, "extra": None})
        yield from _check_extras(config)

    def plan(self, ctx: PlanContext[State], current: State | None, planned: State | None) -> State | None:
        """Say when an update would send no secret: what the service does with the vaulted one is not known."""
        if current is None or planned is None:
            return planned
        if not ctx.changed & {*_STORED, _VERSION}:
            return {**planned, "name": current["name"]}
        if all(ctx.config[name] is None for name in _SECRETS):
            ctx.warn(
                f"No secret is configured for the credential {current['guid']}",
                "An update sends the whole credential, and whether the service keeps a secret that is not sent is not "
                "known. Configure password_wo or extra_wo, unless this credential has no secret.",
            )
        return planned

    def create(self, ctx: Context[State], planned: State) -> State:
        body = _body(planned, ctx.config)
        try:
            vaulted = self.provider_data.client.vault_credential(body, test=planned["test_before_store"])
        except AtlanError as error:
            if _is_refusal(error):
                raise _refused(error, planned, _tried(planned)) from error
            if not error.ambiguous:
                raise
            raise _lost(error, planned) from error
        state = {**planned, "id": vaulted.id, "guid": vaulted.id, "name": _known(planned["name"])}
        ctx.save(state)
        return state if state["name"] else {**state, "name": self._read_name(ctx, vaulted.id)}

    def _read_name(self, ctx: Context[State], guid: str) -> str | None:
        """The name that the service gave, which a create does not tell. Not knowing it fails nothing."""
        try:
            return self.provider_data.client.within(_OPTIONAL_SECONDS).get_credential(guid).name
        except AtlanError as error:
            ctx.warn(
                f"The name of the credential {guid} is not known yet",
                f"The credential is vaulted and in state; reading it back failed. The next plan reads it.\n\n{error}",
            )
            return None

    def read(self, ctx: Context[State], current: State) -> State | Gone:
        try:
            found = self.provider_data.client.get_credential(current["guid"])
        except NotFound:
            return GONE
        told = _told_by(found)
        told |= {name: _as_managed(current[name], told[name]) for name in _OPTIONAL}
        return {**current, **told, "extra": _read_extra(current["extra"], found.extra)}

    def update(self, ctx: Context[State], current: State, planned: State) -> State:
        if not _sends(current, planned):
            return planned
        guid, api = current["guid"], self.provider_data.client
        try:
            kept = _kept(current, planned, api.get_credential(guid))
            updated = api.update_credential(guid, _body({**planned, **kept}, ctx.config))
        except NotFound as error:
            raise UserError(
                f"The credential {guid} is gone",
                f"It was archived since it was planned. Plan again to create it anew.\n\n{error}",
            ) from error
        except ServiceError as error:
            if not _is_refusal(error):
                raise
            raise _refused(error, planned) from error
        return {**planned, "name": _known(planned["name"]) or updated.name}

    def delete(self, ctx: Context[State], current: State) -> None:
        try:
            self.provider_data.client.archive_credential(current["guid"])
        except NotFound:
            return

    def import_(self, ctx: Context[State], id: str) -> State:  # noqa: A002 - tf's name for it
        """Import by guid."""
        if not identifiers.is_usable(id):
            raise UserError(
                f'"{id}" is not an import id of {TYPE}',
                "Give the credential's guid, such as 5c7a1e0e-0000-4000-8000-000000000001.",
            )
        try:
            found = self.provider_data.client.get_credential(id)
        except NotFound as error:
            raise UserError(
                f"There is no credential with the guid {id}",
                f"It may be archived, mistyped or on another tenant.\n\n{errors.error_text(ctx, error)}",
            ) from error
        if found.extra:
            ctx.warn(
                f"Not imported from the credential {id}: extra",
                f"It may hold secrets. Its keys are {', '.join(sorted(found.extra))}: configure them in extra, and "
                "the secret ones in extra_wo, for an update sends the whole credential.",
            )
        identity = {"id": found.id, "guid": found.id, "test_before_store": False}
        return dict.fromkeys(_SCHEMA.by_name) | identity | _told_by(found)


def _check_extras(config: State) -> list[Finding]:
    problems = [found for name in ("extra", "extra_wo") for found in credential.check_extra(name, config[name])]
    return problems or [
        Finding(
            f"{key} stands in extra and in extra_wo",
            "Both are sent as one object, so a key stands in one of the two: in extra_wo if it is a secret.",
            ["extra", (key,)],
        )
        for key in _in_both(config["extra"], config["extra_wo"])
    ]


def _in_both(left: Any, right: Any) -> list[str]:
    return sorted(left.keys() & right.keys()) if isinstance(left, dict) and isinstance(right, dict) else []


def _body(planned: State, config: State) -> dict[str, Any]:
    """The whole credential as the vault takes it, its secrets from the configuration."""
    for problem in _check_extras({"extra": planned["extra"], "extra_wo": config["extra_wo"]}):
        raise UserError.of(problem)
    extras = [each for each in (planned["extra"], config["extra_wo"]) if each is not None]
    values = {name: _known(planned[name]) for name in _STORED}
    values["extra"] = {key: value for extra in extras for key, value in extra.items()} if extras else None
    return credential.body({**values, "password": config["password_wo"]})


def _sends(current: State, planned: State) -> bool:
    names = [name for name in (*_STORED, _VERSION) if planned[name] is not Unknown]
    return not all(same(current[name], planned[name]) for name in names)


def _kept(current: State, planned: State, found: Credential) -> State:
    """What somebody set elsewhere, nobody configures here, and a replaced credential would lose."""
    told = _told_by(found)
    return {name: told[name] for name in _OPTIONAL if planned[name] is None and current[name] is None}


def _told_by(found: Credential) -> State:
    return {name: getattr(found, name) for name in (*_REQUIRED, *_OPTIONAL)}


def _as_managed(known: Any, remote: Any) -> Any:
    """What is not configured is not managed, and an empty text that the service shows as none is the same."""
    return known if known is None or not (known or remote) else remote


def _read_extra(known: Any, remote: dict[str, Any] | None) -> Any:
    """The configured keys as the service has them. It shows some with no value, or none at all: those stand.

    A null of the configuration and a key that is not there mean the same.
    """
    if not isinstance(known, dict) or not remote:
        return known
    return {
        key: value if remote.get(key) is None or _mean_the_same(value, remote[key]) else remote[key]
        for key, value in known.items()
        if key in remote or value is None
    }


def _mean_the_same(value: Any, remote: Any) -> bool:
    return inputs.equal(_without_nulls(value), _without_nulls(remote))


def _without_nulls(value: Any) -> Any:
    opened = inputs.as_json(value)
    if not isinstance(opened, dict):
        return opened
    return {key: _without_nulls(item) for key, item in opened.items() if item is not None}


def _is_refusal(error: AtlanError) -> bool:
    """Whether the service judged what it was sent, and stored nothing."""
    return isinstance(error, BadRequest) or error.status == _UNPROCESSABLE


def _tried(planned: State) -> str:
    """What a failed create may mean besides, where the credential was to be tried."""
    if not planned["test_before_store"]:
        return ""
    return "It was to be tried against its source first (test_before_store), and nothing is stored if that fails. "


def _refused(error: AtlanError, planned: State, tried: str = "") -> UserError:
    advice = f"{tried}Correct what it names and apply again."
    return UserError("The service refused the credential", f"{error}\n\n{advice}", _path(error, planned))


def _path(error: AtlanError, planned: State) -> Path | None:
    """The attribute that the service named by its wire key."""
    locations = error.locations if isinstance(error, ServiceError) else ()
    name = credential.attribute_of(str(step) for location in locations for step in location)
    if name is None:
        return None
    secret = name == "password" or (name == "extra" and planned["extra"] is None)
    return [f"{name}_wo" if secret else name]


def _lost(error: AtlanError, planned: State) -> UserError:
    name = _known(planned["name"])
    called = f"called {name}" if name else f"for {planned['connector_config_name']}, named by the service,"
    return UserError(
        "A credential may exist that Terraform does not know",
        f"{_tried(planned)}The request to vault a credential {called} ended without an answer that tells, and the "
        "service has no look-up of credentials by name. If it is in the web UI, archive it there, or import it by its "
        f"guid, before the next apply makes another.\n\n{error}",
    )


def _known(value: Any) -> Any:
    return None if value is Unknown else value
