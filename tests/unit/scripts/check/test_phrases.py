"""The table of phrases: what each phrase matches, and plain texts that it does not match."""

import pytest

from scripts.lib.check.phrases import PHRASES
from scripts.lib.check.words import matches


def matched(text: str) -> list[str]:
    return [found[0].lower() for phrase in PHRASES for found in matches(phrase, text)]


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("It has a name of its own.", "of its own"),
        ("A connector that is told by the app.", "told"),
        ("The object that stands in for the api.", "stands"),
        ("The state is returned as it came.", "as it came"),
        ("The trigger was taken up.", "taken up"),
        ("The inputs are laid over the defaults.", "laid over"),
        ("The guid travels with the connection.", "travels"),
        ("The file survives a restart.", "survives"),
        ("A wrong key spoils the plan.", "spoils"),
        ("The guid of a vaulted credential.", "vaulted"),
        ("Another order is no change.", "is no"),
    ],
)
def test_a_hard_phrase_is_matched(text: str, phrase: str) -> None:
    """The phrase is found once in its sentence."""
    assert [phrase] == matched(text)


@pytest.mark.parametrize(
    "text",
    [
        "There is no run.",
        "There are no runs.",
        "It is no longer configured.",
        "A stand-in for the CLI.",
        "Its own name.",
    ],
)
def test_a_plain_text_is_not_matched(text: str) -> None:
    """Each text is similar to a phrase of the table."""
    assert [] == matched(text)
