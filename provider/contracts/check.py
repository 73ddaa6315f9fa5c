"""Check inputs against their contract, and report everything that is wrong at once.

jsonschema-rs validates a copy of the inputs. Its errors become violations, and violations become findings in words.
An unknown value never causes a finding.
"""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from dataclasses import replace
from itertools import islice
from typing import Final

from provider.contracts.messages import InputFinding, Messages
from provider.contracts.placeholders import PlaceholderCopy
from provider.contracts.schema import Contract, UnusableContract
from provider.contracts.schema_keywords import Schema, declares, property_names
from provider.contracts.schema_walker import InputPath, SchemaWalker
from provider.contracts.suggestions import nearest
from provider.contracts.violation_reader import ViolationReader
from provider.contracts.violations import UNKNOWN_KEY, Violation
from provider.framework import Unknown, Value

__all__ = ["InputFinding", "check_inputs", "undeclared_keys"]

_MOST_FINDINGS: Final = 50

_MOST_VALUES: Final = 5_000  # that are searched for undeclared keys
_MOST_SPELLINGS: Final = 100
_MOST_COUNTED: Final = 100  # large inputs are not searched for more violations


def check_inputs(
    contract: Contract,
    inputs: dict[str, Value],
    *,
    write_only: AbstractSet[InputPath] = frozenset(),
    present: AbstractSet[str] = frozenset(),
) -> list[InputFinding]:
    """Return at most 50 findings about inputs, errors first, and one with the number of the others.

    ``inputs`` are those of the publish. Messages show no value at or below the paths in ``write_only``. The names in
    ``present`` count as given top-level inputs. A contract that cannot be used is one warning, and so are inputs that
    are nested too deeply. No exception is raised.
    """
    try:
        violations = _without_consequences(_violations(contract, inputs, present), contract)
        return _first_findings(violations, Messages(contract.walker, inputs, write_only)) if violations else []
    except UnusableContract as error:
        return [_unusable(error)]
    except RecursionError:
        return [InputFinding((), "The inputs were not checked: they are nested too deeply", "", is_error=False)]


def _violations(contract: Contract, inputs: dict[str, Value], present: AbstractSet[str]) -> list[Violation]:
    known = {*contract.properties, *contract.required}
    given: dict[str, Value] = {**dict.fromkeys(present & known, Unknown), **inputs}
    violations = [each for each in _errors(contract, given) if not _is_only_present(each, inputs)]
    return violations + undeclared_keys(contract.walker, inputs, _MOST_VALUES)


def undeclared_keys(walker: SchemaWalker, inputs: Value, most_values: int) -> list[Violation]:
    """Return a warning for each undeclared key. The search ends after ``most_values`` values."""
    found: list[Violation] = []
    waiting: list[tuple[InputPath, Value, list[Schema]]] = [((), inputs, walker.at(()))]
    while waiting and most_values > 0:
        path, value, schemas = waiting.pop()
        most_values -= 1
        for step, item in islice(_items(value), most_values):
            below = walker.below(schemas, step)
            if isinstance(step, str) and not below and property_names(schemas) and not declares(schemas, step):
                found.append(Violation((*path, step), UNKNOWN_KEY, tuple(schemas), is_error=False))
            elif isinstance(item, dict | list) and below:
                waiting.append(((*path, step), item, below))
    return found


def _items(value: Value) -> Iterable[tuple[str | int, Value]]:
    if isinstance(value, dict):
        return value.items()
    return enumerate(value) if isinstance(value, list) else ()


def _is_only_present(violation: Violation, inputs: dict[str, Value]) -> bool:
    """Return True for an unknown key that is not in the inputs and only counts as given."""
    return violation.keyword == UNKNOWN_KEY and len(violation.path) == 1 and violation.path[0] not in inputs


def _errors(contract: Contract, inputs: dict[str, Value]) -> list[Violation]:
    """Return the violations in a shortened copy of the inputs, or those in all inputs if it has none.

    The validator copies the values of each error, so thousands of errors in large inputs would take minutes.
    """
    copy = PlaceholderCopy(inputs)
    if contract.validator.is_valid(copy.value):
        return []
    return _read_errors(contract, PlaceholderCopy(inputs, short=True)) or _read_errors(contract, copy)


def _read_errors(contract: Contract, copy: PlaceholderCopy) -> list[Violation]:
    return ViolationReader(contract.walker, copy).read(contract.validator.iter_errors(copy.value))


def _without_consequences(violations: Iterable[Violation], contract: Contract) -> list[Violation]:
    """Return each violation once, errors first, without those that only follow from another one."""
    distinct = list(dict.fromkeys(violations))
    wrong_type = {each.path for each in distinct if each.keyword == "type"}
    closed = {each.path[:-1] for each in distinct if each.keyword == UNKNOWN_KEY and each.is_error}
    kept = [
        each
        for each in distinct
        if (each.keyword == "type" or each.path not in wrong_type) and (each.is_error or each.path[:-1] not in closed)
    ]
    return sorted(_join_misspelled(kept, contract), key=lambda each: not each.is_error)


def _join_misspelled(violations: list[Violation], contract: Contract) -> list[Violation]:
    """Join each unknown key with the missing key that it misspells: one error instead of two."""
    missing = dict.fromkeys(each.path for each in violations if each.keyword == "required")
    unknown = [each for each in violations if each.keyword == UNKNOWN_KEY]
    misspelled: dict[InputPath, str] = {}
    for each in unknown[:_MOST_SPELLINGS] if missing else ():
        found = _missing_key(each.path, contract, missing)
        if found is not None:
            del missing[(*each.path[:-1], found)]
            misspelled[each.path] = found
    return [
        replace(each, misspells=misspelled[each.path], is_error=True) if each.path in misspelled else each
        for each in violations
        if each.keyword != "required" or each.path in missing
    ]


def _missing_key(path: InputPath, contract: Contract, missing: Iterable[InputPath]) -> str | None:
    """Return the missing key that the unknown key at a path probably misspells."""
    wanted = [str(each[-1]) for each in missing if each[:-1] == path[:-1]]
    if not wanted:
        return None
    known = property_names(contract.walker.at(path[:-1]))
    found = nearest(str(path[-1]), dict.fromkeys([*wanted, *known]))
    return found if found in wanted else None


def _first_findings(violations: list[Violation], messages: Messages) -> list[InputFinding]:
    findings = [messages.finding(each) for each in violations[:_MOST_FINDINGS]]
    left = violations[_MOST_FINDINGS:]
    if left:
        count = len(left) if len(left) <= _MOST_COUNTED else f"more than {_MOST_COUNTED}"
        summary = f"inputs: {count} more findings"
        detail = "They are not shown. Correct the ones above, and the next plan reports the others."
        findings.append(InputFinding((), summary, detail, any(each.is_error for each in left)))
    return findings


def _unusable(error: UnusableContract) -> InputFinding:
    return InputFinding(
        (),
        "The inputs were not checked: the contract cannot be used",
        f"The service's input contract cannot be used: {error}\nThe inputs are published without a check.",
        is_error=False,
    )
