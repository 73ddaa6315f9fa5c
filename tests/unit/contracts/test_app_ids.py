"""The app that a mistyped id probably means: the nearest id, and the list that it comes from."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from provider.client.errors import (
    AtlanError,
    Forbidden,
    ForeignAnswer,
    NoAnswer,
    NotFound,
    Unauthorized,
    UnusableAnswer,
)
from provider.contracts.app_ids import AppIds, nearest_app_id
from provider.model.known_apps import known_apps
from provider.setup_errors import SetupErrors
from tests.support.marketplace import Marketplace

KNOWN = sorted(known_apps())


@pytest.mark.parametrize(
    ("app_id", "expected"),
    [
        ("bigquery-crawlr", "bigquery-crawler"),
        ("bigqury-miner", "bigquery-miner"),
        ("Bigquery_Crawler", "bigquery-crawler"),
        ("kafka-apache", "Kafka-apache"),
        ("bigquery", "bigquery-crawler"),
        ("glue", "atlan-glue"),
        ("glue-crawler", "atlan-glue"),
        ("atlan-snowflake", "snowflake-crawler"),
        ("power-bi", "powerbi-crawler"),
        ("redshift-crawler", None),
        ("atlan-salesforce", None),
        ("cloudsql-postgres-crawler", "atlan-cloudsql-postgres"),
        ("cloudsql-postgres", "atlan-cloudsql-postgres"),
        ("cloudsql-postgres-mine", "cloudsql-postgres-miner"),
        ("mysql-miner", None),
        ("kafka-miner", None),
        ("snowflake-minr", "snowflake-miner"),
        ("snowflak", "snowflake-crawler"),
        ("snowflake_crawlr", "snowflake-crawler"),
        ("tablaeu", "atlan-tableau"),
        ("atlan-tablaeu", "atlan-tableau"),
        ("atlan-smsql", "atlan-mssql"),
        ("kafka", "Kafka-apache"),
        ("kafka-crawler", "Kafka-apache"),
        ("mongodb", "mongodbatlas-atlas"),
        ("mongo", "mongodbatlas-atlas"),
        ("cloudsql", "atlan-cloudsql-postgres"),
        ("cloudsql-miner", "cloudsql-postgres-miner"),
        ("alloydb", "atlan-alloydb-postgres"),
        ("dynamo", "atlan-dynamodb"),
        ("postgresql", "postgres-crawler"),
        ("redis-crawler", None),
        ("data", None),
        ("crawler", None),
        ("miner", None),
        ("atlan", None),
        ("-", None),
        ("bigquery-crawler", None),
        ("x" * 101, None),
    ],
)
def test_the_nearest_id_has_a_similar_name(app_id: str, expected: str | None) -> None:
    """Only the part that names the source counts, so one crawler does not mean another one, and a miner no crawler."""
    assert expected == nearest_app_id(app_id, KNOWN)


@pytest.mark.parametrize("app_id", KNOWN)
def test_a_missing_letter_leads_to_the_same_app(app_id: str) -> None:
    """Wherever it is missing. One text is as near to another app."""
    mistyped = {app_id[:place] + app_id[place + 1 :] for place in range(len(app_id))} - {"atlan-msql"}
    assert {app_id} == {nearest_app_id(each, KNOWN) for each in mistyped}


def suggested(client: Any, *app_ids: str) -> list[str]:
    ids = AppIds(lambda: client, SetupErrors().raise_once)
    return [ids.did_you_mean(each) for each in app_ids]


def test_the_tenants_own_apps_are_suggested() -> None:
    """An app that the provider does not know can be suggested, and one that the tenant lacks is not."""
    found = suggested(Marketplace("clickhouse-crawler", "legacy-crawler"), "clickhouse", "bigquery", "legacy-crawler")
    assert ['Did you mean "clickhouse-crawler"? ', "", ""] == found


def test_an_app_that_cannot_be_created_is_not_suggested() -> None:
    """Its own id, too, leads to a native app."""
    client: Any = Marketplace(
        "atlan-mysql", "mysql-crawler", "hive-crawler", not_native=["atlan-mysql", "hive-crawler"]
    )
    expected = ['Did you mean "mysql-crawler"? '] * 3 + [""]
    assert expected == suggested(client, "mysql", "atlan-mysq", "atlan-mysql", "hive")


def test_an_app_is_known_to_the_tenant_or_to_the_provider() -> None:
    """Native or not. The tenant is asked only for an app that the provider does not know."""
    client: Any = Marketplace("legacy-crawler", not_native=["legacy-crawler"])
    ids = AppIds(lambda: client, SetupErrors().raise_once)
    assert ids.is_known("bigquery-crawler")
    assert [] == client.seconds
    assert [True, False] == [ids.is_known(each) for each in ("legacy-crawler", "bigquery-crawlr")]
    assert 1 == len(client.seconds)


@pytest.mark.parametrize(
    "client",
    [
        Marketplace(),
        *(
            Marketplace(error=kind("no", status=404))
            for kind in (NotFound, UnusableAnswer, ForeignAnswer, Forbidden, NoAnswer)
        ),
    ],
)
def test_without_a_list_the_known_apps_are_suggested(client: Any) -> None:
    """A failure is silent. An empty list is not the tenant's list."""
    assert ['Did you mean "bigquery-crawler"? '] == suggested(client, "bigquery")


def test_an_error_of_the_setup_is_raised_once() -> None:
    """The second id gets the suggestion, because the plan has failed already."""
    client: Any = Marketplace(error=Unauthorized("no"))
    ids = AppIds(lambda: client, SetupErrors().raise_once)
    with pytest.raises(Unauthorized):
        ids.did_you_mean("bigquery")
    assert 'Did you mean "bigquery-crawler"? ' == ids.did_you_mean("bigquery")


def test_only_the_first_thousand_ids_are_compared() -> None:
    """A list that is far too long does not delay the error."""
    client = Marketplace(*(f"a-{number}" for number in range(999)), "bigquery-crawler", "snowflake-crawler")
    assert ['Did you mean "bigquery-crawler"? ', ""] == suggested(client, "bigquery", "snowflake")


@pytest.mark.parametrize("error", [None, NoAnswer("no answer in time")])
def test_the_marketplace_is_read_once_for_all_threads(error: AtlanError | None) -> None:
    """Also after a failure, and with a time limit that a user does not notice."""
    client: Any = Marketplace("bigquery-crawler", error=error)
    ids = AppIds(lambda: client, SetupErrors().raise_once)
    assert [] == client.seconds
    with ThreadPoolExecutor(8) as pool:
        found = set(pool.map(ids.did_you_mean, ["bigquery"] * 32))
    assert ({'Did you mean "bigquery-crawler"? '}, [5.0]) == (found, client.seconds)
