"""The command that writes the pages, or checks them."""

import shutil
from pathlib import Path

import pytest

from scripts.lib.docs import __main__ as docs
from scripts.lib.docs.pages import pages
from scripts.lib.shared.mirror import ROOT

PAGES = pages()


def test_the_pages_are_up_to_date(capsys: pytest.CaptureFixture[str]) -> None:
    """The committed pages match the schemas, the examples and the templates."""
    assert (0, "") == (docs.main(["--check"]), capsys.readouterr().err)


@pytest.mark.parametrize(
    ("name", "text"),
    [("index.md", "Another text.\n"), ("resources/app.md", None), ("resources/thing.md", "Of a thing that was.\n")],
    ids=["changed", "missing", "left over"],
)
def test_drift_is_named_and_repaired(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, text: str | None
) -> None:
    """A check fails, names the page and changes nothing. The command without --check repairs the page."""
    folder = tmp_path / "docs"
    shutil.copytree(ROOT / "docs", folder)
    docs.write({name: text}, folder)
    assert 1 == docs.main(["--check"], folder)
    assert [name] == docs.differing(PAGES, folder)
    assert f"docs/{name} is not what" in capsys.readouterr().err
    assert 0 == docs.main([], folder)
    assert [] == docs.differing(PAGES, folder)
