"""The body of a request that creates or updates a credential. An update replaces the whole credential."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING

from provider.framework import Known, Unknown, UserError, Value, is_known
from provider.model import credential, credential_values, extra_keys
from provider.model.credential_names import is_stored_as
from provider.model.json_inputs import equal
from provider.model.spelling import as_stored
from provider.resources.credential.read import remote_values
from provider.resources.credential.schema import CredentialState
from provider.resources.credential.validate import check_extras, check_values

if TYPE_CHECKING:
    from provider.client.entities import Credential

Body = Mapping[str, Known]


def for_create(planned: CredentialState, config: CredentialState, name: str) -> Body:
    """Return the body of a create under this name.

    Raises UserError if ``extra`` or ``extra_wo`` is not an object, if both contain the same key, or if a value cannot
    be right.
    """
    return _body({**_stored(planned), "name": name}, config)


def for_update(
    current: CredentialState,
    planned: CredentialState,
    config: CredentialState,
    remote_credential: Credential,
    sent_keys: Collection[str],
) -> Body:
    """Return the body of an update. An attribute that was never configured keeps its value on the service.

    So does a key of ``extra`` whose value the service shows. An attribute or key that was removed from the
    configuration is left out, and a name with a suffix keeps the suffix. ``sent_keys`` are the keys of ``extra`` that
    earlier requests have sent and that ``current`` does not contain. Raises UserError for the same mistakes as
    ``for_create``, and for a key that stands for equal keys of the stored ``extra``.
    """
    values, stored, remote = _stored(planned), _stored(current), remote_values(remote_credential)
    remote_only: dict[str, Value] = {
        "connector_type": remote["connector_type"],
        "host": remote["host"],
        "port": remote["port"],
        "username": remote["username"],
    }
    unmanaged = {name: remote_only[name] for name in remote_only if values[name] is None and stored[name] is None}
    name = remote["name"] if is_stored_as(planned["name"], remote["name"]) else planned["name"]
    stored_values: dict[str, Value] = {name: value for name, value in remote.items() if isinstance(value, str)}
    values = {key: as_stored(value, stored_values.get(key)) for key, value in values.items()}
    managed = {*extra_keys.with_values(current["extra"]), *sent_keys}
    for attribute, configured in (("extra", values["extra"]), ("extra_wo", config["extra_wo"])):
        for finding in extra_keys.equal(current["guid"], attribute, [attribute], configured, remote_credential.extra):
            raise UserError.of(finding)
    extra = extra_keys.to_send(_extra(values, config), remote_credential.extra, managed)
    return _body({**values, **unmanaged, "name": name}, config, extra)


def is_changed(current: CredentialState, planned: CredentialState) -> bool:
    """Return True if the plan changes a value that the service stores. An Unknown value is treated as unchanged."""
    stored = {**_stored(current), "secret_wo_version": current["secret_wo_version"]}
    after = {**_stored(planned), "secret_wo_version": planned["secret_wo_version"]}
    return not all(value is Unknown or equal(stored[name], value) for name, value in after.items())


def _stored(state: CredentialState) -> dict[str, Value]:
    return {
        "name": state["name"],
        "auth_type": state["auth_type"],
        "connector_config_name": state["connector_config_name"],
        "connector_type": state["connector_type"],
        "host": state["host"],
        "port": state["port"],
        "username": state["username"],
        "extra": state["extra"],
    }


def _body(values: Mapping[str, Value], config: CredentialState, extra: Value = None) -> Body:
    """Return the body with these values. ``extra`` is the configured one with the keys that are kept, if any."""
    for finding in check_extras(values["extra"], config["extra_wo"]):
        raise UserError.of(finding)
    credential_values.refuse(check_values(config))
    known = {name: value for name, value in values.items() if value is not Unknown}
    body = credential.body({**known, "extra": extra or _extra(values, config), "password": config["password_wo"]})
    return {name: value for name, value in body.items() if is_known(value)}


def _extra(values: Mapping[str, Value], config: CredentialState) -> Value:
    """Return both configured parts of ``extra`` as one object, or None if there are none."""
    parts = (values["extra"], config["extra_wo"])
    return extra_keys.with_values(*parts) if any(isinstance(each, dict) for each in parts) else None
