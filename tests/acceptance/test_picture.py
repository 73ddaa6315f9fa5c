"""The picture in the README shows what the CLI prints."""

import re
import xml.etree.ElementTree as ET

from rich.text import Text

from scripts.lib.picture import __main__ as picture
from scripts.lib.shared.mirror import ROOT

FRAME = re.compile(r"[│╷╵\s]+")


def words(text: str) -> str:
    """Return a text without spaces and the frame of a diagnostic. The picture splits a line where its style changes."""
    return FRAME.sub("", text)


def test_the_picture_shows_what_the_readmes_example_prints_with_a_typo() -> None:
    """The picture contains each word of the error, and the README contains the picture."""
    shown = words("".join(ET.parse(picture.PICTURE).getroot().itertext()))
    printed = words(Text.from_ansi(picture.printed()).plain)
    assert printed[printed.index("Error:") :] in shown
    assert f"]({picture.PICTURE.relative_to(ROOT)})" in (ROOT / "README.md").read_text(encoding="utf-8")
