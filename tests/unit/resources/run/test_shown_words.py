"""The words of a message that are shown, because they cannot be a secret."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provider.resources.run.shown_words import shown


@pytest.mark.parametrize(
    "text",
    [
        "access denied",
        "Connection timed out after 30 seconds.",
        "Request failed: (429) rate limit exceeded; retrying",
        "The service account doesn't exist, or it can't be used.",
        "no worker is polling the queue",
        "[AAF-CRD-005] Invalid credential GUID",
        "java.net.UnknownHostException: host not found",
    ],
)
def test_words_of_failures_are_shown(text: str) -> None:
    """Also the vendor's codes, the statuses of HTTP, and the names of exceptions."""
    assert text == shown(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("the dataset analytics was not found", "the dataset *** was not found"),
        ("user does not have bigquery.jobs.create permission", "user does not have *** permission"),
        ("connect to postgres://crawler:password@db:5432 refused", "connect to *** refused"),
        ("password=secret token: Bearer eyJhbGciOi", "*** token: ***"),
        ('user "crawler"@"10.0.0.1" denied', "user *** denied"),
        ("a-password-nobody-may-see", "***"),
        ("access-denied user_token", "***"),
        ("swordfish", "***"),
        ("PublicKeyToken", "***"),
        ("hunter2 hunter3  hunter4", "***"),
        ("1234 123 status", "*** status"),
        ("paßword for schlüssel", "*** for ***"),
        ("the\x1b[31m hunter2\x00 failed\n", "the *** failed"),
        ("", ""),
    ],
)
def test_everything_else_is_hidden(text: str, expected: str) -> None:
    """A word is hidden as a whole, and several of them look like one."""
    assert expected == shown(text)


@given(st.text(min_size=4, max_size=40))
def test_no_value_of_a_message_is_shown_in_part(secret: str) -> None:
    """A character outside words and punctuation is never shown."""
    told = shown(f"the password {secret} was refused")
    assert told.startswith("the password ")
    assert set(told) <= set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 .,:;!?()[]'\"-*")


@pytest.mark.parametrize("length", [1_000, 1_000_000])
def test_a_long_message_keeps_its_start_and_its_end(length: int) -> None:
    """With an ellipsis between them."""
    told = shown(f"request failed {'again ' * length} access denied")
    assert len(told) <= 400
    assert told.startswith("request failed again")
    assert told.endswith("again access denied")
    assert "…" in told
