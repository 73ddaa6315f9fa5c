"""MoveResourceState, which Terraform calls for a ``moved`` block from another type or provider."""

import json
from typing import Any

import pytest

from provider.framework import MoveSource
from provider.framework.testing import METHODS, Caller, ResourceClient, diagnostics, in_process, unpacked
from provider.provider import AtlanProvider
from tests.support import restapi
from tests.support.toy_provider import ToyProvider

SECRET = "not-a-real-secret-0815"
SLUG = "bigquery-prod-AbC123"
BODY = {
    "app_id": "bigquery-crawler",
    "name": "bigquery prod",
    "inputs": {"hidden_datasets": True, "credential": {"password": SECRET}, "agent_json": SECRET},
    "run": False,
}
ANSWER = {"slug": SLUG, "name": "bigquery prod", "app_id": "bigquery-crawler", "version": 1700000000}
HELD = restapi.attributes(SLUG, BODY, ANSWER)


def move(
    call: Caller,
    state: Any,
    *,
    source: str = "restapi_object",
    address: str = restapi.ADDRESS,
    target: str = "atlan_app",
    **fields: Any,
) -> Any:
    """Call MoveResourceState with a stored state."""
    request = METHODS["MoveResourceState"].request(
        source_type_name=source,
        source_provider_address=address,
        source_state={"json": state if isinstance(state, bytes) else json.dumps(state).encode()},
        target_type_name=target,
        **fields,
    )
    return call("MoveResourceState", request)


def detail(answer: Any) -> str:
    return "\n".join(each.detail for each in answer.diagnostics)


@pytest.fixture(scope="module")
def atlan() -> Caller:
    """The provider, not configured, because Terraform moves before it configures."""
    return in_process(AtlanProvider())


def test_a_move_hands_over_the_source_and_stores_what_it_returns(
    call: Caller, thing: ResourceClient, toy: ToyProvider
) -> None:
    """The whole state is returned without write-only values. The source's private state is ignored."""
    state = {"id": "box-1", "size": 12, "big": 2**70}
    answer = move(
        call,
        state,
        source="box",
        address="a/b/boxes",
        target="toy_thing",
        source_schema_version=4,
        source_private=b"{}",
    )
    told = MoveSource("a/b/boxes", "box", 4, {"id": "box-1", "size": "12", "big": str(2**70)})
    assert [told] == [states["source"] for method, states in toy.calls if method == "move"]
    assert thing.full({"id": "box-1"}) == unpacked(answer.target_state)
    assert ({"moved": True}, []) == (json.loads(answer.target_private), diagnostics(answer))


@pytest.mark.parametrize("host", ["registry.terraform.io", "registry.opentofu.org", "mirror.example.com"])
def test_the_same_resource_of_another_registry_is_taken_as_it_is(call: Caller, host: str) -> None:
    """State and private state are kept, because it is this provider under another registry's address."""
    source = {"source": "toy_thing", "address": f"{host}/example/toy", "source_private": b'{"kept": 1}'}
    answer = move(call, {"id": "a", "gone": 1}, target="toy_thing", **source)
    assert ({"id": "a"}, b'{"kept": 1}') == (json.loads(answer.target_state.json), answer.target_private)
    assert [] == diagnostics(answer)


@pytest.mark.parametrize("target", ["toy_thing", "toy_plain"])
def test_a_resource_that_knows_no_source_refuses_every_move(call: Caller, target: str) -> None:
    """A move is refused by default, and by a resource that does not know the source."""
    answer = move(call, {"id": "a"}, source="other_thing", target=target)
    assert [("error", f"Cannot move other_thing to {target}")] == diagnostics(answer)
    assert "Import the object instead" in detail(answer)


def test_a_move_to_an_unknown_type_is_an_error(call: Caller) -> None:
    """The diagnostic is that of any call with an unknown type."""
    assert [("error", "No resource toy_nothing")] == diagnostics(move(call, {"id": "a"}, target="toy_nothing"))


@pytest.mark.parametrize("state", [b"null", b"[1]", b"{", b"\xff"])
def test_bytes_that_are_not_a_source_state_are_a_diagnostic(call: Caller, state: bytes) -> None:
    """Bytes that are not a state are a diagnostic."""
    answer = move(call, state, source="box", target="toy_thing")
    assert [("error", "Terraform sent a value that this provider cannot read")] == diagnostics(answer)


@pytest.mark.parametrize(
    "address", [restapi.ADDRESS, "registry.opentofu.org/Mastercard/restapi", "my.host/FORK/RESTAPI"]
)
def test_a_restapi_object_becomes_an_app(atlan: Caller, address: str) -> None:
    """State contains slug, app and name. Private state contains the names of the inputs."""
    answer = move(atlan, HELD, address=address)
    moved = unpacked(answer.target_state)
    known = {"id": SLUG, "slug": SLUG, "app_id": "bigquery-crawler", "name": "bigquery prod"}
    assert ([], known) == (diagnostics(answer), {name: value for name, value in moved.items() if value is not None})
    private = json.loads(answer.target_private)
    assert ["address", "moved_inputs"] == sorted(private)
    assert ["agent_json", "credential", "hidden_datasets"] == private["moved_inputs"]


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({}, ("bigquery-crawler", "bigquery prod")),
        ({"api_response": None}, ("bigquery-crawler", "bigquery prod")),
        ({"api_response": None, "api_data": None}, ("bigquery-crawler", "bigquery prod")),
        ({"api_response": "<html>", "api_data": {"app_id": "a", "name": "b"}}, ("a", "b")),
        ({"api_response": '{"name": "renamed", "app_id": ""}'}, ("bigquery-crawler", "renamed")),
        ({"api_response": '{"name": 5, "app_id": ["a"]}', "api_data": {}, "data": "[1]"}, (None, None)),
        ({"api_response": None, "api_data": None, "data": '{"id": "x"}'}, (None, None)),
        ({"api_response": {"app_id": "a", "name": "b"}, "data": BODY}, ("a", "b")),
    ],
)
def test_the_app_and_the_name_are_read_where_they_are_known(
    atlan: Caller, changed: dict[str, Any], expected: tuple[str | None, str | None]
) -> None:
    """The last response counts first, then the request body. Without both, the attributes are null."""
    answer = move(atlan, HELD | changed)
    moved = unpacked(answer.target_state)
    assert ([], expected) == (diagnostics(answer), (moved["app_id"], moved["name"]))


@pytest.mark.parametrize(
    ("id", "path"),
    [
        (SLUG, "/api/service/v1/app"),
        (SLUG, "/api/service/v1/app/"),
        (SLUG, "/app?limit=1"),
        (SLUG, "/"),
        (SLUG, ""),
        (SLUG, None),
        (SLUG, f"/v1/app/{SLUG}"),
        (SLUG, "/v1/app/{id}"),
        (f"/v1/app/{SLUG}", "/v1/app"),
        (f"app/{SLUG}/", "/v1/app"),
    ],
)
def test_a_slug_is_read_from_an_id(atlan: Caller, id: str, path: str | None) -> None:  # noqa: A002 - restapi's name
    """The id is the slug, or a path that ends with the slug."""
    answer = move(atlan, HELD | {"id": id, "path": path})
    assert ([], SLUG) == (diagnostics(answer), unpacked(answer.target_state)["slug"])


NO_SLUG = "Cannot move a restapi_object whose id is not a slug"


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({"id": None}, NO_SLUG),
        ({"id": ""}, NO_SLUG),
        ({"id": [SLUG]}, NO_SLUG),
        ({"id": ".."}, NO_SLUG),
        ({"id": "/"}, NO_SLUG),
        ({"id": "a b"}, NO_SLUG),
        ({"id": f"../{SLUG}"}, NO_SLUG),
        ({"id": f"/v1/roles/{SLUG}"}, NO_SLUG),
        ({"id": f"{SLUG}/schedule/t-1"}, NO_SLUG),
        ({"id": "/v1/app/.."}, NO_SLUG),
        ({"id": "t-1", "path": f"/v1/app/{SLUG}/schedule"}, "t-1 is not a workflow"),
        ({"id": "guid-1", "path": "/api/service/credentials"}, "guid-1 is not a workflow"),
        ({"id": "1700000000"}, "Cannot move a restapi_object whose id is not its slug"),
    ],
)
def test_only_a_workflow_is_moved(atlan: Caller, changed: dict[str, Any], expected: str) -> None:
    """Refused are an id that cannot be a slug, another object, and a slug that differs from the response."""
    answer = move(atlan, HELD | changed)
    assert [("error", expected)] == diagnostics(answer)
    assert "import the workflow by its slug" in detail(answer)


@pytest.mark.parametrize(
    ("source", "address"),
    [
        ("restapi_object", "registry.terraform.io/hashicorp/http"),
        ("restapi_object", "registry.terraform.io/mastercard/notrestapi"),
        ("restapi_object", ""),
        ("restapi_request", restapi.ADDRESS),
        ("terraform_data", "terraform.io/builtin/terraform"),
    ],
)
def test_only_a_restapi_object_can_be_moved(atlan: Caller, source: str, address: str) -> None:
    """Any other source is an error that names the supported source."""
    answer = move(atlan, HELD, source=source, address=address)
    assert [("error", f"Cannot move {source} to atlan_app")] == diagnostics(answer)
    assert "can only be moved from restapi_object of the provider Mastercard/restapi" in detail(answer)


@pytest.mark.parametrize(
    "changed",
    [
        {},
        {"id": ".."},
        {"path": "/credentials"},
        {"id": "1"},
        {"api_response": json.dumps({"name": ["x"], "dag": SECRET})},
        {"data": f'{{"inputs": {{"password": "{SECRET}"'},
    ],
)
def test_no_secret_of_the_source_leaves_a_move(atlan: Caller, changed: dict[str, Any]) -> None:
    """The response contains no secret, after a success and after an error."""
    assert SECRET in json.dumps(HELD | changed)
    assert SECRET.encode() not in move(atlan, HELD | changed, source_private=SECRET.encode()).SerializeToString()
