"""Every way in which a secret comes back counts as the secret."""

import json
from base64 import b64encode, encodebytes, urlsafe_b64encode
from collections.abc import Callable
from decimal import Decimal
from typing import Any
from urllib.parse import quote

import pytest

from provider.framework.redaction import redact, register
from tests.support.secret_encoders import ENCODERS


def redacted(text: str, *secrets: Any) -> str:
    """Return the text as it is shown while the secrets are registered."""
    with register(*secrets):
        return redact(text)


SECRETS = ["hunter2-4711", 'p/w+d=?&"<ä>\\ \t\U0001f511', "ключ", "abcd", "a  b\x00c", "~!*'()~", "????>>>>"]


@pytest.mark.parametrize("secret", SECRETS)
@pytest.mark.parametrize("encoder", ENCODERS)
def test_a_secret_is_found_however_it_is_written(encoder: str, secret: str) -> None:
    """As it is, escaped for JSON once or twice, for HTML or for a URL, or in base64; JSON in a URL or in base64 too."""
    written = ENCODERS[encoder](secret)
    assert "the password '***' is wrong" == redacted(f"the password '{written}' is wrong", secret)


LONG = "s3cr3t/w?rd>with+more " * 8 + "ä"


@pytest.mark.parametrize("before", ["", "u", "us", "use"])
def test_base64_with_line_breaks_is_found(before: str) -> None:
    """MIME breaks lines after 76 digits. A message may contain the line break, its escape or a space."""
    written = encodebytes(f"{before}{LONG}".encode()).decode().strip()
    assert written.count("\n") > 1
    for text in (written, written.replace("\n", " "), json.dumps(written), quote(written)):
        left = redacted(f"not {text}!", LONG).replace("***", "")
        assert len(left) < 12, left


@pytest.mark.parametrize("encoder", [each for each in ENCODERS if each != "mime"])
@pytest.mark.parametrize("secret", ["s3cr3t-w0rd-4711-abcdef", "пароль-ключ-замок"])
def test_a_truncated_secret_is_found(secret: str, encoder: str) -> None:
    """From eight characters on, at its beginning and at its end."""
    for part in (secret[:8], secret[:12], secret[-8:], secret[-12:]):
        assert "not '***'" == redacted(f"not '{ENCODERS[encoder](part)}'", secret)


def test_a_shorter_part_of_a_secret_is_not_secret() -> None:
    """It occurs in texts that have nothing of the secret, and so does a part of its middle."""
    text = "s3cr3t-, abcdef-, w0rd-4711"
    assert text == redacted(text, "s3cr3t-w0rd-4711-abcdef")


def test_a_short_secret_is_not_found_in_what_decodes_to_random_bytes() -> None:
    """Ordinary words are digits of base64, too."""
    text = "Both keys look the same and have different characters, such as é as one character, and with an accent."
    assert text * 20 == redacted(text * 20, "z", "q7", 5, "%x")


def test_a_part_of_a_secret_word_is_not_secret() -> None:
    """It is a part of other words, too."""
    assert "*** connection, not connected" == redacted("Connection connection, not connected", "Connection")


PEM = "-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBgkq\nhkiG9w0BAQEFAASC\n-----END PRIVATE KEY-----\n"
KEY_FILE = {
    "type": "service_account",
    "project_id": "analytics-4711",
    "private_key": PEM,
    "token_uri": "https://oauth2.googleapis.com/token",
}
SHAPED = {
    "a url": "https://example.atlan.com/hooks/T0123456/s3cr3t",
    "a url with a user": "https://crawler:s3cr3t-w0rd@example.atlan.com",
    "a url with a user and a path": "postgres://crawler:s3cr3t-w0rd@db.example.com:5432/sales-and-more",
    "pem": PEM,
    "pem with escapes": PEM.replace("\n", "\\n"),
    "a key file": json.dumps(KEY_FILE, indent=2),
    "a key file that was cut": json.dumps(KEY_FILE)[:150],
    "a header": "Bearer s3cr3t-w0rd-4711-abcdef",
}
READABLE = [
    "https://example.atlan.com/api/service/v1/app: no connection (https://proxy.example.com:3128 from HTTPS_PROXY)",
    "A private key begins with -----BEGIN PRIVATE KEY----- and ends with -----END PRIVATE KEY-----.",
    'Write the whole file, such as {"type": "service_account", "project_id": "…", "private_key": "…"}.',
    "socks5://proxy.example.com is not supported: use an http:// or https:// proxy. postgres://db.example.com is none",
    "The header is Bearer and a token. The key file's token_uri and private_key are missing.",
]


@pytest.mark.parametrize("secret", SHAPED.values(), ids=SHAPED)
@pytest.mark.parametrize("text", READABLE)
def test_the_fixed_words_of_a_form_stay_readable(secret: str, text: str) -> None:
    """The scheme and the host of a URL, the lines around a key, the keys of JSON."""
    expected = text.replace("service_account", "***") if "service_account" in secret and secret[-1] == "}" else text
    assert expected == redacted(text, secret)


@pytest.mark.parametrize("secret", SHAPED.values(), ids=SHAPED)
def test_a_secret_with_fixed_words_is_found_whole_and_in_parts(secret: str) -> None:
    """Only the fixed words are left."""
    hidden = ("s3cr3t", "MIIEvQIB", "hkiG9w0B", "analytics-4711")
    for text in (secret, secret[:-1], secret[: len(secret) - 9], json.dumps(secret), quote(secret), secret.upper()):
        shown = redacted(text, secret).lower()
        assert [] == [part for part in hidden if part.lower() in shown and part in secret]


@pytest.mark.parametrize("before", ["", "u", "us", "user:", "user-1:"])
@pytest.mark.parametrize("encode", [b64encode, urlsafe_b64encode])
def test_base64_is_found_where_the_secret_is_a_part_of_what_was_encoded(
    encode: Callable[[bytes], bytes], before: str
) -> None:
    """As in a Basic header: wherever the secret begins, no four of its characters can be had back from the text."""
    secret = "s3cr3t/w?rd>with+more"
    told = redacted(encode(f"{before}{secret}-xyzzy".encode()).decode(), secret)
    assert "***" in told
    readable = encode(f"{before}{secret}".encode()).decode()
    assert not [
        readable[at : at + 6] for at in range(len(before) * 2, len(readable) - 6) if readable[at : at + 6] in told
    ]


VALUES = {
    "a text": "hunter2",
    "an object": {"a": {"b": ["hunter2"]}},
    "JSON text": '{"a": ["hunter2"]}',
    "JSON text in JSON text": json.dumps({"a": json.dumps({"b": "hunter2"})}),
    "a JSON text": '"hunter2"',
    "a line of a key": "-----BEGIN KEY-----\nhunter2\r\n-----END KEY-----\n",
    "what is around it": "\n hunter2 \n",
    "many": [str(number) * 9 for number in range(100)] + ["hunter2"],
    "broken JSON beside it": ["{", "[" * 100_000, "hunter2"],
    "a tuple": ("hunter2",),
}


@pytest.mark.parametrize("value", VALUES)
def test_every_leaf_of_a_value_is_a_secret(value: str) -> None:
    """A message may contain a single leaf, also one of JSON text, or one line of several."""
    assert "no ***!" == redacted("no hunter2!", VALUES[value])


@pytest.mark.parametrize(
    ("value", "text", "told"),
    [
        (123456, "not 123456", "not ***"),
        (Decimal("12.75"), "not 12.75", "not ***"),
        (-1234, "not -1234", "not ***"),
        (True, "not True", "not True"),
        (None, "not None", "not None"),
        ("abc", "password abc is not 'abc' (abc)", "password *** is not '***' (***)"),
        ("abc", "abcd, xabc, abc_d", "abcd, xabc, abc_d"),
        (" abc\n", "not abc", "not ***"),
        ("a/b", "not a%2Fb", "not ***"),
        ("abc", "not YWJj", "not ***"),
        (["ab", "abc"], "ab abc", "*** ***"),
        (7, "not 7 of 70", "not *** of 70"),
        ("  ", "not  ", "not  "),
        ('{\n"a": "hunter2"\n}', "{ hunter2 }", "{ *** }"),
        ("", "not ", "not "),
        (10**5000, "not 1", "not 1"),
        ({"password": "hunter2"}, "the password", "the password"),
        (object(), "object", "object"),
    ],
    ids=lambda value: value[:12] if isinstance(value, str) else type(value).__name__,
)
def test_what_counts_as_a_leaf(value: Any, text: str, told: str) -> None:
    """Texts and numbers, those under four characters only as whole words; never a key, a truth or nothing."""
    assert told == redacted(text, value)


def test_a_secret_within_another_does_not_lay_it_bare() -> None:
    """The longer secret is looked for first, in any order of registration."""
    assert "***!" == redacted("my-hunter2-key!", "hunter2", ["my-hunter2-key"])


def test_a_key_of_many_lines_is_found_when_its_lines_were_joined() -> None:
    """A text of several lines reaches a message with its lines joined."""
    key = "-----BEGIN KEY-----\nAAAABBBB\nCCCCDDDD\n-----END KEY-----\n"
    assert "bad key: *** " == redacted(f"bad key: {' '.join(key.split())} ", key)


def test_a_long_value_is_found_as_it_is() -> None:
    """Also if it is escaped."""
    secret = "größe " * 10_000
    assert "*** ***" == redacted(f"{secret} {json.dumps(secret)[1:-1]}", secret)
