"""What a Markdown page holds for people to copy."""

import re
from pathlib import Path

_EXAMPLE = re.compile(r"^```hcl\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)


def example(page: Path) -> str:
    """The first configuration on a page. Raises ValueError where there is none."""
    found = _EXAMPLE.search(page.read_text(encoding="utf-8"))
    if found is None:
        raise ValueError(f"{page} shows no configuration")
    return found["text"]
