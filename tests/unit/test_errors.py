"""A client's error as a user reads it."""

import threading
from typing import Any

import pytest

from provider.client import errors as client_errors
from provider.client.errors import AtlanError, BadRequest, Forbidden, NoAnswer, NotFound, NoToken, ServerError
from provider.errors import (
    ADVICE,
    CHECK_ADVICE,
    OAUTH_ADVICE,
    WITHOUT_SERVICE_TEXT,
    error_text,
    explain,
    without_service_text,
)
from provider.framework import Context, Diagnostics, State, UserError


@pytest.mark.parametrize("kind", ADVICE)
def test_every_kind_of_error_has_its_own_advice(kind: type[AtlanError]) -> None:
    """A class is listed before its base classes, so each gets the words that are meant for it."""
    found = explain(kind("m"))
    assert ADVICE[kind][0] == found.summary
    assert found.detail.endswith(ADVICE[kind][1])


def test_every_error_of_the_client_can_be_explained() -> None:
    """An error without its own advice gets the advice of a base class."""
    kinds = [kind for kind in vars(client_errors).values() if isinstance(kind, type) and issubclass(kind, AtlanError)]
    assert ["The request failed"] == [
        explain(kind("m")).summary for kind in kinds if not issubclass(kind, tuple(ADVICE))
    ]


@pytest.mark.parametrize("kind", OAUTH_ADVICE)
def test_an_oauth_client_gets_other_advice_than_a_key(kind: type[AtlanError]) -> None:
    """Nothing is said about a key that is not configured."""
    assert OAUTH_ADVICE[kind][0] == explain(kind("m"), oauth=True).summary
    assert "key" in explain(kind("m")).detail


@pytest.mark.parametrize(
    ("error", "uncertain"),
    [
        (NoAnswer("m", method="PUT"), True),
        (NoAnswer("m", method="GET"), False),
        (ServerError("m", method="POST", status=500), True),
        (BadRequest("m", method="POST", status=400), False),
    ],
)
def test_a_write_that_may_have_been_carried_out_is_said_to_be_uncertain(error: AtlanError, uncertain: bool) -> None:
    """A read changes nothing, so nothing is uncertain about it."""
    assert uncertain == ("The result of the request is not known" in explain(error).detail)


@pytest.mark.parametrize(
    ("locations", "path"),
    [
        ((), None),
        ((("inputs",),), ["inputs"]),
        ((("inputs", "a", "b"),), ["inputs", ("a",)]),
        ((("inputs", 0),), ["inputs", (0,)]),
        (((), ("inputs", "a.b")), ["inputs", ("a.b",)]),
        (((0, "a"), ("name",)), ["name"]),
        ((("",),), None),
    ],
)
def test_an_error_is_on_the_attribute_that_the_service_named(locations: Any, path: Any) -> None:
    """The first location that begins with a name counts, with at most one key."""
    error = BadRequest("m")
    error.locations = locations
    assert path == explain(error).path


def context(*, with_service_text: bool) -> Context[State]:
    ctx = Context[State](Diagnostics(), "atlan_thing", threading.Event())
    ctx.with_service_text = with_service_text
    return ctx


def test_the_text_of_an_error_is_the_whole_text() -> None:
    """A call that knows its secrets shows what the service says."""
    error = NotFound("no such thing", method="GET", path="/a", status=404, code="E-1", request_id="i", causes=["c"])
    assert str(error) == error_text(context(with_service_text=True), error)


def test_the_services_text_is_left_out_where_it_may_contain_secrets() -> None:
    """Status, code, attempts and request id stay, and a sentence says what is missing."""
    facts: dict[str, Any] = {"method": "GET", "path": "/a", "status": 503, "request_id": "i", "causes": ["c"]}
    error = ServerError("c4nary", **facts, code="E-1", attempts=6)
    expected = "GET /a was answered with status 503. Code E-1. Tried 6 times. Request id i."
    assert f"{expected} {WITHOUT_SERVICE_TEXT}" == error_text(context(with_service_text=False), error)
    assert explain(error, with_service_text=False).detail.startswith(f"{expected} {WITHOUT_SERVICE_TEXT}\n\n")


def test_a_block_leaves_out_the_services_text() -> None:
    """The advice does not point to the text, and the context is as before afterwards."""
    ctx = context(with_service_text=True)
    with pytest.raises(UserError) as raised, without_service_text(ctx, oauth=False):
        raise BadRequest("c4nary", method="PUT", path="/a", status=400)
    assert (False, True) == ("c4nary" in raised.value.detail, raised.value.detail.endswith(CHECK_ADVICE))
    assert ctx.with_service_text
    with pytest.raises(BadRequest), without_service_text(ctx, oauth=False, when=False):
        raise BadRequest("c4nary", method="PUT", path="/a", status=400)


@pytest.mark.parametrize("code", ["no c4nary is valid", "c4nary" * 20, "c4nary", "E-c4nary"])
def test_a_text_in_the_place_of_a_code_is_left_out_too(code: str) -> None:
    """A code is short, and has capital letters, digits and dashes."""
    error = Forbidden("m", method="GET", path="/a", status=403, code=code)
    assert "c4nary" not in error_text(context(with_service_text=False), error)


def test_an_error_about_a_token_leaves_out_the_answer_to_its_request() -> None:
    """Its message quotes the service."""
    error = NoToken("no access token was available for it: c4nary", method="GET", path="/a", request_id="i")
    assert f"GET /a was not sent. Request id i. {WITHOUT_SERVICE_TEXT}" == error_text(
        context(with_service_text=False), error
    )


def test_a_message_of_the_provider_itself_stays() -> None:
    """The service wrote none of it."""
    error = NoAnswer("no answer in time", method="GET", path="/a")
    assert "GET /a got no answer: no answer in time." == error_text(context(with_service_text=False), error)
