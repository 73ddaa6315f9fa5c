"""``data.atlan_app_info``: an app as the marketplace describes it."""

from typing import Any

import pytest

from provider.data_sources.app_info import AppInfoDataSource
from provider.framework import UserError
from tests.support.data_source_answers import Read, answers
from tests.support.http_server import ScriptedServer


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        pytest.param(
            {"name": "A", "native_ready": True, "execution_mode": "native", "entrypoints": [{"name": "crawler"}]},
            {"name": "A", "native_ready": True, "execution_mode": "native", "entrypoints": ["crawler"]},
            id="all",
        ),
        pytest.param(
            {"entrypoints": None},
            {"name": None, "native_ready": False, "execution_mode": None, "entrypoints": []},
            id="next to nothing",
        ),
    ],
)
def test_an_app_is_described(read: Read, server: ScriptedServer, told: Any, expected: Any) -> None:
    """A missing value is null, false or empty."""
    server.always = answers(**{"apps__a-crawler": {"app_id": "a-crawler", **told}})
    assert {"app_id": "a-crawler", **expected} == read(AppInfoDataSource, app_id="a-crawler").state


def test_an_unknown_app_is_reported_on_its_attribute(read: Read, server: ScriptedServer) -> None:
    """The service's own 404, also for the list of apps. A known app is suggested."""
    server.always = answers()
    with pytest.raises(UserError, match="There is no app snowflake") as raised:
        read(AppInfoDataSource, app_id="snowflake")
    assert ["app_id"] == raised.value.path
    assert raised.value.detail.startswith('Did you mean "snowflake-crawler"? Check the id')
