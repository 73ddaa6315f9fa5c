"""Check inputs against their contract, and report all mistakes together.

The library ``jsonschema_rs`` validates a copy of the inputs. Its errors become violations, and violations become
findings with a text for users. An Unknown value never causes a finding.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from itertools import islice
from typing import Final

from jsonschema_rs import ValidationError

from provider.contracts.filter_shapes import FORMS, is_bracket_class, other_form
from provider.contracts.messages import CollectionAt, InputFinding, Messages
from provider.contracts.placeholders import PlaceholderCopy, value_at
from provider.contracts.schema import Contract, UnusableContract
from provider.contracts.schema_keywords import Schema, declares, property_names
from provider.contracts.schema_walker import InputPath, SchemaWalker
from provider.contracts.unknown_keys import apply_policy, with_suggestions
from provider.contracts.violation_reader import ViolationReader
from provider.contracts.violations import UNKNOWN_KEY, Violation
from provider.framework import Unknown, Value
from provider.model.inputs import FILTERS, as_object
from provider.model.json_inputs import as_json
from provider.model.known_apps import FilterShape
from provider.model.unknown_inputs import DEFAULT_POLICY, Policy

_MAX_FINDINGS: Final = 50

# The validator raises ValueError for a value that is nested more deeply than it supports.
_NESTED_TOO_DEEPLY: Final = (RecursionError, ValueError)

# These limits keep the check of large inputs fast.
_MAX_SEARCHED_VALUES: Final = 5_000
_MAX_COUNTED_FINDINGS: Final = 100


def _in_no_collection(path: InputPath) -> None:
    """Return None: no text is in a collection."""


def check_inputs(
    contract: Contract,
    inputs: dict[str, Value],
    *,
    write_only: AbstractSet[InputPath] = frozenset(),
    present: AbstractSet[str] = frozenset(),
    accepted: AbstractSet[InputPath] = frozenset(),
    unknown_inputs: Policy = DEFAULT_POLICY,
    collection_at: CollectionAt = _in_no_collection,
) -> list[InputFinding]:
    """Return at most 50 findings about inputs, errors first, and one more with the number of further findings.

    ``inputs`` are the inputs of the publish. Messages do not show the values at the paths in ``write_only``.
    The top-level names in ``present`` are not reported as missing, and the keys in ``accepted`` not as unknown, unless
    the contract is closed. ``unknown_inputs`` decides what other unknown keys are. ``collection_at`` returns the kind
    of the collection of texts that contains the text at a path.

    If the contract cannot be used, or if inputs are nested too deeply, return one warning and do not raise an
    exception.
    """
    try:
        found = _without_consequences(_violations(contract, inputs, present, accepted))
        found = with_suggestions(found, contract.walker, lambda path: as_object(value_at(inputs, path)))
        violations = sorted(apply_policy(found, unknown_inputs), key=lambda each: not each.is_error)
        if not violations:
            return []
        return _first_findings(violations, Messages(contract.walker, inputs, write_only, collection_at))
    except UnusableContract as error:
        return [_unusable_finding(error)]
    except _NESTED_TOO_DEEPLY:
        return [InputFinding((), "The inputs were not checked: they are nested too deeply", "", is_error=False)]


def refusals(contract: Contract, inputs: dict[str, Value], others: Iterable[str]) -> list[Violation]:
    """Return what the contract refuses in some inputs of a publish. ``others`` are the names of its other inputs.

    The list is empty if the contract cannot be used, or if inputs are nested too deeply.
    """
    try:
        found = _errors(contract, {**dict.fromkeys(others, Unknown), **inputs})
    except (UnusableContract, *_NESTED_TOO_DEEPLY):
        return []
    return [each for each in found if each.path[:1] and each.path[0] in inputs]


def filter_findings(
    app_id: str,
    shape: FilterShape | None,
    inputs: Mapping[str, Value],
    write_only: AbstractSet[InputPath],
    encoded: AbstractSet[str] = frozenset(),
) -> list[InputFinding]:
    """Return a warning for each filter that is not in the form that its app reads.

    ``inputs`` are those that are sent. The names in ``encoded`` are those of objects and lists that are sent as JSON
    text. A filter has no warning if it is empty, contains an Unknown value or is nested too deeply.
    """
    form = FORMS.get(shape) if shape is not None else None
    if form is None:
        return []
    findings: list[InputFinding] = []
    for name in FILTERS:
        given = inputs.get(name)
        opened = as_json(given)
        try:
            reads_text = not form.takes_json_text or (form.is_text and name not in encoded and is_bracket_class(opened))
            copy = PlaceholderCopy({name: given if reads_text else opened})
            if opened not in form.empty and not copy.unknown:
                form.contract.validator.validate(copy.value)  # Finds one error. To find all takes time and memory.
        except ValidationError as error:
            is_hidden = any(path[:1] == (name,) for path in write_only)
            found = ViolationReader(form.contract.walker, copy).read([error])
            findings += [other_form(app_id, form, each, {name: opened}, is_write_only=is_hidden) for each in found]
        except _NESTED_TOO_DEEPLY:
            continue
    return findings


def _violations(
    contract: Contract, inputs: dict[str, Value], present: AbstractSet[str], accepted: AbstractSet[InputPath]
) -> list[Violation]:
    # A list keeps the order of the contract, so that the findings of two checks have the same order.
    known = [name for name in (*contract.properties, *contract.required) if name in present]
    all_inputs: dict[str, Value] = {**dict.fromkeys(known, Unknown), **inputs}
    violations = [each for each in _errors(contract, all_inputs) if not _is_only_present(each, inputs)]
    return violations + undeclared_keys(contract.walker, inputs, _MAX_SEARCHED_VALUES, accepted)


def undeclared_keys(
    walker: SchemaWalker, inputs: Value, max_values: int, accepted: AbstractSet[InputPath] = frozenset()
) -> list[Violation]:
    """Return a violation for each key that is not declared, in objects whose schema declares properties.

    The keys whose paths are in ``accepted`` are left out. The search ends after ``max_values`` values.
    """
    violations: list[Violation] = []
    waiting: list[tuple[InputPath, Value, list[Schema]]] = [((), inputs, walker.at(()))]
    while waiting and max_values > 0:
        path, value, schemas = waiting.pop()
        max_values -= 1
        for step, item in islice(_items(value), max_values):
            inner = walker.below(schemas, step)
            if isinstance(step, str) and not inner and property_names(schemas) and not declares(schemas, step):
                if (*path, step) not in accepted:
                    found = Violation((*path, step), UNKNOWN_KEY, tuple(schemas), is_error=False, is_refused=False)
                    violations.append(found)
            elif isinstance(item, dict | list) and inner:
                waiting.append(((*path, step), item, inner))
    return violations


def _items(value: Value) -> Iterable[tuple[str | int, Value]]:
    if isinstance(value, dict):
        return value.items()
    return enumerate(value) if isinstance(value, list) else ()


def _is_only_present(violation: Violation, inputs: dict[str, Value]) -> bool:
    """Return True for an unknown key that is not in the inputs, but only in ``present``."""
    return violation.keyword == UNKNOWN_KEY and len(violation.path) == 1 and violation.path[0] not in inputs


def _errors(contract: Contract, inputs: dict[str, Value]) -> list[Violation]:
    """Return the violations in a shortened copy of the inputs. If the copy has none, return those in all inputs.

    The validator copies the values of each error, so thousands of errors in large inputs would take minutes.
    """
    copy = PlaceholderCopy(inputs)
    if contract.validator.is_valid(copy.value):
        return []
    return _read_errors(contract, PlaceholderCopy(inputs, short=True)) or _read_errors(contract, copy)


def _read_errors(contract: Contract, copy: PlaceholderCopy) -> list[Violation]:
    return ViolationReader(contract.walker, copy).read(contract.validator.iter_errors(copy.value))


def _without_consequences(violations: Iterable[Violation]) -> list[Violation]:
    """Return each violation once. A violation that another violation causes is left out."""
    distinct = list(dict.fromkeys(violations))
    wrong_type = {each.path for each in distinct if each.keyword == "type"}
    closed = {each.path[:-1] for each in distinct if each.keyword == UNKNOWN_KEY and each.is_error}
    return [
        each
        for each in distinct
        if (each.keyword == "type" or each.path not in wrong_type) and (each.is_error or each.path[:-1] not in closed)
    ]


def _first_findings(violations: list[Violation], messages: Messages) -> list[InputFinding]:
    findings = [messages.finding(each) for each in violations[:_MAX_FINDINGS]]
    others = violations[_MAX_FINDINGS:]
    if others:
        count = len(others) if len(others) <= _MAX_COUNTED_FINDINGS else f"more than {_MAX_COUNTED_FINDINGS}"
        summary = f"inputs: {count} more findings"
        detail = "These findings are not shown. Correct the findings above, and the next plan reports the others."
        findings.append(InputFinding((), summary, detail, any(each.is_error for each in others)))
    return findings


def _unusable_finding(error: UnusableContract) -> InputFinding:
    return InputFinding(
        (),
        "The inputs were not checked: the contract cannot be used",
        f"The service's input contract cannot be used: {error}\nThe inputs are published without a check.",
        is_error=False,
    )
