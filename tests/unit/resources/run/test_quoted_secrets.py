"""The parts of a text that have the form of a secret."""

import pytest

from provider.resources.run.quoted_secrets import quoted_secrets

PEM = "-----BEGIN PRIVATE KEY-----\nMIIEvQ\nIBADAN\n-----END PRIVATE KEY-----"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("connect to postgres://crawler:hunter2@db:5432 refused", {"hunter2"}),
        ("password=swordfish, user=crawler", {"swordfish"}),
        ("Password:swordfish was refused", {"swordfish"}),
        ("Password: sword-fish was refused", {"sword-fish"}),
        ('{"clientSecret": "sword fish", "host": "db"}', {"sword fish"}),
        ("the password 'sword \\'fish' was refused", {"sword \\'fish"}),
        ("login failed with password hunter2.", {"hunter2."}),
        ("the password a-secret-of-the-vault was refused", {"a-secret-of-the-vault"}),
        ("api_key = AbC123 and access-key: dEf456", {"AbC123", "dEf456"}),
        ("Authorization: Bearer abc.def-ghi", {"abc.def-ghi"}),
        ("header Basic dXNlcjpwYXNz was refused", {"dXNlcjpwYXNz"}),
        ("sent eyJhbGciOi.eyJzdWIi.c2ln to the service", {"eyJhbGciOi.eyJzdWIi.c2ln"}),
        ("the key AKIAABCDEFGHIJKLMNOP is disabled", {"AKIAABCDEFGHIJKLMNOP"}),
        (f"cannot load {PEM}", {"MIIEvQ\nIBADAN"}),
        ("cut -----BEGIN PRIVATE KEY-----\nMIIEvQ", {"MIIEvQ"}),
    ],
)
def test_what_has_the_form_of_a_secret_is_found(text: str, expected: set[str]) -> None:
    """After the name of a secret, in a URL or a header, and tokens and keys of known forms."""
    assert expected == quoted_secrets(text)


@pytest.mark.parametrize(
    "text",
    [
        "the dataset analytics was not found",
        "user crawler does not have bigquery.jobs.create permission on project my-project",
        "the password was refused",
        "invalid token: the token has expired",
        "The token has expired. Invalid credentials, or no access.",
        "no such column: users.id, run 6f1c9a0e-3a5b-4f6e-9d5a-0e2b8f1c7d3e",
        "https://db.example.com:8443/path is unreachable",
        "basic authentication is disabled",
        "",
    ],
)
def test_names_and_ordinary_words_are_not_secrets(text: str) -> None:
    """So a user reads what failed."""
    assert set() == quoted_secrets(text)
