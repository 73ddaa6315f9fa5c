"""Every way in which a secret comes back counts as the secret."""

import html
import json
import re
from base64 import b64encode, urlsafe_b64encode
from collections.abc import Callable
from decimal import Decimal
from typing import Any
from urllib.parse import quote, quote_plus

import pytest

from provider.framework.redaction import redact, register


def redacted(text: str, *secrets: Any) -> str:
    """Return the text as it is shown while the secrets are registered."""
    with register(*secrets):
        return redact(text)


SECRETS = ["hunter2-4711", 'p/w+d=?&"<ä>\\ \t\U0001f511', "ключ", "abcd", "a  b\x00c", "~!*'()~", "????>>>>"]

FOR_HTML = {ord(character): f"\\u{ord(character):04x}" for character in "<>&"}
ENCODERS: dict[str, Callable[[str], str]] = {
    "as it is": str,
    "json": lambda secret: json.dumps(secret)[1:-1],
    "json in utf-8": lambda secret: json.dumps(secret, ensure_ascii=False)[1:-1],
    "json in json": lambda secret: json.dumps(json.dumps(secret)[1:-1])[1:-1],
    "json for html": lambda secret: json.dumps(secret)[1:-1].translate(FOR_HTML),
    "json with slashes": lambda secret: json.dumps(secret)[1:-1].replace("/", r"\/"),
    "python": lambda secret: repr(secret)[1:-1],
    "html": html.escape,
    "a url": lambda secret: quote(secret, safe=""),
    "a url's path": quote,
    "a url of a browser": lambda secret: quote(secret, safe="!~*'()"),
    "a form": quote_plus,
    "a url in lower case": lambda secret: re.sub("%..", lambda code: code[0].lower(), quote(secret, safe="")),
    "base64": lambda secret: b64encode(secret.encode()).decode(),
    "base64 without padding": lambda secret: b64encode(secret.encode()).decode().rstrip("="),
    "base64 for urls": lambda secret: urlsafe_b64encode(secret.encode()).decode(),
    "json in a url": lambda secret: quote_plus(json.dumps(secret)[1:-1]),
    "json in base64": lambda secret: b64encode(json.dumps(secret)[1:-1].encode()).decode(),
}


@pytest.mark.parametrize("secret", SECRETS)
@pytest.mark.parametrize("encoder", ENCODERS)
def test_a_secret_is_found_however_it_is_written(encoder: str, secret: str) -> None:
    """As it is, escaped for JSON once or twice, for HTML or for a URL, or in base64; JSON in a URL or in base64 too."""
    written = ENCODERS[encoder](secret)
    assert "the password '***' is wrong" == redacted(f"the password '{written}' is wrong", secret)


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
    """Megabytes are looked for without their encodings."""
    secret = "größe " * 100_000
    assert "*** ***" == redacted(f"{secret} {json.dumps(secret)[1:-1]}", secret)
