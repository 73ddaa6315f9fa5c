"""The texts and the tree of the errors."""

import subprocess
import sys

import pytest

from provider.client import errors
from provider.client.errors import (
    AtlanError,
    NoAnswer,
    RequestNotSent,
    ServerError,
    ServiceError,
    Unsendable,
    UnusableAnswer,
)
from provider.framework.protocol.diagnostics import MAX_DETAIL_LENGTH, printable


@pytest.mark.parametrize("module", ["provider.client", "provider.client.errors", "provider.client.retries"])
def test_what_a_launch_imports_is_light(module: str) -> None:
    """A provider that only answers its schema does not load requests or pydantic through these modules."""
    script = f"import sys, {module}; print(sorted({{'urllib3', 'pydantic', 'ssl'}} & set(sys.modules)))"
    told = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, timeout=60)
    assert "[]" == told.stdout.strip()


def test_the_tree_in_the_docstring_is_the_tree() -> None:
    """The docstring contains every error exactly once, and no other."""
    drawn = [line.split("─ ")[1].split()[0] for line in (errors.__doc__ or "").splitlines() if "─ " in line]
    made = {name for name, kind in vars(errors).items() if isinstance(kind, type) and issubclass(kind, AtlanError)}
    assert made - {"AtlanError"} == set(drawn)
    assert len(drawn) == len(set(drawn))


@pytest.mark.parametrize(
    ("error", "text"),
    [
        (AtlanError("it is so"), "it is so."),
        (
            RequestNotSent("refused", method="GET", path="/a", request_id="i"),
            "GET /a was not sent: refused. Request id i.",
        ),
        (
            NoAnswer("no answer in time", method="GET", path="/a", attempts=3),
            "GET /a got no answer: no answer in time. Tried 3 times.",
        ),
        (
            UnusableAnswer("it is empty.", method="PUT", path="/a", status=200),
            "PUT /a got an answer that can't be used (status 200): it is empty.",
        ),
        (
            ServiceError("Bad inputs.", method="PUT", path="/a", status=400, code="400", causes=["a.", "b"]),
            "PUT /a was answered with status 400: Bad inputs. Causes: a.; b.",
        ),
    ],
)
def test_an_error_is_sentences_for_a_person(error: AtlanError, text: str) -> None:
    """The error names the failure, its reason, the number of attempts and the request id, if they are known."""
    assert text == str(error)


@pytest.mark.parametrize(
    ("error", "ambiguous"),
    [
        (AtlanError("m"), False),
        (RequestNotSent("m"), False),
        (Unsendable("m"), False),
        (NoAnswer("m"), True),
        (UnusableAnswer("m"), True),
        (UnusableAnswer("m", status=200), True),
        (UnusableAnswer("m", status=302), False),
        (UnusableAnswer("m", status=404), False),
        (UnusableAnswer("m", status=502), True),
        (ServiceError("m", status=400), False),
        (ServerError("m", status=500), True),
        (ServerError("m", status=500, retry_after=1), True),
        (ServerError("m", status=503), True),
        (ServerError("m", status=503, retry_after=0), False),
    ],
)
def test_a_write_is_ambiguous_where_it_may_have_been_carried_out(error: AtlanError, ambiguous: bool) -> None:
    """A write is not ambiguous only if the error proves that nothing was done."""
    assert ambiguous == error.ambiguous


def test_the_longest_error_stays_short() -> None:
    """The exit limits the text, and keeps its end."""
    long = "x" * 10_000
    error = ServerError(long, method="GET", path=f"/{long}", status=500, code=long, causes=[long] * 50, attempts=6)
    assert len(printable(str(error))) <= MAX_DETAIL_LENGTH
    assert printable(str(error)).endswith("Tried 6 times.")
