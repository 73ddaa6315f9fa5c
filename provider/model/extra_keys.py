"""The keys of a stored credential's ``extra``, when a request stores the whole credential again.

The service shows some values of ``extra`` and hides others: it lists such a key with null, at any depth. A key that is
not configured keeps its value if the service shows the whole value. Any other key is lost, and a plan says so.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

from provider.framework import Finding, Path, Value, nfc, redaction, warning
from provider.model.inputs import Inputs, as_object
from provider.model.json_inputs import as_json
from provider.model.key_places import KEY_IS_NUMBERED, has_numbered_keys, key_place
from provider.model.normal_form import EQUAL_KEYS_REASON
from provider.model.spelling import as_stored, changes_equal_keys


def with_values(*extras: Value) -> Inputs:
    """Return the keys that have a value in an ``extra``, an object or JSON text. A null key is not configured."""
    found: Inputs = {}
    for extra in extras:
        found |= {key: value for key, value in as_object(as_json(extra)).items() if value is not None}
    return found


def kept(stored: Mapping[str, Value] | None, managed: Collection[str]) -> dict[str, Value]:
    """Return the keys to send again, with their values, which this call redacts from now on.

    ``managed`` are keys that are configured, or were before.
    """
    found: dict[str, Value] = {
        key: value for key, value in (stored or {}).items() if _is_shown(value) and nfc(key) not in managed
    }
    redaction.add_secrets(found.values)
    return found


def to_send(configured: Value, stored: Mapping[str, Value] | None, managed: Collection[str]) -> Inputs:
    """Return the ``extra`` of an update: the kept keys and the configured ones, each as the service spells it."""
    ours = with_values(as_stored(with_values(configured), dict(stored or {})))
    return {**kept(stored, managed), **ours}


def equal(
    guid: str, attribute: str, path: Path, configured: Value, stored: Mapping[str, Value] | None
) -> Iterator[Finding]:
    """Yield an error for each configured key that would change equal keys of the stored ``extra``.

    ``attribute`` and ``path`` name the configured ``extra``. A key of an ``extra`` inside another attribute is not
    shown.
    """
    keys, note = as_object(as_json(configured)), f" {KEY_IS_NUMBERED}" if has_numbered_keys(attribute) else ""
    for key, value in with_values(configured).items():
        same_key: dict[str, Value] = {name: each for name, each in (stored or {}).items() if nfc(name) == nfc(key)}
        if changes_equal_keys({key: value}, same_key):
            yield Finding(
                f"{key_place(attribute, key, keys)} stands for two keys of the credential {guid}",
                f"{EQUAL_KEYS_REASON} in the extra of the credential. Remove one of them in the web UI, or remove the "
                f"key from the configuration.{note}",
                path,
            )


def hidden(stored: Mapping[str, Value] | None) -> list[str]:
    """Return the keys whose values the service does not show, or shows only in part."""
    return sorted(key for key, value in (stored or {}).items() if not _is_shown(value))


def _is_shown(value: Value) -> bool:
    if isinstance(value, dict):
        return all(map(_is_shown, value.values()))
    return all(map(_is_shown, value)) if isinstance(value, list) else value is not None


def lost(guid: str, hidden_keys: Iterable[str], managed: Collection[str], advice: str, path: Path) -> list[Finding]:
    """Return a warning about the keys that an update removes, if any. ``advice`` says where to write a key."""
    keys = [key for key in hidden_keys if nfc(key) not in managed]
    if not keys:
        return []
    return [
        warning(
            f"The update removes keys of extra: {', '.join(keys)}",
            f"The credential {guid} has these keys, and the service does not show their whole values. An update sends "
            f"the whole credential, so it cannot send them. To keep a key, configure it in {advice}.",
            path,
        )
    ]
