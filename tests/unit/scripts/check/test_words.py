"""The phrases that have better words, and the sentences that are too long."""

from pathlib import Path

import pytest

from scripts.lib.check import phrases, words
from scripts.lib.check.words import Allowed


def found(root: Path, text: str, name: str = "package/module.py", allowed: tuple[Allowed, ...] = ()) -> list[str]:
    (root / name).parent.mkdir(parents=True, exist_ok=True)
    (root / name).write_text(text)
    return [str(each) for each in words.check(root, [name.partition("/")[0]], allowed)]


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ('"""What of a row proves that a read can be left out."""', "what"),
        ('"""Whether the trigger is of this owner."""', "whether"),
        ('"""Those that are new."""', "those"),
        ('"""Return the triggers that state holds."""', "holds"),
        ('"""Return the message that a user is told."""', "told"),
        ("# the rows are believed", "believed"),
        ("# a plan and an apply alike", "alike"),
        ('x = "the tenant does not tell the name"', "tell"),
        ('x = f"nobody has {name} here"', "nobody"),
        ('"""Return the guid, for nothing else is stored."""', "for nothing"),
        ("# the service minted the name", "minted"),
        ("# the trigger was taken up", "taken up"),
        ("# None where there is none", "where there is none"),
        ("# whoever reads the warning", "whoever"),
        ("# the guid rides on the connection", "rides on"),
        ("# the inputs are laid over the defaults", "laid over"),
    ],
)
def test_a_phrase_with_better_words_is_a_finding(tmp_path: Path, text: str, phrase: str) -> None:
    """In a docstring, a comment and a message; the finding has the better words."""
    (message,) = found(tmp_path, text + "\n")
    assert f'package/module.py:1: "{phrase}' in message
    assert "better is " in message


@pytest.mark.parametrize(
    "text",
    [
        '"""Return the row. The docstring of a stand-in can name what it replaces."""',
        '"""Return `holds` and ``tell`` unchanged, as a standard allows."""',
        "holds = told = 1",
        'x = "holds"',
    ],
)
def test_plain_words_and_code_are_accepted(tmp_path: Path, text: str) -> None:
    """Names in code are not checked, nor are strings that are not written for people."""
    assert [] == found(tmp_path, text + "\n")


@pytest.mark.parametrize(("number", "findings"), [(30, 0), (31, 1)])
def test_a_long_sentence_is_a_finding(tmp_path: Path, number: int, findings: int) -> None:
    """A sentence in a docstring has 30 words at most; code between backquotes is one word."""
    text = f'"""Return `a b c` {"word " * (number - 3)}end."""\n'
    expected = ['package/module.py:1: a sentence of 31 words: "Return CODE word word word word ..."; the limit is 30']
    assert expected[:findings] == found(tmp_path, text)


def test_a_page_is_checked_with_the_lines_of_its_phrases(tmp_path: Path) -> None:
    """Code on a page is not checked."""
    text = "# Title\n\n```\nholds\n```\n\nThe state\nholds it.\n"
    assert ['pages/a.md.j2:8: "holds" in a page: better is contain, store, keep; be true'] == found(
        tmp_path, text, "pages/a.md.j2"
    )


def test_the_strings_of_tests_are_not_checked(tmp_path: Path) -> None:
    """Their docstrings and comments are."""
    assert [] == found(tmp_path, 'x = "the tenant tells the name"\n', "tests/test_a.py")
    assert 1 == len(found(tmp_path, "# the tenant tells the name\n", "tests/test_a.py"))


def test_an_allowed_phrase_is_accepted_unless_it_is_gone(tmp_path: Path) -> None:
    """An exception that is not necessary is a finding."""
    allowed = (Allowed("package/module.py", "holds", "a reason"),)
    assert [] == found(tmp_path, "# state holds it\n", allowed=allowed)
    gone = 'package/module.py: the exception for "holds" is not necessary'
    assert [gone] == found(tmp_path, "# state has it\n", allowed=allowed)


@pytest.mark.parametrize("phrase", [*phrases.PHRASES, *phrases.STARTS])
def test_no_better_words_are_phrases_themselves(phrase: str) -> None:
    """The advice is in plain words."""
    better = (phrases.PHRASES | phrases.STARTS)[phrase]
    assert [] == [each for each in phrases.PHRASES if words.matches(each, better)]
