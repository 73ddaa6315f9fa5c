"""Check the values of a credential that cannot sign in: empty ones, and those of another form. No value is shown.

So a finding about a secret has no path: Terraform prints the lines of the configuration at a path, and a secret can be
written there. The text of the finding names the attribute.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from provider.framework import Finding, Path, Unknown, UserError, Value, warning
from provider.model import credential_forms
from provider.model.credential_forms import Form
from provider.model.known_apps import SOURCE
from provider.model.sign_in import SignIn, sign_ins

_WHAT: Final = {
    "private key": "a private key in PEM form",
    "certificate": "a certificate in PEM form",
    "service account": "the JSON key of a service account",
    "URL": "a URL",
    "host name": "a host name",
}


class Field(NamedTuple):
    """One value of a credential. ``key`` is the key of ``extra``, or None for an attribute of the credential.

    ``name`` is how a message names it. ``hidden_name`` is used for a key of ``extra`` that no known way to sign in has.
    """

    value: Value
    name: str
    key: str | None = None
    hidden_name: str | None = None


class Fields(NamedTuple):
    """The values of one credential that are checked, and the two that name its way to sign in.

    ``host_path`` is None if the host is written in the same value as a secret.
    """

    connector_config_name: Value
    auth_type: Value
    password: Field
    host: Field
    host_path: Path | None = None
    extra: tuple[Field, ...] = ()


def check(fields: Fields) -> Iterator[Finding]:
    """Yield a finding for each value that cannot be right. Unknown values are checked once they are known."""
    is_known, way = Unknown not in (fields.connector_config_name, fields.auth_type), _way(fields)
    password, host = fields.password, fields.host
    if _is_empty(password.value):
        detail = "No sign-in works with an empty password or key. Set it, or remove it if the sign-in type has none."
        yield Finding(f"{password.name} is empty", detail)
    else:
        yield from _check_form(password, password.name, way.password if way else None)
    if way is not None and way.host is not None:
        yield from _check_form(host, host.name, way.host, fields.host_path)
    for field in fields.extra if is_known else ():
        yield from _check_extra(field, way)


def refuse(findings: Iterable[Finding]) -> None:
    """Raise UserError for the first error among the findings of an apply. The plan has reported the warnings."""
    for finding in findings:
        if finding.is_error:
            raise UserError.of(finding)


def _way(fields: Fields) -> SignIn | None:
    connector, auth_type = fields.connector_config_name, fields.auth_type
    return sign_ins().get((connector, auth_type)) if isinstance(connector, str) and isinstance(auth_type, str) else None


def _check_extra(field: Field, way: SignIn | None) -> Iterator[Finding]:
    is_known = way is not None and field.key in way.extra
    name = field.name if is_known or field.hidden_name is None else field.hidden_name
    if not _is_empty(field.value):
        yield from _check_form(field, name, way.extra.get(field.key or "") if way else None)
    elif way is not None and field.key in way.required:
        detail = f"The sign-in type requires this key. Set it. Source: {SOURCE}."
        yield Finding(f"{name} is empty", detail)
    else:
        yield warning(f"{name} is empty", "Set it, or remove the key if it has no value.")


def _check_form(field: Field, name: str, form: Form | None, path: Path | None = None) -> Iterator[Finding]:
    if form is None:
        found, what = credential_forms.pem_problem(field.value), "PEM text with line breaks"
    else:
        found, what = credential_forms.problem(form, field.value), _WHAT[form]
    if found is not None:
        yield Finding(f"{name} is not {what}", f"{found.text} The value is not shown.", path, found.is_error)


def _is_empty(value: Value) -> bool:
    return isinstance(value, str) and not value.strip()
