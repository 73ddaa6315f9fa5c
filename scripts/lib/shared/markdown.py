"""Read the examples of a Markdown page."""

import re
from pathlib import Path

_EXAMPLE = re.compile(r"^```hcl\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)


def example(page: Path) -> str:
    """Return the first configuration on a page. Raises ValueError if there is none."""
    found = _EXAMPLE.search(page.read_text(encoding="utf-8"))
    if found is None:
        raise ValueError(f"{page} has no configuration")
    return found["text"]
