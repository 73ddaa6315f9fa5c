"""What a validator says about a stand-in, as flaws of the inputs themselves.

An error that an unknown value may have caused is none. Of alternatives, the one that was probably meant speaks.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from provider.contracts.placeholders import Path, StandIn, value_at
from provider.contracts.schema_walker import Places, Schema, listed, matches, named

if TYPE_CHECKING:
    import jsonschema_rs

UNKNOWN_KEY: Final = "unknown key"
NOT_ALLOWED: Final = "not allowed"
ONE_OF_SEVERAL: Final = "one of several"

# What they say of an object or list holds whatever the values in it are; the rest is passed over.
_ABOUT_THE_FRAME: Final = frozenset(
    {
        "Type",
        "Required",
        "AdditionalProperties",
        "AdditionalItems",
        "MinItems",
        "MaxItems",
        "MinProperties",
        "MaxProperties",
        "PropertyNames",
        "UniqueItems",
    }
)
_ABOUT_WHAT_IS_THERE: Final = frozenset({"Type", "Required", "AdditionalProperties", "PropertyNames"})
_UNDECIDED: Final = frozenset({"BacktrackLimitExceeded", "RegexEngineFailure"})
_WORDS: Final = {
    "FalseSchema": NOT_ALLOWED,
    "OneOfMultipleValid": ONE_OF_SEVERAL,
    "AdditionalProperties": UNKNOWN_KEY,
    "UnevaluatedProperties": UNKNOWN_KEY,
}
_SAYS_NOTHING: Final = frozenset({"title", "description", "default", "examples", "$comment", "type"})


@dataclass(frozen=True)
class Flaw:
    """One thing that is wrong: at a path, of a keyword, by the schemas that hold it or an alternative to it.

    The path of a required or unknown key ends in the key. ``meant`` is a required key that an unknown one misspells.
    """

    path: Path
    keyword: str
    schemas: tuple[Schema, ...] = field(default=(), compare=False)
    is_error: bool = True
    meant: str | None = None


class Reader:
    """Turns the errors of one validation into flaws. A definite error becomes one or several, any other none."""

    def __init__(self, places: Places, made: StandIn) -> None:
        self._places = places
        self._made = made

    def flaws(self, errors: Iterable[jsonschema_rs.ValidationError]) -> list[Flaw]:
        return [flaw for error in errors for flaw in self._of(error)]

    def _of(self, error: jsonschema_rs.ValidationError) -> list[Flaw]:
        path = tuple(error.instance_path)
        trace = self._places.trace(error.evaluation_path)
        if not all(self._is_decided(condition, path[:depth]) for depth, condition in trace.conditions):
            return []
        kind: Any = error.kind
        word = type(kind).__name__
        if word == "FalseSchema" and error.evaluation_path[-1:] == ["additionalProperties"]:
            return self._of_closed(path, trace.schema)
        if word in ("AnyOf", "OneOfNotValid"):
            return self._of_branches(path, trace.schema, kind.context)
        if not self._is_definite(word, path):
            return []
        keys = list(self._keys(word, kind, error, path))
        schemas = (trace.schema,)
        return [Flaw((*path, *key), _WORDS.get(word, kind.name), schemas) for key in keys]

    def _of_closed(self, path: Path, schema: Schema) -> list[Flaw]:
        """An object that is closed and declares no keys at all: the validator does not tell which it has."""
        keys = [key for key in value_at(self._made.value, path) or () if not _knows([schema], key)]
        return [Flaw((*path, key), UNKNOWN_KEY, (schema,)) for key in keys]

    def _keys(self, word: str, kind: Any, error: jsonschema_rs.ValidationError, path: Path) -> Iterator[Path]:
        """What the path of a flaw goes on with: the key that it is about, or nothing."""
        if word == "Required":
            yield from [(kind.property,)] if kind.property not in value_at(self._made.original, path) else []
        elif word == "PropertyNames":
            yield (str(kind.error.instance),)
        elif word in ("AdditionalProperties", "UnevaluatedProperties"):
            yield from ((key,) for key in kind.unexpected if self._is_unexpected(word, path, key))
        else:
            yield ()

    def _is_unexpected(self, word: str, path: Path, key: str) -> bool:
        """A key that an alternative declares may be the right one, depending on what is unknown."""
        if word == "AdditionalProperties" or path not in self._made.touched:
            return True
        return not self._places.below(self._places.at(path), key)

    def _is_definite(self, word: str, path: Path) -> bool:
        if word in _UNDECIDED:
            return False
        if path not in self._made.touched or word == "FalseSchema":
            return True
        if path in self._made.shortened:
            return word in _ABOUT_WHAT_IS_THERE
        return path not in self._made.unknown and word in _ABOUT_THE_FRAME | {"UnevaluatedProperties"}

    def _is_decided(self, condition: Any, path: Path) -> bool:
        """Whether a condition holds or not, whatever is unknown: it looks at known values alone."""
        if path not in self._made.touched or not isinstance(condition, dict):
            return True
        if path in self._made.unknown or condition.keys() - _SAYS_NOTHING - {"properties", "required"}:
            return False
        declared = named(condition, "properties")
        return all(self._is_decided(each, (*path, name)) for name, each in declared.items())

    def _of_branches(self, path: Path, schema: Schema, context: Sequence[Any]) -> list[Flaw]:
        branches = [self.flaws(errors) for errors in context]
        if not branches or not all(branches):
            return []
        return _Alternatives(path, schema, branches).told()


class _Alternatives:
    """The flaws by each of several alternatives to which a value does not fit."""

    def __init__(self, path: Path, schema: Schema, branches: list[list[Flaw]]) -> None:
        self._path = path
        self._branches = branches
        self._discriminator = named(schema, "discriminator").get("propertyName")

    def told(self) -> list[Flaw]:
        candidates = [branch for branch in self._branches if not self._is_of_another_type(branch)]
        if not candidates:
            return [self._at_the_top("type")]
        if all(any(self._is_about_value(flaw) for flaw in branch) for branch in candidates):
            return [self._at_the_top("enum")]
        tagged = self._tagged(candidates)
        if isinstance(tagged, Flaw):
            return [tagged]
        rest = self._schemas_at(self._path)
        return [
            replace(flaw, schemas=_distinct(flaw.schemas + rest)) if flaw.path == self._path else flaw
            for flaw in _likeliest(tagged)
        ]

    def _is_of_another_type(self, branch: list[Flaw]) -> bool:
        return any(flaw.path == self._path and flaw.keyword == "type" for flaw in branch)

    def _is_about_value(self, flaw: Flaw) -> bool:
        return flaw.path == self._path and flaw.keyword in ("enum", "const")

    def _at_the_top(self, keyword: str) -> Flaw:
        return Flaw(self._path, keyword, self._schemas_at(self._path))

    def _schemas_at(self, path: Path) -> tuple[Schema, ...]:
        return _distinct(
            schema for branch in self._branches for flaw in branch if flaw.path == path for schema in flaw.schemas
        )

    def _tagged(self, candidates: list[list[Flaw]]) -> list[list[Flaw]] | Flaw:
        """The candidates whose tag fits, where a key tells them apart; a flaw of the tag where it fits none."""
        tags = [self._tags(branch) for branch in candidates]
        common = frozenset.intersection(*tags)
        if common and len(candidates) > 1:
            path = min(common, key=str)
            return Flaw(path, "enum", self._schemas_at(path))
        return [branch for branch, tag in zip(candidates, tags, strict=True) if not tag] or candidates

    def _tags(self, branch: list[Flaw]) -> frozenset[Path]:
        """The keys of the value itself that are not what the alternative wants them to be."""
        depth = len(self._path) + 1
        found = {flaw.path for flaw in branch if flaw.keyword in ("enum", "const") and len(flaw.path) == depth}
        named_one = {path for path in found if path[-1] == self._discriminator}
        return frozenset(named_one if self._discriminator else found)


def _likeliest(candidates: list[list[Flaw]]) -> list[Flaw]:
    """The alternative with the fewest flaws; of several such, what they say alike."""
    fewest = min(map(len, candidates))
    best = [branch for branch in candidates if len(branch) == fewest]
    alike = set(best[0]).intersection(*best[1:])
    return [flaw for flaw in best[0] if flaw in alike] or best[0]


def _distinct(schemas: Iterable[Schema]) -> tuple[Schema, ...]:
    return tuple({id(schema): schema for schema in schemas}.values())


def loose_keys(places: Places, inputs: Any, most_values: int) -> list[Flaw]:
    """The keys that a contract does not know in objects that it leaves open; ``most_values`` are looked at."""
    found: list[Flaw] = []
    waiting: list[tuple[Path, Any, list[Schema]]] = [((), inputs, places.at(()))]
    while waiting and most_values > 0:
        path, value, schemas = waiting.pop()
        most_values -= 1
        for step, item in islice(_items(value), most_values):
            inside = places.below(schemas, step)
            if isinstance(step, str) and not inside and _declares_keys(schemas) and not _knows(schemas, step):
                found.append(Flaw((*path, step), UNKNOWN_KEY, tuple(schemas), is_error=False))
            elif isinstance(item, dict | list) and inside:
                waiting.append(((*path, step), item, inside))
    return found


def _items(value: Any) -> Iterable[tuple[str | int, Any]]:
    if isinstance(value, dict):
        return value.items()
    return enumerate(value) if isinstance(value, list) else ()


def _declares_keys(schemas: Iterable[Schema]) -> bool:
    return any(named(schema, "properties") for schema in schemas)


def _knows(schemas: Iterable[Schema], key: str) -> bool:
    """A key whose schema is a mere true or false, or that is required by name alone, is known too."""
    return any(
        key in named(schema, "properties")
        or key in listed(schema, "required")
        or any(matches(pattern, key) for pattern in named(schema, "patternProperties"))
        for schema in schemas
    )
