"""Inputs checked against their contract: all that is wrong at once, and nothing for which the unknown may be to blame.

jsonschema-rs validates a stand-in of the inputs; what it says becomes flaws, and these become findings in words.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import replace
from typing import Any, Final

from provider.contracts.findings import Finding
from provider.contracts.formatting import Secrets
from provider.contracts.messages import Wording
from provider.contracts.placeholders import Path, StandIn, stand_in
from provider.contracts.schema import Contract, UnusableContract
from provider.contracts.schema_walker import named
from provider.contracts.spelling import nearest
from provider.contracts.violations import UNKNOWN_KEY, Flaw, Reader, loose_keys
from provider.framework import Unknown

__all__ = ["MOST_FINDINGS", "Finding", "findings"]

MOST_FINDINGS: Final = 50

_MOST_VALUES: Final = 5_000  # looked at for keys that an open object does not know
_MOST_SPELLINGS: Final = 100
_MOST_COUNTED: Final = 100  # large inputs are not looked through for more


def findings(
    contract: Contract,
    inputs: Mapping[str, Any],
    *,
    hidden: AbstractSet[Path] = frozenset(),
    present: AbstractSet[str] = frozenset(),
) -> list[Finding]:
    """All that is wrong with the inputs as they would be published; never an exception.

    Inputs are None, bool, int, float, Decimal, str, list, dict and ``Unknown``, which is skipped wherever it stands.
    Values at and below the paths of ``hidden`` are never told. The names in ``present`` count as given at the top.
    Errors come first. At most 50 findings, and one that tells how many more; a contract that can't be used is one
    warning, so are inputs that are nested too deeply to be looked at.
    """
    try:
        flaws = _settled(_flaws(contract, inputs, present), contract)
        secrets = Secrets(contract.places, hidden)
        return _bounded(flaws, Wording(contract.places, inputs, secrets))
    except UnusableContract as error:
        return [_about_the_contract(error)]
    except RecursionError:
        return [_too_deep()]


def _flaws(contract: Contract, inputs: Mapping[str, Any], present: AbstractSet[str]) -> list[Flaw]:
    known = {*contract.properties, *contract.required}
    elsewhere = {name: Unknown for name in present if name in known}
    whole = {**elsewhere, **inputs}
    flaws = _errors(contract, whole)
    return [flaw for flaw in flaws if not _is_of_nobody(flaw, inputs)] + loose_keys(
        contract.places, inputs, _MOST_VALUES
    )


def _is_of_nobody(flaw: Flaw, inputs: Mapping[str, Any]) -> bool:
    """An unknown key that was not given, but counts as present."""
    return flaw.keyword == UNKNOWN_KEY and len(flaw.path) == 1 and flaw.path[0] not in inputs


def _errors(contract: Contract, inputs: Mapping[str, Any]) -> list[Flaw]:
    """First without what lies far inside large inputs, for each error costs a copy of what it is about."""
    whole = stand_in(inputs)
    if contract.validator.is_valid(whole.value):
        return []
    return _read(contract, stand_in(inputs, short=True)) or _read(contract, whole)


def _read(contract: Contract, made: StandIn) -> list[Flaw]:
    return Reader(contract.places, made).flaws(contract.validator.iter_errors(made.value))


def _settled(flaws: Iterable[Flaw], contract: Contract) -> list[Flaw]:
    """Each flaw once: what is of the wrong type has no other flaws, and a misspelt key is not missing besides."""
    distinct = list(dict.fromkeys(flaws))
    wrong_type = {flaw.path for flaw in distinct if flaw.keyword == "type"}
    closed = {flaw.path[:-1] for flaw in distinct if flaw.keyword == UNKNOWN_KEY and flaw.is_error}
    kept = [
        flaw
        for flaw in distinct
        if (flaw.keyword == "type" or flaw.path not in wrong_type) and (flaw.is_error or flaw.path[:-1] not in closed)
    ]
    return sorted(_spelt(kept, contract), key=lambda flaw: not flaw.is_error)


def _spelt(flaws: list[Flaw], contract: Contract) -> list[Flaw]:
    """An unknown key that misspells a required one speaks for both."""
    missing = dict.fromkeys(flaw.path for flaw in flaws if flaw.keyword == "required")
    unknown = [flaw for flaw in flaws if flaw.keyword == UNKNOWN_KEY]
    meant: dict[Path, str] = {}
    for flaw in unknown[:_MOST_SPELLINGS] if missing else ():
        found = _required_meant(flaw, contract, missing)
        if found is not None:
            del missing[(*flaw.path[:-1], found)]
            meant[flaw.path] = found
    return [
        replace(flaw, meant=meant[flaw.path], is_error=True) if flaw.path in meant else flaw
        for flaw in flaws
        if flaw.keyword != "required" or flaw.path in missing
    ]


def _required_meant(flaw: Flaw, contract: Contract, missing: Iterable[Path]) -> str | None:
    *above, key = flaw.path
    wanted = [str(path[-1]) for path in missing if list(path[:-1]) == above]
    if not wanted:
        return None
    schemas = contract.places.at(tuple(above))
    known = {name for schema in schemas for name in named(schema, "properties")}
    found = nearest(str(key), [*wanted, *(known - set(wanted))])
    return found if found in wanted else None


def _bounded(flaws: list[Flaw], wording: Wording) -> list[Finding]:
    told = [wording.finding(flaw) for flaw in flaws[:MOST_FINDINGS]]
    left = flaws[MOST_FINDINGS:]
    if left:
        count = len(left) if len(left) <= _MOST_COUNTED else f"more than {_MOST_COUNTED}"
        summary = f"inputs: {count} more findings like these"
        detail = "They are left out here. Once those above are settled, the next plan tells the rest."
        told.append(Finding((), summary, detail, any(flaw.is_error for flaw in left)))
    return told


def _about_the_contract(error: UnusableContract) -> Finding:
    return Finding(
        (),
        "The inputs were not checked: the contract itself can't be used",
        f"The service's input contract can't be used: {error}\nThe inputs are published as they are.",
        is_error=False,
    )


def _too_deep() -> Finding:
    return Finding((), "The inputs were not checked: they are nested too deeply", "", is_error=False)
