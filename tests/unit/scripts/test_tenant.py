"""The sandbox of the commands starts whatever key is drawn for it."""

from pathlib import Path

import pytest

from scripts.support import tenant


@pytest.mark.parametrize("key", ["-begins-with-a-dash", "--api-key", "_plain"])
def test_any_key_that_is_drawn_is_one(key: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A dash at its beginning makes no option of it."""
    monkeypatch.setattr(tenant.secrets, "token_urlsafe", lambda _: key)
    started = tenant.start_sandbox(tmp_path)
    try:
        assert (key, True) == (started.api_key, started.base_url.startswith("http://127.0.0.1:"))
    finally:
        started.end()
