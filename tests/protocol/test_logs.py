"""The lines that the process writes to stderr, which Terraform reads as logs."""

import json
import sys
from pathlib import Path
from typing import Any

import pytest

from provider.framework.testing import diagnostics, packed
from provider.provider import AtlanProvider
from tests.support.plugin_client import launched
from tests.support.sandbox import Sandbox


def told(home: Path, level: str) -> list[Any]:
    """Return the log lines of the real program while it lists the apps of a tenant, with TF_LOG at a level."""
    provider = AtlanProvider()
    (apps,) = (kind for kind in provider.get_data_sources() if kind.get_name() == "apps")
    settings = dict.fromkeys(provider.get_provider_schema(None).by_name)  # type: ignore[arg-type]
    with Sandbox() as sandbox, launched(home, command=[sys.executable, "-m", "provider"], TF_LOG=level) as plugin:
        settings |= {"base_url": sandbox.url, "api_key": sandbox.api_key}
        config = packed(dict.fromkeys(apps.get_schema().by_name))
        configured = plugin.start("ConfigureProvider", config=packed(settings)).result()
        found = plugin.start("ReadDataSource", type_name="atlan_apps", config=config).result()
        assert [] == [*diagnostics(configured), *diagnostics(found)]
        assert sandbox.requests()
        plugin.shut_down()
        assert plugin.wait() == 0
        return [json.loads(line) for line in plugin.stderr.all()]


@pytest.mark.parametrize(("level", "levels"), [("", set()), ("DEBUG", {"debug"})])
def test_nothing_is_logged_unless_somebody_asked(home: Path, level: str, levels: set[str]) -> None:
    """Without TF_LOG the process writes no line. With DEBUG it logs its requests."""
    assert levels == {line["@level"] for line in told(home, level)}
