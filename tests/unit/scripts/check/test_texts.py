"""The texts of a file, and their sentences."""

from pathlib import Path

import pytest

from scripts.lib.check import texts

SOURCE = '''"""A module."""
# a comment
# of two lines
x = 1  # another one
# noqa: E501
NAMED = "one_word"
"""An attribute."""


def f(name: str) -> str:
    """Return `name` in a message."""
    return f"no {name} was found" + "and more text" + "application/json"
'''


def test_the_texts_of_a_python_file(tmp_path: Path) -> None:
    """Docstrings, comments without directives, and the strings with words; code is one word."""
    (tmp_path / "a.py").write_text(SOURCE)
    found = sorted((text.line, text.kind, text.words) for text in texts.of(tmp_path / "a.py"))
    assert [
        (1, "docstring", "A module."),
        (2, "comment", "a comment\nof two lines"),
        (4, "comment", "another one"),
        (7, "docstring", "An attribute."),
        (11, "docstring", "Return CODE in a message."),
        (12, "message", " was found"),
        (12, "message", "and more text"),
    ] == found


def test_a_page_is_one_text_without_its_code(tmp_path: Path) -> None:
    """The lines keep their numbers."""
    (tmp_path / "a.md").write_text("# Title\n\n```hcl\na = 1\n```\n\nThe `code` ends.\n")
    assert [texts.Text("page", 1, "# Title\n\n\n\n\n\nThe CODE ends.\n")] == list(texts.of(tmp_path / "a.md"))


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("One. Two! Three?", ["One.", "Two!", "Three?"]),
        ("One,\ntwo. (Three.)", ["One, two.", "(Three.)"]),
        ("Version 1.2 and e.g. this", ["Version 1.2 and e.g. this"]),
        ("One\n\ntwo\n- three\n- four", ["One", "two", "- three", "- four"]),
        ("A list:\n- one", ["A list", "- one"]),
        ("    Tree\n    ├─ one\n    │  └─ two", ["Tree", "├─ one", "│ └─ two"]),
    ],
)
def test_sentences_end_at_a_stop_or_a_paragraph(text: str, sentences: list[str]) -> None:
    """A dot inside a number or before a small letter does not end a sentence."""
    assert sentences == [each for each in texts.sentences(text) if each]
