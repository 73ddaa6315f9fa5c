"""The RPCs of resources: what is returned if a call does nothing or fails."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from provider.framework import (
    GONE,
    STRING,
    Attribute,
    Context,
    Gone,
    MoveSource,
    Provider,
    Resource,
    Schema,
    State,
    Unknown,
    UserError,
    redaction,
    terraform_command,
)
from provider.framework.terraform_command import Command
from provider.framework.testing import ResourceClient, diagnostics, in_process
from tests.support.toy_provider import THING, ToyProvider

STATE = {"id": "id-1", "name": "a", "mode": "small"}


@pytest.fixture
def toy() -> ToyProvider:
    return ToyProvider()


@pytest.fixture
def thing(toy: ToyProvider) -> ResourceClient:
    return ResourceClient(in_process(toy), "toy_thing", THING)


def test_nothing_is_refreshed_while_settings_are_unknown(thing: ResourceClient, toy: ToyProvider) -> None:
    """The state and private state stay, and a warning says so."""
    toy.unknown_settings = ["url"]
    answer = thing.read(STATE, private=b'{"kept": 1}')
    assert [("warning", "Not refreshed")] == answer.diagnostics
    assert (thing.full(STATE), {"kept": 1}) == (answer.state, json.loads(answer.private))
    assert [] == toy.calls


def test_a_state_that_is_null_is_not_read(thing: ResourceClient, toy: ToyProvider) -> None:
    """There is nothing to refresh."""
    assert (None, []) == (thing.read(None).state, toy.calls)


def test_a_state_that_is_gone_becomes_null(thing: ResourceClient) -> None:
    """GONE removes the object from state without a diagnostic."""
    answer = thing.read(STATE | {"fail": "gone"})
    assert (None, []) == (answer.state, answer.diagnostics)


@pytest.mark.parametrize("method", ["read", "delete"])
def test_a_state_stays_if_a_call_fails(thing: ResourceClient, method: str) -> None:
    """A failed refresh or delete returns the state that it received."""
    state: dict[str, Any] = STATE | {"fail": method}
    answer = thing.read(state) if method == "read" else thing.apply(state, None)
    assert ["error"] == [severity for severity, _ in answer.diagnostics]
    assert thing.full(state) == answer.state


def test_the_configuration_of_a_destroy_may_be_null(thing: ResourceClient, toy: ToyProvider) -> None:
    """The plan of a destroy calls the resource without a planned state."""
    answer = thing.plan(STATE, None)
    assert (None, []) == (answer.state, answer.diagnostics)
    assert [None] == [told["planned"] for _, told in toy.calls]


@pytest.mark.parametrize(
    ("fail", "summary"),
    [
        ("plan", "The plan is refused"),
        ("plan reports", "The plan is refused"),
        ("plan breaks", "The provider failed unexpectedly"),
    ],
)
@pytest.mark.parametrize("destroys", [False, True], ids=["plan", "destroy"])
@pytest.mark.parametrize("prior", [None, STATE], ids=["create", "update"])
def test_nothing_that_a_plan_raises_or_reports_blocks_a_destroy(
    thing: ResourceClient, monkeypatch: pytest.MonkeyPatch, prior: Any, destroys: bool, fail: str, summary: str
) -> None:
    """It is a warning, and the planned state is that of the schema."""
    monkeypatch.setattr(terraform_command, "launcher", lambda: Command("terraform", destroys))
    answer = thing.plan(prior, {**STATE, "fail": fail, "name": "b", "secret_wo": "never stored"})
    assert [("warning" if destroys else "error", summary)] == answer.diagnostics
    assert ("b", None) == (answer.state["name"], answer.state["secret_wo"])


@pytest.mark.parametrize("call", ["ReadResource", "ImportResourceState"])
def test_a_failed_read_of_a_destroy_stays_an_error_with_the_way_out(
    thing: ResourceClient, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    """An unexpected exception and an error for the user."""
    monkeypatch.setattr(terraform_command, "launcher", lambda: Command("tofu", is_destroy=True))
    failing = STATE | {"fail": "read"}
    response = thing.read(failing).response if call == "ReadResource" else thing(call, id="missing")
    (found,) = response.diagnostics
    assert ("ERROR", True) == (
        found.Severity.Name(found.severity),
        found.detail.endswith("To destroy without this read, run tofu destroy -refresh=false."),
    )


def test_nothing_is_imported_while_settings_are_unknown(thing: ResourceClient, toy: ToyProvider) -> None:
    """The error says what to do."""
    toy.unknown_settings = ["url", "key"]
    response = thing("ImportResourceState", id="id-1")
    assert [("error", "The provider is not configured")] == diagnostics(response)
    assert response.diagnostics[0].detail.startswith("These settings are not known yet: url, key. An import reads")
    assert [] == [*response.imported_resources]


class Note(Resource[State]):
    """A resource that warns with its id, which contains a secret of the process."""

    name = "note"
    schema = Schema(
        [
            Attribute("id", STRING, computed=True, identifier=True, description="The id."),
            Attribute("text", STRING, optional=True, description="What to do."),
        ],
        description="A note.",
    )

    def create(self, ctx: Context[State], planned: State) -> State:
        state = {**planned, "id": "prod-1"}
        if planned["text"] == "fail":
            ctx.save(state)
            raise UserError("prod-1 of prod failed")
        return self._state(ctx, state)

    def read(self, ctx: Context[State], current: State) -> State:
        return self._state(ctx, {**current, "id": "prod-1"})

    def update(self, ctx: Context[State], current: State, planned: State) -> State:
        return planned

    def delete(self, ctx: Context[State], current: State) -> None:
        pass

    def import_(self, ctx: Context[State], id: str) -> State:  # noqa: A002 - the name in the base class
        return self._state(ctx, {"id": "prod-1", "text": None})

    def move(self, ctx: Context[State], source: MoveSource) -> State:
        return self._state(ctx, {"id": "prod-1", "text": None})

    def _state(self, ctx: Context[State], state: State) -> State:
        ctx.warn("prod-1 of prod", "")
        return state


class Notes(Provider):
    address = "registry.terraform.io/example/notes"
    prefix = "notes_"
    schema = Schema([], description="Notes.")
    resources = (Note,)


@pytest.mark.parametrize(
    ("call", "expected"),
    [
        pytest.param(lambda note: note.read({"id": "other"}).response, "prod-1 of ***", id="read"),
        pytest.param(lambda note: note.apply(None, {"id": Unknown}).response, "prod-1 of ***", id="apply"),
        pytest.param(
            lambda note: note.apply(None, {"id": Unknown, "text": "fail"}).response, "prod-1 of *** failed", id="saved"
        ),
        pytest.param(lambda note: note("ImportResourceState", id="x"), "prod-1 of ***", id="import"),
        pytest.param(
            lambda note: note("MoveResourceState", target_type_name="notes_note", source_type_name="other"),
            "prod-1 of ***",
            id="move",
        ),
    ],
)
def test_an_identifier_of_a_returned_state_stays_readable(
    call: Callable[[ResourceClient], Any], expected: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without it, a message does not say which object it is about."""
    monkeypatch.setattr(redaction, "_registrations", set())
    with redaction.register("prod"):
        response = call(ResourceClient(in_process(Notes()), "notes_note", Note.schema))
        assert [("warning", expected)] == diagnostics(response)


class Coin(Resource[State]):
    """A resource that belongs to the account ``provider_data``. ``text`` says what the service knows of it."""

    name = "coin"
    schema = Note.schema

    def needs_refresh(self, current: State) -> bool:
        return current["text"] != "final"

    def check_account(self, ctx: Context[State], current: State) -> None:
        if ctx.private.get("account") not in (None, self.provider_data):
            raise UserError(f"{current['id']} is in another account")

    def remember_account(self, ctx: Context[State]) -> None:
        ctx.private["account"] = self.provider_data

    def create(self, ctx: Context[State], planned: State) -> State:
        return {**planned, "id": "c-1"}

    def read(self, ctx: Context[State], current: State) -> State | Gone:
        ctx.was_found = current["text"] != "kept"
        return GONE if current["text"] == "gone" else current

    def update(self, ctx: Context[State], current: State, planned: State) -> State:
        return planned

    def delete(self, ctx: Context[State], current: State) -> None:
        pass

    def import_(self, ctx: Context[State], id: str) -> State:  # noqa: A002 - the name in the base class
        return {"id": id, "text": None}


class Purse(Notes):
    resources = (Coin,)
    provider_data = "mine"


@pytest.fixture
def coin() -> ResourceClient:
    return ResourceClient(in_process(Purse()), "notes_coin", Coin.schema)


MINE, THEIRS = b'{"account": "mine"}', b'{"account": "theirs"}'


@pytest.mark.parametrize(
    "call",
    [
        pytest.param(lambda coin: coin.read({"id": "c-1"}, THEIRS), id="read"),
        pytest.param(lambda coin: coin.read({"id": "c-1", "text": "final"}, THEIRS), id="read without a request"),
        pytest.param(lambda coin: coin.plan({"id": "c-1"}, {"text": "b"}, private=THEIRS), id="plan of an update"),
        pytest.param(lambda coin: coin.plan({"id": "c-1"}, None, private=THEIRS), id="plan of a destroy"),
        pytest.param(lambda coin: coin.apply({"id": "c-1"}, {"id": "c-1", "text": "b"}, private=THEIRS), id="update"),
        pytest.param(lambda coin: coin.apply({"id": "c-1"}, None, private=THEIRS), id="delete"),
    ],
)
def test_an_object_of_another_account_is_refused(coin: ResourceClient, call: Callable[[ResourceClient], Any]) -> None:
    """Before each call about an object in state."""
    assert [("error", "c-1 is in another account")] == call(coin).diagnostics


@pytest.mark.parametrize(
    ("call", "expected"),
    [
        pytest.param(lambda coin: coin.read({"id": "c-1"}).private, MINE, id="found"),
        pytest.param(lambda coin: coin.read({"id": "c-1", "text": "kept"}).private, b"", id="kept and not found"),
        pytest.param(lambda coin: coin.read({"id": "c-1", "text": "final"}).private, b"", id="not requested"),
        pytest.param(lambda coin: coin.read({"id": "c-1", "text": "gone"}).private, b"", id="gone"),
        pytest.param(lambda coin: coin.read({"id": "c-1", "text": "gone"}, MINE).private, b"", id="forgotten"),
        pytest.param(lambda coin: coin.apply(None, {"id": Unknown}).private, MINE, id="created"),
        pytest.param(lambda coin: coin.apply(None, {"id": Unknown}, private=THEIRS).private, MINE, id="replaced"),
        pytest.param(lambda coin: coin.apply({"id": "c-1"}, {"id": "c-1", "text": "b"}).private, b"", id="updated"),
        pytest.param(
            lambda coin: coin("ImportResourceState", id="c-1").imported_resources[0].private, MINE, id="imported"
        ),
    ],
)
def test_the_account_of_an_object_is_recorded(
    coin: ResourceClient, call: Callable[[ResourceClient], bytes], expected: bytes
) -> None:
    """In a create, an import, and a read that found the object."""
    assert expected == (call(coin) or b"")
