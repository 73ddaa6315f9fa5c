"""Errors of the setup in plans."""

from contextlib import suppress

import pytest

from provider.client.errors import (
    AtlanError,
    Forbidden,
    ForeignAnswer,
    NoAnswer,
    NotFound,
    NoToken,
    OAuthRefused,
    OutOfTime,
    RequestNotSent,
    ServerError,
    Unauthorized,
    UntrustedCertificate,
    UnusableAnswer,
)
from provider.setup_errors import SetupErrors

MISSING = [Forbidden, NoAnswer, NotFound, NoToken, OutOfTime, RequestNotSent, ServerError, UnusableAnswer]


@pytest.mark.parametrize("kind", [Unauthorized, OAuthRefused, UntrustedCertificate, ForeignAnswer])
def test_an_error_of_the_setup_is_raised_once_for_each_plan(kind: type[AtlanError]) -> None:
    """Later ones are of the same plan, until some time has passed."""
    now = 0.0
    errors, error = SetupErrors(lambda: now), kind("no")
    with pytest.raises(kind):
        errors.raise_once(error)
    assert errors.raise_once(error)
    now = 31.0
    with pytest.raises(kind):
        errors.raise_once(error)


@pytest.mark.parametrize("kind", MISSING)
def test_a_missing_answer_is_never_raised(kind: type[AtlanError]) -> None:
    """Also after an error of the setup."""
    errors = SetupErrors()
    assert not errors.raise_once(kind("no"))
    with suppress(Unauthorized):
        errors.raise_once(Unauthorized("no"))
    assert not errors.raise_once(kind("no"))
