"""How an exception becomes a diagnostic."""

import logging

import pytest

from provider.framework import UserError
from provider.framework.protocol.servicer import Servicer
from tests.support.toy_provider import ToyProvider


class Speechless(ToyProvider):
    """A provider whose explanation fails."""

    def explain(self, error: Exception, *, with_service_text: bool = True) -> UserError | None:
        raise ImportError("what explains it cannot be loaded")


def test_what_cannot_be_explained_is_still_an_error_for_the_user(caplog: pytest.LogCaptureFixture) -> None:
    """The call is answered, and the log contains the exception of the explanation."""
    with caplog.at_level(logging.ERROR):
        problem = Servicer(Speechless()).explain(KeyError("lost"))
    assert "The provider failed unexpectedly" == problem.summary
    assert ["unexpected ImportError"] == caplog.messages
