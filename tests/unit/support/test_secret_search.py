"""The search for secrets finds a secret in every form. A search that finds nothing would hide every leak."""

import base64
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote, quote_plus

import pytest

from tests.support.secret_search import CANARY, ROTATED, files, where


@pytest.mark.parametrize("secret", [CANARY, ROTATED])
@pytest.mark.parametrize(
    "encode",
    [
        pytest.param(str.encode, id="plain"),
        pytest.param(lambda text: json.dumps(text).encode(), id="JSON"),
        pytest.param(lambda text: json.dumps(text, ensure_ascii=False).encode(), id="JSON with Unicode"),
        pytest.param(lambda text: json.dumps(json.dumps({"k": text})).encode(), id="JSON text in JSON"),
        pytest.param(lambda text: quote(text, "").encode(), id="a path"),
        pytest.param(lambda text: quote_plus(text).encode(), id="a form"),
        pytest.param(lambda text: base64.b64encode(text.encode()), id="base64"),
        pytest.param(lambda text: base64.urlsafe_b64encode(f"u:{text}".encode()), id="base64 of a longer text"),
        pytest.param(lambda text: base64.b64encode(f"me:{text}:x".encode()), id="base64 at another offset"),
    ],
)
def test_a_secret_is_found_in_every_encoding(secret: str, encode: Callable[[str], bytes]) -> None:
    """The secret is part of longer data. Data without the secret is not reported."""
    searched = {"with": b"before" + encode(secret) + b"after", "without": b"before" + encode("harmless") + b"after"}
    assert ["with"] == where(secret, searched)


def test_another_secret_is_not_found() -> None:
    """The two secrets of the tests have no form in common."""
    assert [] == where(ROTATED, {"text": CANARY.encode()})


def test_the_files_inside_a_plan_file_are_searched(tmp_path: Path) -> None:
    """A compressed file does not contain the secret as plain bytes."""
    (tmp_path / "main.tf").write_text(CANARY)
    with zipfile.ZipFile(tmp_path / "it.tfplan", "w", zipfile.ZIP_DEFLATED) as plan:
        plan.writestr("tfstate", f"{CANARY} " * 100)
    assert {"main.tf", "it.tfplan:tfstate"} <= set(where(CANARY, dict(files(tmp_path))))
