"""Resources and data sources whose classes are imported when they are first called."""

import sys

import pytest

from provider.framework import Diagnostics, Lazy, Provider, Schema, reserved_names
from provider.framework.testing import METHODS, ResourceClient, diagnostics, in_process
from tests.support.toy_provider import LOOKUP, PLAIN, THING, ToyProvider

MODULE = "tests.support.toy_provider"


class LazyToys(ToyProvider):
    resources = (Lazy("plain", PLAIN, f"{MODULE}:Plain"), Lazy("thing", THING, f"{MODULE}:Thing"))
    data_sources = (Lazy("lookup", LOOKUP, f"{MODULE}:Lookup"),)


def test_a_lazy_resource_answers_as_its_class_does() -> None:
    """Schemas and calls are the same."""
    request = METHODS["GetProviderSchema"].request()
    assert in_process(ToyProvider())("GetProviderSchema", request) == in_process(LazyToys())(
        "GetProviderSchema", request
    )
    lazy, other = (ResourceClient(in_process(kind()), "toy_thing", THING) for kind in (LazyToys, ToyProvider))
    assert other.change(None, {"name": "a"}).state == lazy.change(None, {"name": "a"}).state
    assert other.validate({}) == lazy.validate({})


def test_the_class_is_imported_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Later calls return the class that the first call imported."""
    registered = Lazy("plain", PLAIN, f"{MODULE}:Plain")
    first = registered.load()
    monkeypatch.setattr(f"{MODULE}.Plain", None)
    assert first is registered.load()


def test_a_schema_imports_no_lazy_class() -> None:
    """A class that does not exist is an error in the first call of its type only."""

    class Broken(Provider):
        prefix = "broken_"
        schema = Schema([], description="")
        resources = (Lazy("plain", PLAIN, "tests.support.missing:Plain"),)

    call = in_process(Broken())
    answer = call("GetProviderSchema", METHODS["GetProviderSchema"].request())
    assert ([], ["broken_plain"]) == (diagnostics(answer), [*answer.resource_schemas])
    assert "tests.support.missing" not in sys.modules
    plain = ResourceClient(call, "broken_plain", PLAIN)
    assert [("error", "The provider failed unexpectedly")] == plain.read({"id": "1"}).diagnostics
    assert [] == reserved_names.find(Broken(), Broken().get_provider_schema(Diagnostics()))


@pytest.mark.parametrize(
    "registered",
    [
        Lazy("other", PLAIN, f"{MODULE}:Plain"),
        Lazy("plain", THING, f"{MODULE}:Plain"),
        Lazy("plain", PLAIN, f"{MODULE}:ToyProvider"),
    ],
)
def test_a_registration_that_does_not_match_its_class_is_an_error(registered: Lazy) -> None:
    """The name and the schema are compared."""
    with pytest.raises(TypeError, match="differs from its registration"):
        registered.load()
