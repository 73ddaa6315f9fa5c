"""Decoded texts, and where their parts are in the original text."""

from base64 import b64encode

import pytest

from provider.framework.text_decoders import views


def found(text: str, part: str) -> set[str]:
    """Return what encodes a part in the text, in each decoded text that contains it."""
    return {
        text[slice(*view.origin(view.text.index(part), view.text.index(part) + len(part)))]
        for view in views(text)
        if part in view.text
    }


def test_the_first_text_is_the_text_itself() -> None:
    """Most texts have no encodings."""
    assert ["a text"] == [view.text for view in views("a text")][:1]


@pytest.mark.parametrize(
    ("text", "encoded"),
    [
        ("a key!", "key"),
        ("a %6Bey!", "%6Bey"),
        ("a k%65y!", "k%65y"),
        ("a %256Bey!", "%256Bey"),
        (r"a \u006Bey!", r"\u006Bey"),
        (r"a k\x65y!", r"k\x65y"),
        (r"a k\U00000065y!", r"k\U00000065y"),
        ("a k&#101;y!", "k&#101;y"),
        ("a k&#x65y!", "k&#x65y"),
        (r"a k\u0026#101;y!", r"k\u0026#101;y"),
    ],
)
def test_a_part_of_a_decoded_text_has_a_place_in_the_text(text: str, encoded: str) -> None:
    """The characters beside it do not belong to it."""
    assert {encoded} == found(text, "key")


@pytest.mark.parametrize("before", ["", "a", "ab", "abc"])
def test_base64_inside_other_digits_is_decoded(before: str) -> None:
    """A run of digits can begin with any number of letters that do not belong to the encoded text."""
    encoded = b64encode(b"the key").decode()
    assert {encoded} == found(f"({before}{encoded})", "the key")


def test_base64_that_begins_inside_a_group_is_found() -> None:
    """The digits that contain bits of other bytes, too, belong to it."""
    encoded = b64encode(b"user:key of all").decode()
    assert {encoded[6:11]} == found(encoded, "key")


def test_digits_with_line_breaks_are_decoded() -> None:
    """A line break belongs to the part if digits before and after it do."""
    assert {"aGUga\r\n2V5"} == found("!aGUga\r\n2V5!", "he key")
    assert {"6b\n65:79"} == found("!6b\n65:79:00!", "key")


@pytest.mark.parametrize("text", ["%", "%4", "%zz", "\\", r"\u00", "&", "&;", "&#;", "&no;", "===", "_-_-_-_-", ""])
def test_broken_encodings_stay_as_they_are(text: str) -> None:
    """Nothing fails, and the text itself is searched."""
    assert text in [view.text for view in views(text)]


def test_half_of_a_surrogate_pair_is_replaced() -> None:
    """JSON can contain it, and no text can."""
    assert "a \N{REPLACEMENT CHARACTER}!" in [view.text for view in views(r"a \ud83d!")]


def test_an_escaped_control_character_is_left_out() -> None:
    """A user who reads the text sees the rest of the word."""
    assert {r"k\u0000ey"} == found(r"a k\u0000ey!", "key")
    assert {"k%E2%80%8Bey"} == found("a k%E2%80%8Bey!", "key")


def test_the_number_of_texts_is_limited() -> None:
    """Also for a text whose decoded forms contain escapes again."""
    assert len([*views(r"%25255c&amp;amp;\\u0025+%5cu0026+" * 20)]) < 500
