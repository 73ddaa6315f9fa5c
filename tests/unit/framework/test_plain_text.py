"""Text that a terminal shows and does not execute, of a limited length."""

import pytest

from provider.framework.plain_text import clean, truncate


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain\ttext\nzoë 🎈", "plain\ttext\nzoë 🎈"),
        ("\x1b[31mred\x1b[0m \x1b]0;title\x07bell\x07", "red bell"),
        ("\x1b]8;;http://x\x1b\\link\x1bc", "link"),
        ("\x00\x07\r\x7f\x9b", ""),
        ("right\u202eto left\u2066\u200b\ufeff", "rightto left"),
        ("no\u00a0break\u2003wide\u2028line", "no break wide line"),
        ("lone \ud800", "lone ?"),
        ("", ""),
    ],
)
def test_a_text_is_cleaned(text: str, shown: str) -> None:
    """Terminal escapes, control characters and invisible format characters are removed; the layout stays."""
    assert shown == clean(text)


def test_a_long_text_is_cleaned_in_little_time() -> None:
    """Megabytes take a fraction of a second for each."""
    assert 20_000_000 == len(clean("red \x1b[0m" * 5_000_000))


def test_a_text_keeps_its_beginning_and_its_end() -> None:
    """The advice and the request id are at the end of a message."""
    text = "what failed " + "long " * 100_000 + "Request id 5"
    shown = truncate(text, 100, whole="***")
    assert 100 == len(shown)
    assert shown.startswith("what failed long")
    assert shown.endswith("long Request id 5")
    assert text == truncate(text, len(text), whole="***")


@pytest.mark.parametrize("length", range(20, 40))
def test_no_redaction_is_cut(length: int) -> None:
    """Every ``***`` is whole, wherever the text is cut."""
    shown = truncate("".join(f"{number}*** " for number in range(100)), length, whole="***")
    assert len(shown) <= length
    assert "" == shown.replace("***", "").strip("0123456789 …")
    assert "*" not in shown.replace("***", "")
