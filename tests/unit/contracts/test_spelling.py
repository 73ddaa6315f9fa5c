"""What was probably meant."""

import pytest

from provider.contracts.suggestions import nearest, same_letters


@pytest.mark.parametrize(
    ("word", "known", "expected"),
    [
        ("conection", ["connector", "connection"], "connection"),
        ("HOSTNAME", ["hostnames", "host_name"], "host_name"),
        ("include-filter", ["include_filters", "include_filter"], "include_filter"),
        ("Direct", ["agent", "direct"], "direct"),
        ("zzz", ["agent", "direct"], None),
        ("x" * 10_000, ["x" * 9_999], None),
        ("---", ["_"], None),
        ("a", [], None),
    ],
)
def test_the_nearest_word_is_meant(word: str, known: list[str], expected: str | None) -> None:
    """One that differs in case, hyphens and underscores alone comes first; nothing that is far is meant."""
    assert expected == nearest(word, known)


def test_words_without_letters_are_not_the_same() -> None:
    """Two words of signs alone have nothing in common."""
    assert not same_letters("--", "__")
